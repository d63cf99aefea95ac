//! In a terminal.

use std::{
    fs::File,
    io::{Read, Write},
    os::fd::OwnedFd,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use rustix::{
    fs::{Mode, OFlags, open},
    process::{Pid, Signal, kill_process},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize},
};
use simulator::{Fault, Pace, Phase, Simulator, sample};

use crate::restore::{DISK, OPERATIONS, PATIENCE, VOLUME, addressed, bare, clean, equipped, fault, with};

/// The program in a terminal that nobody looks at.
struct Terminal {
    child: Child,
    keyboard: File,
    /// Our own end of it: while it is open, the terminal is there.
    screen: OwnedFd,
    written: Arc<Mutex<String>>,
}

impl Terminal {
    fn start(mut command: Command) -> Self {
        let keyboard = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&keyboard).unwrap();
        unlockpt(&keyboard).unwrap();
        let name = ptsname(&keyboard, Vec::new()).unwrap();
        let screen = open(&*name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
        tcsetwinsize(&screen, Winsize { ws_row: 40, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
        let stdio = || Stdio::from(screen.try_clone().unwrap());
        command.stdin(stdio()).stdout(stdio()).stderr(stdio());
        let child = command.spawn().unwrap();
        let keyboard = File::from(keyboard);
        let (mut reader, written) = (keyboard.try_clone().unwrap(), Arc::new(Mutex::new(String::new())));
        let shared = Arc::clone(&written);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                shared.lock().unwrap().push_str(&String::from_utf8_lossy(&buffer[..read]));
            }
        });
        Self { child, keyboard, screen, written }
    }

    fn written(&self) -> String {
        self.written.lock().unwrap().clone()
    }

    /// Waits until this stands there.
    fn until(&self, text: &str) {
        let begun = Instant::now();
        while !self.written().contains(text) {
            assert!(begun.elapsed() < PATIENCE, "{text:?} does not appear: {:?}", self.written());
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn types(&mut self, text: &str) {
        self.keyboard.write_all(text.as_bytes()).unwrap();
    }

    fn echoes(&self) -> bool {
        tcgetattr(&self.screen).unwrap().local_modes.contains(LocalModes::ECHO)
    }

    /// Waits until what is typed is not shown.
    fn hides_what_is_typed(&self) {
        let begun = Instant::now();
        while self.echoes() {
            assert!(begun.elapsed() < PATIENCE, "what is typed is shown");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits for the end: the exit code, and all that was written.
    fn ends(mut self) -> (Option<i32>, String) {
        let begun = Instant::now();
        let code = loop {
            match self.child.try_wait().unwrap() {
                Some(status) => break status.code(),
                None => assert!(begun.elapsed() < PATIENCE, "it does not end: {:?}", self.written()),
            }
            thread::sleep(Duration::from_millis(10));
        };
        // What was written last may still be on its way.
        let mut length = 0;
        loop {
            thread::sleep(Duration::from_millis(100));
            let written = self.written();
            if written.len() == length {
                return (code, written);
            }
            length = written.len();
        }
    }
}

impl Drop for Terminal {
    /// Leaves nothing running where a test has stopped.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program in a terminal, with the simulator's addresses and credentials.
fn started(simulator: &Simulator, arguments: &[&str], variables: &[(&str, &str)]) -> Terminal {
    let mut command = bare(arguments);
    equipped(&mut command, simulator);
    command.env("TERM", "xterm-256color").envs(variables.iter().copied());
    Terminal::start(command)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_question_names_what_is_overwritten_and_with_what() {
    let simulator = Simulator::start().await.unwrap();
    let mapping = format!("{}={}", sample::DISK_OF_BACKUP, sample::DISK);
    let more = ["--server-id", sample::SERVER, "--mapping", &mapping, "--no-power-on"];
    let mut terminal = started(&simulator, &with(&DISK, &more), &[]);
    terminal.until("Go on? [y/N] ");
    let asked = terminal.written();
    for expected in [
        format!("Restore backup {} of project {}", sample::BACKUP, sample::PROJECT),
        format!("at {}", simulator.url()),
        format!("the disks of server {}", sample::SERVER),
        format!("disk {}", sample::DISK),
        format!("disk {} with backup {}", sample::DISK, sample::DISK_OF_BACKUP),
        "The server stays powered off.".to_owned(),
    ] {
        assert!(asked.contains(&expected), "{expected}: {asked}");
    }
    assert_eq!(simulator.requests().len(), 0);
    terminal.types("n\n");
    assert_eq!(terminal.ends().0, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_question_of_each_operation_names_its_resources_and_its_server() {
    let simulator = Simulator::start().await.unwrap();
    for (operation, arguments, resource) in OPERATIONS {
        if operation == "GetDatabaseBackupFromImageStore" {
            continue;
        }
        let mut terminal = started(&simulator, arguments, &[]);
        terminal.until("Go on? [y/N] ");
        let asked = terminal.written();
        assert!(asked.contains(resource) && asked.contains(&format!("at {}", simulator.url())), "{operation}: {asked}");
        if arguments.contains(&"--src-backup-storage-uuid") {
            let (from, to) = (sample::SOURCE_BACKUP_STORAGE, sample::DESTINATION_BACKUP_STORAGE);
            assert!(asked.contains(&format!("from backup storage {from} to backup storage {to}")), "{asked}");
        }
        terminal.types("\n");
        assert_eq!(terminal.ends().0, Some(1), "{operation}");
    }
    assert_eq!(simulator.requests().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_yes_is_yes() {
    let simulator = Simulator::start().await.unwrap();
    for no in ["n\n", "\n", "yess\n", "1\n", "\u{4}"] {
        let mut terminal = started(&simulator, &VOLUME, &[]);
        terminal.until("Go on? [y/N] ");
        terminal.types(no);
        let (code, written) = terminal.ends();
        assert_eq!(code, Some(1), "{no:?}: {written}");
        assert!(written.contains("not confirmed, so nothing was sent"), "{written}");
    }
    assert_eq!(simulator.requests().len(), 0);
    let mut terminal = started(&simulator, &VOLUME, &[]);
    terminal.until("Go on? [y/N] ");
    terminal.types("y\n");
    assert_eq!(terminal.ends().0, Some(0));
    assert_eq!(simulator.executions(sample::VOLUME), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_is_typed_is_not_shown() {
    let simulator = Simulator::start().await.unwrap();
    let mut command = bare(&["list-database-backups"]);
    addressed(&mut command, &simulator);
    let mut terminal = Terminal::start(command);
    terminal.until("ZSTACK_SESSION (UUID of the ZStack session): ");
    terminal.hides_what_is_typed();
    terminal.types(&format!("{}\n", sample::SESSION));
    terminal.until("IMAGE_STORE_URL (address of the image store");
    terminal.hides_what_is_typed();
    terminal.types(&format!("{}\n", sample::IMAGE_STORE));
    let (code, written) = terminal.ends();
    assert_eq!(code, Some(0), "{written}");
    assert!(written.contains("Backup-1"), "{written}");
    assert!(!written.contains(sample::SESSION) && !written.contains(sample::IMAGE_STORE), "{written}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_is_not_typed_is_none() {
    let simulator = Simulator::start().await.unwrap();
    let mut command = bare(&VOLUME);
    addressed(&mut command, &simulator);
    let mut terminal = Terminal::start(command);
    terminal.until("ZSTACK_SESSION");
    terminal.hides_what_is_typed();
    terminal.types(" \n");
    let (code, written) = terminal.ends();
    assert_eq!(code, Some(1), "{written}");
    assert!(written.contains("no ZSTACK_SESSION was given"), "{written}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_at_a_prompt_leaves_the_terminal_as_it_was() {
    let simulator = Simulator::start().await.unwrap();
    let mut command = bare(&VOLUME);
    addressed(&mut command, &simulator);
    let terminal = Terminal::start(command);
    terminal.until("ZSTACK_SESSION");
    terminal.hides_what_is_typed();
    kill_process(Pid::from_child(&terminal.child), Signal::INT).unwrap();
    terminal.until("Interrupted. Nothing was sent.");
    assert!(terminal.echoes());
    assert_eq!(terminal.ends().0, Some(130));
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_at_the_question_sends_nothing() {
    let simulator = Simulator::start().await.unwrap();
    let terminal = started(&simulator, &VOLUME, &[]);
    terminal.until("Go on? [y/N] ");
    kill_process(Pid::from_child(&terminal.child), Signal::INT).unwrap();
    let (code, written) = terminal.ends();
    assert_eq!(code, Some(130), "{written}");
    assert!(written.contains("Interrupted. Nothing was sent."), "{written}");
    assert_eq!(simulator.requests().len(), 0);
}

/// The key itself, and not the signal: `setsid` makes the terminal the one that the program is controlled from.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_that_is_typed_while_a_job_runs_says_how_to_take_it_up_again() {
    let pace = Pace::Time(Duration::from_secs(600));
    let simulator = Simulator::builder().settings(|settings| settings.job_pace = pace).start().await.unwrap();
    let mut command = Command::new("setsid");
    command.arg("-c").arg(env!("CARGO_BIN_EXE_restore")).args(with(&VOLUME, &["--yes"]));
    clean(&mut command);
    equipped(&mut command, &simulator);
    command.env("TERM", "xterm-256color");
    let mut terminal = Terminal::start(command);
    terminal.until("the job is running");
    terminal.types("\u{3}");
    let (code, written) = terminal.ends();
    assert_eq!(code, Some(130), "{written}");
    let requests = simulator.requests();
    let job = requests[0].header("x-job-uuid").unwrap();
    assert!(written.contains(&format!("restore job wait {job} --operation recover-data-volume")), "{written}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spinner_shows_the_age_of_the_job_while_it_runs() {
    let simulator = Simulator::builder().settings(|settings| settings.job_pace = Pace::Polls(2)).start().await.unwrap();
    let (code, written) = started(&simulator, &with(&VOLUME, &["--yes"]), &[]).ends();
    assert_eq!(code, Some(0), "{written}");
    assert!(written.contains(" the job is running  0.") && written.contains("asked 2 times"), "{written}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dumb_terminal_gets_lines_instead_of_a_spinner() {
    let simulator = Simulator::start().await.unwrap();
    let (code, written) = started(&simulator, &with(&VOLUME, &["--yes", "-v"]), &[("TERM", "dumb")]).ends();
    assert_eq!(code, Some(0), "{written}");
    assert!(!written.contains('\u{1b}') && written.contains("The job is running, 0."), "{written}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_is_red_unless_no_color_is_set() {
    let simulator = Simulator::start().await.unwrap();
    fault(&simulator, Phase::BeforeExecuting, Fault::Close);
    for (variables, is_red) in [(&[][..], true), (&[("NO_COLOR", "1")], false)] {
        let (_, written) = started(&simulator, &["list-database-backups", "--retries", "0"], variables).ends();
        assert_eq!(written.contains("\u{1b}[31m"), is_red, "{written:?}");
        assert!(written.contains("error:"), "{written:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_says_does_nothing_to_the_terminal() {
    let simulator = Simulator::start().await.unwrap();
    let body = r#"{"backups":[{"name":"\u001b[2J\u009b31m gone\u202e"}]}"#.to_owned();
    fault(&simulator, Phase::BeforeExecuting, Fault::Answer { status: 200, headers: Vec::new(), body });
    let (_, written) = started(&simulator, &["list-database-backups"], &[("TERM", "dumb")]).ends();
    assert!(written.contains("gone"), "{written:?}");
    for act in ["\u{1b}[2J", "\u{9b}", "\u{202e}"] {
        assert!(!written.contains(act), "{written:?}");
    }
}
