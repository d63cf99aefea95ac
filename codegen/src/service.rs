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
    /// Description of each parameter, by its name, and as `body` that of the request body.
    pub(crate) parameters: Vec<(String, String)>,
    /// The names of the parameters that are headers.
    pub(crate) headers: Vec<String>,
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
        let described =
            |node: &Value| node.get("description").and_then(Value::as_str).unwrap_or_default().trim().to_owned();
        let mut parameters: Vec<(String, String)> = Vec::new();
        let mut headers = Vec::new();
        // The operation's own parameter takes the place of the path's of the same name.
        for parameter in [operation, item].into_iter().filter_map(|owner| owner.get("parameters")?.as_array()).flatten()
        {
            let parameter = schema::resolve(document, parameter);
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
            headers,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

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
        let operation = Operation::read(&document, "/a", "put").unwrap();
        let expected = [("id", "Its own."), ("body", "What to do.")];
        assert_eq!(operation.parameters, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
        assert_eq!(operation.headers, ["id"]);
    }
}
