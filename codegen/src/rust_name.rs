//! The names that progenitor and typify make of a document's names.
//!
//! Both recase with heck, and put an underscore after Rust's own words. The same is done here, so that two names that will
//! be one are seen before there is code that does not compile, and so that the passes find what progenitor named.

use heck::{ToPascalCase, ToSnakeCase};

/// The name of a module, a function or a field: `src_backup_storage_uuid`.
pub(crate) fn snake(name: &str) -> String {
    finish(plain(name).to_snake_case(), "x")
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
        _ => name.replace('\'', "").replace(|letter: char| !letter.is_alphanumeric(), "-"),
    }
}

fn finish(name: String, prefix: &str) -> String {
    let name = match name.chars().next() {
        None => prefix.to_owned(),
        Some(first) if first.is_alphabetic() => name,
        Some(_) => format!("{prefix}{name}"),
    };
    if is_keyword(&name) { format!("{name}_") } else { name }
}

#[cfg(test)]
mod tests {
    use super::{pascal, snake};

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
