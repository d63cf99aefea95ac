//! The five operations that succeed: at once, and as jobs.

use generated_client::List;
use simulator::{AcceptedBody, Pace, PutAnswer, TimestampForm, sample};

use crate::calls::{self, JOBS, ZSTACK, assert_all_fit, requests};

#[tokio::test]
async fn jobs_end_with_the_inventory() {
    for operation in JOBS {
        let simulator = calls::simulator().await;
        simulator.with_settings(|settings| settings.job_pace = Pace::Polls(3));
        let answer = calls::call(&calls::zstack(&simulator), operation).await.unwrap();
        assert_eq!(answer["inventory"]["uuid"], calls::resource(operation));
        assert_eq!(simulator.executions(calls::resource(operation)), 1);
        assert_eq!((requests(&simulator, "PUT").len(), requests(&simulator, "GET").len()), (1, 4));
        assert_all_fit(&simulator);
    }
}

#[tokio::test]
async fn an_answer_at_once_is_as_good_as_a_job() {
    for operation in JOBS {
        let simulator = calls::simulator().await;
        simulator.with_settings(|settings| settings.put_answer = PutAnswer::AtOnce);
        let answer = calls::call(&calls::zstack(&simulator), operation).await.unwrap();
        assert_eq!(answer["inventory"]["uuid"], calls::resource(operation));
        assert_eq!(requests(&simulator, "GET").len(), 0);
    }
}

#[tokio::test]
async fn the_images_of_an_image_store_come_as_backups() {
    let simulator = calls::simulator().await;
    let zstack = calls::zstack(&simulator);
    let answer = zstack.get_database_backup_from_image_store().url(sample::IMAGE_STORE).send().await.unwrap();
    assert_eq!(answer.backups.as_slice()[0].name.as_deref(), Some("Backup-1"));
    assert_eq!(answer.success, Some(true));
    assert_eq!(answer.infos, List::Absent);
    assert_all_fit(&simulator);
}

#[tokio::test]
async fn every_form_of_numbers_and_times_is_understood() {
    for timestamps in [TimestampForm::Java8, TimestampForm::Java9, TimestampForm::Java20] {
        for operation in ZSTACK {
            let simulator = calls::simulator().await;
            simulator.with_settings(|settings| {
                settings.timestamps = timestamps;
                settings.numbers_as_floats = true;
            });
            calls::call(&calls::zstack(&simulator), operation).await.unwrap();
        }
        let simulator = calls::simulator().await;
        simulator.with_settings(|settings| settings.timestamps = timestamps);
        let volume = calls::zstack(&simulator).recover_data_volume().uuid(sample::VOLUME).send().await.unwrap();
        let created = volume.inventory.as_ref().unwrap().create_date.as_ref().unwrap();
        assert_eq!(created.civil().unwrap().to_string(), "2017-05-11T13:22:48", "{timestamps:?}");
    }
}

#[tokio::test]
async fn an_accepted_restore_has_the_id_of_its_job_where_the_service_sends_one() {
    for (body, has_id) in
        [(AcceptedBody::Empty, false), (AcceptedBody::EmptyObject, false), (AcceptedBody::JobId, true)]
    {
        let simulator = calls::simulator().await;
        simulator.with_settings(|settings| settings.accepted_body = body);
        let accepted = calls::restore(&calls::cbr(&simulator)).await.unwrap();
        assert_eq!(accepted.status(), 202);
        assert_eq!(accepted.job_id.is_some(), has_id, "{body:?}");
        assert_eq!(simulator.executions(sample::DISK), 1);
        assert_all_fit(&simulator);
    }
}
