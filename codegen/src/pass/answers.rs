//! Says of each success type how it is read, and which of its fields means that the operation failed all the same.

use std::collections::BTreeSet;

use quote::{ToTokens, format_ident};
use syn::{File, Item, Type, parse_quote};

use super::{Unexpected, operations::Builder, tree};
use crate::rust_name::snake;

/// Implements `Answer` for the success types of all operations.
pub(super) fn implement(file: &mut File, builders: &[Builder]) -> Result<(), Unexpected> {
    let mut done = BTreeSet::new();
    let may_be_nothing = |answer: &Type| {
        let mut same = builders.iter().filter(|builder| builder.success == *answer);
        same.all(|builder| builder.operation.is_body_optional)
    };
    let mut answers = Vec::new();
    for builder in builders {
        let answer = &builder.success;
        if matches!(answer, Type::Tuple(_)) || !done.insert(answer.to_token_stream().to_string()) {
            continue;
        }
        let failure = failure(tree::module(file, "types")?, builder)?;
        let decode = format_ident!("{}", if may_be_nothing(answer) { "json_or_nothing" } else { "json" });
        answers.push(parse_quote! {
            impl crate::answer::Answer for #answer {
                fn decode(body: &[u8]) -> ::std::result::Result<Self, crate::answer::DecodeError> {
                    crate::answer::#decode(body)
                }
                #failure
            }
        });
    }
    file.items.extend(answers);
    Ok(())
}

fn failure(types: &[Item], builder: &Builder) -> Result<Option<syn::ImplItemFn>, Unexpected> {
    let Some(property) = &builder.operation.error_property else { return Ok(None) };
    let field = format_ident!("{}", snake(property));
    let record = tree::last_ident(&builder.success).and_then(|name| tree::record(types, name));
    let known = record.and_then(|record| record.fields.iter().find(|known| known.ident.as_ref() == Some(&field)));
    let Some(error) = known.and_then(|known| tree::argument(&known.ty, "Option")) else {
        let what =
            format!("`x-error-property` of {} names `{property}`, which its answer has not", builder.operation.id);
        return Err(Unexpected::new(what));
    };
    // Progenitor boxes what it finds on a recursion.
    let convert: syn::Expr = match tree::argument(error, "Box") {
        Some(_) => parse_quote!(|error| crate::server_error::IntoServerError::into_server_error(*error)),
        None => parse_quote!(crate::server_error::IntoServerError::into_server_error),
    };
    Ok(Some(parse_quote! {
        fn take_failure(&mut self) -> ::std::option::Option<crate::ServerError> {
            self.#field.take().map(#convert)
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_may_be_nothing_where_all_operations_that_answer_with_it_say_so() {
        for (first, second, decode) in [(true, true, "json_or_nothing"), (true, false, "json"), (false, false, "json")]
        {
            let builders = [first, second].map(|optional| {
                let mut builder = crate::pass::operations::tests::builder(parse_quote!(types::Answer), None);
                builder.operation.is_body_optional = optional;
                builder
            });
            let mut file: File = parse_quote! { pub mod types { pub struct Answer {} } };
            implement(&mut file, &builders).unwrap();
            let text = prettyplease::unparse(&file);
            assert!(text.contains(&format!("crate::answer::{decode}(body)")), "{text}");
            assert_eq!(text.matches("for types::Answer").count(), 1, "{text}");
        }
    }

    #[test]
    fn an_error_property_that_the_answer_has_not_is_not_passed_over() {
        let types: File = parse_quote! { pub struct Answer { pub inventory: Option<String> } };
        let builder = crate::pass::operations::tests::builder(parse_quote!(types::Answer), Some("error"));
        let problem = failure(&types.items, &builder).unwrap_err();
        assert_eq!(problem.0, "`x-error-property` of It names `error`, which its answer has not");
    }

    #[test]
    fn the_error_is_taken_out_of_its_box() {
        let into = "crate::server_error::IntoServerError::into_server_error";
        for (field, convert) in
            [("Option<Box<ErrorCode>>", format!("|error| {into}(*error)")), ("Option<ErrorCode>", into.to_owned())]
        {
            let field: Type = syn::parse_str(field).unwrap();
            let types: File = parse_quote! { pub struct Answer { pub error: #field } };
            let builder = crate::pass::operations::tests::builder(parse_quote!(types::Answer), Some("error"));
            let function = failure(&types.items, &builder).unwrap().unwrap();
            let convert: syn::Expr = syn::parse_str(&convert).unwrap();
            let expected: syn::Block = parse_quote!({ self.error.take().map(#convert) });
            assert_eq!(function.block, expected);
        }
    }
}
