//! The builders of the operations: read from progenitor's code, written as users should have them.
//!
//! Progenitor's `send` builds a request, sends it and reads the answer. Here it is cut where the request is built;
//! what follows is one call of the hand-written transport.

mod builder;
mod read;
mod write;

pub(super) use builder::{Builder, Kind, Parameter};
pub(super) use read::read;
pub(super) use write::write;

#[cfg(test)]
pub(super) mod tests {
    use syn::{Type, parse_quote};

    use super::{Builder, Kind, Parameter, write};
    use crate::{pass::tree, service::Operation};

    /// A builder of an operation `It` with one parameter.
    pub(crate) fn builder(success: Type, error_property: Option<&str>) -> Builder {
        let operation = Operation {
            id: "It".to_owned(),
            method: "GET".to_owned(),
            path: "/it/{id}".to_owned(),
            summary: "Gets it".to_owned(),
            description: String::new(),
            content_type: None,
            success: vec![200],
            error_property: error_property.map(str::to_owned),
            parameters: Vec::new(),
            headers: Vec::new(),
        };
        let id = Parameter {
            name: parse_quote!(id),
            ty: parse_quote!(crate::path_id::PathId),
            kind: Kind::Required,
            description: "Which one.".to_owned(),
        };
        Builder {
            operation,
            name: parse_quote!(It),
            method: parse_quote!(it),
            parameters: vec![id],
            body: None,
            url: parse_quote!(let url = format!("{}/it/{}", client.baseurl, encode_path(&id.to_string()),);),
            headers: Vec::new(),
            request: parse_quote!(client.client.get(url).headers(header_map).build()),
            success,
            can_clone: true,
        }
    }

    #[test]
    fn a_builder_ends_where_its_request_is_built() {
        let mut file: syn::File = parse_quote!(
            pub mod builder {
                pub struct Old;
            }
        );
        write(&mut file, &[builder(parse_quote!(()), None)]).unwrap();
        let text = prettyplease::unparse(&file);
        let sends = text.matches("client.transport.send(&Self::OPERATION, &options, request).await").count();
        assert_eq!((sends, text.matches(".await").count(), text.matches("Old").count()), (1, 1, 0), "{text}");
    }

    #[test]
    fn a_parameter_called_client_does_not_hide_the_client() {
        let mut builder = builder(parse_quote!(()), None);
        builder.parameters[0].name = parse_quote!(client);
        assert_eq!(builder.free_name("client"), "_client");
        let mut file: syn::File = parse_quote!(
            pub mod builder {}
        );
        write(&mut file, &[builder]).unwrap();
        let text = prettyplease::unparse(&file);
        assert!(text.contains("_client.transport.base_url()"), "{text}");
        assert_eq!(tree::module(&mut file, "builder").map(|items| items.len()).ok(), Some(4));
    }
}
