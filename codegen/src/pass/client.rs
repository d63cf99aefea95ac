//! Replaces progenitor's client, which anybody can make without credentials, by one that stands on the hand-written
//! transport. Without the transport, or without the service's credentials, the generated code does not compile.

use quote::format_ident;
use syn::{File, Item, ItemFn, UseTree, parse_quote};

use super::{Unexpected, method_docs, operations::Builder, tree};
use crate::service::Service;

/// Puts our client where progenitor's stood.
pub(super) fn replace(file: &mut File, service: &Service, builders: &[Builder]) -> Result<(), Unexpected> {
    tree::module(file, "types")?;
    file.items.retain(|item| !is_progenitors(item));
    for item in &mut file.items {
        if let Item::Mod(module) = item {
            // Progenitor silences every lint of clippy's; what stands here is held to them.
            module.attrs.retain(|attribute| !attribute.path().is_ident("allow"));
        }
    }
    let service_module = format_ident!("{}_service", service.name);
    let docs = match service.description.as_str() {
        "" => format!("The service `{}`.", service.name),
        description => description.to_owned(),
    };
    file.attrs.push(parse_quote!(#![doc = #docs]));
    let mut items: Vec<Item> = vec![parse_quote!(pub use super::#service_module::*;)];
    items.extend(client(service));
    let methods = builders.iter().map(method);
    items.push(parse_quote! {
        /// The operations.
        impl Client { #(#methods)* }
    });
    items.append(&mut file.items);
    file.items = items;
    Ok(())
}

fn is_progenitors(item: &Item) -> bool {
    match item {
        Item::Use(item) => matches!(&item.tree, UseTree::Path(path) if path.ident == "progenitor_client"),
        Item::Struct(item) => item.ident == "Client",
        Item::Const(item) => item.ident == "_",
        Item::Mod(item) => item.ident == "prelude",
        Item::Impl(item) => tree::last_ident(&item.self_ty).is_some_and(|name| name == "Client") || is_for_client(item),
        _ => false,
    }
}

/// `impl ClientHooks<()> for &Client`
fn is_for_client(item: &syn::ItemImpl) -> bool {
    matches!(&*item.self_ty, syn::Type::Reference(ty) if tree::last_ident(&ty.elem).is_some_and(|name| name == "Client"))
}

fn client(service: &Service) -> Vec<Item> {
    let name = &service.name;
    let docs = format!("The client of the service `{name}`.");
    let file: File = parse_quote! {
        #[doc = #docs]
        ///
        /// Cheap to clone: clones share their connections.
        #[derive(Clone, Debug)]
        pub struct Client {
            pub(crate) transport: crate::transport::Transport,
        }

        impl Client {
            /// Makes a client with the default limits.
            ///
            /// `base_url` is where the service is, without the path of any operation; a path prefix is kept.
            ///
            /// # Errors
            /// When the address can't be used, or the HTTP client can't be set up. Plain HTTP over a network has to be
            /// allowed, with [`builder`](Self::builder).
            pub fn new(
                base_url: &str,
                credentials: impl ::std::convert::Into<Credentials>,
            ) -> ::std::result::Result<Self, crate::ConfigError> {
                Self::builder(base_url, credentials).build()
            }

            /// Makes a client whose limits, proxies and HTTP client can be set first, and plain HTTP allowed.
            pub fn builder(
                base_url: &str,
                credentials: impl ::std::convert::Into<Credentials>,
            ) -> crate::ClientBuilder<Credentials> {
                crate::ClientBuilder::new(base_url, credentials.into())
            }
        }

        impl crate::ClientBuilder<Credentials> {
            /// Makes the client. Nothing is sent.
            ///
            /// # Errors
            /// When the base address can't be used, or is plain HTTP that was not allowed, or the HTTP client can't be set up.
            pub fn build(self) -> ::std::result::Result<Client, crate::ConfigError> {
                self.transport().map(|transport| Client { transport })
            }
        }
    };
    file.items
}

/// The client's method that begins an operation.
fn method(builder: &Builder) -> ItemFn {
    let (method, name) = (&builder.method, &builder.name);
    let docs = method_docs::of(builder);
    parse_quote! {
        #[doc = #docs]
        pub fn #method(&self) -> builder::#name<'_> {
            builder::#name::new(self)
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn a_client_is_made_with_whatever_its_services_credentials_are_made_of() {
        let (name, description) = ("zstack".to_owned(), String::new());
        let service = Service { name, description, document: Value::Null, operations: Vec::new(), job_query: None };
        let mut file: File = parse_quote! {
            pub mod types {}
            pub struct Client { client: reqwest::Client }
        };
        replace(&mut file, &service, &[]).unwrap();
        let text = prettyplease::unparse(&file);
        assert_eq!(text.matches("credentials: impl ::std::convert::Into<Credentials>,").count(), 2, "{text}");
        assert!(text.contains("crate::ClientBuilder::new(base_url, credentials.into())"), "{text}");
        assert!(text.contains("transport: crate::transport::Transport,"), "{text}");
    }
}
