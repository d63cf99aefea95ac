//! The checked-in clients are what the documents make, to the byte, every time.

use std::{collections::BTreeMap, path::Path};

use codegen::{Settings, Source, generate};
use contract::document;

/// A client that is checked in, and how it is made.
struct Client {
    folder: &'static str,
    command: &'static str,
    is_served: bool,
}

/// What the crate that others import is made of: document and overlay.
const SERVED: Client =
    Client { folder: "generated-client/src/generated", command: "cargo xtask regenerate", is_served: true };

/// What the contract tests hold to the pages: the document alone.
const DOCUMENTED: Client = Client {
    folder: "tests/documented-client/src/generated",
    command: "cargo xtask regenerate --no-overlay --out tests/documented-client/src/generated",
    is_served: false,
};

fn generated(client: &Client) -> BTreeMap<String, String> {
    let (text, overlay) = (document::read("openapi.yaml"), document::read("as-served.overlay.yaml"));
    let source = Source { name: "spec/openapi.yaml", text: &text };
    let overlay = Source { name: "spec/as-served.overlay.yaml", text: &overlay };
    let command = if client.is_served { client.command } else { "cargo xtask regenerate --no-overlay --out DIR" };
    let settings = Settings { command: command.to_owned(), ..Settings::default() };
    let made = generate(source, client.is_served.then_some(overlay), &settings);
    let files = made.unwrap_or_else(|report| panic!("{report}")).files;
    files.into_iter().map(|file| (file.path, file.text)).collect()
}

fn checked_in(client: &Client) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(client.folder);
    let entries = std::fs::read_dir(folder).expect("the generated folder is there");
    let files = entries.map(|entry| {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(&path).expect("a text"))
    });
    files.collect()
}

#[test]
fn the_same_documents_give_the_same_bytes() {
    assert_eq!(generated(&SERVED), generated(&SERVED));
}

#[test]
fn the_checked_in_clients_are_what_the_documents_make() {
    for client in [SERVED, DOCUMENTED] {
        let (checked_in, generated) = (checked_in(&client), generated(&client));
        assert_eq!(checked_in.keys().collect::<Vec<_>>(), generated.keys().collect::<Vec<_>>());
        for (name, text) in generated {
            assert!(checked_in[&name] == text, "{}/{name} differs: run `{}`", client.folder, client.command);
        }
    }
}

#[test]
fn generated_code_sends_only_through_the_transport() {
    for (name, text) in [SERVED, DOCUMENTED].iter().flat_map(generated).filter(|(name, _)| name != "mod.rs") {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let tokens: String = code.flat_map(str::split_whitespace).collect();
        let calls = |method: &str| tokens.matches(&format!("client.transport.{method}")).count();
        let sends = text.matches("pub async fn ").count();
        assert!(sends > 0 && sends == calls("send(") + calls("run::<") + calls("submit::<"), "{name}");
        assert_eq!(sends, tokens.matches(".await").count(), "{name}");
        for of_progenitor in ["progenitor_client", "api-version", "unwrap()", "expect(", "regress", "panic!"] {
            assert!(!text.contains(of_progenitor), "{name} has {of_progenitor}");
        }
    }
}
