//! Each operation, done.

use serde_json::json;
use simulator::{AcceptedBody, Simulator, sample};

use crate::restore::{DISK, OPERATIONS, VOLUME, agreed, run, with};

#[tokio::test(flavor = "multi_thread")]
async fn each_operation_is_carried_out_once_and_prints_its_answer() {
    for (operation, arguments, resource) in OPERATIONS {
        let simulator = Simulator::start().await.unwrap();
        let ran = run(&simulator, &agreed(operation, arguments, &["--output", "json"])).done();
        let expected = u64::from(operation != "GetDatabaseBackupFromImageStore");
        assert_eq!(simulator.executions(resource), expected, "{operation}");
        assert_eq!(simulator.misfits(), [], "{operation}");
        let answer = ran.json();
        match operation {
            "RestoreBackup" => assert_eq!(answer, json!({})),
            "GetDatabaseBackupFromImageStore" => assert_eq!(answer["backups"][0]["size"], 7_995_392),
            _ => assert_eq!(answer["inventory"]["uuid"], resource, "{operation}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_short_name_is_the_operation() {
    let simulator = Simulator::start().await.unwrap();
    for (short, long) in [
        ("recover-backup", "RecoverBackupFromImageStoreBackupStorage"),
        ("sync-database-backup", "SyncDatabaseBackupFromImageStoreBackupStorage"),
        ("recover-volume", "RecoverDataVolume"),
        ("list-database-backups", "GetDatabaseBackupFromImageStore"),
    ] {
        let (_, arguments, _) = OPERATIONS.into_iter().find(|(operation, ..)| *operation == long).unwrap();
        run(&simulator, &agreed(long, &with(&[short], &arguments[1..]), &[])).done();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_can_be_said_to_a_job_is_sent() {
    let simulator = Simulator::start().await.unwrap();
    let more = ["--system-tag", "a::b", "--system-tag", "it's", "--user-tag", "c", "--yes"];
    let job = ["--job-uuid", "5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5c", "--api-timeout", "90s"];
    run(&simulator, &[&VOLUME[..], &more, &job].concat()).done();
    let request = &simulator.requests()[0];
    assert_eq!(
        request.json(),
        Some(json!({"recoverDataVolume": {}, "systemTags": ["a::b", "it's"], "userTags": ["c"]}))
    );
    assert_eq!(request.header("x-job-uuid"), Some("5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5c"));
    assert_eq!(request.header("x-api-timeout"), Some("90"));
}

#[tokio::test(flavor = "multi_thread")]
async fn source_destination_and_tags_are_sent_as_they_were_said() {
    for (operation, arguments, _) in OPERATIONS.into_iter().take(2) {
        let simulator = Simulator::start().await.unwrap();
        run(&simulator, &agreed(operation, arguments, &["--system-tag", "a::b", "--user-tag", "c"])).done();
        let body = simulator.requests()[0].json().unwrap();
        let action = format!("{}{}", operation[..1].to_lowercase(), &operation[1..]);
        let expected = json!({
            "srcBackupStorageUuid": sample::SOURCE_BACKUP_STORAGE,
            "dstBackupStorageUuid": sample::DESTINATION_BACKUP_STORAGE,
        });
        assert_eq!(
            (&body[action], &body["systemTags"], &body["userTags"]),
            (&expected, &json!(["a::b"]), &json!(["c"]))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_can_be_said_to_a_list_is_sent() {
    let simulator = Simulator::start().await.unwrap();
    let more = ["--registry-port", "8001", "--system-tag", "a::b", "--user-tag", "c"];
    run(&simulator, &with(&["list-database-backups"], &more)).done();
    let mut sent = simulator.requests()[0].query_pairs();
    sent.sort();
    let expected = [("registryPort", "8001"), ("systemTags", "a::b"), ("url", sample::IMAGE_STORE), ("userTags", "c")];
    assert_eq!(sent, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_can_be_said_to_a_restore_is_sent() {
    let simulator = Simulator::start().await.unwrap();
    let more = [
        "--server-id",
        sample::SERVER,
        "--resource-id",
        sample::SERVER,
        "--mapping",
        "5d822633-2bbf-4af8-a16e-5ab1c7705235=eccbcfdd-f843-4bbb-b2c0-a5ce861f9376",
        "--destination-path",
        "/srv/a b",
        "--no-power-on",
        "--yes",
    ];
    run(&simulator, &with(&DISK, &more)).done();
    let expected = json!({"restore": {
        "mappings": [{"backup_id": sample::DISK_OF_BACKUP, "volume_id": sample::DISK}],
        "power_on": false,
        "server_id": sample::SERVER,
        "volume_id": sample::DISK,
        "resource_id": sample::SERVER,
        "details": {"destination_path": "/srv/a b"},
    }});
    assert_eq!(simulator.requests()[0].json(), Some(expected));
}

#[tokio::test(flavor = "multi_thread")]
async fn power_on_is_sent_only_if_it_is_said_and_the_last_word_counts() {
    for (more, expected) in [
        (&[][..], json!(null)),
        (&["--power-on"], json!(true)),
        (&["--power-on", "--no-power-on"], json!(false)),
        (&["--no-power-on", "--power-on"], json!(true)),
    ] {
        let simulator = Simulator::start().await.unwrap();
        run(&simulator, &[&DISK[..], &["--yes"], more].concat()).done();
        let body = simulator.requests()[0].json().unwrap();
        assert_eq!(body["restore"]["power_on"], expected, "{more:?}");
        assert_eq!(body["restore"].get("power_on").is_some(), !more.is_empty(), "{more:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_validated_only_is_not_carried_out_and_asks_nobody() {
    let simulator = Simulator::start().await.unwrap();
    let ran = run(&simulator, &with(&VOLUME, &["--validate-only"])).done();
    assert_eq!(simulator.executions(sample::VOLUME), 0);
    assert!(ran.err.contains("Nothing was changed."), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_jobs_name_is_told_on_stderr_and_stdout_has_data_only() {
    let simulator = Simulator::start().await.unwrap();
    let ran = run(&simulator, &with(&VOLUME, &["--yes"])).done();
    let requests = simulator.requests();
    let job = requests[0].header("x-job-uuid").unwrap();
    assert_eq!(ran.err, format!("Job {job}\n"));
    assert!(!ran.out.contains(job) && ran.out.contains("status              Ready\n"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_verbose_each_time_that_the_job_runs_is_a_line() {
    let simulator = Simulator::start().await.unwrap();
    let ran = run(&simulator, &with(&VOLUME, &["--yes", "-v"])).done();
    assert!(ran.err.contains("The job is running, 0.") && ran.err.contains(" s, asked once.\n"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_says_that_accepted_is_not_finished_and_prints_its_job() {
    let simulator = Simulator::builder().settings(|settings| settings.accepted_body = AcceptedBody::JobId);
    let simulator = simulator.start().await.unwrap();
    let ran = run(&simulator, &with(&DISK, &["--yes"])).done();
    assert!(ran.out.starts_with("job_id  "), "{ran:?}");
    assert!(ran.err.contains("accepted, which is not finished"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn json_and_yaml_are_the_same_data() {
    let simulator = Simulator::start().await.unwrap();
    let list = |format| run(&simulator, &["list-database-backups", "--output", format]).done();
    let yaml: serde_json::Value = serde_yaml::from_str(&list("yaml").out).unwrap();
    assert_eq!(list("json").json(), yaml);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_a_table_for_people() {
    let simulator = Simulator::start().await.unwrap();
    let ran = run(&simulator, &["list-database-backups"]).done();
    let head: Vec<&str> = ran.out.lines().find(|line| line.contains("NAME")).unwrap().split_whitespace().collect();
    assert_eq!(head, ["CREATEDTIME", "INSTALLPATH", "MD5", "NAME", "SIZE", "TYPE", "VERSION"]);
    assert!(ran.out.contains("7995392 (7.62 MiB)"), "{ran:?}");
}
