//! The names that progenitor and typify make of a document's names.
//!
//! Both recase with heck, and put an underscore after Rust's own words. The same is done here, so that two names that will
//! be one are seen before there is code that does not compile, and so that the passes find what progenitor named.

use heck::{ToPascalCase, ToSnakeCase};

/// The name of a module, a function or a field: `src_backup_storage_uuid`.
pub(crate) fn snake(name: &str) -> String {
    finish(plain(name).to_snake_case(), "x")
}

/// The name of a parameter's setter. Before a digit progenitor has an underscore, where typify has a letter.
pub(crate) fn parameter(name: &str) -> String {
    let field = snake(name);
    match plain(name).to_snake_case().chars().next() {
        Some(first) if !can_begin(first) => format!("_{}", &field[1..]),
        _ => field,
    }
}

/// The name of a type or a variant: `ImageStoreBackupStorage`.
pub(crate) fn pascal(name: &str) -> String {
    finish(plain(name).to_pascal_case(), "X")
}

/// Whether a word is one of Rust's own.
pub(crate) fn is_keyword(word: &str) -> bool {
    // syn takes the word of the 2024 edition for a name.
    word == "gen" || (!word.is_empty() && syn::parse_str::<syn::Ident>(word).is_err())
}

/// The name without apostrophes, and with a hyphen for everything that no Rust name has.
fn plain(name: &str) -> String {
    match name {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => name.replace('\'', "").replace(|letter: char| !can_continue(letter), "-"),
    }
}

/// Whether a letter can stand in a name. More are letters or digits to Unicode than to Rust: `²` is none here.
pub(crate) fn can_continue(letter: char) -> bool {
    match letter {
        _ if letter.is_ascii() => letter.is_ascii_alphanumeric() || letter == '_',
        _ => syn::parse_str::<syn::Ident>(&format!("x{letter}")).is_ok(),
    }
}

/// Whether a name can begin with a letter.
fn can_begin(letter: char) -> bool {
    match letter {
        _ if letter.is_ascii() => letter.is_ascii_alphabetic(),
        _ => syn::parse_str::<syn::Ident>(&letter.to_string()).is_ok(),
    }
}

fn finish(name: String, prefix: &str) -> String {
    let name = match name.chars().next() {
        None => prefix.to_owned(),
        Some(first) if can_begin(first) => name,
        Some(_) => format!("{prefix}{name}"),
    };
    if is_keyword(&name) { format!("{name}_") } else { name }
}

#[cfg(test)]
mod tests {
    use super::{parameter, pascal, snake};

    #[test]
    fn a_parameter_that_begins_with_a_digit_begins_with_an_underscore() {
        assert_eq!(["1st", "2", "type", "", "x1"].map(parameter), ["_1st", "_2", "type_", "x", "x1"]);
    }

    #[test]
    fn names_become_what_heck_makes_of_them() {
        for (name, expected) in [
            ("srcBackupStorageUuid", "src_backup_storage_uuid"),
            ("X-Auth-Token", "x_auth_token"),
            ("ZStack", "z_stack"),
            ("zstack", "zstack"),
            ("XMLHttpRequest", "xml_http_request"),
            ("Ipv6Net", "ipv6_net"),
            ("type", "type_"),
            ("won't", "wont"),
            ("+1", "plus1"),
            ("1st", "x1st"),
            ("", "x"),
            ("größe", "größe"),
            ("²", "x"),
            ("\u{1f680}", "x"),
        ] {
            assert_eq!(snake(name), expected, "{name}");
        }
        for (name, expected) in [
            ("Foo-bar", "FooBar"),
            ("FOOBar", "FooBar"),
            ("errorCode", "ErrorCode"),
            ("v6", "V6"),
            ("self", "Self_"),
            ("200", "X200"),
        ] {
            assert_eq!(pascal(name), expected, "{name}");
        }
    }
}
