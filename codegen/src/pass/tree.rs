//! Finding one's way in progenitor's syntax tree.

use syn::{
    Attribute, Field, Fields, File, GenericArgument, Ident, ImplItem, ImplItemFn, Item, ItemImpl, ItemMod, ItemStruct,
    Meta, PathArguments, Token, Type, punctuated::Punctuated,
};

use super::Unexpected;

/// The items of the module `name`.
pub(super) fn module<'a>(file: &'a mut File, name: &str) -> Result<&'a mut Vec<Item>, Unexpected> {
    let found = file.items.iter_mut().find_map(|item| match item {
        Item::Mod(ItemMod { ident, content: Some((_, items)), .. }) if ident == name => Some(items),
        _ => None,
    });
    found.ok_or_else(|| Unexpected::new(format!("there is no module `{name}`")))
}

/// The struct `name` with named fields among `items`.
pub(super) fn record<'a>(items: &'a [Item], name: &Ident) -> Option<&'a ItemStruct> {
    items.iter().find_map(|item| match item {
        Item::Struct(found) if found.ident == *name && matches!(found.fields, Fields::Named(_)) => Some(found),
        _ => None,
    })
}

/// Every field of every struct, also of the ones inside enumerations, among `items`.
pub(super) fn fields(items: &mut [Item]) -> Vec<&mut Field> {
    let mut found = Vec::new();
    for item in items {
        match item {
            Item::Struct(item) => found.extend(item.fields.iter_mut()),
            Item::Enum(item) => found.extend(item.variants.iter_mut().flat_map(|variant| variant.fields.iter_mut())),
            _ => {}
        }
    }
    found
}

/// The name of the type that an `impl` without a trait is of.
pub(super) fn inherent(item: &Item) -> Option<&Ident> {
    match item {
        Item::Impl(ItemImpl { trait_: None, self_ty, .. }) => last_ident(self_ty),
        _ => None,
    }
}

/// The functions of a type that no trait asks for.
pub(super) fn functions<'a>(items: &'a [Item], owner: &str) -> impl Iterator<Item = &'a ImplItemFn> {
    let own = items.iter().filter(move |item| inherent(item).is_some_and(|name| name == owner));
    let parts = own.flat_map(|item| match item {
        Item::Impl(item) => item.items.as_slice(),
        _ => &[],
    });
    parts.filter_map(|part| match part {
        ImplItem::Fn(function) => Some(function),
        _ => None,
    })
}

/// The last name of a path type: `PathId` of `crate::path_id::PathId`.
pub(super) fn last_ident(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| &segment.ident),
        _ => None,
    }
}

/// The arguments of a generic type `name`: `[String]` of `Option<String>`.
pub(super) fn arguments<'a>(ty: &'a Type, name: &str) -> Vec<&'a Type> {
    let Type::Path(path) = ty else { return Vec::new() };
    let Some(segment) = path.path.segments.last().filter(|segment| segment.ident == name) else { return Vec::new() };
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return Vec::new() };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

/// The argument of a generic type `name` that has one.
pub(super) fn argument<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    arguments(ty, name).first().copied()
}

/// What stands between the parentheses of a `#[serde(…)]`; nothing of any other attribute.
pub(super) fn serde_options(attribute: &Attribute) -> Option<Punctuated<Meta, Token![,]>> {
    if !attribute.path().is_ident("serde") {
        return None;
    }
    attribute.parse_args_with(Punctuated::parse_terminated).ok()
}

/// Whether serde is told `option` of a field or a type.
pub(super) fn has_serde_option(attributes: &[Attribute], option: &str) -> bool {
    attributes.iter().filter_map(serde_options).flatten().any(|meta| meta.path().is_ident(option))
}

/// Whether a `#[serde(…)]` has this word in it. Most have not, and need not be parsed.
pub(super) fn mentions(attribute: &Attribute, word: &str) -> bool {
    let Meta::List(list) = &attribute.meta else { return false };
    let is_word =
        |token: proc_macro2::TokenTree| matches!(token, proc_macro2::TokenTree::Ident(ident) if ident == word);
    list.path.is_ident("serde") && list.tokens.clone().into_iter().any(is_word)
}

/// Takes the options of serde's for which `is` holds away, and the attributes of which nothing is left.
pub(super) fn remove_serde_options(attributes: &mut Vec<Attribute>, is: impl Fn(&Meta) -> bool) {
    attributes.retain_mut(|attribute| {
        let Some(options) = serde_options(attribute).filter(|options| options.iter().any(&is)) else { return true };
        let kept: Punctuated<Meta, Token![,]> = options.into_iter().filter(|option| !is(option)).collect();
        let some_are_left = !kept.is_empty();
        *attribute = syn::parse_quote!(#[serde(#kept)]);
        some_are_left
    });
}

/// Whether a field may be left out. Progenitor writes it down for each of them; the type does not say it, since a field
/// that has to be there may be null.
pub(super) fn may_be_left_out(field: &Field) -> bool {
    has_serde_option(&field.attrs, "skip_serializing_if") || has_serde_option(&field.attrs, "default")
}

/// The name of a field in JSON.
pub(super) fn name_on_the_wire(field: &Field) -> String {
    let renamed = field.attrs.iter().filter_map(serde_options).flatten().find_map(|option| match option {
        Meta::NameValue(pair) if pair.path.is_ident("rename") => text_of(&pair.value),
        _ => None,
    });
    renamed.or_else(|| field.ident.as_ref().map(Ident::to_string)).unwrap_or_default()
}

/// The text of a documentation attribute.
pub(super) fn doc_text(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    if !pair.path.is_ident("doc") {
        return None;
    }
    text_of(&pair.value)
}

/// The text that an expression is, if it is one.
fn text_of(expression: &syn::Expr) -> Option<String> {
    match expression {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

/// The documentation of an item, as one text.
pub(crate) fn docs(attributes: &[Attribute]) -> String {
    attributes.iter().filter_map(doc_text).collect::<Vec<_>>().join("\n").trim().to_owned()
}
