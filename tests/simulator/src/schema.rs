//! Checks JSON against the schemas of an OpenAPI 3.0 document.
//!
//! Only what a request can need is known. A schema with any other keyword is an error when the document is read, so
//! that nothing is left unchecked in silence. Small on purpose: who tests with the simulator compiles it.

use serde_json::Value;

/// Keywords that say nothing about whether a value fits.
const ANNOTATIONS: [&str; 11] = [
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "xml",
    "externalDocs",
    "discriminator",
];
/// Keywords that [`misfits`] checks.
const CHECKED: [&str; 24] = [
    "$ref",
    "type",
    "nullable",
    "enum",
    "format",
    "properties",
    "required",
    "additionalProperties",
    "minProperties",
    "maxProperties",
    "items",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
];
/// Nothing that a request holds lies deeper; a schema that refers to itself alone ends here.
const DEEPEST: usize = 64;

/// Where a value does not fit its schema: a JSON pointer into the value, and what is wrong, without the value itself,
/// which may be a secret.
pub(crate) type Complaint = (String, String);

/// Follows a schema's reference, if it is one.
pub(crate) fn resolve<'a>(document: &'a Value, mut node: &'a Value) -> &'a Value {
    for _ in 0..DEEPEST {
        let target = node.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
        match target.and_then(|pointer| document.pointer(pointer)) {
            Some(target) => node = target,
            None => return node,
        }
    }
    node
}

/// The first keyword that is not known, or reference that leads nowhere, in a schema or in one that it reaches.
pub(crate) fn unknown(document: &Value, schema: &Value, place: &str) -> Option<Complaint> {
    unknown_below(document, schema, place, &mut Vec::new())
}

fn unknown_below(document: &Value, schema: &Value, place: &str, seen: &mut Vec<String>) -> Option<Complaint> {
    let fields = schema.as_object()?;
    if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
        if seen.iter().any(|known| known == reference) {
            return None;
        }
        seen.push(reference.to_owned());
        let target = reference.strip_prefix('#').and_then(|pointer| document.pointer(pointer));
        return match target {
            Some(target) => unknown_below(document, target, reference, seen),
            None => Some((place.to_owned(), format!("the reference {reference} leads nowhere"))),
        };
    }
    for (keyword, value) in fields {
        let below = format!("{place}/{keyword}");
        let found = match keyword.as_str() {
            "properties" => {
                let mut schemas = value.as_object().into_iter().flatten();
                schemas.find_map(|(name, one)| unknown_below(document, one, &format!("{below}/{name}"), seen))
            }
            "allOf" | "anyOf" | "oneOf" => {
                let mut schemas = value.as_array().into_iter().flatten().enumerate();
                schemas.find_map(|(index, one)| unknown_below(document, one, &format!("{below}/{index}"), seen))
            }
            "items" | "not" | "additionalProperties" => unknown_below(document, value, &below, seen),
            known if CHECKED.contains(&known) || ANNOTATIONS.contains(&known) || known.starts_with("x-") => None,
            _ => Some((below, "the simulator does not know this keyword; teach src/schema.rs to check it".to_owned())),
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Everything in which a value does not fit its schema.
pub(crate) fn misfits(document: &Value, schema: &Value, value: &Value) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    check(document, schema, value, "", 0, &mut complaints);
    complaints
}

fn check(document: &Value, schema: &Value, value: &Value, place: &str, depth: usize, to: &mut Vec<Complaint>) {
    let schema = resolve(document, schema);
    if depth > DEEPEST || (value.is_null() && schema.get("nullable") == Some(&Value::Bool(true))) {
        return;
    }
    let mut complain = |message: String| to.push((place.to_owned(), message));
    let expected = schema.get("type").and_then(Value::as_str);
    if let Some(expected) = expected.filter(|expected| !is_of_type(value, expected)) {
        complain(format!("is {}, and must be of type {expected}", type_of(value)));
        return;
    }
    if schema.get("enum").and_then(Value::as_array).is_some_and(|values| !values.contains(value)) {
        complain("is none of the values that are allowed".to_owned());
    }
    match value {
        Value::String(text) => check_range(schema, "Length", text.chars().count(), &mut complain),
        Value::Array(items) => {
            check_range(schema, "Items", items.len(), &mut complain);
            let twice = items.iter().enumerate().any(|(index, item)| items[..index].contains(item));
            if twice && schema.get("uniqueItems") == Some(&Value::Bool(true)) {
                complain("holds the same item twice".to_owned());
            }
        }
        Value::Object(fields) => {
            check_range(schema, "Properties", fields.len(), &mut complain);
            let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
            for name in required.filter_map(Value::as_str).filter(|name| !fields.contains_key(*name)) {
                complain(format!("lacks {name}, which is required"));
            }
        }
        Value::Number(_) => check_number(schema, value, &mut complain),
        Value::Bool(_) | Value::Null => {}
    }
    check_below(document, schema, value, place, depth, to);
    check_choices(document, schema, value, place, depth, to);
}

/// The items of a list, the properties of an object.
fn check_below(document: &Value, schema: &Value, value: &Value, place: &str, depth: usize, to: &mut Vec<Complaint>) {
    if let (Some(items), Some(schema)) = (value.as_array(), schema.get("items")) {
        for (index, item) in items.iter().enumerate() {
            check(document, schema, item, &format!("{place}/{index}"), depth + 1, to);
        }
    }
    for (name, value) in value.as_object().into_iter().flatten() {
        let place = format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"));
        match (schema.get("properties").and_then(|known| known.get(name)), schema.get("additionalProperties")) {
            (Some(schema), _) => check(document, schema, value, &place, depth + 1, to),
            (None, Some(Value::Bool(false))) => to.push((place, "is not known here".to_owned())),
            (None, Some(schema @ Value::Object(_))) => check(document, schema, value, &place, depth + 1, to),
            (None, _) => {}
        }
    }
}

/// `allOf`, `anyOf`, `oneOf`, `not`.
fn check_choices(document: &Value, schema: &Value, value: &Value, place: &str, depth: usize, to: &mut Vec<Complaint>) {
    let list = |keyword: &str| schema.get(keyword).and_then(Value::as_array);
    let fits = |schema: &Value| {
        let mut complaints = Vec::new();
        check(document, schema, value, place, depth + 1, &mut complaints);
        complaints.is_empty()
    };
    for schema in list("allOf").into_iter().flatten() {
        check(document, schema, value, place, depth + 1, to);
    }
    if list("anyOf").is_some_and(|schemas| !schemas.iter().any(fits)) {
        to.push((place.to_owned(), "fits none of the schemas of anyOf".to_owned()));
    }
    if list("oneOf").is_some_and(|schemas| schemas.iter().filter(|schema| fits(schema)).count() != 1) {
        to.push((place.to_owned(), "does not fit exactly one of the schemas of oneOf".to_owned()));
    }
    if schema.get("not").is_some_and(fits) {
        to.push((place.to_owned(), "fits the schema of not".to_owned()));
    }
}

fn check_range(schema: &Value, what: &str, count: usize, complain: &mut impl FnMut(String)) {
    let bound = |prefix: &str| {
        schema.get(format!("{prefix}{what}")).and_then(Value::as_u64).and_then(|bound| usize::try_from(bound).ok())
    };
    if bound("min").is_some_and(|bound| count < bound) || bound("max").is_some_and(|bound| count > bound) {
        complain(format!("has {count} {}, which is not allowed", what.to_lowercase()));
    }
}

fn check_number(schema: &Value, value: &Value, complain: &mut impl FnMut(String)) {
    let Some(number) = value.as_f64() else { return };
    let strict = |keyword: &str| schema.get(keyword) == Some(&Value::Bool(true));
    let bound = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
    let format = schema.get("format").and_then(Value::as_str);
    let too_small =
        bound("minimum").is_some_and(|bound| number < bound || (strict("exclusiveMinimum") && number <= bound));
    let too_large =
        bound("maximum").is_some_and(|bound| number > bound || (strict("exclusiveMaximum") && number >= bound));
    let no_int32 = format == Some("int32") && !(f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&number);
    // 2^63 is the first integer that is too large, and a float exactly.
    let no_int64 =
        format == Some("int64") && !(-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&number);
    if too_small || too_large || no_int32 || no_int64 {
        complain("is a number outside of what is allowed".to_owned());
    }
}

fn is_of_type(value: &Value, expected: &str) -> bool {
    match expected {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        // By value, as OpenAPI 3.0.4 has it: 1.0 is an integer.
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        _ => true,
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
