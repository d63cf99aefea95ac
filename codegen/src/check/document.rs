//! Whether this is an OpenAPI 3.0 document at all.

use serde_json::Value;

use super::node::{Inspection, kind_of};

/// Whether it is one; if not, the problem is reported.
pub(super) fn is_openapi_3_0(inspection: &mut Inspection<'_>) -> bool {
    let root = inspection.root();
    if !root.value.is_object() {
        inspection.report(
            &root,
            format!("the document is {}, not a map", kind_of(root.value)),
            "begin an OpenAPI 3.0 document with `openapi: 3.0.4`, then `info`, `paths` and `components`",
        );
        return false;
    }
    if let Some(swagger) = root.get("swagger") {
        inspection.report(
            &swagger,
            "this is a Swagger 2.0 document",
            "convert it to OpenAPI 3.0 (`npx swagger2openapi` does), and begin it with `openapi: 3.0.4`",
        );
        return false;
    }
    let Some(openapi) = root.get("openapi") else {
        inspection.report(
            &root,
            "this is not an OpenAPI document: it has no `openapi` key",
            "begin it with `openapi: 3.0.4`",
        );
        return false;
    };
    match openapi.value {
        Value::String(version) if is_3_0(version) => true,
        Value::String(version) if version.starts_with("3.") => {
            inspection.report_value(
                &openapi,
                format!("this is an OpenAPI {version} document, and only 3.0 can be generated from"),
                "write the document as OpenAPI 3.0.4: `nullable: true` for `type: [..., 'null']`, `example` for `examples`, `enum` with one value for `const`",
            );
            false
        }
        Value::String(version) => {
            inspection.report_value(
                &openapi,
                format!("`{version}` is not a version of OpenAPI that can be generated from"),
                "write `openapi: 3.0.4`",
            );
            false
        }
        other => {
            inspection.report_value(
                &openapi,
                format!("the version is {}, not a text", kind_of(other)),
                "write `openapi: 3.0.4`",
            );
            false
        }
    }
}

/// Whether this is `3.0.` and a number.
fn is_3_0(version: &str) -> bool {
    version
        .strip_prefix("3.0.")
        .is_some_and(|patch| !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit()))
}
