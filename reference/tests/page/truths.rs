//! The three truths about each field, and the marks where they differ.

use std::collections::BTreeMap;

use serde_yaml::Value;

use crate::html::{elements, row, text};
use crate::{page, sources};

fn yaml(source: &reference::Source) -> Value {
    serde_yaml::from_str(&source.text).unwrap()
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_sequence).into_iter().flatten()
}

/// The rows of an operation's tables with these words in them.
fn rows_with<'a>(page: &'a str, operation: &str, words: &str) -> Vec<&'a str> {
    let start = format!(" id=\"{operation}.");
    let rows = elements(page, "tr").into_iter().filter(|(attributes, _)| attributes.contains(&start));
    rows.map(|(_, inner)| inner).filter(|inner| text(inner).contains(words)).collect()
}

#[test]
fn each_row_of_a_page_stands_there_with_its_words_and_its_deviations() {
    let page = page();
    let mut rows = 0;
    for source in &sources().ledgers {
        let ledger = yaml(source);
        let operation = ledger["operation"].as_str().unwrap();
        for field in list(&ledger, "fields") {
            let says = field["says"].as_str().unwrap();
            let words = if says.is_ascii() { says } else { "words in Chinese" };
            let name = field["path"].as_str().unwrap().rsplit('.').next().unwrap();
            let deviations: Vec<String> =
                list(field, "deviations").map(|key| format!("href=\"#deviation-{}\"", key.as_str().unwrap())).collect();
            let fits = |row: &&&str| deviations.iter().all(|link| row.contains(link)) && text(row).contains(name);
            assert!(rows_with(&page, operation, words).iter().any(|row| fits(&row)), "{operation}: {name}: {says}");
            rows += 1;
        }
    }
    assert_eq!(rows, 126);
}

/// The actions of the overlay that correct servers, by the names of their corrections, in the overlay's order.
fn corrections() -> Vec<(String, Vec<Value>)> {
    let mut corrections: Vec<(String, Vec<Value>)> = Vec::new();
    for action in list(&yaml(&sources().overlay), "actions").filter(|action| action["target"] != "$.info") {
        let line = action["description"].as_str().unwrap().lines().next().unwrap();
        let name = line.split([',', '(']).next().unwrap().trim().to_owned();
        match corrections.iter_mut().find(|(known, _)| *known == name) {
            Some((_, actions)) => actions.push(action.clone()),
            None => corrections.push((name, vec![action.clone()])),
        }
    }
    corrections
}

/// The text of the entry of each correction, in the order of the page.
fn cards(page: &str) -> Vec<String> {
    let cards = page.split("<div class=\"card\" id=\"correction-").skip(1);
    cards.map(|card| text(&format!("<div id=\"{}", card.split_once("</div>").unwrap().0))).collect()
}

#[test]
fn each_correction_stands_there_once_with_the_evidence_of_all_its_actions() {
    let cards = cards(&page());
    let corrections = corrections();
    assert_eq!(cards.len(), corrections.len());
    assert!(corrections.iter().any(|(_, actions)| actions.len() > 2));
    for (card, (name, actions)) in cards.iter().zip(&corrections) {
        assert!(card.starts_with(name.as_str()), "{name}: {card}");
        for action in actions {
            let line = action["description"].as_str().unwrap().lines().next().unwrap();
            let part = line[name.len()..].trim_matches([',', ' ', '(', ')']);
            for part in [
                part,
                action["x-evidence"]["source"].as_str().unwrap(),
                action["x-evidence"]["where"].as_str().unwrap(),
            ] {
                assert!(card.contains(part), "{name}: {part}");
            }
        }
    }
}

#[test]
fn what_is_said_of_the_document_itself_is_no_correction_of_servers() {
    assert!(sources().overlay.text.contains("Title of the served document"));
    assert!(!page().contains("Title of the served document"));
}

#[test]
fn each_correction_is_counted_under_one_grade() {
    let page = page();
    let counts = page.split("<td class=\"count\">").skip(1).map(|cell| cell.split([' ', '<']).next().unwrap());
    let sum: usize = counts.map(|count| count.parse::<usize>().unwrap()).sum();
    assert_eq!(sum, corrections().len());
}

#[test]
fn a_correction_of_a_shared_type_names_the_operations_that_have_a_field_of_it() {
    let page = page();
    let card = page.split_once(" id=\"correction-forms-of-a-timestamp\">").unwrap().1.split_once("</div>").unwrap().0;
    for operation in ["RecoverDataVolume", "GetDatabaseBackupFromImageStore"] {
        assert!(card.contains(&format!("<a href=\"#{operation}\">")), "{operation}: {card}");
    }
    assert!(!card.contains("#RestoreBackup") && !card.contains("as a whole"), "{card}");
}

#[test]
fn what_a_column_says_is_not_said_again_beside_it() {
    let page = page();
    assert!(sources().served.text.contains("The page does not show it."));
    assert!(!page.contains("The page does not show it."));
    assert!(text(row(&page, "RecoverDataVolume.200.error.globalErrorCode")).ends_with("Fields of the error code"));
}

#[test]
fn each_deviation_stands_there_with_its_reason() {
    let page = page();
    let Value::Mapping(deviations) = yaml(&sources().deviations) else { panic!() };
    for (key, deviation) in deviations {
        let start = format!("<div class=\"card\" id=\"deviation-{}\">", key.as_str().unwrap());
        let card = text(page.split_once(start.as_str()).unwrap().1.split_once("</div>").unwrap().0);
        let plain = |name: &str| deviation[name].as_str().unwrap().replace('`', "");
        assert!(card.contains(&plain("what")) && card.contains(&plain("reason")), "{key:?}");
    }
}

#[test]
fn what_differs_is_marked_where_it_stands() {
    let page = page();
    for (anchor, mark) in [
        ("GetDatabaseBackupFromImageStore.request.registryPort", "#correction-parameters-of-the-image-store"),
        ("GetDatabaseBackupFromImageStore.200.backups", "#correction-database-backups-in-an-image-store"),
        ("RecoverDataVolume.request.recoverDataVolume", "#correction-action-key-of-recoverdatavolume"),
        ("RecoverDataVolume.request.X-Job-UUID", "#correction-name-of-a-job"),
        ("RecoverDataVolume.200.inventory.createDate", "#correction-forms-of-a-timestamp"),
        ("RecoverDataVolume.202.location", "#correction-schema-of-an-accepted-job"),
        ("RestoreBackup.request.restore.details", "#correction-path-to-restore-to"),
        ("RestoreBackup.failure.error_code", "#correction-failures-of-cbr"),
        ("RestoreBackup.request.restore.details.destination_path", "#deviation-table-without-owner"),
        ("RestoreBackup.request.X-Auth-Token", "#deviation-header-as-security-scheme"),
    ] {
        assert!(row(&page, anchor).contains(&format!("href=\"{mark}\"")), "{anchor}: {mark}");
    }
}

#[test]
fn what_does_not_differ_is_not_marked() {
    let page = page();
    for anchor in ["RestoreBackup.request.restore.power_on", "RecoverDataVolume.request.uuid"] {
        let row = row(&page, anchor);
        assert!(!row.contains("#correction-") && !row.contains("#deviation-"), "{anchor}");
    }
}

#[test]
fn a_key_that_the_server_does_not_know_is_there_and_says_so() {
    let page = page();
    for (operation, key) in [
        ("RecoverBackupFromImageStoreBackupStorage", "recoverbackupfromimagestorebackupstorage"),
        ("SyncDatabaseBackupFromImageStoreBackupStorage", "syncdatabasebackupfromimagestorebackupstorage"),
    ] {
        let row = row(&page, &format!("{operation}.request.{key}"));
        assert!(text(row).contains("Does not know it."), "{operation}");
        assert!(row.contains("#correction-action-key-in-camel-case"), "{operation}");
    }
}

#[test]
fn each_column_says_what_it_is_for() {
    let page = page();
    let cells = |anchor: &str| -> Vec<String> {
        elements(row(&page, anchor), "td").into_iter().map(|(_, inner)| text(inner)).collect()
    };
    for (anchor, expected) in [
        (
            "RecoverDataVolume.200.inventory.size",
            ["integer, 64 bitsin bytes", "Long, Required", "1.073741824E11", "Size of the volume, in bytes."],
        ),
        (
            "RecoverDataVolume.200.inventory.deviceId",
            ["integer, 32 bits", "Integer, Required", "0.0", "Device ID of the volume."],
        ),
        ("RecoverDataVolume.200.inventory.isShareable", ["boolean", "Boolean, Required", "not in it", "Whether"]),
        (
            "RecoverDataVolume.200.error.cause",
            ["ErrorCodeor null", "ErrorCode, Required", "not in it", "Why an operation failed"],
        ),
        (
            "RestoreBackup.request.restore.power_on",
            ["boolean", "Boolean, Mandatory: No", "true", "Optional. Whether the server is powered on"],
        ),
        (
            "RestoreBackup.request.restore.mappings",
            ["list of BackupRestoreServerMapping", "Array of BackupRestoreServerMapping objects", "[{…}]", "Optional."],
        ),
        (
            "RestoreBackup.request.restore.mappings.volume_id",
            ["string", "String, Mandatory: Yes", "\"eccbcfdd-f843-4bbb-b2c0-a5ce861f9376\"", "Required."],
        ),
        (
            "RestoreBackup.request.project_id",
            ["string", "String, Mandatory: Yes", "{f841e01fd2b14e7fa41b6ae7aa6b0594}", "Required."],
        ),
        (
            "GetDatabaseBackupFromImageStore.request.registryPort",
            ["integer, 32 bits", "int, no mark", "1", "Optional."],
        ),
        ("QueryApiJob.request.Authorization", ["string", "not on the page", "no page", "Optional."]),
        ("RecoverDataVolume.request.Authorization", ["string", "", "OAuth", "Required."]),
        (
            "RecoverDataVolume.202.apiTimeout",
            ["in milliseconds", "not on the page", "no example", "How long the server lets the job run"],
        ),
    ] {
        let cells = cells(anchor);
        assert_eq!(cells.len(), 4, "{anchor}");
        for (cell, expected) in cells.iter().zip(expected) {
            assert!(cell.contains(expected), "{anchor}: {cell:?} has no {expected:?}");
        }
    }
}

#[test]
fn each_failure_stands_in_the_tables_of_its_operations() {
    let page = page();
    let failures: Vec<BTreeMap<String, Value>> = serde_yaml::from_str(&sources().errors.text).unwrap();
    for failure in failures {
        for operation in failure["operations"].as_sequence().unwrap() {
            let plain = |name: &str| failure[name].as_str().unwrap().replace('`', "");
            let rows = rows_with(&page, operation.as_str().unwrap(), &plain("meaning"));
            let outcome = format!("href=\"#outcome-{}\"", failure["outcome"].as_str().unwrap());
            assert!(rows.iter().any(|row| row.contains(&outcome) && text(row).contains(&plain("do"))), "{failure:?}");
        }
    }
}

#[test]
fn the_failures_of_what_is_no_job_do_not_speak_of_jobs() {
    let page = page();
    for operation in ["GetDatabaseBackupFromImageStore", "RestoreBackup"] {
        for row in rows_with(&page, operation, "").into_iter().filter(|row| row.contains("#outcome-")) {
            let said = text(row);
            assert!(!said.contains("job") && !said.contains("X-API-Timeout"), "{operation}: {said}");
        }
    }
}

#[test]
fn an_example_of_a_failure_in_a_200_has_fields_of_its_operation_only() {
    let page = page();
    let failures: Vec<BTreeMap<String, Value>> = serde_yaml::from_str(&sources().errors.text).unwrap();
    let mut looked = 0;
    for failure in failures.iter().filter(|failure| failure["status"] == 200) {
        let body: BTreeMap<String, Value> = serde_yaml::from_str(failure["body"].as_str().unwrap()).unwrap();
        for (operation, field) in
            failure["operations"].as_sequence().unwrap().iter().flat_map(|it| body.keys().map(move |field| (it, field)))
        {
            row(&page, &format!("{}.200.{field}", operation.as_str().unwrap()));
            looked += 1;
        }
    }
    assert!(looked >= 8, "{looked}");
}

#[test]
fn the_numbers_at_the_top_are_those_of_the_sources() {
    let page = page();
    let sources = sources();
    let (mut facts, mut plain) = (0, 0);
    for ledger in sources.ledgers.iter().map(yaml) {
        for row in list(&ledger, "fields").chain(list(&ledger, "operation_facts")) {
            facts += 1;
            plain += usize::from(list(row, "deviations").next().is_none());
        }
    }
    let numbers: Vec<String> = page
        .split("<dl class=\"numbers\">")
        .nth(1)
        .unwrap()
        .split("</dl>")
        .next()
        .unwrap()
        .split("<dd>")
        .skip(1)
        .map(|part| part.split('<').next().unwrap().to_owned())
        .collect();
    assert_eq!(numbers, [5, facts, plain, facts - plain, corrections().len()].map(|number| number.to_string()));
}
