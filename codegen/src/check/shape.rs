//! Whether every object of the document has the keys and types that OpenAPI 3.0 gives it.
//!
//! `openapiv3` passes over keys that it does not know, so that a misspelt `requierd` would silently mean "optional".

use serde_json::Value;

use super::node::{Inspection, Node, kind_of, nearest};

/// What may stand in a place.
enum Kind {
    /// Anything.
    Any,
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A number.
    Number,
    /// A whole number, 0 or more.
    Count,
    /// A list of these.
    List(&'static Kind),
    /// A map from names to these.
    Map(&'static Kind),
    /// An object of the specification.
    Object(&'static Object),
    /// An object of the specification, or a `$ref` to one.
    ObjectOrRef(&'static Object),
    /// `true`, `false`, a schema, or a `$ref` to one.
    FlagOrSchema,
}

/// An object of the specification.
pub(super) struct Object {
    /// What it is called in a sentence.
    name: &'static str,
    /// The section of `components` where it can stand.
    pub(super) section: Option<&'static str>,
    fields: &'static [Field],
    /// What stands under all other keys. Without it they are not allowed.
    others: Option<Kind>,
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// A key of an object.
struct Field(&'static str, Kind, Presence);

/// Whether a key must be there.
enum Presence {
    Optional,
    Required,
}
use Kind::{Any, Count, Flag, FlagOrSchema, List, Map, Number, ObjectOrRef, Text};
use Presence::{Optional, Required};

macro_rules! object {
    ($name:ident, $words:literal, $section:expr, [$(($key:literal, $kind:expr $(, $presence:ident)?)),* $(,)?], $others:expr) => {
        pub(super) static $name: Object = Object {
            name: $words,
            section: $section,
            fields: &[$(Field($key, $kind, object!(@presence $($presence)?))),*],
            others: $others,
        };
    };
    (@presence) => { Optional };
    (@presence $presence:ident) => { $presence };
}

object!(
    DOCUMENT,
    "an OpenAPI document",
    None,
    [
        ("openapi", Text, Required),
        ("info", Kind::Object(&INFO), Required),
        ("servers", List(&Kind::Object(&SERVER))),
        ("paths", Kind::Object(&PATHS), Required),
        ("components", Kind::Object(&COMPONENTS)),
        ("security", List(&Map(&List(&Text)))),
        ("tags", List(&Kind::Object(&TAG))),
        ("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
    ],
    None
);

object!(
    INFO,
    "`info`",
    None,
    [
        ("title", Text, Required),
        ("description", Text),
        ("termsOfService", Text),
        ("contact", Kind::Object(&CONTACT)),
        ("license", Kind::Object(&LICENSE)),
        ("version", Text, Required),
    ],
    None
);

object!(CONTACT, "a contact", None, [("name", Text), ("url", Text), ("email", Text)], None);

object!(LICENSE, "a licence", None, [("name", Text, Required), ("url", Text)], None);

object!(
    SERVER,
    "a server",
    None,
    [("url", Text, Required), ("description", Text), ("variables", Map(&Kind::Object(&SERVER_VARIABLE))),],
    None
);

object!(
    SERVER_VARIABLE,
    "a server's variable",
    None,
    [("enum", List(&Text)), ("default", Text, Required), ("description", Text),],
    None
);

object!(EXTERNAL_DOCS, "`externalDocs`", None, [("description", Text), ("url", Text, Required)], None);

object!(
    TAG,
    "a tag",
    None,
    [("name", Text, Required), ("description", Text), ("externalDocs", Kind::Object(&EXTERNAL_DOCS)),],
    None
);

object!(PATHS, "`paths`", None, [], Some(Kind::Object(&PATH_ITEM)));

object!(
    PATH_ITEM,
    "a path item",
    None,
    [
        ("$ref", Any),
        ("summary", Text),
        ("description", Text),
        ("get", Kind::Object(&OPERATION)),
        ("put", Kind::Object(&OPERATION)),
        ("post", Kind::Object(&OPERATION)),
        ("delete", Kind::Object(&OPERATION)),
        ("options", Kind::Object(&OPERATION)),
        ("head", Kind::Object(&OPERATION)),
        ("patch", Kind::Object(&OPERATION)),
        ("trace", Kind::Object(&OPERATION)),
        ("servers", List(&Kind::Object(&SERVER))),
        ("parameters", List(&ObjectOrRef(&PARAMETER))),
    ],
    None
);

object!(
    OPERATION,
    "an operation",
    None,
    [
        ("tags", List(&Text)),
        ("summary", Text),
        ("description", Text),
        ("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
        ("operationId", Text),
        ("parameters", List(&ObjectOrRef(&PARAMETER))),
        ("requestBody", ObjectOrRef(&REQUEST_BODY)),
        ("responses", Kind::Object(&RESPONSES), Required),
        ("callbacks", Map(&Any)),
        ("deprecated", Flag),
        ("security", List(&Map(&List(&Text)))),
        ("servers", List(&Kind::Object(&SERVER))),
    ],
    None
);

object!(RESPONSES, "`responses`", None, [], Some(ObjectOrRef(&RESPONSE)));

object!(
    RESPONSE,
    "a response",
    Some("responses"),
    [
        ("description", Text, Required),
        ("headers", Map(&ObjectOrRef(&HEADER))),
        ("content", Map(&Kind::Object(&MEDIA_TYPE))),
        ("links", Map(&Any)),
    ],
    None
);

object!(
    HEADER,
    "a header",
    Some("headers"),
    [
        ("description", Text),
        ("required", Flag),
        ("deprecated", Flag),
        ("allowEmptyValue", Flag),
        ("style", Text),
        ("explode", Flag),
        ("allowReserved", Flag),
        ("schema", ObjectOrRef(&SCHEMA)),
        ("content", Map(&Kind::Object(&MEDIA_TYPE))),
        ("example", Any),
        ("examples", Map(&Any)),
    ],
    None
);

object!(
    MEDIA_TYPE,
    "a media type",
    None,
    [("schema", ObjectOrRef(&SCHEMA)), ("example", Any), ("examples", Map(&Any)), ("encoding", Map(&Any)),],
    None
);

object!(
    PARAMETER,
    "a parameter",
    Some("parameters"),
    [
        ("name", Text, Required),
        ("in", Text, Required),
        ("description", Text),
        ("required", Flag),
        ("deprecated", Flag),
        ("allowEmptyValue", Flag),
        ("style", Text),
        ("explode", Flag),
        ("allowReserved", Flag),
        ("schema", ObjectOrRef(&SCHEMA)),
        ("content", Map(&Kind::Object(&MEDIA_TYPE))),
        ("example", Any),
        ("examples", Map(&Any)),
    ],
    None
);

object!(
    REQUEST_BODY,
    "a request body",
    Some("requestBodies"),
    [("description", Text), ("content", Map(&Kind::Object(&MEDIA_TYPE)), Required), ("required", Flag),],
    None
);

object!(
    COMPONENTS,
    "`components`",
    None,
    [
        ("schemas", Map(&ObjectOrRef(&SCHEMA))),
        ("responses", Map(&ObjectOrRef(&RESPONSE))),
        ("parameters", Map(&ObjectOrRef(&PARAMETER))),
        ("examples", Map(&Any)),
        ("requestBodies", Map(&ObjectOrRef(&REQUEST_BODY))),
        ("headers", Map(&ObjectOrRef(&HEADER))),
        ("securitySchemes", Map(&ObjectOrRef(&SECURITY_SCHEME))),
        ("links", Map(&Any)),
        ("callbacks", Map(&Any)),
    ],
    None
);

object!(
    SECURITY_SCHEME,
    "a security scheme",
    Some("securitySchemes"),
    [
        ("type", Text, Required),
        ("description", Text),
        ("name", Text),
        ("in", Text),
        ("scheme", Text),
        ("bearerFormat", Text),
        ("flows", Any),
        ("openIdConnectUrl", Text),
    ],
    None
);

object!(DISCRIMINATOR, "a discriminator", None, [("propertyName", Text, Required), ("mapping", Map(&Text))], None);

object!(
    SCHEMA,
    "a schema",
    Some("schemas"),
    [
        ("title", Text),
        ("description", Text),
        // The forms that are not a text have words of their own, with the other types.
        ("type", Any),
        ("format", Text),
        ("nullable", Flag),
        ("enum", List(&Any)),
        ("default", Any),
        ("example", Any),
        ("multipleOf", Number),
        ("minimum", Number),
        ("exclusiveMinimum", Flag),
        ("maximum", Number),
        ("exclusiveMaximum", Flag),
        ("minLength", Count),
        ("maxLength", Count),
        ("pattern", Text),
        ("items", ObjectOrRef(&SCHEMA)),
        ("minItems", Count),
        ("maxItems", Count),
        ("uniqueItems", Flag),
        ("properties", Map(&ObjectOrRef(&SCHEMA))),
        ("required", List(&Text)),
        ("additionalProperties", FlagOrSchema),
        ("minProperties", Count),
        ("maxProperties", Count),
        ("allOf", List(&ObjectOrRef(&SCHEMA))),
        ("oneOf", List(&ObjectOrRef(&SCHEMA))),
        ("anyOf", List(&ObjectOrRef(&SCHEMA))),
        ("not", ObjectOrRef(&SCHEMA)),
        ("discriminator", Kind::Object(&DISCRIMINATOR)),
        ("readOnly", Flag),
        ("writeOnly", Flag),
        ("deprecated", Flag),
        ("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
        ("xml", Any),
    ],
    None
);

/// What was met on the way through the document.
#[derive(Default)]
pub(super) struct Visited<'a> {
    objects: Vec<(&'static Object, Node<'a>)>,
    /// Each `$ref` (the node is its text), and what must stand at its end.
    pub(super) references: Vec<(&'static Object, Node<'a>)>,
}

impl<'a> Visited<'a> {
    /// All objects of a kind, wherever they stand.
    pub(super) fn all(&self, object: &'static Object) -> impl Iterator<Item = &Node<'a>> {
        self.objects.iter().filter(move |(kind, _)| *kind == object).map(|(_, node)| node)
    }

    /// All objects, the innermost first.
    pub(super) fn innermost_first(&self) -> impl Iterator<Item = (&'static Object, &Node<'a>)> {
        self.objects.iter().rev().map(|(kind, node)| (*kind, node))
    }
}

/// Goes through the whole document, reports what has the wrong shape, and remembers what it met.
pub(super) fn visit<'a>(inspection: &mut Inspection<'a>) -> Visited<'a> {
    let mut visited = Visited::default();
    let root = inspection.root();
    look_at_object(inspection, &mut visited, &DOCUMENT, &root);
    visited
}

fn look<'a>(inspection: &mut Inspection<'a>, visited: &mut Visited<'a>, kind: &'static Kind, node: &Node<'a>) {
    match kind {
        Any => {}
        Text => expect(inspection, node, node.value.is_string(), "a text"),
        Flag => expect(inspection, node, node.value.is_boolean(), "`true` or `false`"),
        Number => expect(inspection, node, node.value.is_number(), "a number"),
        Count => expect(inspection, node, node.value.is_u64(), "a whole number, 0 or more"),
        List(kind) => {
            expect(inspection, node, node.value.is_array(), "a list");
            for item in node.items() {
                look(inspection, visited, kind, &item);
            }
        }
        Map(kind) => {
            expect(inspection, node, node.value.is_object(), "a map");
            for (key, value) in node.entries() {
                // A merge key is reported already; what is merged is no part of this map.
                if key != "<<" {
                    look(inspection, visited, kind, &value);
                }
            }
        }
        Kind::Object(object) => look_at_object(inspection, visited, object, node),
        ObjectOrRef(object) => look_at_either(inspection, visited, object, node),
        FlagOrSchema if node.value.is_boolean() => {}
        FlagOrSchema => look_at_either(inspection, visited, &SCHEMA, node),
    }
}

fn look_at_either<'a>(
    inspection: &mut Inspection<'a>,
    visited: &mut Visited<'a>,
    object: &'static Object,
    node: &Node<'a>,
) {
    match node.get("$ref") {
        Some(reference) => look_at_reference(inspection, visited, object, node, reference),
        None => look_at_object(inspection, visited, object, node),
    }
}

fn look_at_object<'a>(
    inspection: &mut Inspection<'a>,
    visited: &mut Visited<'a>,
    object: &'static Object,
    node: &Node<'a>,
) {
    if !node.value.is_object() {
        expect(inspection, node, false, &format!("{} (a map)", object.name));
        return;
    }
    visited.objects.push((object, node.clone()));
    for Field(key, _, presence) in object.fields {
        if matches!(presence, Required) && !node.has(key) {
            inspection.report(
                node,
                format!("{} must have `{key}`, and this one has none", object.name),
                format!("write `{key}:` {}", meaning_of(key)),
            );
        }
    }
    for (key, value) in node.entries() {
        if key.starts_with("x-") || key == "<<" {
            continue;
        }
        let field = object.fields.iter().find(|field| field.0 == key);
        match (field, &object.others) {
            (Some(Field(_, kind, _)), _) => look(inspection, visited, kind, &value),
            (None, Some(kind)) => look(inspection, visited, kind, &value),
            (None, None) => unknown(inspection, object, key, &value),
        }
    }
}

fn look_at_reference<'a>(
    inspection: &mut Inspection<'a>,
    visited: &mut Visited<'a>,
    object: &'static Object,
    node: &Node<'a>,
    reference: Node<'a>,
) {
    expect(inspection, &reference, reference.value.is_string(), "a text");
    visited.references.push((object, reference));
    for (key, sibling) in node.entries() {
        // A description beside a reference is lost, and harms nobody.
        if matches!(key, "$ref" | "description" | "summary" | "title") || key.starts_with("x-") {
            continue;
        }
        inspection.report(
            &sibling,
            format!("`{key}` stands beside a `$ref`, where OpenAPI 3.0 passes over it"),
            format!("write `{key}` where the reference leads to, or write the object out here without `$ref`"),
        );
    }
}

fn expect(inspection: &mut Inspection<'_>, node: &Node<'_>, is_fine: bool, expected: &str) {
    // An infinity is null by now, and reported already.
    let pointer = format!("#{}", node.pointer);
    if is_fine || inspection.problems.iter().any(|problem| problem.pointer == pointer) {
        return;
    }
    let key = node.pointer.rsplit('/').next().unwrap_or_default();
    let name = if key.bytes().all(|byte| byte.is_ascii_digit()) {
        "this".to_owned()
    } else {
        format!("`{}`", key.replace("~1", "/").replace("~0", "~"))
    };
    let instead = match (key, expected, node.value) {
        ("exclusiveMinimum" | "exclusiveMaximum", _, Value::Number(number)) => {
            let limit = if key == "exclusiveMinimum" { "minimum" } else { "maximum" };
            format!("write `{limit}: {number}` and `{key}: true` (a number here is OpenAPI 3.1)")
        }
        ("required", "a list", Value::Bool(_)) => {
            "write the names of the required properties as a list, in the schema that has them".to_owned()
        }
        (_, "a text", Value::Number(value)) => format!("put quotes around it: `\"{value}\"`"),
        (_, "a text", Value::Bool(value)) => format!("put quotes around it: `\"{value}\"`"),
        (_, _, Value::Null) => format!("write {expected}, or leave the key out"),
        (_, "a list", _) => "write a list: each item on its own line after a `-`".to_owned(),
        _ => format!("write {expected}"),
    };
    inspection.report_value(node, format!("{name} is {}, and must be {expected}", kind_of(node.value)), instead);
}

fn unknown(inspection: &mut Inspection<'_>, object: &'static Object, key: &str, node: &Node<'_>) {
    let instead = match (object.name, key) {
        ("a schema", "const") => "write `enum` with this one value (`const` is OpenAPI 3.1)".to_owned(),
        ("a schema", "examples") => "write one `example` (`examples` is OpenAPI 3.1)".to_owned(),
        ("a schema", "$defs" | "definitions") => "move these schemas to `components/schemas`".to_owned(),
        _ => match nearest(key, object.fields.iter().map(|field| field.0)) {
            Some(meant) => format!("did you mean `{meant}`? A key of your own begins with `x-`"),
            None => "leave it out, or let it begin with `x-` if it is a key of your own".to_owned(),
        },
    };
    inspection.report(node, format!("{} has no key `{key}` in OpenAPI 3.0", object.name), instead);
}

/// What is written under a key that must be there.
fn meaning_of(key: &str) -> &'static str {
    match key {
        "info" => "with `title` and `version` below it",
        "paths" => "with the operations below it, by path and method",
        "responses" => "with the statuses of the answers below it",
        "description" => "and what it is, in a sentence",
        "content" => "with `application/json` and its `schema` below it",
        "in" => "and `path`, `query` or `header`",
        "title" | "name" => "and its name",
        "version" => "and the version of the interface, in quotes",
        "url" => "and the address",
        _ => "and its value",
    }
}
