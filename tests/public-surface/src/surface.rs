//! The public items of a library, as lines.

use std::collections::HashSet;
use std::path::Path;

use public_api::tokens::Token;
use public_api::{Builder, PublicItem};

/// The crates of the standard library. Items move between them from one version of Rust to the next, and are found in
/// `std` all the same.
const STANDARD: [&str; 3] = ["alloc", "core", "std"];

/// Every public item that is not hidden, one on a line: an item, what is in it, its methods, its traits. Sorted in that
/// order. Left out is what every type has (blanket and automatic implementations) and what a trait says already (the
/// functions of its implementations). Derived implementations are in: a `Clone` that goes breaks callers.
///
/// Fails if `json` can't be read or has a format that is not known.
pub(crate) fn lines(json: &Path) -> public_api::Result<String> {
    let surface = Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        // Two texts in the wrong order are the same types: only the names say it.
        .include_function_parameter_names(true)
        .build()?;
    let of_traits: HashSet<_> = surface.items().filter(|item| implements_a_trait(item)).map(PublicItem::id).collect();
    let mut seen = HashSet::new();
    let mut lines = String::new();
    for item in surface.items() {
        let of_trait = item.parent_id().is_some_and(|parent| of_traits.contains(&parent));
        if (of_trait && is_function(item)) || is_compilers_own(item) {
            continue;
        }
        // `impl From<A> for B` stands with both types.
        let line = line(item);
        if seen.insert(line.clone()) {
            lines.push_str(&line);
            lines.push('\n');
        }
    }
    Ok(lines)
}

/// `impl Trait for Type`, and not `impl<F: for<'a> Fn(&'a str)> Type<F>`.
fn implements_a_trait(item: &PublicItem) -> bool {
    let tokens: Vec<_> = item.tokens().collect();
    tokens.first().is_some_and(|token| token.text() == "impl")
        && tokens
            .windows(3)
            .any(|of| matches!(of, [Token::Whitespace, Token::Keyword(word), Token::Whitespace] if word == "for"))
}

fn is_function(item: &PublicItem) -> bool {
    item.tokens().any(|token| matches!(token, Token::Kind(kind) if kind == "fn"))
}

/// `StructuralPartialEq`, which nobody can name: the compiler's mark that `PartialEq` is derived.
fn is_compilers_own(item: &PublicItem) -> bool {
    implements_a_trait(item) && item.tokens().any(|token| token.text() == "StructuralPartialEq")
}

/// The item as its declaration reads, with full paths.
fn line(item: &PublicItem) -> String {
    let tokens: Vec<_> = item.tokens().map(Token::text).collect();
    let mut line = String::new();
    for (at, token) in tokens.iter().enumerate() {
        let begins_a_path =
            tokens.get(at + 1) == Some(&"::") && at.checked_sub(1).is_none_or(|before| tokens[before] != "::");
        line.push_str(if begins_a_path && STANDARD.contains(token) { "std" } else { token });
    }
    line
}
