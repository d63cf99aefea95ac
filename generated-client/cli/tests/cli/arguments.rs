//! The command line in itself.

use crate::restore::{Ran, bare};

#[test]
fn clap_finds_no_mistake_in_it() {
    restore_cli::command().debug_assert();
}

#[test]
fn the_help_has_all_exit_codes() {
    let ran = Ran::from(bare(&["--help"]).output().unwrap()).done();
    for code in ["  0 ", "  1 ", "  2 ", "  3 ", "  4 ", "  5 ", "  6 ", "  130 "] {
        assert!(ran.out.contains(&format!("\n{code}")), "{code}: {}", ran.out);
    }
}

#[test]
fn so_has_the_help_of_each_subcommand_that_calls_a_server() {
    let mut command = restore_cli::command();
    command.build();
    let subcommands = command.get_subcommands().flat_map(|one| std::iter::once(one).chain(one.get_subcommands()));
    let callers = subcommands.filter(|one| one.get_arguments().any(|argument| argument.get_long() == Some("url")));
    let helps: Vec<String> = callers.map(|one| one.clone().render_long_help().to_string()).collect();
    assert_eq!(helps.len(), 7);
    for help in helps {
        assert!(help.contains("\n  130 ") && help.contains("\n  6 "), "{help}");
    }
}

#[test]
fn help_shows_the_variable_of_an_address_and_not_its_value() {
    let mut command = bare(&["recover-data-volume", "--help"]);
    let ran = Ran::from(command.env("ZSTACK_URL", "http://management.example").output().unwrap()).done();
    assert!(ran.out.contains("[env: ZSTACK_URL]") && !ran.out.contains("management.example"), "{}", ran.out);
}

#[test]
fn errors_have_no_colours_where_nobody_sees_them() {
    let ran = Ran::from(bare(&["nothing"]).output().unwrap());
    assert!(!ran.err.contains('\u{1b}'), "{ran:?}");
}
