//! One service of the document: the operations that share a tag, and what the passes need to know of them.

use serde_json::Value;

use crate::{prune, schema};

/// The key that marks an operation whose answer comes later, from a job.
pub(crate) const JOB: &str = "x-job";

/// The key of a list in the body of a job that says which tag lets the server only validate.
pub(crate) const VALIDATION_TAG: &str = "x-validation-tag";

/// The key of a success that may come without the body that it describes.
pub(crate) const BODY_OPTIONAL: &str = "x-body-optional";

/// The HTTP methods that OpenAPI 3.0 knows, as the document spells them.
pub(crate) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A service, cut out of the document.
#[derive(Debug, Clone)]
pub(crate) struct Service {
    /// The tag that its operations carry, which is also the name of its module.
    pub(crate) name: String,
    /// What the document says of the tag.
    pub(crate) description: String,
    /// The document with this service's operations, and only the schemas that they reach.
    pub(crate) document: Value,
    /// What the passes need of each operation, in the document's order.
    pub(crate) operations: Vec<Operation>,
    /// The path of the query for jobs, up to the job's name; nothing if the service has none.
    pub(crate) job_query: Option<String>,
}

/// What progenitor does not carry from the document into its code, and the client needs all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Operation {
    /// `operationId`, as the document has it.
    pub(crate) id: String,
    /// HTTP method in capitals.
    pub(crate) method: String,
    /// Path template, as the document has it.
    pub(crate) path: String,
    /// `summary`, without its full stop.
    pub(crate) summary: String,
    /// `description`.
    pub(crate) description: String,
    /// Media type of the request's body, parameters of the media type included.
    pub(crate) content_type: Option<String>,
    /// The statuses that the document calls a success. The 202 of a job is none: it says that the job has begun.
    pub(crate) success: Vec<u16>,
    /// Whether the operation is a job.
    pub(crate) is_job: bool,
    /// The list in the body of a job that may hold a tag by which the server only validates, and that tag.
    pub(crate) validation_tag: Option<(String, String)>,
    /// Whether a success may come without the body that the document describes.
    pub(crate) is_body_optional: bool,
    /// The property of the success body that, when it is not null, says that the operation failed.
    pub(crate) error_property: Option<String>,
    /// Description of each parameter, by its name, and as `body` that of the request body.
    pub(crate) parameters: Vec<(String, String)>,
    /// The names of the parameters that are headers.
    pub(crate) headers: Vec<String>,
}

impl Operation {
    /// Reads what the passes need of the operation at `path` and `method` of `document`; `item` is the path's.
    pub(crate) fn read(document: &Value, path: &str, method: &str, item: &Value, operation: &Value) -> Self {
        let text = |name: &str| operation.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
        let body = operation.get("requestBody").map(|body| schema::resolve(document, body));
        let content_type = body.and_then(|body| body.get("content")?.as_object()?.keys().next().cloned());
        let is_job = operation.get(JOB) == Some(&Value::Bool(true));
        let mut success = Vec::new();
        let mut is_body_optional = false;
        let mut error_property = None;
        for (status, response) in operation.get("responses").and_then(Value::as_object).into_iter().flatten() {
            let is_success = |code: &u16| (200..300).contains(code) && !(is_job && *code == 202);
            let Some(code) = status.parse::<u16>().ok().filter(is_success) else { continue };
            success.push(code);
            let response = schema::resolve(document, response);
            is_body_optional |= response.get(BODY_OPTIONAL) == Some(&Value::Bool(true));
            let body = response.get("content").and_then(Value::as_object).and_then(|content| content.values().next());
            if let Some(schema) = body.and_then(|media| media.get("schema")) {
                let schema = schema::resolve(document, schema);
                error_property =
                    schema.get("x-error-property").and_then(Value::as_str).map(str::to_owned).or(error_property);
            }
        }
        let described =
            |node: &Value| node.get("description").and_then(Value::as_str).unwrap_or_default().trim().to_owned();
        let mut parameters: Vec<(String, String)> = Vec::new();
        let mut headers = Vec::new();
        // The operation's own parameter takes the place of the path's of the same name.
        for parameter in [operation, item].into_iter().filter_map(|owner| owner.get("parameters")?.as_array()).flatten()
        {
            let parameter = schema::resolve(document, parameter);
            if prune::is_plumbing(parameter) {
                continue;
            }
            let Some(name) = parameter.get("name").and_then(Value::as_str) else { continue };
            if parameters.iter().any(|(known, _)| known == name) {
                continue;
            }
            parameters.push((name.to_owned(), described(parameter)));
            if parameter.get("in").and_then(Value::as_str) == Some("header") {
                headers.push(name.to_owned());
            }
        }
        parameters.extend(body.map(|body| ("body".to_owned(), described(body))));
        Self {
            id: text("operationId"),
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            summary: text("summary").trim_end_matches('.').to_owned(),
            description: text("description"),
            content_type,
            success,
            is_job,
            validation_tag: body.filter(|_| is_job).and_then(|body| validation_tag(document, body)),
            is_body_optional,
            error_property,
            parameters,
            headers,
        }
    }
}

/// The list in a request body that is marked with a validation tag, and the tag.
fn validation_tag(document: &Value, body: &Value) -> Option<(String, String)> {
    let media = body.get("content")?.as_object()?.values().next()?;
    let properties = schema::resolve(document, media.get("schema")?).get("properties")?.as_object()?;
    properties
        .iter()
        .find_map(|(name, property)| Some((name.clone(), property.get(VALIDATION_TAG)?.as_str()?.to_owned())))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What is read of the operation that the document has at `/a`.
    fn read(document: &Value, method: &str) -> Operation {
        let item = &document["paths"]["/a"];
        Operation::read(document, "/a", method, item, &item[method])
    }

    #[test]
    fn the_operations_own_description_of_a_parameter_wins_and_the_body_has_one_too() {
        let parameter = |place: &str, description: &str| json!({"name": "id", "in": place, "description": description});
        let document = json!({"paths": {"/a": {
            "parameters": [parameter("header", "The path's.")],
            "put": {
                "parameters": [parameter("header", "Its own.")],
                "requestBody": {"description": "What to do. ", "content": {"application/json": {}}},
            },
        }}});
        let operation = read(&document, "put");
        let expected = [("id", "Its own."), ("body", "What to do.")];
        assert_eq!(operation.parameters, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
        assert_eq!(operation.headers, ["id"]);
    }

    #[test]
    fn of_a_job_the_202_is_no_success_and_what_the_transport_sends_is_no_parameter() {
        let tags = json!({"type": "array", "x-validation-tag": "validationOnly"});
        let document = json!({"paths": {"/a": {"put": {
            "x-job": true,
            "parameters": [{"name": "X-Job-UUID", "in": "header", "x-plumbing": "job"}],
            "requestBody": {"content": {"application/json": {"schema": {"properties": {"a": {}, "systemTags": tags}}}}},
            "responses": {"200": {}, "202": {"x-body-optional": true}},
        }}}});
        let operation = read(&document, "put");
        assert_eq!((operation.success, operation.is_job, operation.is_body_optional), (vec![200], true, false));
        assert_eq!(operation.headers, [""; 0]);
        assert_eq!(operation.validation_tag, Some(("systemTags".to_owned(), "validationOnly".to_owned())));
    }

    #[test]
    fn a_success_without_a_body_is_one_where_the_document_says_so() {
        let document = json!({"paths": {"/a": {"post": {"responses": {"202": {"x-body-optional": true}}}}}});
        let operation = read(&document, "post");
        assert_eq!((operation.success, operation.is_body_optional), (vec![202], true));
    }
}
