//! What is made of other documents than the real one compiles as well, without a warning.
//!
//! The documents are `codegen/tests/documents`. Each service gets the least that a hand-written half can be.

use std::{
    fs,
    path::{Path, PathBuf},
};

use codegen::{Settings, Source};

use crate::copy::{SOURCE, check, copy, root};

/// What a service's hand-written half has to have.
const CREDENTIALS: &str = "\
//! The least that a service needs.

use crate::credentials::{Authenticate, Keeper};

/// What a client is made with.
#[derive(Clone)]
pub struct Credentials(Keeper);

/// A text that is sent with every request.
pub struct Text(reqwest::header::HeaderValue);

impl Credentials {
    /// A text.
    ///
    /// # Errors
    /// When it can't stand in a header.
    pub fn new(text: &str) -> Result<Self, crate::InvalidCredentials> {
        crate::credentials::sensitive(\"the text\", \"\", text).map(|text| Self(Keeper::fixed(Text(text))))
    }

    /// Texts that a provider fetches.
    pub fn fetched(provider: impl crate::Provider<Text>) -> Self {
        Self(Keeper::fetched(provider))
    }
}

impl From<Credentials> for Keeper {
    fn from(credentials: Credentials) -> Self {
        credentials.0
    }
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct(\"Credentials\").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct(\"Text\").finish_non_exhaustive()
    }
}

impl Authenticate for Text {
    fn authenticate(&self, request: &mut reqwest::Request) -> Result<(), String> {
        request.headers_mut().insert(reqwest::header::AUTHORIZATION, self.0.clone());
        Ok(())
    }
}
";

/// What it has to have where answers have an error in them.
const ERRORS: &str = "
impl crate::server_error::IntoServerError for super::TAG::types::ErrorCode {
    fn into_server_error(self) -> crate::ServerError {
        crate::ServerError::new(self.code, [], None)
    }
}
";

/// A copy of the client with the code that is made of a document in the place of its own.
fn copy_for(document: &Path) -> PathBuf {
    let name = document.file_stem().unwrap().to_string_lossy().into_owned();
    let copy = copy(&format!("client-of-{name}"));
    let (generated, service) = (copy.join(SOURCE).join("generated"), copy.join(SOURCE).join("service"));
    for folder in [&generated, &service] {
        fs::remove_dir_all(folder).unwrap();
        fs::create_dir(folder).unwrap();
    }
    let text = fs::read_to_string(document).unwrap();
    let files = codegen::generate(Source { name: "document.yaml", text: &text }, None, &Settings::default());
    for file in files.unwrap_or_else(|report| panic!("{report}")).files {
        fs::write(generated.join(&file.path), &file.text).unwrap();
        if file.path != "mod.rs" {
            let errors = if file.text.contains("IntoServerError") { ERRORS } else { "" };
            let tag = file.path.trim_end_matches(".rs");
            fs::write(service.join(&file.path), format!("{CREDENTIALS}{}", errors.replace("TAG", tag))).unwrap();
        }
    }
    // The crate's own front page and its list of services are about the real ones.
    let root = copy.join(SOURCE).join("lib.rs");
    let text = fs::read_to_string(&root).unwrap();
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("//!") && !line.starts_with("pub use generated::"))
        .chain(["pub use generated::*;"])
        .collect();
    fs::write(&root, format!("//! A client of no service.\n\n{}\n", lines.join("\n"))).unwrap();
    copy
}

#[test]
fn what_is_made_of_any_good_document_compiles_without_a_warning() {
    let folder = root().join("codegen/tests/documents");
    let mut documents: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    documents.sort();
    assert!(documents.len() >= 3, "documents are missing: {documents:?}");
    let failures: Vec<String> = documents
        .iter()
        .filter_map(|document| Some(format!("{}:\n{}", document.display(), check(&copy_for(document)).err()?)))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}
