//! The builders of the operations: read from progenitor's code, written as users should have them.
//!
//! Progenitor's `send` builds a request, sends it and reads the answer. Here it is cut where the request is built;
//! what follows is one call of the hand-written transport.

mod builder;
mod job;
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
            is_job: false,
            validation_tag: None,
            is_body_optional: false,
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
            objects: Vec::new(),
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
        write(&mut file, "it", &[builder(parse_quote!(()), None)]).unwrap();
        let text = prettyplease::unparse(&file);
        let sends = text.matches("client.transport.send(&Self::OPERATION, &options, request).await").count();
        assert_eq!((sends, text.matches(".await").count(), text.matches("Old").count()), (1, 1, 0), "{text}");
    }

    /// The text of the builders that are written of these.
    fn written(builder: Builder) -> String {
        let mut file: syn::File = parse_quote!(
            pub mod builder {}
        );
        write(&mut file, "it", &[builder]).unwrap();
        prettyplease::unparse(&file)
    }

    #[test]
    fn the_builder_of_a_job_sends_in_two_ways_and_hands_over_what_is_set_of_the_job() {
        let plain = written(builder(parse_quote!(types::Answer), None));
        let mut builder = builder(parse_quote!(types::Answer), None);
        builder.operation.is_job = true;
        let text = written(builder);
        for part in [
            "job: crate::job::Settings,",
            "pub fn job_uuid(mut self, uuid: crate::JobUuid) -> Self {\n            self.job.uuid = ",
            "pub fn api_timeout(mut self, limit: ::std::time::Duration) -> Self {\n            self.job.api_timeout = ",
            "self.job.told = ",
            "self.job.progress = ",
            "client.transport.run::<super::operation::It>(options, job, request).await",
            "client.transport.submit::<super::operation::It>(options, job, request).await",
            "Ok((client, options, job, built))",
            "pub(super) const OPERATION",
        ] {
            assert!(text.contains(part) && !plain.contains(part), "{part}\n{text}");
        }
        assert!(!text.contains("transport.send") && !text.contains("validation_only"), "{text}");
    }

    #[test]
    fn the_tag_of_a_job_that_only_validates_is_put_into_the_list_that_the_document_names() {
        let mut builder = builder(parse_quote!(types::Answer), None);
        builder.operation.is_job = true;
        builder.operation.validation_tag = Some(("systemTags".to_owned(), "validationOnly".to_owned()));
        builder.parameters[0].name = parse_quote!(job);
        let written_without = write(
            &mut parse_quote!(
                pub mod builder {}
            ),
            "it",
            &[builder.clone()],
        );
        assert!(written_without.is_err(), "a list that is not there is not passed over");
        let tags = Parameter {
            name: parse_quote!(system_tags),
            ty: parse_quote!(::std::string::String),
            kind: Kind::List,
            description: String::new(),
        };
        builder.parameters.push(tags);
        let text = written(builder);
        assert!(text.contains("self._job.validation_only = true;"), "{text}");
        let with_tag = "let system_tags = crate::job::with_tag(\n                system_tags,\n                \
                        \"validationOnly\",\n                _job.validation_only,\n            );";
        assert!(text.contains(with_tag), "{text}");
    }

    #[test]
    fn a_parameter_called_client_does_not_hide_the_client() {
        let mut builder = builder(parse_quote!(()), None);
        builder.parameters[0].name = parse_quote!(client);
        assert_eq!(builder.free_name("client"), "_client");
        let mut file: syn::File = parse_quote!(
            pub mod builder {}
        );
        write(&mut file, "it", &[builder]).unwrap();
        let text = prettyplease::unparse(&file);
        assert!(text.contains("_client.transport.base_url()"), "{text}");
        assert_eq!(tree::module(&mut file, "builder").map(|items| items.len()).ok(), Some(4));
    }
}
