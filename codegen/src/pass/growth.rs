//! A server adds fields from version to version, and then the document does. What callers have written must go on compiling
//! when a type gets one field more: no type can be taken apart or put together by all of its fields outside of the crate.
//!
//! So that it can still be made in one expression, a type that callers hand over, and that has fields which have to be there,
//! gets a `new` that takes them. The others have their `Default`.

use std::collections::BTreeSet;

use syn::{Field, FieldValue, File, Ident, Item, ItemImpl, ItemStruct, Type, parse_quote, visit::Visit};

use super::{Unexpected, operations::Builder, tree};

/// Lets every type grow.
pub(super) fn allow(file: &mut File, operations: &[Builder]) -> Result<(), Unexpected> {
    let handed_over =
        names(operations.iter().flat_map(|operation| &operation.parameters).map(|parameter| &parameter.ty));
    let types = tree::module(file, "types")?;
    let mut constructors = Vec::new();
    for item in types.iter_mut() {
        match item {
            Item::Struct(item) => {
                item.attrs.push(parse_quote! { #[non_exhaustive] });
                if handed_over.contains(&item.ident) {
                    constructors.extend(constructor(item).map(|made| (item.ident.clone(), made)));
                }
            }
            Item::Enum(item) => item.attrs.push(parse_quote! { #[non_exhaustive] }),
            _ => {}
        }
    }
    for (name, constructor) in constructors {
        let place = types.iter().position(|item| matches!(item, Item::Struct(item) if item.ident == name));
        let place = place.ok_or_else(|| Unexpected::new(format!("the type `{name}` is gone")))?;
        types.insert(place + 1, Item::Impl(constructor));
    }
    Ok(())
}

/// All names in types.
fn names<'a>(types: impl Iterator<Item = &'a Type>) -> BTreeSet<Ident> {
    struct Names(BTreeSet<Ident>);
    impl Visit<'_> for Names {
        fn visit_ident(&mut self, name: &Ident) {
            self.0.insert(name.clone());
        }
    }
    let mut names = Names(BTreeSet::new());
    types.for_each(|ty| names.visit_type(ty));
    names.0
}

/// `new`, of a type with fields that have to be there.
fn constructor(item: &ItemStruct) -> Option<ItemImpl> {
    if !matches!(item.fields, syn::Fields::Named(_)) {
        return None;
    }
    let (needed, others): (Vec<&Field>, Vec<&Field>) = item.fields.iter().partition(|field| is_needed(field));
    if needed.is_empty() {
        return None;
    }
    let name = &item.ident;
    let names = |fields: &[&Field]| fields.iter().filter_map(|field| field.ident.clone()).collect::<Vec<Ident>>();
    let (parameters, left_out) = (names(&needed), names(&others));
    let (types, values): (Vec<Type>, Vec<FieldValue>) = needed
        .iter()
        .zip(&parameters)
        .map(|(field, name)| match &field.ty {
            ty if tree::last_ident(ty).is_some_and(|name| name == "String") => {
                (parse_quote! { impl ::std::convert::Into<#ty> }, parse_quote! { #name: #name.into() })
            }
            ty => (ty.clone(), parse_quote! { #name }),
        })
        .unzip();
    let docs = match left_out.is_empty() {
        true => " With these fields.",
        false => " With the fields that have to be there, and none of the others.",
    };
    Some(parse_quote! {
        impl #name {
            #[doc = #docs]
            pub fn new(#(#parameters: #types),*) -> Self {
                Self { #(#values,)* #(#left_out: ::std::default::Default::default()),* }
            }
        }
    })
}

/// Whether a field has to be there: it has no value that stands for its absence.
fn is_needed(field: &Field) -> bool {
    !tree::last_ident(&field.ty).is_some_and(|name| name == "Option" || name == "List")
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;
    use crate::pass::operations::tests::builder;

    /// An operation with a parameter of this type.
    fn taking(name: &str) -> Builder {
        let mut builder = builder(parse_quote!(()), None);
        let name = quote::format_ident!("{name}");
        builder.parameters[0].ty = parse_quote!(::std::option::Option<types::#name>);
        builder
    }

    #[test]
    fn a_type_can_grow_and_is_made_of_the_fields_that_have_to_be_there() {
        let mut file: File = parse_quote! {
            pub mod types {
                pub struct Mapping {
                    pub id: ::std::string::String,
                    pub size: i64,
                    pub path: ::std::option::Option<::std::string::String>,
                    pub tags: crate::list::List<::std::string::String>,
                }
            }
        };
        allow(&mut file, &[taking("Mapping")]).unwrap();
        let expected: File = parse_quote! {
            pub mod types {
                #[non_exhaustive]
                pub struct Mapping {
                    pub id: ::std::string::String,
                    pub size: i64,
                    pub path: ::std::option::Option<::std::string::String>,
                    pub tags: crate::list::List<::std::string::String>,
                }
                impl Mapping {
                    #[doc = " With the fields that have to be there, and none of the others."]
                    pub fn new(id: impl ::std::convert::Into<::std::string::String>, size: i64) -> Self {
                        Self {
                            id: id.into(),
                            size,
                            path: ::std::default::Default::default(),
                            tags: ::std::default::Default::default()
                        }
                    }
                }
            }
        };
        assert_eq!(file, expected);
    }

    #[test]
    fn a_type_of_which_nothing_has_to_be_there_or_that_nobody_hands_over_has_no_new() {
        let mut file: File = parse_quote! {
            pub mod types {
                pub struct Answer { pub id: ::std::option::Option<::std::string::String> }
                pub struct Body { pub id: ::std::string::String }
                pub enum Kind { A }
            }
        };
        allow(&mut file, &[taking("Answer")]).unwrap();
        let expected: File = parse_quote! {
            pub mod types {
                #[non_exhaustive]
                pub struct Answer { pub id: ::std::option::Option<::std::string::String> }
                #[non_exhaustive]
                pub struct Body { pub id: ::std::string::String }
                #[non_exhaustive]
                pub enum Kind { A }
            }
        };
        assert_eq!(file, expected);
    }
}
