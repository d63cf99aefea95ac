//! Progenitor makes a builder of every type, also of those that only answers have: more than half of its lines.
//! Operations take their parameters themselves here, and the fields of the types are public; the builders go.

use syn::{File, ImplItem, Item, visit::Visit};

use super::{Unexpected, tree};

/// Removes the builders of the types, and the conversion error when nothing else needs it.
pub(super) fn remove(file: &mut File) -> Result<(), Unexpected> {
    let types = tree::module(file, "types")?;
    types.retain(|item| !is_module(item, "builder") && !only_makes_a_builder(item));
    if !types.iter().any(needs_the_error) {
        types.retain(|item| !is_module(item, "error"));
    }
    Ok(())
}

fn is_module(item: &Item, name: &str) -> bool {
    matches!(item, Item::Mod(module) if module.ident == name)
}

fn only_makes_a_builder(item: &Item) -> bool {
    let Item::Impl(item) = item else { return false };
    matches!(item.items.as_slice(), [ImplItem::Fn(function)] if item.trait_.is_none() && function.sig.ident == "builder")
}

fn needs_the_error(item: &Item) -> bool {
    struct Search(bool);
    impl Visit<'_> for Search {
        fn visit_ident(&mut self, ident: &syn::Ident) {
            self.0 |= ident == "ConversionError";
        }
    }
    let mut search = Search(false);
    if !is_module(item, "error") {
        search.visit_item(item);
    }
    search.0
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn builders_go_and_so_does_an_error_that_nothing_uses() {
        let mut file: File = parse_quote! {
            pub mod types {
                pub struct It {}
                impl It { pub fn builder() -> builder::It { Default::default() } }
                pub mod builder { pub struct It {} }
                pub mod error { pub struct ConversionError; }
            }
        };
        remove(&mut file).unwrap();
        assert_eq!(file, parse_quote! { pub mod types { pub struct It {} } });
    }

    #[test]
    fn the_error_stays_while_an_enumeration_is_parsed_with_it() {
        let mut file: File = parse_quote! {
            pub mod types {
                impl FromStr for Color { type Err = self::error::ConversionError; }
                pub mod error { pub struct ConversionError; }
            }
        };
        let before = file.clone();
        remove(&mut file).unwrap();
        assert_eq!(file, before);
    }
}
