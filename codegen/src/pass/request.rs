//! Restates how a request is built: on the client's own transport, with the media type that the document names,
//! and without what progenitor adds by itself.

use quote::ToTokens;
use syn::{Expr, ExprMethodCall, Ident, Macro, Stmt, Token, parse_quote, punctuated::Punctuated, visit_mut::VisitMut};

use super::Unexpected;

/// `let url = format!("{}/…", client.baseurl, …);`, asking the transport for the base address.
pub(super) fn url(statement: &Stmt, client: &Ident) -> Result<Stmt, Unexpected> {
    struct Rewrite<'a>(&'a Ident, bool);
    impl VisitMut for Rewrite<'_> {
        fn visit_macro_mut(&mut self, call: &mut Macro) {
            let arguments = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
            let Ok(mut arguments) = arguments else { return };
            let Some(base) = arguments.get_mut(1) else { return };
            let client = self.0;
            *base = parse_quote!(#client.transport.base_url());
            arguments.iter_mut().for_each(without_to_string);
            call.tokens = arguments.to_token_stream();
            self.1 = true;
        }
    }
    let mut statement = statement.clone();
    let mut rewrite = Rewrite(client, false);
    rewrite.visit_stmt_mut(&mut statement);
    match rewrite.1 {
        true => Ok(statement),
        false => Err(Unexpected::new("an address is not made from the client's base address")),
    }
}

/// `encode_path(&id.to_string())` as `encode_path(&id)`: what makes a text of the id is up to the hand-written function.
fn without_to_string(argument: &mut Expr) {
    if let Expr::Call(call) = argument
        && let Some(Expr::Reference(reference)) = call.args.first_mut()
        && let Expr::MethodCall(text) = &*reference.expr
        && text.method == "to_string"
    {
        reference.expr = text.receiver.clone();
    }
}

/// Lets a header that can't be sent be an error that names the parameter.
pub(super) fn header(statement: &Stmt) -> Stmt {
    struct Rewrite;
    impl VisitMut for Rewrite {
        fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
            syn::visit_mut::visit_expr_method_call_mut(self, call);
            let (Some(name), Some(Expr::Try(value))) = (call.args.first(), call.args.get(1)) else { return };
            let Some(value) = receiver_of_receiver(&value.expr) else { return };
            let value: Expr = parse_quote!(crate::parameter::header(&Self::OPERATION, #name, &#value)?);
            call.args[1] = value;
        }
    }
    let mut statement = statement.clone();
    Rewrite.visit_stmt_mut(&mut statement);
    statement
}

/// `value` of `value.to_string().try_into()`.
fn receiver_of_receiver(call: &Expr) -> Option<Expr> {
    let Expr::MethodCall(outer) = call else { return None };
    let Expr::MethodCall(inner) = &*outer.receiver else { return None };
    (outer.method == "try_into" && inner.method == "to_string").then(|| (*inner.receiver).clone())
}

/// `client.client.put(url)….build()`, restated.
pub(super) fn build(
    request: &Expr,
    client: &Ident,
    content_type: Option<&str>,
    has_headers: bool,
) -> Result<Expr, Unexpected> {
    let mut calls = Vec::new();
    let mut rest = request;
    while let Expr::MethodCall(call) = rest {
        calls.push(call);
        rest = &call.receiver;
    }
    calls.reverse();
    let last = calls.pop().filter(|call| call.method == "build");
    if !matches!(rest, Expr::Field(_)) || last.is_none() {
        return Err(Unexpected::new("a request is not built on the client in one chain of calls"));
    }
    let mut built: Expr = parse_quote!(#client.transport.http());
    for call in calls {
        let arguments = call.args.to_token_stream().to_string();
        let method = &call.method;
        let args = &call.args;
        match method.to_string().as_str() {
            // No page asks for an `Accept`; like the pages' own curl lines, reqwest sends `*/*`.
            "header" if arguments.contains("ACCEPT") => {}
            "headers" if !has_headers => {}
            "query" => {
                let parameter = query_parameter(args.first())?;
                built = parse_quote!(#built.query(&crate::query::Parameter::new(#parameter)));
            }
            "json" => {
                let content_type = content_type.unwrap_or("application/json");
                built = parse_quote!(#built.header(::reqwest::header::CONTENT_TYPE, #content_type).json(#args));
            }
            _ => built = parse_quote!(#built.#method(#args)),
        }
    }
    Ok(parse_quote!(#built.build()))
}

/// The arguments of `&progenitor_client::QueryParam::new("name", &value)`.
fn query_parameter(argument: Option<&Expr>) -> Result<Punctuated<Expr, Token![,]>, Unexpected> {
    if let Some(Expr::Reference(reference)) = argument
        && let Expr::Call(call) = &*reference.expr
        && call.func.to_token_stream().to_string().contains("QueryParam")
    {
        return Ok(call.args.clone());
    }
    Err(Unexpected::new("a query parameter is not a `QueryParam`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client() -> Ident {
        Ident::new("client", proc_macro2::Span::call_site())
    }

    #[test]
    fn the_base_address_is_the_transports() {
        let before = parse_quote!(let url = format!("{}/a/{}", client.baseurl, encode_path(&id.to_string()),););
        let after: Stmt = parse_quote!(let url = format!("{}/a/{}", client.transport.base_url(), encode_path(&id),););
        assert_eq!(url(&before, &client()).unwrap().to_token_stream().to_string(), after.to_token_stream().to_string());
    }

    #[test]
    fn a_body_has_the_media_type_of_the_document_and_progenitors_own_headers_go() {
        let before = parse_quote!(
            client.client.put(url).header(::reqwest::header::ACCEPT, x).json(&body).headers(header_map).build()
        );
        let after: Expr = parse_quote!(
            client
                .transport
                .http()
                .put(url)
                .header(::reqwest::header::CONTENT_TYPE, "application/json;charset=UTF-8")
                .json(&body)
                .build()
        );
        assert_eq!(build(&before, &client(), Some("application/json;charset=UTF-8"), false).unwrap(), after);
    }

    #[test]
    fn query_parameters_are_the_crates_own() {
        let before = parse_quote!(client.client.get(url).query(&progenitor_client::QueryParam::new("a", &a)).build());
        let after: Expr =
            parse_quote!(client.transport.http().get(url).query(&crate::query::Parameter::new("a", &a)).build());
        assert_eq!(build(&before, &client(), None, false).unwrap(), after);
    }

    #[test]
    fn a_header_that_can_not_be_sent_names_the_parameter() {
        let before = parse_quote!(if let Some(value) = trace {
            header_map.append("X-Trace", value.to_string().try_into()?);
        });
        let after: Stmt = parse_quote!(if let Some(value) = trace {
            header_map.append("X-Trace", crate::parameter::header(&Self::OPERATION, "X-Trace", &value)?);
        });
        assert_eq!(header(&before), after);
    }

    #[test]
    fn a_request_that_is_built_otherwise_is_not_passed_over() {
        assert!(build(&parse_quote!(make(client)), &client(), None, false).is_err());
    }
}
