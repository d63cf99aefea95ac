//! What the builder of a job has beside the others': settings of the job, and two ways to send.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::builder::{Builder, Kind};
use crate::{pass::Unexpected, rust_name::snake};

/// The setters. `job` is the name of the field that holds the settings.
pub(super) fn setters(builder: &Builder, job: &Ident) -> TokenStream {
    let validation_only = builder.operation.validation_tag.as_ref().map(|(_, tag)| {
        let docs = format!(
            "Lets the server only validate the request (system tag `{tag}`): nothing is changed, and the answer of the \
            job is empty."
        );
        quote! {
            #[doc = #docs]
            pub fn validation_only(mut self) -> Self {
                self.#job.validation_only = true;
                self
            }
        }
    });
    quote! {
        /// Names the job: 32 hexadecimal digits (header `X-Job-UUID`), made up anew for each call unless it is set.
        ///
        /// Keep the name to take the job up again with [`Client::job`](super::Client::job). Take a new one for each job:
        /// under a name that the server knows it begins nothing, and the call ends as that job ended, whatever it was of.
        /// So a call whose name was chosen is never repeated after credentials were renewed; call again, under another
        /// name.
        pub fn job_uuid(mut self, uuid: crate::JobUuid) -> Self {
            self.#job.uuid = ::std::option::Option::Some(uuid);
            self
        }

        /// Sets how long the server may let the job run (header `X-API-Timeout`, in whole seconds, rounded up). The
        /// server's own default holds unless it is set.
        pub fn api_timeout(mut self, limit: ::std::time::Duration) -> Self {
            self.#job.api_timeout = ::std::option::Option::Some(limit);
            self
        }

        #validation_only

        /// Calls `told` with the name of the job before the request is sent, so that the name can be kept; again if the
        /// call is repeated under another name.
        pub fn on_job(
            mut self,
            told: impl ::std::ops::Fn(&crate::JobUuid) + ::std::marker::Send + ::std::marker::Sync + 'static,
        ) -> Self {
            self.#job.told = ::std::option::Option::Some(::std::sync::Arc::new(told));
            self
        }

        /// Calls `progress` after each question that is answered with: the job is running. It must return at once.
        pub fn on_progress(
            mut self,
            progress: impl ::std::ops::Fn(&crate::Progress) + ::std::marker::Send + ::std::marker::Sync + 'static,
        ) -> Self {
            self.#job.progress = ::std::option::Option::Some(::std::sync::Arc::new(progress));
            self
        }
    }
}

/// The functions that send.
pub(super) fn sends(builder: &Builder) -> TokenStream {
    let Builder { name, success, operation, .. } = builder;
    let request = format!("`{} {}`", operation.method, operation.path);
    let unsent = "When a parameter is missing or can't be sent (nothing is sent then)";
    let send_docs = format!(
        "Sends the request, {request}, and follows the job to its end.\n\n\
        If this future is dropped, the job goes on. [`on_job`](Self::on_job) tells the name to ask for it.\n\n# Errors\n\
        {unsent}, when the server does not accept the job or there is no answer, when the job fails, and when its end \
        can't be learnt. See [`Error`](crate::Error).",
    );
    let submit_docs = format!(
        "Sends the request, {request}, and returns the job without waiting for its end.\n\n\
        If this future is dropped, the server may have the job all the same. [`on_job`](Self::on_job) tells the name to \
        ask for it.\n\n# Errors\n\
        {unsent}, and when the server does not accept the job or there is no answer. See [`Error`](crate::Error).",
    );
    quote! {
        #[doc = #send_docs]
        pub async fn send(self) -> ::std::result::Result<crate::Response<#success>, crate::Error> {
            let (client, options, job, request) = self.request()?;
            client.transport.run::<super::operation::#name>(options, job, request).await
        }

        #[doc = #submit_docs]
        pub async fn submit(self) -> ::std::result::Result<crate::Job<super::operation::#name>, crate::Error> {
            let (client, options, job, request) = self.request()?;
            client.transport.submit::<super::operation::#name>(options, job, request).await
        }
    }
}

/// The statement that adds the tag by which the server only validates, where the body has a list for it.
///
/// # Errors
/// When the builder has no such list.
pub(super) fn tag(builder: &Builder, job: &Ident) -> Result<Option<TokenStream>, Unexpected> {
    let Some((property, tag)) = &builder.operation.validation_tag else { return Ok(None) };
    let name = snake(property);
    let list = builder.parameters.iter().find(|parameter| parameter.name == name && parameter.kind == Kind::List);
    let Some(list) = list.map(|list| &list.name) else {
        let what = format!("the list `{property}` of {}, which has a tag of validation, is none", builder.operation.id);
        return Err(Unexpected::new(what));
    };
    Ok(Some(quote!(let #list = crate::job::with_tag(#list, #tag, #job.validation_only);)))
}
