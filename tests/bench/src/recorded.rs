//! The recorded responses, with their integers printed as servers print them.

use std::{fs, path::Path};

use serde_json::Value;

use crate::Problem;

/// The responses that the pages show, re-printed.
pub struct Recorded {
    /// Of GetDatabaseBackupFromImageStore.
    pub list: String,
    /// Of RecoverBackupFromImageStoreBackupStorage.
    pub backup: String,
    /// Of SyncDatabaseBackupFromImageStoreBackupStorage.
    pub database: String,
    /// Of RecoverDataVolume.
    pub volume: String,
}

impl Recorded {
    /// Reads them from the workspace in this folder.
    ///
    /// # Errors
    /// When one is not there, or is no JSON.
    pub fn read(workspace: &Path) -> Result<Self, Problem> {
        let read = |operation: &str| -> Result<String, Problem> {
            let file = workspace.join("spec/examples").join(operation).join("response.json");
            let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            let mut value = serde_json::from_str(&text)?;
            print_integers(&mut value);
            Ok(serde_json::to_string(&value)?)
        };
        Ok(Self {
            list: read("GetDatabaseBackupFromImageStore")?,
            backup: read("RecoverBackupFromImageStoreBackupStorage")?,
            database: read("SyncDatabaseBackupFromImageStoreBackupStorage")?,
            volume: read("RecoverDataVolume")?,
        })
    }

    /// With the name of the operation.
    pub fn named(&self) -> [(&'static str, &str); 4] {
        [
            ("GetDatabaseBackupFromImageStore", &self.list),
            ("RecoverBackupFromImageStoreBackupStorage", &self.backup),
            ("SyncDatabaseBackupFromImageStoreBackupStorage", &self.database),
            ("RecoverDataVolume", &self.volume),
        ]
    }
}

/// `1.073741824E9` becomes `1073741824`, which plain serde takes for an `i64`.
fn print_integers(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(print_integers),
        Value::Object(fields) => fields.values_mut().for_each(print_integers),
        Value::Number(number) => {
            if let Some(whole) = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 9e15) {
                *value = Value::from(whole as i64);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_printed_as_digits_and_others_stay() {
        let mut value = serde_json::json!({"size": 1.073_741_824e9, "part": 0.5, "of": [7_995_392.0, "1.0"]});
        print_integers(&mut value);
        assert_eq!(value, serde_json::json!({"size": 1_073_741_824_u64, "part": 0.5, "of": [7_995_392, "1.0"]}));
    }
}
