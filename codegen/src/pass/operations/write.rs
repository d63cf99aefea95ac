//! Writes the builders as users should have them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{File, Ident, Item, Type, parse_quote};

use super::{
    builder::{Builder, Kind, Parameter},
    job,
};
use crate::pass::{Unexpected, request, tree};

/// Replaces progenitor's builders of a service's operations by ours.
pub(in crate::pass) fn write(file: &mut File, service: &str, builders: &[Builder]) -> Result<(), Unexpected> {
    let mut items: Vec<Item> = vec![parse_quote!(
        #[allow(unused_imports)]
        use super::types;
    )];
    for builder in builders {
        let written: File = syn::parse2(one(service, builder)?)
            .map_err(|error| Unexpected::new(format!("the builder `{}` does not parse: {error}", builder.name)))?;
        items.extend(written.items);
    }
    *tree::module(file, "builder")? = items;
    Ok(())
}

fn one(service: &str, builder: &Builder) -> Result<TokenStream, Unexpected> {
    let Builder { name, method, .. } = builder;
    let (client, options) = (builder.free_name("client"), builder.free_name("options"));
    let job = builder.operation.is_job.then(|| builder.free_name("job"));
    let job_field = job.iter();
    let job_start = job.iter();
    let docs = format!("Builder of [`Client::{method}`](super::Client::{method}).");
    let derive = builder.can_clone.then(|| quote!(#[derive(Clone)]));
    let names: Vec<&Ident> = builder.parameters.iter().map(|parameter| &parameter.name).collect();
    let types = builder.parameters.iter().map(stored);
    let starts = builder.parameters.iter().map(start);
    let setters = builder.parameters.iter().map(|parameter| setter(builder, parameter));
    let operation = operation(service, builder);
    let request = request(builder, &client, &options, job.as_ref())?;
    let job_setters = job.as_ref().map(|job| job::setters(builder, job));
    let (sends, unsent) = match job {
        Some(_) => (job::sends(builder), "nothing is sent before `send` or `submit` is called and awaited"),
        None => (send(builder), "nothing is sent before `send` is called and awaited"),
    };
    let title = name.to_string();
    Ok(quote! {
        #[doc = #docs]
        #derive
        #[must_use = #unsent]
        pub struct #name<'a> {
            #client: &'a super::Client,
            #options: crate::CallOptions,
            #(#job_field: crate::job::Settings,)*
            #(#names: crate::parameter::Held<#types>,)*
        }

        /// Prints no values: they may hold credentials.
        impl ::std::fmt::Debug for #name<'_> {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.debug_struct(#title).finish_non_exhaustive()
            }
        }

        impl<'a> #name<'a> {
            #operation

            pub(super) fn new(#client: &'a super::Client) -> Self {
                Self {
                    #client,
                    #options: crate::CallOptions::default(),
                    #(#job_start: crate::job::Settings::default(),)*
                    #(#names: #starts,)*
                }
            }

            #(#setters)*

            /// Sets the limits of this call alone.
            pub fn options(mut self, options: crate::CallOptions) -> Self {
                self.#options = options;
                self
            }

            #job_setters

            #sends

            #request
        }
    })
}

/// The function that sends an operation that is no job.
fn send(builder: &Builder) -> TokenStream {
    let Builder { success, operation, .. } = builder;
    let docs = format!(
        "Sends the request, `{} {}`, and waits for the answer.\n\n# Errors\n\
        When a parameter is missing or can't be sent (nothing is sent then), when there is no answer, and when the \
        answer is no success. See [`Error`](crate::Error).",
        operation.method, operation.path,
    );
    quote! {
        #[doc = #docs]
        pub async fn send(self) -> ::std::result::Result<crate::Response<#success>, crate::Error> {
            let (client, options, request) = self.request()?;
            client.transport.send(&Self::OPERATION, &options, request).await
        }
    }
}

/// The type in which a parameter waits to be sent.
fn stored(parameter: &Parameter) -> Type {
    let ty = &parameter.ty;
    match parameter.kind {
        Kind::Required => ty.clone(),
        Kind::Optional => parse_quote!(::std::option::Option<#ty>),
        Kind::List | Kind::QueryList => parse_quote!(crate::list::List<#ty>),
    }
}

/// What a parameter is before it is set.
fn start(parameter: &Parameter) -> TokenStream {
    let name = parameter.name.to_string();
    match parameter.kind {
        Kind::Required => quote!(crate::parameter::missing(#name)),
        Kind::Optional => quote!(::std::result::Result::Ok(::std::option::Option::None)),
        Kind::List | Kind::QueryList => quote!(::std::result::Result::Ok(crate::list::List::Absent)),
    }
}

fn setter(builder: &Builder, parameter: &Parameter) -> TokenStream {
    let Parameter { name, ty, kind, .. } = parameter;
    let text = name.to_string();
    let convert = format_ident!(
        "{}",
        match kind {
            Kind::Required => "required",
            Kind::Optional => "optional",
            Kind::List => "list",
            Kind::QueryList => "query_list",
        }
    );
    let bounds = match kind {
        Kind::Required | Kind::Optional => quote! {
            V: ::std::convert::TryInto<#ty>,
            V::Error: ::std::fmt::Display,
        },
        Kind::List | Kind::QueryList => quote!(V: ::std::convert::Into<crate::list::List<#ty>>,),
    };
    let refused = if tree::last_ident(ty).is_some_and(|name| name == "PathId") {
        " An id that can't be one segment of a path is refused: see [`PathId`](crate::PathId)."
    } else {
        ""
    };
    let docs = match (parameter.description.as_str(), kind) {
        ("", _) => format!("Sets `{text}` of {}.", builder.operation.id),
        (description, Kind::Required) if tree::argument(ty, "Option").is_some() => {
            format!("{description}\n\nRequired; `None` sends `null`.")
        }
        (description, Kind::Required) => format!("{description}\n\nRequired.{refused}"),
        (description, _) => format!("{description}\n\nOptional: not sent unless it is set."),
    };
    quote! {
        #[doc = #docs]
        pub fn #name<V>(mut self, value: V) -> Self
        where
            #bounds
        {
            self.#name = crate::parameter::#convert(#text, value);
            self
        }
    }
}

/// What the transport is told of the operation.
fn operation(service: &str, builder: &Builder) -> TokenStream {
    let operation = &builder.operation;
    let (id, success) = (&operation.id, &operation.success);
    // The type of a job refers to it.
    let visibility = operation.is_job.then(|| quote!(pub(super)));
    quote! {
        #visibility const OPERATION: crate::operation::Operation = crate::operation::Operation {
            service: #service,
            id: #id,
            success: &[#(#success),*],
        };
    }
}

/// The function that makes the request, from progenitor's statements.
fn request(builder: &Builder, client: &Ident, options: &Ident, job: Option<&Ident>) -> Result<TokenStream, Unexpected> {
    let names: Vec<&Ident> = builder.parameters.iter().map(|parameter| &parameter.name).collect();
    let url = request::url(&builder.url, client)?;
    let map = (!builder.headers.is_empty()).then(|| builder.free_name("header_map"));
    let header_map = map.as_ref().map(|map| quote!(let mut #map = ::reqwest::header::HeaderMap::new();));
    let headers = map.iter().flat_map(|map| builder.headers.iter().map(move |header| request::header(header, map)));
    let lists: Vec<&Ident> =
        builder.parameters.iter().filter(|parameter| parameter.is_list()).map(|parameter| &parameter.name).collect();
    let content_type = builder.operation.content_type.as_deref();
    let with = request::Request { client, content_type, headers: map.as_ref(), lists: &lists };
    let built = request::build(&builder.request, &with)?;
    let body = builder.body.as_ref().map(|body| quote!(let body = #body;));
    let settings = job.map(|_| quote!(crate::job::Settings,));
    let tag = match job {
        Some(job) => job::tag(builder, job)?,
        None => None,
    };
    let job = job.map(|job| quote!(#job,));
    Ok(quote! {
        fn request(self) -> ::std::result::Result<
            (&'a super::Client, crate::CallOptions, #settings ::reqwest::Result<::reqwest::Request>),
            crate::Error,
        > {
            let Self { #client, #options, #job #(#names,)* } = self;
            #(let #names = crate::parameter::take(&Self::OPERATION, #names)?;)*
            #tag
            #body
            #url
            #header_map
            #(#headers)*
            let built = #built;
            ::std::result::Result::Ok((#client, #options, #job built))
        }
    })
}
