//! Typify lets a type without fields, and one that the document closes, refuse every field that the document does not
//! name. A server adds fields from version to version; an answer with one more of them is still the answer.

use syn::{Attribute, File, visit_mut::VisitMut};

use super::{Unexpected, tree};

/// Lets every type pass over what it does not know.
pub(super) fn allow(file: &mut File) -> Result<(), Unexpected> {
    struct Allow;
    impl VisitMut for Allow {
        fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
            if !attributes.iter().any(|attribute| tree::mentions(attribute, "deny_unknown_fields")) {
                return;
            }
            tree::remove_serde_options(attributes, |option| option.path().is_ident("deny_unknown_fields"));
        }
    }
    tree::module(file, "types")?.iter_mut().for_each(|item| Allow.visit_item_mut(item));
    Ok(())
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn no_type_refuses_what_it_does_not_know_and_its_other_options_stay() {
        let mut file: File = parse_quote! {
            pub mod types {
                #[serde(deny_unknown_fields)]
                pub struct Empty {}
                #[serde(rename_all = "lowercase", deny_unknown_fields)]
                pub enum Kind { #[serde(deny_unknown_fields)] Data {} }
            }
        };
        allow(&mut file).unwrap();
        let expected: File = parse_quote! {
            pub mod types {
                pub struct Empty {}
                #[serde(rename_all = "lowercase")]
                pub enum Kind { Data {} }
            }
        };
        assert_eq!(file, expected);
    }
}
