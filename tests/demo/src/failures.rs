//! What goes wrong, and how the client tells it.

use generated_client::reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use generated_client::{Error, Outcome, Response, http_builder};
use simulator::{Fault, FaultRule, Operation, Phase, sample};

use crate::operations;
use crate::surprise::{Surprise, expect, need};
use crate::text::times;
use crate::tour::Tour;

/// The deleted volume whose recovery loses its answer.
pub(crate) const SECOND_VOLUME: &str = "3f8b2c64d1a94e0fb7c5e6a9d0814b27";

/// The action's key as the page prints it.
pub(crate) const PAGES_KEY: &str = "recoverbackupfromimagestorebackupstorage";

pub(crate) async fn the_pages_own_request(tour: &Tour) -> Result<(), Surprise> {
    let body = serde_json::json!({ PAGES_KEY: {
        "srcBackupStorageUuid": sample::SOURCE_BACKUP_STORAGE,
        "dstBackupStorageUuid": sample::DESTINATION_BACKUP_STORAGE,
    } });
    let url = format!("{}/zstack/v1/volume-backups/{}/actions", tour.simulator.url(), sample::VOLUME_BACKUP);
    let executions = tour.simulator.executions(sample::VOLUME_BACKUP);
    tour.code("http.put(url).header(\"authorization\", session).body(page).send().await?");
    let call = http_builder()
        .build()?
        .put(url)
        .header(AUTHORIZATION, format!("OAuth {}", sample::SESSION))
        .header(CONTENT_TYPE, "application/json")
        .body(body.to_string());
    let answer = tour.wait(call.send()).await?;
    expect("the answer's status", answer.status().as_u16(), 400)?;
    expect("the executions", tour.simulator.executions(sample::VOLUME_BACKUP), executions)?;
    tour.result(
        "the client sends another key, which was accepted above",
        &[("page", PAGES_KEY.to_owned()), ("client", "recoverBackupFromImageStoreBackupStorage".to_owned())],
    );
    Ok(())
}

pub(crate) async fn not_deleted(tour: &Tour) -> Result<(), Surprise> {
    tour.code(&format!("zstack.recover_data_volume()\n    .uuid({:?}).send().await", sample::READY_VOLUME));
    let call = tour.zstack.recover_data_volume().uuid(sample::READY_VOLUME).on_progress(tour.spin());
    let answer = tour.wait(call.send()).await;
    failed(tour, answer, Outcome::Failed, "SYS.1006")
}

pub(crate) async fn already_running(tour: &Tour) -> Result<(), Surprise> {
    tour.code("cbr.restore_backup().project_id(…).backup_id(…).volume_id(…)\n    .power_on(false).send().await");
    let call = operations::restore(tour);
    let answer = tour.wait(call.send()).await;
    failed(tour, answer, Outcome::Refused, "BackupService.2010")
}

pub(crate) async fn lost_answer(tour: &Tour) -> Result<(), Surprise> {
    delete_another_volume(tour)?;
    let lost = Fault::Answer { status: 502, headers: Vec::new(), body: "<html>bad gateway</html>".to_owned() };
    tour.simulator.add_fault(FaultRule::once(Operation::RecoverDataVolume, Phase::BeforeAnswering, lost));
    tour.code(&format!("zstack.recover_data_volume()\n    .uuid({SECOND_VOLUME:?}).send().await?"));
    let call = tour.zstack.recover_data_volume().uuid(SECOND_VOLUME).on_progress(tour.spin());
    let answer = tour.wait(call.send()).await?;
    let volume = need("inventory", answer.inventory.as_ref())?;
    let executions = tour.simulator.executions(SECOND_VOLUME);
    tour.result(
        "answer.inventory, although the answer was lost",
        &[("status", volume.status.clone().unwrap_or_default()), ("executed", times(executions))],
    );
    expect("the volume's status", volume.status.as_deref(), Some("Ready"))?;
    expect("the executions", executions, 1)
}

/// Gives the server a second deleted volume, so that what was counted before does not matter.
fn delete_another_volume(tour: &Tour) -> Result<(), Surprise> {
    tour.simulator.with_state(|state| {
        let volumes = &mut state.zstack.volumes;
        let mut volume = need("volume", volumes.get(sample::READY_VOLUME).cloned())?;
        volume.uuid = SECOND_VOLUME.to_owned();
        volume.name = Some("second-volume".to_owned());
        volume.status = Some("Deleted".to_owned());
        volumes.insert(volume.uuid.clone(), volume);
        Ok(())
    })
}

/// Shows the error that a call must have ended in.
fn failed<T>(tour: &Tour, answer: Result<Response<T>, Error>, outcome: Outcome, code: &str) -> Result<(), Surprise> {
    let Err(error) = answer else {
        return Err(Surprise("the call should have failed, and did not".to_owned()));
    };
    tour.error(&error);
    expect("the outcome", error.outcome(), outcome)?;
    expect("the code", error.code(), Some(code))
}
