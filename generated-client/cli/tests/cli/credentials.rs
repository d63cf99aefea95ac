//! Where credentials come from, and where they never go.

use simulator::{Simulator, sample};
use tempfile::{NamedTempFile, TempPath};

use crate::restore::{OPERATIONS, Ran, SECRETS, VOLUME, addressed, agreed, bare, run};

/// A file with this text, for its owner alone.
fn file(text: &str) -> TempPath {
    use std::io::Write;

    let mut file = NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file.into_temp_path()
}

/// Recovers the sample's volume with these variables and no other credentials.
fn recovered(simulator: &Simulator, more: &[&str], variables: &[(&str, &str)]) -> Ran {
    let mut command = bare(&[&VOLUME[..], &["--yes"], more].concat());
    addressed(&mut command, simulator);
    command.envs(variables.iter().copied()).output().unwrap().into()
}

#[tokio::test(flavor = "multi_thread")]
async fn without_credentials_nothing_is_sent_and_it_is_said_where_they_are_taken_from() {
    let simulator = Simulator::start().await.unwrap();
    for (operation, arguments, _) in OPERATIONS {
        let mut command = bare(&agreed(operation, arguments, &[]));
        addressed(&mut command, &simulator);
        let ran = Ran::from(command.output().unwrap());
        assert_eq!(ran.code, Some(1), "{operation}");
        assert!(ran.err.contains("there is no ") && ran.err.contains("--credentials-file"), "{ran:?}");
    }
    assert_eq!(simulator.requests().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_gives_them_and_comes_before_the_environment() {
    let simulator = Simulator::start().await.unwrap();
    let file = file(&format!("# mine\nZSTACK_SESSION={}\n", sample::SESSION));
    let more = ["--credentials-file", file.to_str().unwrap()];
    recovered(&simulator, &more, &[("ZSTACK_SESSION", "00000000000000000000000000000000")]).done();
}

#[tokio::test(flavor = "multi_thread")]
async fn so_it_does_with_every_secret() {
    let simulator = Simulator::start().await.unwrap();
    let right =
        [("ZSTACK_SESSION", sample::SESSION), ("CBR_TOKEN", sample::TOKEN), ("IMAGE_STORE_URL", sample::IMAGE_STORE)];
    let file = file(&right.map(|(name, value)| format!("{name}={value}\n")).concat());
    for (operation, arguments, _) in OPERATIONS {
        let mut command = bare(&agreed(operation, arguments, &["--credentials-file", file.to_str().unwrap()]));
        addressed(&mut command, &simulator);
        let wrong = [("CBR_TOKEN", "wrong"), ("IMAGE_STORE_URL", "ssh://root:wrong@10.0.0.1:22/zstack_bs")];
        Ran::from(command.envs(wrong).output().unwrap()).done();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_in_the_file_leaves_an_access_key_of_the_environment_alone() {
    let simulator = Simulator::start().await.unwrap();
    let file = file(&format!("ZSTACK_SESSION={}\n", sample::SESSION));
    let more = ["--credentials-file", file.to_str().unwrap()];
    let key = [("ZSTACK_ACCESS_KEY_ID", sample::ACCESS_KEY_ID), ("ZSTACK_ACCESS_KEY_SECRET", "wrong")];
    recovered(&simulator, &more, &key).done();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_too_long_to_be_one_is_not_read() {
    let simulator = Simulator::start().await.unwrap();
    let comment = "#".repeat(1 << 17);
    let file = file(&format!("ZSTACK_SESSION={}\n{comment}", sample::SESSION));
    let ran = recovered(&simulator, &["--credentials-file", file.to_str().unwrap()], &[]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("it is no file of credentials"), "{ran:?}");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_others_may_use_is_refused() {
    use std::{fs, os::unix::fs::PermissionsExt};

    let file = file(&format!("ZSTACK_SESSION={}\n", sample::SESSION));
    for (mode, code) in [(0o640, 1), (0o604, 1), (0o620, 1), (0o600, 0), (0o400, 0)] {
        let opened = fs::File::open(&file).unwrap();
        opened.set_permissions(fs::Permissions::from_mode(mode)).unwrap();
        let simulator = Simulator::start().await.unwrap();
        let ran = recovered(&simulator, &["--credentials-file", file.to_str().unwrap()], &[]);
        assert_eq!(ran.code, Some(code), "{mode:o}: {ran:?}");
        if code == 1 {
            assert!(ran.err.contains("chmod 600"), "{ran:?}");
            assert_eq!(simulator.requests().len(), 0);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_a_wrong_line_names_the_line_and_shows_no_value() {
    let simulator = Simulator::start().await.unwrap();
    let file = file(&format!("\nZSTACK_SESION={}\n", sample::SESSION));
    let ran = recovered(&simulator, &["--credentials-file", file.to_str().unwrap()], &[]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("line 2") && !ran.err.contains(sample::SESSION), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_key_signs_in_the_servers_time_zone() {
    let simulator = Simulator::start().await.unwrap();
    let key = [
        ("ZSTACK_ACCESS_KEY_ID", sample::ACCESS_KEY_ID),
        ("ZSTACK_ACCESS_KEY_SECRET", sample::ACCESS_KEY_SECRET),
        ("TZ", "CST-8"),
    ];
    // The simulator's clock is UTC's.
    let refused = recovered(&simulator, &[], &key);
    assert_eq!(refused.code, Some(4));
    assert!(refused.err.contains("in this time zone (--server-time-zone)"), "{refused:?}");
    recovered(&simulator, &["--server-time-zone", "UTC"], &key).done();
    assert_eq!(simulator.executions(sample::VOLUME), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_and_an_access_key_are_one_too_many() {
    let simulator = Simulator::start().await.unwrap();
    let both = [("ZSTACK_SESSION", sample::SESSION), ("ZSTACK_ACCESS_KEY_ID", sample::ACCESS_KEY_ID)];
    let ran = recovered(&simulator, &[], &both);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("both a session and an access key"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_credential_is_refused_and_shown_nowhere() {
    let simulator = Simulator::start().await.unwrap();
    let wrong = "ffffffffffffffffffffffffffffffff";
    let ran = recovered(&simulator, &["-v"], &[("ZSTACK_SESSION", wrong)]);
    assert_eq!(ran.code, Some(4), "{ran:?}");
    assert!(ran.err.contains("log in again") && !ran.err.contains("access key"), "{ran:?}");
    assert!(!ran.err.contains(wrong) && !ran.out.contains(wrong), "{ran:?}");
    assert_eq!(simulator.executions(sample::VOLUME), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_in_any_output_whatever_happens() {
    let ends: [fn(&Simulator); 3] = [
        |_| {},
        Simulator::expire_credentials,
        |simulator| {
            simulator.with_state(|state| state.zstack.image_stores.clear());
        },
    ];
    for end in ends {
        for (operation, arguments, _) in OPERATIONS {
            for more in [&["-v"][..], &["--dry-run"], &["-o", "json"]] {
                let simulator = Simulator::start().await.unwrap();
                end(&simulator);
                let ran = run(&simulator, &agreed(operation, arguments, more));
                let written = format!("{}{}", ran.out, ran.err);
                for secret in SECRETS.into_iter().chain(["p%40ss", "p@ss"]) {
                    assert!(!written.contains(secret), "{operation} {more:?}: {written}");
                }
            }
        }
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_in_the_arguments_of_the_process() {
    use std::{fs, path::PathBuf, process::Stdio};

    use simulator::Pace;

    use crate::restore::{arrived, equipped, with};

    let simulator = Simulator::builder().settings(|settings| settings.job_pace = Pace::Polls(100));
    let simulator = simulator.start().await.unwrap();
    let mut command = bare(&with(&VOLUME, &["--yes"]));
    equipped(&mut command, &simulator);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    arrived(&simulator, 2).await;
    let path: PathBuf = ["/proc", &child.id().to_string(), "cmdline"].iter().collect();
    let line = fs::read(path).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let line = String::from_utf8(line).unwrap();
    assert!(line.contains("recover-data-volume"));
    assert!(SECRETS.iter().all(|secret| !line.contains(secret)), "{line}");
}

#[test]
fn no_flag_takes_a_secret() {
    let mut command = restore_cli::command();
    command.build();
    let help = |command: &clap::Command| command.clone().render_long_help().to_string().to_lowercase();
    for command in command.get_subcommands() {
        for argument in command.get_arguments() {
            let name = argument.get_id().as_str();
            let is_secret = ["session", "token", "secret", "password"].iter().any(|word| name.contains(word));
            assert!(!is_secret, "{}: {name}", command.get_name());
        }
        assert!(!help(command).contains("[env: zstack_session"), "{}", command.get_name());
    }
}
