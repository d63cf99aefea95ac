//! Progenitor's part: from a prepared document to a syntax tree.

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TypeImpl};
use serde_json::{Value, json};

use crate::{prepare::PATH_ID_FORMAT, rust};

/// Lets progenitor make the client of a prepared document.
///
/// # Errors
/// A sentence that says what progenitor did not take.
pub(crate) fn make(document: Value) -> Result<syn::File, String> {
    let document: OpenAPI = serde_json::from_value(document).map_err(|error| error.to_string())?;
    let mut generator = Generator::new(&settings()?);
    let tokens = generator.generate_tokens(&document).map_err(|error| error.to_string())?;
    syn::parse2(tokens).map_err(|error| format!("progenitor's code does not parse: {error}"))
}

fn settings() -> Result<GenerationSettings, String> {
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Builder).with_derive("PartialEq");
    for (schema, rust) in rust::HAND_WRITTEN {
        settings.with_replacement(schema, rust, std::iter::empty());
    }
    // Written as JSON so that this crate needs no schemars of its own, whose version would have to be progenitor's.
    let path_id = serde_json::from_value(json!({"type": "string", "format": PATH_ID_FORMAT}));
    let path_id = path_id.map_err(|error| error.to_string())?;
    settings.with_conversion(path_id, rust::PATH_ID, std::iter::once(TypeImpl::Display));
    Ok(settings)
}
