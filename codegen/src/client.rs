//! Progenitor's part: from a prepared document to a syntax tree.

use openapiv3::OpenAPI;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
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
    syn::parse2(without_type_builders(tokens)).map_err(|error| format!("progenitor's code does not parse: {error}"))
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
