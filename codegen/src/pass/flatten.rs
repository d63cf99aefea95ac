//! A body that callers would nest by hand is taken apart: each of its values is set on the builder itself.
//! `.body(RecoverRequest { recover: BackupStoragePair { src… } })` becomes `.src_backup_storage_uuid(…)`.

use std::collections::BTreeSet;

use quote::quote;
use syn::{Expr, File, Ident, Item, ItemStruct, Type, parse_quote, visit_mut::VisitMut};

use super::{
    Unexpected,
    operations::{Builder, Kind, Parameter},
    tree,
};

/// Takes the bodies of all operations apart.
pub(super) fn bodies(file: &mut File, builders: Vec<Builder>) -> Result<Vec<Builder>, Unexpected> {
    let types = tree::module(file, "types")?;
    Ok(builders.into_iter().map(|builder| flatten(types, builder)).collect())
}

fn flatten(types: &[Item], mut builder: Builder) -> Builder {
    let body = builder.parameters.iter().position(|parameter| parameter.name == "body" && has_builder(&parameter.ty));
    let Some(position) = body else { return builder };
    let Some(record) = tree::last_ident(&builder.parameters[position].ty).and_then(|name| tree::record(types, name))
    else {
        return builder;
    };
    builder.parameters.remove(position);
    let mut parts = Parts { types, outer: Vec::new(), parameters: Vec::new(), objects: Vec::new() };
    builder.body = Some(parts.construct(record));
    builder.parameters.extend(parts.parameters);
    builder.objects = parts.objects;
    builder
}

/// Whether the type is `types::builder::…`: progenitor makes one for objects only.
fn has_builder(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.iter().any(|segment| segment.ident == "builder"))
}

/// A body that is being taken apart.
struct Parts<'a> {
    types: &'a [Item],
    /// The records that this one stands in: one that holds itself is not taken apart again.
    outer: Vec<Ident>,
    /// The values that the body takes.
    parameters: Vec<Parameter>,
    /// The records that were taken apart, by their names in the body, and what the document says of them.
    objects: Vec<(String, String)>,
}

impl Parts<'_> {
    /// The expression that makes `record`.
    fn construct(&mut self, record: &ItemStruct) -> Expr {
        let mut fields = Vec::new();
        self.outer.push(record.ident.clone());
        for field in &record.fields {
            let Some(name) = &field.ident else { continue };
            let nested = tree::last_ident(&field.ty).filter(|name| !self.outer.contains(name));
            let nested = nested.and_then(|name| tree::record(self.types, name)).filter(|_| is_plain(&field.ty));
            let description = tree::docs(&field.attrs);
            if let Some(nested) = nested {
                // Nothing but its name is what `docs` says of a field of which the document says nothing.
                if description != format!("`{name}` of `{}`.", record.ident) {
                    self.objects.push((tree::name_on_the_wire(field), description));
                }
                let value = self.construct(nested);
                fields.push(quote!(#name: #value));
                continue;
            }
            let (kind, ty) = if let Some(item) = tree::argument(&field.ty, "List") {
                (Kind::List, item)
            } else if let Some(inner) = tree::argument(&field.ty, "Option").filter(|_| tree::may_be_left_out(field)) {
                (Kind::Optional, inner)
            } else {
                (Kind::Required, &field.ty)
            };
            let ty = qualified(self.types, ty);
            self.parameters.push(Parameter { name: name.clone(), ty, kind, description });
            fields.push(quote!(#name));
        }
        self.outer.pop();
        let name = &record.ident;
        parse_quote!(types::#name { #(#fields),* })
    }
}

/// Whether the type is one name, as a type of the same module is written.
fn is_plain(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.qself.is_none() && path.path.get_ident().is_some())
}

/// The type as it is written outside of the module `types`.
fn qualified(types: &[Item], ty: &Type) -> Type {
    struct Qualify(BTreeSet<String>);
    impl VisitMut for Qualify {
        fn visit_path_mut(&mut self, path: &mut syn::Path) {
            syn::visit_mut::visit_path_mut(self, path);
            if let Some(name) = path.get_ident().filter(|name| self.0.contains(&name.to_string())) {
                *path = parse_quote!(types::#name);
            }
        }
    }
    let names = types.iter().filter_map(|item| match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Type(item) => Some(item.ident.to_string()),
        _ => None,
    });
    let mut ty = ty.clone();
    Qualify(names.collect()).visit_type_mut(&mut ty);
    ty
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::*;

    fn parts(types: &File) -> (Expr, Parts<'_>) {
        let record = tree::record(&types.items, &parse_quote!(Request)).unwrap();
        let mut parts = Parts { types: &types.items, outer: Vec::new(), parameters: Vec::new(), objects: Vec::new() };
        (parts.construct(record), parts)
    }

    fn taken_apart(types: File) -> (String, Vec<(String, String, Kind)>) {
        let (body, parts) = parts(&types);
        let text = |tokens: &dyn Fn() -> String| tokens().replace(' ', "");
        let parameters = parts.parameters.iter().map(|parameter| {
            (parameter.name.to_string(), text(&|| parameter.ty.to_token_stream().to_string()), parameter.kind)
        });
        (text(&|| body.to_token_stream().to_string()), parameters.collect())
    }

    #[test]
    fn required_objects_are_taken_apart_and_empty_ones_are_written_down() {
        let types: File = parse_quote! {
            pub struct Request { pub action: Pair, pub nothing: Empty, pub tags: crate::list::List<String> }
            pub struct Pair { pub dst: String, #[serde(skip_serializing_if = "Option::is_none")] pub src: Option<String> }
            pub struct Empty {}
        };
        let (body, parameters) = taken_apart(types);
        assert_eq!(body, "types::Request{action:types::Pair{dst,src},nothing:types::Empty{},tags}");
        let expected = [("dst", Kind::Required), ("src", Kind::Optional), ("tags", Kind::List)];
        assert_eq!(parameters, expected.map(|(name, kind)| (name.to_owned(), "String".to_owned(), kind)));
    }

    #[test]
    fn what_is_said_of_an_object_that_is_taken_apart_is_kept_under_its_name_in_the_body() {
        let types: File = parse_quote! {
            pub struct Request {
                /// The two storages.
                #[serde(rename = "theAction")]
                pub the_action: Pair,
            }
            pub struct Pair { pub inner: Empty }
            pub struct Empty {}
        };
        let objects = parts(&types).1.objects;
        let expected = [("theAction", "The two storages."), ("inner", "")];
        assert_eq!(objects, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
    }

    #[test]
    fn what_may_be_left_out_or_holds_itself_stays_one_value() {
        let types: File = parse_quote! {
            pub struct Request {
                #[serde(skip_serializing_if = "Option::is_none")]
                pub details: Option<Details>,
                pub inner: Request,
                pub items: crate::list::List<Details>,
            }
            pub struct Details { pub path: String }
        };
        let (body, parameters) = taken_apart(types);
        assert_eq!(body, "types::Request{details,inner,items}");
        let types: Vec<_> = parameters.iter().map(|(_, ty, _)| ty.as_str()).collect();
        assert_eq!(types, ["types::Details", "types::Request", "types::Details"]);
    }

    #[test]
    fn what_has_to_be_there_and_may_be_null_is_required() {
        let types: File = parse_quote! {
            pub struct Request {
                #[serde(deserialize_with = "::std::option::Option::deserialize")]
                pub name: Option<String>,
            }
        };
        let (_, parameters) = taken_apart(types);
        assert_eq!(parameters, [("name".to_owned(), "Option<String>".to_owned(), Kind::Required)]);
    }
}
