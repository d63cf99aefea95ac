//! The operation of CBR.

use std::str::FromStr;

use clap::Args;
use generated_client::PathId;

use super::{Connection, Consent};
use crate::exit;

/// A server of CBR.
#[derive(Debug, Clone, Args)]
pub(crate) struct Cbr {
    /// Address of the service's endpoint, as `https://cbr.example`
    #[arg(long, value_name = "URL", env = "CBR_URL", hide_env_values = true, help_heading = "Connection")]
    pub(crate) url: String,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

/// `RestoreBackup`.
#[derive(Debug, Args)]
#[command(after_long_help = exit::help())]
pub(crate) struct RestoreBackup {
    /// ID of the project
    #[arg(long, value_name = "ID")]
    pub(crate) project_id: PathId,
    /// ID of the backup to restore
    #[arg(long, value_name = "ID")]
    pub(crate) backup_id: PathId,
    /// ID of the VM to restore to. Mandatory for restoring a VM
    #[arg(long, value_name = "ID")]
    pub(crate) server_id: Option<String>,
    /// ID of the disk to restore to. Mandatory for restoring a disk
    #[arg(long, value_name = "ID")]
    pub(crate) volume_id: Option<String>,
    /// ID of the resource to restore
    #[arg(long, value_name = "ID")]
    pub(crate) resource_id: Option<String>,
    /// Which backup is restored to which disk; repeat it for several. Mandatory for restoring a VM, optional for restoring
    /// a disk
    ///
    /// Before the equals sign: ID of the backup of the disk. Behind it: ID of the disk that the data is restored to.
    #[arg(long = "mapping", value_name = "BACKUP=VOLUME")]
    pub(crate) mappings: Vec<Mapping>,
    /// Path to restore to, 1 to 255 characters
    ///
    /// Where in the resource the data goes. Open Telekom Cloud does not offer it.
    #[arg(long, value_name = "PATH", value_parser = path)]
    pub(crate) destination_path: Option<String>,
    #[command(flatten)]
    pub(crate) power: Power,
    #[command(flatten)]
    pub(crate) consent: Consent,
    #[command(flatten)]
    pub(crate) server: Cbr,
}

/// Whether the server is powered on: said, or left to the service.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Power {
    /// Power the server on after it has been restored
    ///
    /// Whether the server is powered on after it has been restored. Default: true. It is said only if one of the two flags
    /// is given, the last of them if there are several.
    #[arg(long, overrides_with = "no_power_on")]
    power_on: bool,
    /// Leave the server powered off after it has been restored
    #[arg(long, overrides_with = "power_on")]
    no_power_on: bool,
}

impl Power {
    /// What was said.
    pub(crate) fn wanted(self) -> Option<bool> {
        match (self.power_on, self.no_power_on) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }
}

/// A backup of a disk, and the disk that it is restored to: `BACKUP=VOLUME`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mapping {
    pub(crate) backup_id: String,
    pub(crate) volume_id: String,
}

impl FromStr for Mapping {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let ids = text
            .split_once('=')
            .filter(|(backup, volume)| !backup.is_empty() && !volume.is_empty() && !volume.contains('='));
        let (backup, volume) = ids.ok_or("a mapping is the id of a backup, an equals sign, and the id of a disk")?;
        Ok(Self { backup_id: backup.to_owned(), volume_id: volume.to_owned() })
    }
}

fn path(text: &str) -> Result<String, &'static str> {
    match text.chars().count() {
        1..=255 => Ok(text.to_owned()),
        _ => Err("a path to restore to has 1 to 255 characters"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_is_two_ids_and_one_equals_sign() {
        let mapping = Mapping { backup_id: "b".to_owned(), volume_id: "v".to_owned() };
        assert_eq!("b=v".parse(), Ok(mapping));
        for text in ["", "b", "b=", "=v", "b=v=w"] {
            assert!(text.parse::<Mapping>().is_err(), "{text}");
        }
    }
}
