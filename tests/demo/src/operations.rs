//! The five operations, each called once.

use generated_client::Timestamp;
use generated_client::cbr::builder::RestoreBackup;
use simulator::sample;

use crate::secrets;
use crate::surprise::{Surprise, expect, need};
use crate::text;
use crate::tour::Tour;

pub(crate) async fn recover_data_volume(tour: &Tour) -> Result<(), Surprise> {
    tour.code(&format!(
        "let answer = zstack.recover_data_volume()\n    .uuid({:?})\n    .on_progress(spin).send().await?;",
        sample::VOLUME
    ));
    let call = tour.zstack.recover_data_volume().uuid(sample::VOLUME).on_progress(tour.spin());
    let answer = tour.wait(call.send()).await?;
    let volume = need("inventory", answer.inventory.as_ref())?;
    tour.result(
        "answer.inventory",
        &[
            ("name", said(volume.name.as_deref())),
            ("status", said(volume.status.as_deref())),
            ("size", size(volume.size)),
            ("created", date(volume.create_date.as_ref())),
        ],
    );
    expect("the volume's status", volume.status.as_deref(), Some("Ready"))?;
    expect("the volume's size", volume.size, Some(107_374_182_400))
}

pub(crate) async fn recover_backup(tour: &Tour) -> Result<(), Surprise> {
    tour.code(&format!(
        "let answer = zstack.recover_backup_from_image_store_backup_storage()\n    .uuid({:?})\n    \
         .src_backup_storage_uuid(source).dst_backup_storage_uuid(destination)\n    .on_progress(spin).send().await?;",
        sample::VOLUME_BACKUP
    ));
    let call = tour
        .zstack
        .recover_backup_from_image_store_backup_storage()
        .uuid(sample::VOLUME_BACKUP)
        .src_backup_storage_uuid(sample::SOURCE_BACKUP_STORAGE)
        .dst_backup_storage_uuid(sample::DESTINATION_BACKUP_STORAGE)
        .on_progress(tour.spin());
    let answer = tour.wait(call.send()).await?;
    let backup = need("inventory", answer.inventory.as_ref())?;
    tour.result(
        "answer.inventory",
        &[
            ("name", said(backup.name.as_deref())),
            ("mode", said(backup.mode.as_deref())),
            ("size", size(backup.size)),
            ("created", date(backup.create_date.as_ref())),
        ],
    );
    expect("the backup's uuid", backup.uuid.as_deref(), Some(sample::VOLUME_BACKUP))
}

pub(crate) async fn list_database_backups(tour: &Tour) -> Result<(), Surprise> {
    tour.code(&format!(
        "let answer = zstack.get_database_backup_from_image_store()\n    .url({:?}).send().await?;",
        secrets::address(sample::IMAGE_STORE)
    ));
    let call = tour.zstack.get_database_backup_from_image_store().url(sample::IMAGE_STORE);
    let answer = tour.wait(call.send()).await?;
    let first = need("backups", answer.backups.first())?;
    tour.result(
        "answer.backups[0]",
        &[
            ("name", said(first.name.as_deref())),
            ("version", said(first.version.as_deref())),
            ("size", size(first.size)),
            ("created", date(first.created_time.as_ref())),
        ],
    );
    expect("the number of backups", answer.backups.len(), 1)
}

pub(crate) async fn sync_database_backup(tour: &Tour) -> Result<(), Surprise> {
    tour.code(&format!(
        "let answer = zstack.sync_database_backup_from_image_store_backup_storage()\n    .uuid({:?})\n    \
         .src_backup_storage_uuid(source).dst_backup_storage_uuid(destination)\n    .on_progress(spin).send().await?;",
        sample::DATABASE_BACKUP
    ));
    let call = tour
        .zstack
        .sync_database_backup_from_image_store_backup_storage()
        .uuid(sample::DATABASE_BACKUP)
        .src_backup_storage_uuid(sample::SOURCE_BACKUP_STORAGE)
        .dst_backup_storage_uuid(sample::DESTINATION_BACKUP_STORAGE)
        .on_progress(tour.spin());
    let answer = tour.wait(call.send()).await?;
    let backup = need("inventory", answer.inventory.as_ref())?;
    tour.result(
        "answer.inventory",
        &[
            ("name", said(backup.name.as_deref())),
            ("status", said(backup.status.as_deref())),
            ("size", size(backup.size)),
            ("created", date(backup.create_date.as_ref())),
        ],
    );
    expect("the backup's uuid", backup.uuid.as_deref(), Some(sample::DATABASE_BACKUP))
}

pub(crate) async fn restore_backup(tour: &Tour) -> Result<(), Surprise> {
    tour.code(&format!(
        "let answer = cbr.restore_backup()\n    .project_id({:?})\n    .backup_id({:?})\n    .volume_id({:?})\n    \
         .power_on(false).send().await?;",
        sample::PROJECT,
        sample::BACKUP,
        sample::DISK
    ));
    let answer = tour.wait(restore(tour).send()).await?;
    tour.result("accepted, which is not finished", &[("status", answer.status().to_string())]);
    expect("the answer's status", answer.status().as_u16(), 202)
}

/// The restore, ready to be sent.
pub(crate) fn restore(tour: &Tour) -> RestoreBackup<'_> {
    let call = tour.cbr.restore_backup().project_id(sample::PROJECT).backup_id(sample::BACKUP);
    call.volume_id(sample::DISK).power_on(false)
}

fn said(text: Option<&str>) -> String {
    text.unwrap_or("-").to_owned()
}

fn size(bytes: Option<i64>) -> String {
    bytes.map_or_else(|| said(None), text::size)
}

/// The date in a form that sorts, next to the server's own.
fn date(timestamp: Option<&Timestamp>) -> String {
    let civil = timestamp.map(|timestamp| (timestamp.civil().map(|civil| civil.to_string()), timestamp));
    match civil {
        Some((Ok(civil), timestamp)) => format!("{} (sent as {:?})", civil.replace('T', " "), timestamp.as_str()),
        Some((Err(_), timestamp)) => timestamp.as_str().to_owned(),
        None => said(None),
    }
}
