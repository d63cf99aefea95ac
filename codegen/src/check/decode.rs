//! The typed document, and what `openapiv3` can't read that no other check has seen.

use openapiv3::{
    Header, Info, MediaType, OpenAPI, Operation, Parameter, PathItem, RequestBody, Response, Schema, SecurityScheme,
    Server, Tag,
};
use serde::{Deserialize as _, de::DeserializeOwned};
use serde_json::Value;

use super::node::{Inspection, Node};
use super::shape::{self, Object, Visited};

/// The typed document. What can't be read is reported at the innermost object that can't, unless something else is
/// known to be wrong in it.
pub(super) fn decode<'a>(inspection: &mut Inspection<'a>, visited: &Visited<'a>) -> Option<OpenAPI> {
    let error = match OpenAPI::deserialize(&inspection.tree.value) {
        Ok(openapi) => return Some(openapi),
        Err(error) => error,
    };
    for (object, node) in visited.innermost_first() {
        if let Some(message) = failure(object, node)
            && !is_known(inspection, node)
        {
            report(inspection, node, &message);
        }
    }
    if inspection.problems.is_empty() {
        let root = inspection.root();
        report(inspection, &root, &error.to_string());
    }
    None
}

fn report(inspection: &mut Inspection<'_>, node: &Node<'_>, message: &str) {
    inspection.report(
        node,
        format!("this can't be read as OpenAPI 3.0: {message}"),
        "write it as the OpenAPI 3.0.4 specification has it",
    );
}

/// Whether there is a problem with the node, or with something in it.
fn is_known(inspection: &Inspection<'_>, node: &Node<'_>) -> bool {
    let pointer = format!("#{}", node.pointer);
    let inside = format!("{pointer}/");
    inspection.problems.iter().any(|problem| problem.pointer == pointer || problem.pointer.starts_with(&inside))
}

/// Why an object can't be read, if it can't.
fn failure(object: &'static Object, node: &Node<'_>) -> Option<String> {
    let read: fn(&Value) -> Option<String> = if object == &shape::SCHEMA {
        read::<Schema>
    } else if object == &shape::PARAMETER {
        read::<Parameter>
    } else if object == &shape::RESPONSE {
        read::<Response>
    } else if object == &shape::REQUEST_BODY {
        read::<RequestBody>
    } else if object == &shape::MEDIA_TYPE {
        read::<MediaType>
    } else if object == &shape::HEADER {
        read::<Header>
    } else if object == &shape::OPERATION {
        read::<Operation>
    } else if object == &shape::PATH_ITEM {
        read::<PathItem>
    } else if object == &shape::SECURITY_SCHEME {
        read::<SecurityScheme>
    } else if object == &shape::TAG {
        read::<Tag>
    } else if object == &shape::SERVER {
        read::<Server>
    } else if object == &shape::INFO {
        read::<Info>
    } else {
        return None;
    };
    read(node.value)
}

fn read<T: DeserializeOwned>(value: &Value) -> Option<String> {
    serde_json::from_value::<T>(value.clone()).err().map(|error| error.to_string())
}
