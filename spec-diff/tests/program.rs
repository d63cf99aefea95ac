//! The program, in repositories of git that are made for the test.

#![expect(clippy::disallowed_methods, reason = "writes in temporary folders only")]
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise, in its helpers too")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const PAGES: &str = "spec/openapi.yaml";
const SERVED: &str = "spec/openapi.as-served.yaml";
const SKELETON: &str = include_str!("skeleton.yaml");

/// A folder with both documents, and a repository that has them.
struct Tree(TempDir);

impl Tree {
    /// A folder with both documents, in no repository.
    fn bare() -> Tree {
        let tree = Tree(tempfile::tempdir().unwrap());
        fs::create_dir(tree.root().join("spec")).unwrap();
        for name in [PAGES, SERVED] {
            tree.write(name, SKELETON);
        }
        tree
    }

    fn committed() -> Tree {
        let tree = Tree::bare();
        tree.git("init --quiet");
        tree.commit();
        tree
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.root().join(name), text).unwrap();
    }

    /// `name` may be missing now: it breaks those who read it.
    fn widen(&self, name: &str) {
        let (before, answer) = SKELETON.split_once("    Answer:").unwrap();
        let answer = answer.replace("type: string", "type: string\n          nullable: true");
        self.write(name, &format!("{before}    Answer:{answer}"));
    }

    fn commit(&self) {
        self.git("add .");
        self.git("-c user.name=Test -c user.email=test@example.org commit --quiet --message=State");
    }

    fn git(&self, arguments: &str) -> String {
        let output = Command::new("git").args(arguments.split(' ')).current_dir(self.root()).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn run(&self, arguments: &str) -> Output {
        self.run_in("", arguments)
    }

    fn run_in(&self, folder: &str, arguments: &str) -> Output {
        Command::new(env!("CARGO_BIN_EXE_diff-spec"))
            .args(arguments.split_whitespace())
            .current_dir(self.root().join(folder))
            // Cargo sets it for tests, and the program would look at this workspace.
            .env_remove("CARGO_MANIFEST_DIR")
            // A folder above the temporary one may be a repository.
            .env("GIT_CEILING_DIRECTORIES", self.root().parent().unwrap())
            .output()
            .unwrap()
    }
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn failed(output: &Output, told: &str) {
    assert_eq!(output.status.code(), Some(1), "{}", stdout(output));
    assert!(stderr(output).starts_with("error: ") && stderr(output).contains(told), "{}", stderr(output));
    assert_eq!(stdout(output), "");
}

#[test]
fn an_unchanged_tree_is_0_and_says_so_of_both_documents() {
    let tree = Tree::committed();
    let output = tree.run("");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let commit = &tree.git("rev-parse HEAD")[..12];
    let nothing = "0 breaking, 0 compatible, 0 of words only";
    let expected = format!("{PAGES}, against {commit}\n\n{nothing}\n\n{SERVED}, against {commit}\n\n{nothing}\n");
    assert_eq!(stdout(&output), expected);
}

#[test]
fn a_breaking_change_in_either_document_is_4() {
    for name in [PAGES, SERVED] {
        let tree = Tree::committed();
        tree.widen(name);
        let output = tree.run("");
        assert_eq!(output.status.code(), Some(4), "{name}: {}", stderr(&output));
        let told = "\nbreaking\n  Callers must be ready for `null` now. [null-added]\n    PUT /things/{id} (ChangeThing): \
                    response 200 › body › name\n\n1 breaking, 0 compatible, 0 of words only\n";
        assert!(stdout(&output).contains(told), "{}", stdout(&output));
    }
}

#[test]
fn compatible_changes_and_words_are_0() {
    let tree = Tree::committed();
    tree.widen(PAGES);
    tree.commit();
    tree.write(PAGES, &SKELETON.replace("description: The thing.", "description: That thing."));
    let output = tree.run("");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("\ncompatible\n  Callers no longer get `null`. [null-gone]\n"));
    assert!(stdout(&output).contains("\n0 breaking, 1 compatible, 1 of words only (--words lists them)\n"));
    assert!(!stdout(&output).contains("\nwords\n"));

    let output = tree.run("--words");
    assert!(stdout(&output).contains("\nwords\n  `description` reads otherwise. [words-changed]\n"), "{output:?}");
    assert!(stdout(&output).contains("\n0 breaking, 1 compatible, 1 of words only\n"));
}

#[test]
fn what_is_said_of_several_places_is_said_once() {
    let tree = Tree::committed();
    let tag = "type: string\n          deprecated: true";
    tree.write(
        PAGES,
        &SKELETON.replace("        name:\n          type: string", &format!("        name:\n          {tag}")),
    );
    let output = tree.run("--document spec/openapi.yaml");
    let sentence = "It works as before, and will go some day: callers should look for another way.";
    assert_eq!(stdout(&output).matches(sentence).count(), 1, "{}", stdout(&output));
    assert!(
        stdout(&output).contains("request body › name\n") && stdout(&output).contains("response 200 › body › name\n")
    );
}

#[test]
fn a_base_is_any_revision() {
    let tree = Tree::committed();
    tree.git("tag first");
    tree.widen(PAGES);
    tree.commit();
    assert_eq!(tree.run("").status.code(), Some(0));
    for revision in ["HEAD~1", "first"] {
        assert_eq!(tree.run(&format!("--base {revision}")).status.code(), Some(4), "{revision}");
    }
}

#[test]
fn one_document_may_be_named_from_any_folder() {
    let tree = Tree::committed();
    tree.widen(PAGES);
    let output = tree.run_in("spec", "--document openapi.yaml");
    assert_eq!(output.status.code(), Some(4), "{}", stderr(&output));
    assert!(stdout(&output).starts_with("openapi.yaml, against "), "{}", stdout(&output));
    assert_eq!(tree.run_in("spec", "--document openapi.as-served.yaml").status.code(), Some(0));
    assert_eq!(tree.run_in("spec", "").status.code(), Some(4), "the workspace is found from below");
}

#[test]
fn a_document_that_the_base_does_not_have_is_new() {
    let tree = Tree::committed();
    tree.write("other.yaml", SKELETON);
    let output = tree.run("--document other.yaml");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stdout(&output), "other.yaml: new, the base does not have it\n");
    let json: Value = serde_json::from_slice(&tree.run("--document other.yaml --format json").stdout).unwrap();
    assert_eq!(json["documents"][0]["base"], Value::Null);
    assert_eq!(json["documents"][0]["changes"], Value::Array(Vec::new()));
}

#[test]
fn the_json_has_the_shape_that_is_documented() {
    let tree = Tree::committed();
    tree.widen(PAGES);
    let output = tree.run("--format json");
    assert_eq!(output.status.code(), Some(4), "{}", stderr(&output));
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    let commit = tree.git("rev-parse HEAD");
    let place = serde_json::json!({
        "operation": "PUT /things/{id}",
        "operation_id": "ChangeThing",
        "side": "response",
        "path": "response 200 › body › name",
    });
    let change = serde_json::json!({
        "verdict": "breaking",
        "kind": "null-added",
        "place": place,
        "sentence": "Callers must be ready for `null` now.",
    });
    let none = serde_json::json!({ "breaking": 0, "compatible": 0, "words": 0 });
    let one = serde_json::json!({ "breaking": 1, "compatible": 0, "words": 0 });
    let expected = serde_json::json!({ "documents": [
        { "name": PAGES, "base": commit, "changes": [change], "summary": one },
        { "name": SERVED, "base": commit, "changes": [], "summary": none },
    ]});
    assert_eq!(said, expected);
}

#[test]
fn an_unknown_revision_is_told() {
    let tree = Tree::committed();
    failed(&tree.run("--base nowhere"), "git knows no revision \"nowhere\"");
}

#[test]
fn no_repository_is_told() {
    failed(&Tree::bare().run(""), "is in no git repository");
}

#[test]
fn no_document_is_told() {
    let tree = Tree::committed();
    failed(&tree.run("--document missing.yaml"), "missing.yaml can't be read");
    fs::remove_file(tree.root().join(SERVED)).unwrap();
    failed(&tree.run(""), "spec/openapi.as-served.yaml can't be read");
    fs::remove_file(tree.root().join(PAGES)).unwrap();
    failed(&tree.run(""), "no spec/openapi.yaml here or above");
}

#[test]
fn what_cannot_be_read_is_told_with_the_state_that_it_is_in() {
    let tree = Tree::committed();
    tree.write(PAGES, "a: [");
    failed(&tree.run(""), "error: spec/openapi.yaml is no document");
    tree.commit();
    tree.write(PAGES, SKELETON);
    failed(&tree.run(""), "error: spec/openapi.yaml in HEAD is no document");
    tree.write(PAGES, &SKELETON.replace("schemas/Request", "schemas/Nothing"));
    let leads_nowhere = "error: spec/openapi.yaml: the tree: `$ref: #/components/schemas/Nothing` leads nowhere";
    failed(&tree.run("--base HEAD~1"), leads_nowhere);
}

#[test]
fn wrong_arguments_are_told_and_lead_to_the_help() {
    let tree = Tree::committed();
    for (arguments, told) in [
        ("--format xml", "--format is `text` or `json`"),
        ("--base --words", "--base needs a revision"),
        ("--base=", "--base needs a revision"),
        ("--bases HEAD", "invalid option '--bases'"),
        ("HEAD~1", "unexpected argument \"HEAD~1\""),
    ] {
        let output = tree.run(arguments);
        failed(&output, told);
        assert!(stderr(&output).contains("--help"), "{arguments}: {}", stderr(&output));
    }
    let help = tree.run("--help");
    assert_eq!(help.status.code(), Some(0));
    assert!(stdout(&help).contains("Exit codes:"));
}
