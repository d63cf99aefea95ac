//! What callers take for granted of a client in a program with many threads. All of it is shown by compiling.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise, in its helpers too")]

use std::error::Error as StdError;

use generated_client::zstack::operation::RecoverDataVolume;
use generated_client::{
    CallOptions, ClientBuilder, ConfigError, Error, InvalidBaseUrl, InvalidCredentials, InvalidJobUuid, InvalidPathId,
    InvalidTimestamp, InvalidVariable, Job, JobUuid, List, Progress, Response, cbr, zstack,
};

fn can_be_shared<T: Clone + Send + Sync + 'static>() {}
fn can_be_moved<T: Send + 'static>() {}
fn can_be_an_error<T: StdError + Send + Sync + 'static>() {}
fn can_be_spawned(_future: impl Future + Send + 'static) {}

fn zstack() -> zstack::Client {
    let session = zstack::Session::new("5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5c").unwrap();
    zstack::Client::new("http://127.0.0.1:9", session).unwrap()
}

fn cbr() -> cbr::Client {
    cbr::Client::new("http://127.0.0.1:9", cbr::Token::new("token").unwrap()).unwrap()
}

fn job() -> Job<RecoverDataVolume> {
    zstack().job(JobUuid::random().unwrap())
}

#[test]
fn clients_and_their_credentials_can_be_shared_between_threads() {
    can_be_shared::<zstack::Client>();
    can_be_shared::<zstack::Credentials>();
    can_be_shared::<cbr::Client>();
    can_be_shared::<cbr::Credentials>();
    can_be_shared::<zstack::Session>();
    can_be_shared::<cbr::Token>();
}

#[test]
fn what_calls_are_made_of_and_told_can_be_shared_between_threads() {
    can_be_shared::<CallOptions>();
    can_be_shared::<Progress>();
    can_be_shared::<List<String>>();
    can_be_moved::<ClientBuilder<zstack::Credentials>>();
    can_be_moved::<ClientBuilder<cbr::Credentials>>();
}

#[test]
fn a_job_and_its_answer_can_be_moved_to_another_thread() {
    can_be_moved::<Job<RecoverDataVolume>>();
    can_be_moved::<Response<zstack::types::RecoverDataVolumeResponse>>();
}

#[test]
fn every_error_can_be_boxed_and_leave_its_thread() {
    can_be_an_error::<Error>();
    can_be_an_error::<ConfigError>();
    can_be_an_error::<InvalidBaseUrl>();
    can_be_an_error::<InvalidCredentials>();
    can_be_an_error::<InvalidJobUuid>();
    can_be_an_error::<InvalidPathId>();
    can_be_an_error::<InvalidVariable>();
    can_be_an_error::<InvalidTimestamp>();
}

#[test]
fn every_call_can_be_spawned() {
    let (one, two, three, four, five) = (zstack(), zstack(), zstack(), zstack(), cbr());
    can_be_spawned(async move { one.get_database_backup_from_image_store().send().await });
    can_be_spawned(async move { two.recover_backup_from_image_store_backup_storage().send().await });
    can_be_spawned(async move { three.recover_data_volume().send().await });
    can_be_spawned(async move { four.sync_database_backup_from_image_store_backup_storage().send().await });
    can_be_spawned(async move { five.restore_backup().send().await });
}

#[test]
fn everything_that_follows_a_job_can_be_spawned() {
    let (zstack, mut polled, mut waited) = (zstack(), job(), job());
    can_be_spawned(async move { zstack.recover_data_volume().submit().await });
    can_be_spawned(async move { polled.poll().await });
    can_be_spawned(async move { waited.wait().await });
}
