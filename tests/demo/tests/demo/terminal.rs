//! What a terminal shows.

use std::io::Read;
use std::process::{Command, Stdio};

use rustix::fs::{Mode, OFlags, open};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

use crate::runs::RUNS;

/// Runs the demo in a terminal of 100 columns with these variables, and returns all that was written to it.
pub(crate) fn run(variables: &[(&str, &str)]) -> String {
    let keyboard = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&keyboard).unwrap();
    unlockpt(&keyboard).unwrap();
    let name = ptsname(&keyboard, Vec::new()).unwrap();
    let screen = open(&*name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
    tcsetwinsize(&screen, Winsize { ws_row: 40, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();

    let mut command = Command::new(env!("CARGO_BIN_EXE_demo"));
    for name in ["CLICOLOR", "CLICOLOR_FORCE", "NO_COLOR"] {
        command.env_remove(name);
    }
    command.env("TERM", "xterm-256color").envs(variables.iter().copied()).stdout(Stdio::from(screen));
    let mut child = command.spawn().unwrap();
    // The command holds our end of the screen open.
    drop(command);

    let (mut keyboard, mut written, mut buffer) = (std::fs::File::from(keyboard), Vec::new(), [0; 4096]);
    // Linux tells the end by an error, others by nothing more to read.
    while let Ok(read @ 1..) = keyboard.read(&mut buffer) {
        written.extend_from_slice(&buffer[..read]);
    }
    // How it ended is seen in the run through a pipe.
    child.wait().unwrap();
    String::from_utf8(written).unwrap()
}

/// Whether there are colours: escape sequences that end in `m`.
fn has_colours(text: &str) -> bool {
    let letter = |sequence: &str| sequence.chars().find(char::is_ascii_alphabetic);
    text.split("\u{1b}[").skip(1).any(|sequence| letter(sequence) == Some('m'))
}

#[test]
fn a_terminal_shows_colours_and_a_spinner_with_the_job() {
    let written = &RUNS.terminal;
    let heading = written.lines().find(|line| line.contains("1 of 5")).unwrap();
    assert!(has_colours(heading), "{heading:?}");
    assert!(written.contains("waiting for the answer"));
    assert!(written.contains(" is running  ") && written.contains("asked 3 times"));
}

#[test]
fn a_terminal_without_colours_has_its_spinner_all_the_same() {
    let written = &RUNS.colourless;
    assert!(!has_colours(written));
    assert!(written.contains(" is running  "));
}

#[test]
fn a_dumb_terminal_gets_plain_lines() {
    let written = &RUNS.dumb;
    assert!(!written.contains('\u{1b}'));
    assert!(!written.contains(" is running  "));
}
