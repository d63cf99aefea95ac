//! The examples as programs.

use std::{
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use simulator::{Simulator, sample};

/// The example of this name, as cargo has built it, with its settings for this simulator.
macro_rules! example {
    ($name:literal, $simulator:expr) => {
        crate::program::with_settings(env!(concat!("CARGO_BIN_EXE_", $name)), $simulator)
    };
}
pub(crate) use example;

/// The program at this path, in the environment that the examples read, and nothing else of it that is not the system's.
pub(crate) fn with_settings(path: &str, simulator: &Simulator) -> Command {
    let mut command = Command::new(path);
    command.env_clear();
    for name in ["PATH", "LD_LIBRARY_PATH", "SystemRoot"] {
        command.envs(std::env::var_os(name).map(|value| (name, value)));
    }
    command.env("ZSTACK_URL", simulator.url()).env("ZSTACK_SESSION", sample::SESSION);
    command.env("CBR_URL", simulator.url()).env("CBR_TOKEN", sample::TOKEN);
    command.env("IMAGE_STORE_URL", sample::IMAGE_STORE);
    command
}

/// What a program said, and how it ended.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: Option<i32>,
}

impl From<Output> for Done {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { stdout: text(output.stdout), stderr: text(output.stderr), code: output.status.code() }
    }
}

/// How long a program may run: it would wait for a job longer than anybody waits for a test.
const LIMIT: Duration = Duration::from_secs(60);

/// Runs a program to its end. None of the credentials may be in what it prints.
pub(crate) fn run(command: &mut Command) -> Done {
    let mut program = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while program.try_wait().unwrap().is_none() {
        if begun.elapsed() > LIMIT {
            program.kill().unwrap();
        }
        thread::sleep(Duration::from_millis(10));
    }
    let done = Done::from(program.wait_with_output().unwrap());
    for secret in [sample::SESSION, sample::TOKEN, "p%40ss", "p@ss"] {
        assert!(!done.stdout.contains(secret) && !done.stderr.contains(secret), "{done:?}");
    }
    done
}

/// Runs a program that has to succeed, and says what it printed.
pub(crate) fn succeeds(command: &mut Command) -> Done {
    let done = run(command);
    assert_eq!(done.code, Some(0), "{done:?}");
    done
}
