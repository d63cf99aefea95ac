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
            arguments.iter_mut().for_each(encoded);
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

/// `encode_path(&id.to_string())` as `crate::path_id::encode_path(&id)`: what makes a text of the id is up to the
/// hand-written function, and a parameter may have its name.
fn encoded(argument: &mut Expr) {
    let Expr::Call(call) = argument else { return };
    call.func = parse_quote!(crate::path_id::encode_path);
    if let Some(Expr::Reference(reference)) = call.args.first_mut()
        && let Expr::MethodCall(text) = &*reference.expr
        && text.method == "to_string"
    {
        reference.expr = text.receiver.clone();
    }
}

/// Lets a header that can't be sent be an error that names the parameter. The map that is filled is called `map`: a
/// parameter may have progenitor's name of it.
pub(super) fn header(statement: &Stmt, map: &Ident) -> Stmt {
    struct Rewrite<'a>(&'a Ident);
    impl VisitMut for Rewrite<'_> {
        fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
            syn::visit_mut::visit_expr_method_call_mut(self, call);
            if call.method == "append" {
                let map = self.0;
                call.receiver = parse_quote!(#map);
            }
            let (Some(name), Some(Expr::Try(value))) = (call.args.first(), call.args.get(1)) else { return };
            let Some(value) = receiver_of_receiver(&value.expr) else { return };
            let value: Expr = parse_quote!(crate::parameter::header(&Self::OPERATION, #name, &#value)?);
            call.args[1] = value;
        }
    }
    let mut statement = statement.clone();
    Rewrite(map).visit_stmt_mut(&mut statement);
    statement
}

/// `value` of `value.to_string().try_into()`.
fn receiver_of_receiver(call: &Expr) -> Option<Expr> {
    let Expr::MethodCall(outer) = call else { return None };
    let Expr::MethodCall(inner) = &*outer.receiver else { return None };
    (outer.method == "try_into" && inner.method == "to_string").then(|| (*inner.receiver).clone())
}

/// What `build` needs to know of the request beside progenitor's expression.
pub(super) struct Request<'a> {
    /// The name of the client.
    pub(super) client: &'a Ident,
    /// Media type of the body.
    pub(super) content_type: Option<&'a str>,
    /// The name of the map with the header parameters, if there are any.
    pub(super) headers: Option<&'a Ident>,
    /// The parameters that are lists.
    pub(super) lists: &'a [&'a Ident],
}

/// `client.client.put(url)….build()`, restated.
pub(super) fn build(request: &Expr, with: &Request<'_>) -> Result<Expr, Unexpected> {
    let Request { client, content_type, headers, lists } = with;
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
            "headers" => {
                if let Some(headers) = headers {
                    built = parse_quote!(#built.headers(#headers));
                }
            }
            "query" => {
                let parameter = query_parameter(args.first())?;
                let make: Ident = match is_list(&parameter, lists) {
                    true => parse_quote!(list),
                    false => parse_quote!(new),
                };
                built = parse_quote!(#built.query(&crate::query::Parameter::#make(#parameter)));
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

/// Whether the value of a query parameter, `&value` in `"name", &value`, is one of the lists.
fn is_list(parameter: &Punctuated<Expr, Token![,]>, lists: &[&Ident]) -> bool {
    match parameter.get(1) {
        Some(Expr::Reference(value)) => match &*value.expr {
            Expr::Path(path) => path.path.get_ident().is_some_and(|name| lists.contains(&name)),
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client() -> Ident {
        Ident::new("client", proc_macro2::Span::call_site())
    }

    fn built(request: &Expr, content_type: Option<&str>, lists: &[&Ident]) -> Result<Expr, Unexpected> {
        build(request, &Request { client: &client(), content_type, headers: None, lists })
    }

    #[test]
    fn the_base_address_is_the_transports() {
        let before = parse_quote!(let url = format!("{}/a/{}", client.baseurl, encode_path(&id.to_string()),););
        let after: Stmt = parse_quote!(
            let url = format!("{}/a/{}", client.transport.base_url(), crate::path_id::encode_path(&id),);
        );
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
        assert_eq!(built(&before, Some("application/json;charset=UTF-8"), &[]).unwrap(), after);
    }

    #[test]
    fn query_parameters_are_the_crates_own() {
        let before = parse_quote!(client.client.get(url).query(&progenitor_client::QueryParam::new("a", &a)).build());
        let after: Expr =
            parse_quote!(client.transport.http().get(url).query(&crate::query::Parameter::new("a", &a)).build());
        assert_eq!(built(&before, None, &[]).unwrap(), after);
    }

    #[test]
    fn a_list_in_a_query_is_made_as_one() {
        let before = parse_quote!(client.client.get(url).query(&progenitor_client::QueryParam::new("a", &a)).build());
        let after: Expr =
            parse_quote!(client.transport.http().get(url).query(&crate::query::Parameter::list("a", &a)).build());
        assert_eq!(built(&before, None, &[&parse_quote!(a)]).unwrap(), after);
    }

    #[test]
    fn a_header_parameter_with_the_name_of_the_map_does_not_hide_it() {
        let map: Ident = parse_quote!(_header_map);
        let before = parse_quote!(header_map.append("header_map", header_map.to_string().try_into()?););
        let after: Stmt = parse_quote!(
            _header_map.append("header_map", crate::parameter::header(&Self::OPERATION, "header_map", &header_map)?);
        );
        assert_eq!(header(&before, &map), after);
        let before = parse_quote!(client.client.get(url).headers(header_map).build());
        let request = Request { client: &client(), content_type: None, headers: Some(&map), lists: &[] };
        let after: Expr = parse_quote!(client.transport.http().get(url).headers(_header_map).build());
        assert_eq!(build(&before, &request).unwrap(), after);
    }

    #[test]
    fn a_header_that_can_not_be_sent_names_the_parameter() {
        let before = parse_quote!(if let Some(value) = trace {
            header_map.append("X-Trace", value.to_string().try_into()?);
        });
        let after: Stmt = parse_quote!(if let Some(value) = trace {
            header_map.append("X-Trace", crate::parameter::header(&Self::OPERATION, "X-Trace", &value)?);
        });
        assert_eq!(header(&before, &parse_quote!(header_map)), after);
    }

    #[test]
    fn a_request_that_is_built_otherwise_is_not_passed_over() {
        assert!(built(&parse_quote!(make(client)), None, &[]).is_err());
    }
}
