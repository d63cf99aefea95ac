//! Progenitor's part: from a prepared document to a syntax tree.

use openapiv3::{Components, OpenAPI};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TypeImpl};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{chunk::Chunk, prepare::PATH_ID_FORMAT, rust};

/// Lets progenitor make the client of a chunk of a prepared document.
///
/// # Errors
/// A sentence that says what progenitor did not take.
pub(crate) fn tokens(document: &Value, chunk: &Chunk<'_>) -> Result<TokenStream, String> {
    let document = typed(document, chunk).map_err(|error| error.to_string())?;
    let mut generator = Generator::new(&settings()?);
    let tokens = generator.generate_tokens(&document).map_err(|error| error.to_string())?;
    Ok(without_type_builders(tokens))
}

/// Parses what progenitor made.
///
/// # Errors
/// A sentence that says why it can't be parsed.
pub(crate) fn parse(tokens: TokenStream) -> Result<syn::File, String> {
    syn::parse2(tokens).map_err(|error| format!("progenitor's code does not parse: {error}"))
}

/// The document of a chunk, as progenitor takes it.
fn typed(document: &Value, chunk: &Chunk<'_>) -> Result<OpenAPI, serde_json::Error> {
    let around = document.as_object().into_iter().flatten();
    let around = around.filter(|(key, _)| !matches!(key.as_str(), "paths" | "components"));
    let mut around: Map<String, Value> = around.map(|(key, value)| (key.clone(), value.clone())).collect();
    around.insert("paths".to_owned(), json!({}));
    let mut typed = OpenAPI::deserialize(&Value::Object(around))?;
    for (path, item) in &chunk.paths {
        typed.paths.paths.insert((*path).to_owned(), Deserialize::deserialize(*item)?);
    }
    let mut components = Components::default();
    let mut others = Map::new();
    for (section, entries) in &chunk.components {
        if *section == "schemas" {
            for (name, schema) in entries {
                components.schemas.insert((*name).to_owned(), Deserialize::deserialize(*schema)?);
            }
        } else {
            let entries: Value = entries.iter().map(|(name, node)| ((*name).to_owned(), (*node).clone())).collect();
            others.insert((*section).to_owned(), entries);
        }
    }
    if !others.is_empty() {
        let schemas = components.schemas;
        components = Components { schemas, ..serde_json::from_value(Value::Object(others))? };
    }
    typed.components = Some(components);
    Ok(typed)
}

/// Empties the module of the types' builders: more than half of progenitor's tokens, of which nothing is kept. Parsing
/// them would be most of the time that generating takes.
fn without_type_builders(tokens: TokenStream) -> TokenStream {
    in_module(tokens, "types", &|types| in_module(types, "builder", &|_| TokenStream::new()))
}

/// Changes what stands between the braces of `mod name { … }`.
fn in_module(tokens: TokenStream, name: &str, change: &dyn Fn(TokenStream) -> TokenStream) -> TokenStream {
    let mut before = [false, false];
    let changed = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) if before == [true, true] && group.delimiter() == Delimiter::Brace => {
            before = [false, false];
            Group::new(Delimiter::Brace, change(group.stream())).into()
        }
        TokenTree::Ident(ident) => {
            before = if ident == "mod" { [true, false] } else { [before[0], before[0] && ident == name] };
            TokenTree::Ident(ident)
        }
        other => {
            before = [false, false];
            other
        }
    });
    changed.collect()
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

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn only_the_builders_of_types_are_emptied() {
        let before = quote! {
            pub mod types { pub struct A { b: u8 } pub mod builder { pub struct A; } pub mod error { struct B; } }
            pub mod builder { pub struct Kept; }
        };
        let after = quote! {
            pub mod types { pub struct A { b: u8 } pub mod builder {} pub mod error { struct B; } }
            pub mod builder { pub struct Kept; }
        };
        assert_eq!(without_type_builders(before).to_string(), after.to_string());
    }
}
