//! Reads the builders from progenitor's code.

use quote::ToTokens;
use syn::{Expr, ExprMacro, Fields, FieldsNamed, File, Ident, ImplItemFn, Item, ReturnType, Stmt, Type};

use super::builder::{Builder, Kind, Parameter, Send};
use crate::{
    pass::{Unexpected, optional, tree},
    rust_name::{self, snake},
    service::{Operation, Service},
};

/// The builders of all operations, in the document's order.
pub(in crate::pass) fn read(file: &mut File, service: &Service) -> Result<Vec<Builder>, Unexpected> {
    let methods = methods(file);
    let items = tree::module(file, "builder")?;
    let mut builders: Vec<Builder> = Vec::new();
    for item in items.iter() {
        let Item::Struct(record) = item else { continue };
        let Fields::Named(fields) = &record.fields else { continue };
        let missing = |what: &str| Unexpected::new(format!("the builder `{}` has no {what}", record.ident));
        let method = methods.iter().find(|(_, builder)| *builder == record.ident);
        let (method, _) = method.ok_or_else(|| missing("method of the client"))?;
        let send = send(items, &record.ident).ok_or_else(|| missing("`send`"))?;
        let id = operation_id(send).ok_or_else(|| missing("operation id"))?;
        let operation = service.operations.iter().find(|operation| snake(&operation.id) == id);
        let operation = operation.ok_or_else(|| missing("operation in the document"))?;
        let statements = Send(&send.block);
        let (url, _) = statements.binding(|_, value| is_format(value)).ok_or_else(|| missing("address"))?;
        let (_, request) = statements.binding(|_, value| is_request(value)).ok_or_else(|| missing("request"))?;
        let Expr::Try(request) = request else { return Err(missing("request that can fail")) };
        builders.push(Builder {
            operation: operation.clone(),
            name: record.ident.clone(),
            method: method.clone(),
            parameters: parameters(fields, operation)?,
            body: None,
            objects: Vec::new(),
            url: url.clone(),
            headers: headers(send, operation)?,
            request: (*request.expr).clone(),
            success: success(send).ok_or_else(|| missing("type of a success"))?,
            can_clone: record.attrs.iter().any(|derive| derive.to_token_stream().to_string().contains("Clone")),
        });
    }
    in_order(builders, service)
}

/// The client's methods, and the builder that each returns.
fn methods(file: &File) -> Vec<(Ident, Ident)> {
    let builder = |function: &ImplItemFn| match &function.sig.output {
        ReturnType::Type(_, ty) => tree::last_ident(ty).cloned(),
        ReturnType::Default => None,
    };
    tree::functions(&file.items, "Client")
        .filter_map(|function| Some((function.sig.ident.clone(), builder(function)?)))
        .collect()
}

fn send<'a>(items: &'a [Item], builder: &Ident) -> Option<&'a ImplItemFn> {
    let builder = builder.to_string();
    tree::functions(items, &builder).find(|function| function.sig.ident == "send")
}

/// `let info = OperationInfo { operation_id: "…" };`
fn operation_id(send: &ImplItemFn) -> Option<String> {
    let (_, info) = Send(&send.block).binding(|_, value| matches!(value, Expr::Struct(_)))?;
    let Expr::Struct(info) = info else { return None };
    match &info.fields.first()?.expr {
        Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(id), .. }) => Some(id.value()),
        _ => None,
    }
}

fn is_format(value: &Expr) -> bool {
    matches!(value, Expr::Macro(ExprMacro { mac, .. }) if mac.path.is_ident("format"))
}

fn is_request(value: &Expr) -> bool {
    let Expr::Try(value) = value else { return false };
    matches!(&*value.expr, Expr::MethodCall(call) if call.method == "build")
}

/// The statements that fill `header_map`, one for each header parameter: all but the `api-version` of progenitor's own,
/// which no page knows.
fn headers(send: &ImplItemFn, operation: &Operation) -> Result<Vec<Stmt>, Unexpected> {
    let mut statements = Vec::new();
    let mut names = Vec::new();
    for statement in &send.block.stmts {
        if let Some(name) = header_name(statement) {
            names.push(name);
            statements.push(statement.clone());
        }
    }
    let mut expected = operation.headers.clone();
    names.sort();
    expected.sort();
    match names == expected {
        true => Ok(statements),
        false => Err(Unexpected::new(format!("the headers of {} are {names:?}, and not {expected:?}", operation.id))),
    }
}

/// The name of the header that `header_map.append("name", …);` appends, or such a call within an `if let`.
fn header_name(statement: &Stmt) -> Option<String> {
    let Stmt::Expr(expression, _) = statement else { return None };
    match expression {
        Expr::If(conditional) => conditional.then_branch.stmts.iter().find_map(header_name),
        Expr::MethodCall(call) if call.method == "append" => match call.args.first()? {
            Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(name), .. }) => Some(name.value()),
            // `HeaderName::from_static("api-version")`
            _ => None,
        },
        _ => None,
    }
}

/// `T` of `Result<ResponseValue<T>, Error<…>>`.
fn success(send: &ImplItemFn) -> Option<Type> {
    let ReturnType::Type(_, ty) = &send.sig.output else { return None };
    tree::argument(tree::argument(ty, "Result")?, "ResponseValue").cloned()
}

fn parameters(fields: &FieldsNamed, operation: &Operation) -> Result<Vec<Parameter>, Unexpected> {
    let mut parameters = Vec::new();
    for field in &fields.named {
        let Some(name) = &field.ident else { continue };
        let Some(ty) = tree::argument(&field.ty, "Result") else { continue };
        let (kind, ty) = if let Some(item) = optional::list_item(ty) {
            (Kind::QueryList, item)
        } else if let Some(inner) = tree::argument(ty, "Option") {
            (Kind::Optional, inner)
        } else {
            (Kind::Required, ty)
        };
        let described = operation.parameters.iter().find(|(parameter, _)| *name == rust_name::parameter(parameter));
        let description = described.map(|(_, description)| description.clone()).unwrap_or_default();
        parameters.push(Parameter { name: name.clone(), ty: ty.clone(), kind, description });
    }
    Ok(parameters)
}

fn in_order(mut builders: Vec<Builder>, service: &Service) -> Result<Vec<Builder>, Unexpected> {
    let place = |builder: &Builder| service.operations.iter().position(|operation| *operation == builder.operation);
    builders.sort_by_key(place);
    match builders.len() == service.operations.len() {
        true => Ok(builders),
        false => Err(Unexpected::new("an operation of the document has no builder")),
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;
    use crate::pass::operations::tests;

    /// What `headers` finds in a `send` as progenitor writes it, for an operation with these header parameters.
    fn found(expected: &[&str]) -> Result<Vec<Stmt>, Unexpected> {
        let send: ImplItemFn = parse_quote! {
            pub async fn send(self) {
                let mut header_map = HeaderMap::with_capacity(3usize);
                header_map.append(HeaderName::from_static("api-version"), HeaderValue::from_static("1"));
                header_map.append("If-Match", if_match.to_string().try_into()?);
                if let Some(value) = x_must_match { header_map.append("X-Must-Match", value.to_string().try_into()?); }
                match (async |request: &mut Request| Ok(()))(&mut request).await { Ok(_) => header_map.clear() }
            }
        };
        let mut operation = tests::builder(parse_quote!(()), None).operation;
        operation.headers = expected.iter().map(|&name| name.to_owned()).collect();
        headers(&send, &operation)
    }

    #[test]
    fn a_header_whose_name_is_like_progenitors_own_words_is_sent() {
        assert_eq!(found(&["X-Must-Match", "If-Match"]).unwrap().len(), 2);
    }

    #[test]
    fn a_header_parameter_without_a_statement_is_not_passed_over() {
        let problem = found(&["If-Match", "X-Must-Match", "X-Trace"]).unwrap_err();
        assert!(problem.0.contains("X-Trace"), "{}", problem.0);
        assert!(found(&["If-Match"]).is_err());
    }
}
