//! What the README shows is run.

use std::{env, ffi::OsString, fs, path::Path, process::Command};

use simulator::Simulator;

use crate::restore::{Ran, clean, equipped};

/// Where programs are, this one first.
pub(crate) fn path() -> OsString {
    let folder = Path::new(env!("CARGO_BIN_EXE_restore")).parent().unwrap().to_owned();
    let others = env::var_os("PATH").unwrap_or_default();
    env::join_paths(std::iter::once(folder).chain(env::split_paths(&others))).unwrap()
}

/// The lines between fences that are marked as a shell's.
fn examples() -> Vec<String> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let parts = readme.split("```sh\n").skip(1);
    parts.map(|part| part.split("```").next().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_example_of_the_readme_runs_and_complains_of_nothing() {
    let examples = examples();
    assert!(examples.len() >= 10, "{}", examples.len());
    for example in examples {
        let simulator = Simulator::start().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut shell = Command::new("sh");
        shell.args(["-euc", &example]).current_dir(folder.path());
        clean(&mut shell);
        equipped(&mut shell, &simulator);
        let ran = Ran::from(shell.env("PATH", path()).output().unwrap());
        assert!(ran.code == Some(0) && !ran.err.contains("error"), "{example}{ran:?}");
        assert_eq!(simulator.misfits(), [], "{example}");
    }
}

#[test]
fn the_readme_has_an_example_of_each_subcommand() {
    let all = examples().concat();
    for subcommand in restore_cli::command().get_subcommands().filter(|subcommand| subcommand.get_name() != "help") {
        let names = std::iter::once(subcommand.get_name()).chain(subcommand.get_visible_aliases());
        let names: Vec<String> = names.map(|name| format!("restore {name} ")).collect();
        assert!(names.iter().any(|name| all.contains(name)), "{names:?}");
    }
}
