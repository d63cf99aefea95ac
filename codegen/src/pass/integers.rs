//! The pages print `1.073741824E9` where they say Long, and serde refuses that for an `i64`. Every field with an
//! integer in it is decoded by hand-written code that takes whole numbers in any notation.

use syn::{File, Type, parse_quote, visit::Visit};

use super::{Unexpected, tree};

/// Lets every integer of every type be written as JSON pleases.
pub(super) fn make_lenient(file: &mut File) -> Result<(), Unexpected> {
    for field in tree::fields(tree::module(file, "types")?) {
        if holds_integer(&field.ty) {
            // Typify has a function of its own where null is allowed and leaving out is not. Ours does the same.
            tree::remove_serde_options(&mut field.attrs, |option| option.path().is_ident("deserialize_with"));
            field.attrs.push(parse_quote!(#[serde(deserialize_with = "crate::integer::deserialize")]));
            // With a function of its own, serde no longer knows by itself that an `Option` may be missing.
            if tree::may_be_left_out(field) && !tree::has_serde_option(&field.attrs, "default") {
                field.attrs.push(parse_quote!(#[serde(default)]));
            }
        }
    }
    Ok(())
}

fn holds_integer(ty: &Type) -> bool {
    struct Search(bool);
    impl Visit<'_> for Search {
        fn visit_ident(&mut self, ident: &syn::Ident) {
            let integers = ["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"];
            self.0 |= integers.iter().any(|integer| ident == integer);
        }
    }
    let mut search = Search(false);
    search.visit_type(ty);
    search.0
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::*;

    fn attributes(ty: Type) -> String {
        attributes_of(parse_quote!(pub it: #ty))
    }

    fn attributes_of(field: syn::Field) -> String {
        let mut file: File = parse_quote!(pub mod types { pub struct It { #field } });
        make_lenient(&mut file).unwrap();
        let fields = tree::fields(tree::module(&mut file, "types").unwrap());
        fields[0].attrs.iter().map(|attribute| attribute.to_token_stream().to_string()).collect()
    }

    #[test]
    fn integers_are_lenient_wherever_they_stand() {
        let lenient = r#"# [serde (deserialize_with = "crate::integer::deserialize")]"#;
        assert_eq!(attributes(parse_quote!(i64)), lenient);
        assert_eq!(attributes(parse_quote!(::std::vec::Vec<i32>)), lenient);
    }

    #[test]
    fn one_that_may_be_left_out_says_so_itself_and_one_that_may_be_null_does_not() {
        let skip = r#"# [serde (skip_serializing_if = "::std::option::Option::is_none")]"#;
        let lenient = r#"# [serde (deserialize_with = "crate::integer::deserialize")]"#;
        let optional = attributes_of(parse_quote!(
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            pub it: ::std::option::Option<i64>
        ));
        assert_eq!(optional, format!("{skip}{lenient}# [serde (default)]"));
        let nullable = attributes_of(parse_quote!(
            #[serde(rename = "It", deserialize_with = "::std::option::Option::deserialize")]
            pub it: ::std::option::Option<i64>
        ));
        assert_eq!(nullable, format!(r#"# [serde (rename = "It")]{lenient}"#));
    }

    #[test]
    fn other_types_are_left_alone() {
        assert_eq!(attributes(parse_quote!(::std::option::Option<::std::string::String>)), "");
    }
}
