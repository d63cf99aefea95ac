//! Everything that the simulated servers remember, in one structure that can be written down and read again.
//!
//! Times are milliseconds since 1970, so that a state means the same to the process that reads it later.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::cbr::{CbrBackup, Restore, Token};
use crate::execution::Execution;
use crate::mix::mix;
use crate::zstack::{DatabaseBackup, ErrorCode, ImageStoreBackup, Job, Session, Volume, VolumeBackup};

/// Everything that the simulated servers remember. [`State::sample`] holds what the pages' examples and the other
/// vendors' captured requests name; [`State::default`] is empty.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct State {
    /// What ZStack remembers.
    pub zstack: ZStackState,
    /// What CBR remembers.
    pub cbr: CbrState,
    /// How often an operation was carried out on a resource, by the id of the resource. A ZStack operation counts for
    /// the resource of its path; a CBR restore for its backup and for each server, disk or other resource that it
    /// overwrites.
    pub executions: BTreeMap<String, u64>,
    /// The operations that were carried out, oldest first.
    pub execution_log: Vec<Execution>,
    /// How many ids the servers have made up so far. Ids are made from this number: the same requests to the same state
    /// give the same ids.
    pub ids_made: u64,
}

/// What ZStack remembers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ZStackState {
    /// Sessions, by uuid. One that is not here is as good as expired.
    pub sessions: BTreeMap<String, Session>,
    /// Secrets of access keys, by id. They are looked at with the feature `access-keys` only.
    pub access_keys: BTreeMap<String, String>,
    /// Volumes, by uuid.
    pub volumes: BTreeMap<String, Volume>,
    /// Backups of volumes, by uuid.
    pub volume_backups: BTreeMap<String, VolumeBackup>,
    /// Backups of databases, by uuid.
    pub database_backups: BTreeMap<String, DatabaseBackup>,
    /// Uuids of backup storages.
    pub backup_storages: BTreeSet<String>,
    /// The database backups in image stores, by the `url` of the store, credentials in it included.
    pub image_stores: BTreeMap<String, Vec<ImageStoreBackup>>,
    /// Resources on which every operation fails, and how, by the uuid of the resource or the `url` of the image store.
    pub failures: BTreeMap<String, ErrorCode>,
    /// Jobs, by uuid, running and finished; purged ones are gone.
    pub jobs: BTreeMap<String, Job>,
}

/// What CBR remembers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct CbrState {
    /// Tokens, by their text.
    pub tokens: BTreeMap<String, Token>,
    /// The project of each access key, by the key's id. Signatures made with it are not verified.
    pub access_keys: BTreeMap<String, String>,
    /// Backups, by id.
    pub backups: BTreeMap<String, CbrBackup>,
    /// Ids of servers.
    pub servers: BTreeSet<String>,
    /// Ids of disks (the API's `volume_id`).
    pub disks: BTreeSet<String>,
    /// Ids of other resources that can be restored to.
    pub resources: BTreeSet<String>,
    /// Restores that were accepted, oldest first; those that are over are gone.
    pub restores: Vec<Restore>,
}

impl State {
    /// Counts that an operation was carried out, for its resource and for what else it changed, and writes it down.
    pub(crate) fn carried_out(&mut self, execution: Execution, others: &BTreeSet<String>) {
        for resource in others.iter().chain([&execution.resource]) {
            *self.executions.entry(resource.clone()).or_default() += 1;
        }
        self.execution_log.push(execution);
    }

    /// An id of 32 hexadecimal digits that was not made before.
    pub(crate) fn make_id(&mut self) -> String {
        self.ids_made += 1;
        let high = mix(self.ids_made);
        format!("{high:016x}{:016x}", mix(high ^ self.ids_made))
    }
}
