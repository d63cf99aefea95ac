//! What may be left out, in the words of serde: `Box<Option<T>>` (what progenitor makes of a recursion) becomes
//! `Option<Box<T>>`, which can be left out again, and `Option<Vec<T>>` becomes `List<T>`, which keeps absent, null
//! and empty apart. What has to be there and may be null stays an `Option`, and is never left out.

use syn::{Attribute, File, Meta, Token, Type, parse_quote, punctuated::Punctuated};

use super::{Unexpected, tree};

/// Restates the optional fields of all types.
pub(super) fn restate(file: &mut File) -> Result<(), Unexpected> {
    for field in tree::fields(tree::module(file, "types")?) {
        if let Some(inner) = tree::argument(&field.ty, "Box").and_then(|inner| tree::argument(inner, "Option")) {
            let is_optional = tree::may_be_left_out(field);
            field.ty = parse_quote!(::std::option::Option<::std::boxed::Box<#inner>>);
            if is_optional {
                set_skip(&mut field.attrs, "::std::option::Option::is_none");
            }
        } else if let Some(item) = list_item(&field.ty).filter(|_| tree::may_be_left_out(field)) {
            field.ty = parse_quote!(crate::list::List<#item>);
            set_skip(&mut field.attrs, "crate::list::List::is_absent");
        }
    }
    Ok(())
}

/// `T` of `Option<Vec<T>>`.
pub(super) fn list_item(ty: &Type) -> Option<&Type> {
    tree::argument(tree::argument(ty, "Option")?, "Vec")
}

/// Makes a field that may be missing be left out when `skip` says so.
fn set_skip(attributes: &mut Vec<Attribute>, skip: &str) {
    let mut options: Punctuated<Meta, Token![,]> = Punctuated::new();
    attributes.retain(|attribute| {
        let old = tree::serde_options(attribute);
        let replaced = ["default", "skip_serializing_if"];
        let kept = |option: &Meta| !replaced.iter().any(|name| option.path().is_ident(name));
        options.extend(old.into_iter().flatten().filter(kept));
        !attribute.path().is_ident("serde")
    });
    attributes.push(parse_quote!(#[serde(default, skip_serializing_if = #skip, #options)]));
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    fn restated(before: syn::Field) -> syn::Field {
        let mut file: File = parse_quote!(pub mod types { pub struct It { #before } });
        restate(&mut file).unwrap();
        tree::fields(tree::module(&mut file, "types").unwrap()).remove(0).clone()
    }

    #[test]
    fn a_recursive_field_can_be_left_out() {
        let after =
            restated(parse_quote!(#[serde(default)] pub cause: ::std::boxed::Box<::std::option::Option<ErrorCode>>));
        let expected: syn::Field = parse_quote!(
            #[serde(default, skip_serializing_if = "::std::option::Option::is_none",)]
            pub cause: ::std::option::Option<::std::boxed::Box<ErrorCode>>
        );
        assert_eq!(after, expected);
    }

    #[test]
    fn a_list_keeps_its_name_on_the_wire() {
        let after = restated(parse_quote!(
            #[serde(rename = "systemTags", skip_serializing_if = "::std::option::Option::is_none")]
            pub system_tags: ::std::option::Option<::std::vec::Vec<::std::string::String>>
        ));
        let expected: syn::Field = parse_quote!(
            #[serde(default, skip_serializing_if = "crate::list::List::is_absent", rename = "systemTags")]
            pub system_tags: crate::list::List<::std::string::String>
        );
        assert_eq!(after, expected);
    }

    #[test]
    fn what_has_to_be_there_and_may_be_null_is_not_left_out() {
        let list: syn::Field = parse_quote!(
            #[serde(deserialize_with = "::std::option::Option::deserialize")]
            pub tags: ::std::option::Option<::std::vec::Vec<::std::string::String>>
        );
        assert_eq!(restated(list.clone()), list);
        let recursion: syn::Field = parse_quote!(pub cause: ::std::boxed::Box<::std::option::Option<ErrorCode>>);
        let expected: syn::Field = parse_quote!(pub cause: ::std::option::Option<::std::boxed::Box<ErrorCode>>);
        assert_eq!(restated(recursion), expected);
    }

    #[test]
    fn a_required_list_stays_a_vec() {
        let before: syn::Field = parse_quote!(pub tags: ::std::vec::Vec<::std::string::String>);
        assert_eq!(restated(before.clone()), before);
    }
}
