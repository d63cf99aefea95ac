//! Documentation: of several lines as several lines (progenitor writes one attribute, which is printed as `/** … */`),
//! and at least a name where the document describes nothing: the client's crate denies public items without any.

use std::collections::BTreeMap;

use proc_macro2::Span;
use quote::ToTokens;
use syn::{Attribute, Expr, ExprLit, Field, File, Item, Lit, LitStr, Meta, Variant, parse_quote, visit_mut::VisitMut};

use super::{Unexpected, tree, words};

/// Says of every type, field and variant without documentation what it is called; of a field rather what its type is,
/// where that is described: progenitor puts the description of an object that stands in a field on the object's type.
pub(super) fn complete(file: &mut File) -> Result<(), Unexpected> {
    let types = tree::module(file, "types")?;
    describe_fields(types);
    for item in types {
        match item {
            Item::Struct(item) => {
                let owner = item.ident.to_string();
                name(&mut item.attrs, format!("`{owner}`."));
                item.fields.iter_mut().for_each(|field| name_field(field, &owner));
            }
            Item::Enum(item) => {
                let owner = item.ident.to_string();
                name(&mut item.attrs, format!("`{owner}`."));
                item.variants.iter_mut().for_each(|variant| name_variant(variant, &owner));
            }
            Item::Type(item) => name(&mut item.attrs, format!("`{}`.", item.ident)),
            _ => {}
        }
    }
    Ok(())
}

/// Gives each field without documentation that of the struct that it holds.
fn describe_fields(types: &mut [Item]) {
    let described = types.iter().filter_map(|item| match item {
        Item::Struct(item) => Some((item.ident.to_string(), tree::docs(&item.attrs))),
        _ => None,
    });
    let described: BTreeMap<String, String> = described.filter(|(_, docs)| !docs.is_empty()).collect();
    for field in tree::fields(types) {
        let held = tree::argument(&field.ty, "Option").unwrap_or(&field.ty);
        let docs = tree::last_ident(held).and_then(|name| described.get(&name.to_string()));
        if let Some(docs) = docs.filter(|_| field.ident.is_some()) {
            name(&mut field.attrs, docs.clone());
        }
    }
}

fn name_variant(variant: &mut Variant, owner: &str) {
    let title = format!("{owner}::{}", variant.ident);
    name(&mut variant.attrs, format!("`{}` of `{owner}`.", variant.ident));
    variant.fields.iter_mut().for_each(|field| name_field(field, &title));
}

fn name_field(field: &mut Field, owner: &str) {
    // What has no name needs no words.
    if let Some(ident) = &field.ident {
        let text = format!("`{}` of `{owner}`.", ident.to_token_stream());
        name(&mut field.attrs, text);
    }
}

fn name(attributes: &mut Vec<Attribute>, text: String) {
    if tree::docs(attributes).is_empty() {
        attributes.retain(|attribute| tree::doc_text(attribute).is_none());
        attributes.insert(0, parse_quote!(#[doc = #text]));
    }
}

/// Splits every documentation attribute by line.
pub(super) fn by_line(file: &mut File) {
    ByLine.visit_file_mut(file);
}

struct ByLine;

impl VisitMut for ByLine {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let old = std::mem::take(attributes);
        for attribute in old {
            match tree::doc_text(&attribute) {
                None => attributes.push(attribute),
                Some(text) => attributes.extend(lines(&text).iter().map(|line| with_text(&attribute, line))),
            }
        }
    }
}

/// The attribute with another text. Put together by hand: parsing each line took a tenth of the time of a run.
fn with_text(attribute: &Attribute, text: &str) -> Attribute {
    let mut attribute = attribute.clone();
    if let Meta::NameValue(pair) = &mut attribute.meta {
        let lit = Lit::Str(LitStr::new(text, Span::call_site()));
        pair.value = Expr::Lit(ExprLit { attrs: Vec::new(), lit });
    }
    attribute
}

/// The lines of a text, each with the space that follows `///`, none with white space at its end.
fn lines(text: &str) -> Vec<String> {
    let line = |line: &str| if line.trim().is_empty() { String::new() } else { format!(" {}", line.trim_end()) };
    match words::tame(text.trim()).trim() {
        "" => vec![String::new()],
        text => text.lines().map(line).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_document_does_not_describe_has_its_name_at_least() {
        let mut file: File = parse_quote! {
            pub mod types {
                pub struct Volume { #[doc = "Bytes."] pub size: i64, #[doc = ""] pub uuid: String }
                pub enum Kind { Data, Some { it: u8 } }
                pub struct Tags(pub Vec<String>);
            }
        };
        complete(&mut file).unwrap();
        let expected: File = parse_quote! {
            pub mod types {
                #[doc = "`Volume`."]
                pub struct Volume { #[doc = "Bytes."] pub size: i64, #[doc = "`uuid` of `Volume`."] pub uuid: String }
                #[doc = "`Kind`."]
                pub enum Kind {
                    #[doc = "`Data` of `Kind`."]
                    Data,
                    #[doc = "`Some` of `Kind`."]
                    Some { #[doc = "`it` of `Kind::Some`."] it: u8 },
                }
                #[doc = "`Tags`."]
                pub struct Tags(pub Vec<String>);
            }
        };
        assert_eq!(prettyplease::unparse(&file), prettyplease::unparse(&expected));
    }

    #[test]
    fn a_field_that_the_document_does_not_describe_is_described_as_the_object_in_it() {
        let mut file: File = parse_quote! {
            pub mod types {
                #[doc = "The body."]
                pub struct Request {
                    pub action: Action,
                    pub maybe: ::std::option::Option<Action>,
                    #[doc = "Its own."]
                    pub own: Action,
                    pub actions: ::std::vec::Vec<Action>,
                }
                #[doc = "The action, an empty object."]
                pub struct Action {}
            }
        };
        complete(&mut file).unwrap();
        let expected: File = parse_quote! {
            pub mod types {
                #[doc = "The body."]
                pub struct Request {
                    #[doc = "The action, an empty object."]
                    pub action: Action,
                    #[doc = "The action, an empty object."]
                    pub maybe: ::std::option::Option<Action>,
                    #[doc = "Its own."]
                    pub own: Action,
                    #[doc = "`actions` of `Request`."]
                    pub actions: ::std::vec::Vec<Action>,
                }
                #[doc = "The action, an empty object."]
                pub struct Action {}
            }
        };
        assert_eq!(prettyplease::unparse(&file), prettyplease::unparse(&expected));
    }

    #[test]
    fn an_empty_line_stays() {
        let mut file: File = parse_quote!(
            #[doc = "One."]
            #[doc = ""]
            #[doc = " Two."]
            struct It;
        );
        by_line(&mut file);
        assert_eq!(
            file,
            parse_quote!(
                #[doc = " One."]
                #[doc = ""]
                #[doc = " Two."]
                struct It;
            )
        );
    }

    #[test]
    fn a_text_of_three_lines_is_three_attributes() {
        let mut file: File = parse_quote!(
            #[doc = "One.\n\n  - three  \n"]
            struct It;
        );
        by_line(&mut file);
        assert_eq!(
            file,
            parse_quote!(
                #[doc = " One."]
                #[doc = ""]
                #[doc = "   - three"]
                struct It;
            )
        );
    }
}
