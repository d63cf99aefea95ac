//! One service of the document: the operations that share a tag, and what the passes need to know of them.

use serde_json::Value;

use crate::schema;

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
    /// The statuses that the document calls a success.
    pub(crate) success: Vec<u16>,
    /// The property of the success body that, when it is not null, says that the operation failed.
    pub(crate) error_property: Option<String>,
    /// Description of each parameter and, by the body's name, of the request body.
    pub(crate) parameters: Vec<(String, String)>,
}

impl Operation {
    /// Reads what the passes need of the operation at `path` and `method` of `document`.
    pub(crate) fn read(document: &Value, path: &str, method: &str) -> Option<Self> {
        let item = document.pointer("/paths")?.get(path)?;
        let operation = item.get(method)?;
        let text = |name: &str| operation.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
        let body = operation.get("requestBody").map(|body| schema::resolve(document, body));
        let content_type = body.and_then(|body| body.get("content")?.as_object()?.keys().next().cloned());
        let mut success = Vec::new();
        let mut error_property = None;
        for (status, response) in operation.get("responses").and_then(Value::as_object).into_iter().flatten() {
            let Some(code) = status.parse::<u16>().ok().filter(|code| (200..300).contains(code)) else { continue };
            success.push(code);
            let response = schema::resolve(document, response);
            let body = response.get("content").and_then(Value::as_object).and_then(|content| content.values().next());
            if let Some(schema) = body.and_then(|media| media.get("schema")) {
                let schema = schema::resolve(document, schema);
                error_property =
                    schema.get("x-error-property").and_then(Value::as_str).map(str::to_owned).or(error_property);
            }
        }
        let parameters = [item, operation]
            .into_iter()
            .filter_map(|owner| owner.get("parameters")?.as_array())
            .flatten()
            .map(|parameter| schema::resolve(document, parameter))
            .filter_map(|parameter| {
                let description = parameter.get("description").and_then(Value::as_str).unwrap_or_default();
                Some((parameter.get("name")?.as_str()?.to_owned(), description.trim().to_owned()))
            })
            .collect();
        Some(Self {
            id: text("operationId"),
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            summary: text("summary").trim_end_matches('.').to_owned(),
            description: text("description"),
            content_type,
            success,
            error_property,
            parameters,
        })
    }
}
