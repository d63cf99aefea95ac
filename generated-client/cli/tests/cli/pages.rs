//! Shell completions and man pages.

use crate::restore::{Ran, bare};

fn printed(arguments: &[&str]) -> String {
    Ran::from(bare(arguments).output().unwrap()).done().out
}

#[test]
fn each_shell_gets_completions_of_every_subcommand() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = printed(&["completions", shell]);
        for name in ["recover-data-volume", "restore-backup", "dry-run", "src-backup-storage-uuid"] {
            assert!(script.contains(name), "{shell}: {name}");
        }
    }
}

#[test]
fn the_man_page_has_subcommands_and_exit_codes() {
    let page = printed(&["man"]);
    assert!(page.contains(".TH restore 1"), "{page}");
    assert!(page.contains("recover\\-data\\-volume") && page.contains("Exit codes"), "{page}");
}

#[test]
fn each_subcommand_has_a_man_page_with_its_flags() {
    for (names, title, flag) in [
        (&["recover-data-volume"][..], "restore-recover-data-volume", "\\-\\-system\\-tag"),
        (&["restore-backup"], "restore-restore-backup", "\\-\\-mapping"),
        (&["job", "wait"], "restore-job-wait", "\\-\\-operation"),
    ] {
        let page = printed(&[&["man"], names].concat());
        assert!(page.contains(&format!(".TH {title} 1")) && page.contains(flag), "{page}");
    }
}

#[test]
fn a_man_page_of_nothing_is_refused() {
    let ran = Ran::from(bare(&["man", "nothing"]).output().unwrap());
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.is_empty() && ran.err.contains("no subcommand `nothing`"), "{ran:?}");
}
