//! Gives each operation that is a job a type, so that a job that is taken up again under its name knows what it answers
//! with, and gives the client the method that takes it up.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{File, Item};

use super::{Unexpected, operations::Builder};
use crate::service::Service;

/// Adds the module `operation` and the method `job` to the client of a service that has jobs.
pub(super) fn add(file: &mut File, service: &Service, builders: &[Builder]) -> Result<(), Unexpected> {
    let jobs: Vec<&Builder> = builders.iter().filter(|builder| builder.operation.is_job).collect();
    let Some(first) = jobs.first() else { return Ok(()) };
    let Some(query) = &service.job_query else {
        return Err(Unexpected::new(format!("the service `{}` has jobs and no query for them", service.name)));
    };
    let types = jobs.iter().map(|builder| operation(builder, query));
    let docs = format!(
        "Takes up a job again, for example after a crash: of the operation `O`, one of [`operation`], under the name \
        that it was sent with. Nothing is sent yet.\n\n```text\nclient.job::<operation::{}>(uuid)\n```",
        first.name,
    );
    let added: File = syn::parse2(quote! {
        impl Client {
            #[doc = #docs]
            pub fn job<O: crate::JobOperation<Client = Self>>(&self, uuid: crate::JobUuid) -> crate::Job<O> {
                self.transport.job(uuid)
            }
        }

        /// The operations that are jobs, as types: what a [`Job`](crate::Job) is a job of.
        pub mod operation {
            #(#types)*
        }
    })
    .map_err(|error| Unexpected::new(format!("the operations that are jobs do not parse: {error}")))?;
    let types = file.items.iter().position(|item| matches!(item, Item::Mod(_))).unwrap_or(file.items.len());
    file.items.splice(types..types, added.items);
    Ok(())
}

/// The type of one operation.
fn operation(builder: &Builder, query: &str) -> TokenStream {
    let Builder { name, method, success, .. } = builder;
    let docs = format!("[`Client::{method}`](super::Client::{method}).");
    quote! {
        #[doc = #docs]
        #[derive(Debug)]
        pub enum #name {}

        impl crate::JobOperation for #name {
            type Client = super::Client;
            type Answer = super::#success;
            const OPERATION: &'static crate::operation::Operation = &super::builder::#name::OPERATION;
            const JOB_QUERY: &'static str = #query;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use syn::parse_quote;

    use super::*;
    use crate::pass::operations::tests;

    fn service(job_query: Option<&str>) -> Service {
        let (name, description) = ("zstack".to_owned(), String::new());
        Service {
            name,
            description,
            document: Value::Null,
            operations: Vec::new(),
            job_query: job_query.map(str::to_owned),
        }
    }

    #[test]
    fn a_job_has_a_type_that_says_what_it_answers_with_and_where_to_ask() {
        let mut builder = tests::builder(parse_quote!(types::Answer), None);
        builder.operation.is_job = true;
        let mut file: File = parse_quote!(
            pub struct Client {}
            pub mod types {}
        );
        add(&mut file, &service(Some("/jobs/")), &[builder]).unwrap();
        crate::pass::docs::by_line(&mut file);
        let expected: File = parse_quote! {
            pub struct Client {}
            impl Client {
                /// Takes up a job again, for example after a crash: of the operation `O`, one of [`operation`], under the name that it was sent with. Nothing is sent yet.
                ///
                /// ```text
                /// client.job::<operation::It>(uuid)
                /// ```
                pub fn job<O: crate::JobOperation<Client = Self>>(&self, uuid: crate::JobUuid) -> crate::Job<O> {
                    self.transport.job(uuid)
                }
            }
            /// The operations that are jobs, as types: what a [`Job`](crate::Job) is a job of.
            pub mod operation {
                /// [`Client::it`](super::Client::it).
                #[derive(Debug)]
                pub enum It {}
                impl crate::JobOperation for It {
                    type Client = super::Client;
                    type Answer = super::types::Answer;
                    const OPERATION: &'static crate::operation::Operation = &super::builder::It::OPERATION;
                    const JOB_QUERY: &'static str = "/jobs/";
                }
            }
            pub mod types {}
        };
        assert_eq!(prettyplease::unparse(&file), prettyplease::unparse(&expected));
    }

    #[test]
    fn a_service_without_jobs_has_neither_and_jobs_without_a_query_are_not_passed_over() {
        let mut builder = tests::builder(parse_quote!(types::Answer), None);
        let mut file: File = parse_quote!(
            pub mod types {}
        );
        let before = file.clone();
        add(&mut file, &service(Some("/jobs/")), &[builder.clone()]).unwrap();
        assert_eq!(file, before);
        builder.operation.is_job = true;
        assert!(add(&mut file, &service(None), &[builder]).is_err());
    }
}
