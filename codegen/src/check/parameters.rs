//! The parameters of operations, and the setters that they become.

use std::collections::BTreeMap;

use super::bodies::is_json;
use super::node::{Inspection, Node, nearest};
use super::operations::Operation;
use super::shape::{PARAMETER, Visited};
use super::templates;
use crate::{prune::PLUMBING, rust_name};

/// Names that a builder's own functions have.
const RESERVED_SETTERS: &[&str] = &[
    "api_timeout",
    "job_uuid",
    "new",
    "on_job",
    "on_progress",
    "options",
    "request",
    "send",
    "submit",
    "validation_only",
];

/// Reports parameters that progenitor can't send, wherever they are defined.
pub(super) fn check_definitions<'a>(inspection: &mut Inspection<'a>, visited: &Visited<'a>) {
    for parameter in visited.all(&PARAMETER) {
        let (Some(name), Some(location)) = (parameter.text_of("name"), parameter.text_of("in")) else {
            continue;
        };
        let style = match location {
            "path" | "header" => "simple",
            "query" => "form",
            "cookie" => {
                inspection.report(
                    parameter,
                    format!("the parameter `{name}` is a cookie, which progenitor can't send"),
                    "leave it out, or send it as a header or in the query if the server takes that",
                );
                continue;
            }
            other => {
                if let Some(node) = parameter.get("in") {
                    inspection.report_value(
                        &node,
                        format!("the parameter `{name}` is in `{other}`, and there is no such place"),
                        "write `path`, `query` or `header`",
                    );
                }
                continue;
            }
        };
        check_style(inspection, parameter, name, location, style);
        check_schema(inspection, parameter, name, location);
        // What is neither true nor false is reported as such.
        let required = parameter.get("required");
        let is_optional = required.is_none_or(|required| required.value == false);
        if location == "path" && is_optional {
            inspection.report(
                parameter,
                format!("the path parameter `{name}` is not required, and a path without it is another path"),
                "write `required: true`",
            );
        }
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if location == "header" && (name.is_empty() || !name.bytes().all(is_token)) {
            inspection.report(
                parameter,
                format!("`{name}` can't be the name of a header"),
                "use English letters, digits and hyphens",
            );
        }
        if location == "header" && ["accept", "content-type", "authorization"].contains(&name.to_lowercase().as_str()) {
            inspection.report(
                parameter,
                format!("the header `{name}` is declared as a parameter, and OpenAPI passes over that"),
                "describe credentials under `components/securitySchemes`, and media types under `content`",
            );
        }
    }
}

fn check_style<'a>(inspection: &mut Inspection<'a>, parameter: &Node<'a>, name: &str, location: &str, expected: &str) {
    if let Some(style) = parameter.get("style")
        && let Some(text) = style.value.as_str()
        && text != expected
    {
        inspection.report_value(
            &style,
            format!("the {location} parameter `{name}` has the style `{text}`, which progenitor can't send"),
            format!("write `style: {expected}`, or leave `style` out, if the server takes that"),
        );
    }
    let is_list = parameter
        .get("schema")
        .and_then(|schema| inspection.follow(&schema))
        .is_some_and(|schema| schema.text_of("type") == Some("array"));
    if let Some(explode) = parameter.get("explode")
        && explode.value == false
        && is_list
        && location == "query"
    {
        inspection.report_value(
            &explode,
            format!("the list `{name}` is to be sent as one parameter (`explode: false`), and progenitor repeats it"),
            "leave `explode` out if the server takes `name=a&name=b`, or declare a text and join it by hand",
        );
    }
    if let Some(reserved) = parameter.get("allowReserved")
        && reserved.value == true
    {
        inspection.report(
            &reserved,
            format!("the parameter `{name}` may hold reserved characters, and progenitor always encodes them"),
            "leave `allowReserved` out",
        );
    }
}

fn check_schema<'a>(inspection: &mut Inspection<'a>, parameter: &Node<'a>, name: &str, location: &str) {
    if let Some(content) = parameter.get("content") {
        inspection.report(
            &content,
            format!("the parameter `{name}` has `content`, and progenitor knows parameters with a `schema` only"),
            "write `schema:` with the type of the parameter",
        );
        return;
    }
    let Some(schema) = parameter.get("schema") else {
        inspection.report(
            parameter,
            format!("the parameter `{name}` has no `schema`"),
            "write `schema:` with the type of the parameter, `{type: string}` for example",
        );
        return;
    };
    // An `allOf` of one schema says the same as that schema. In a path it is not found to be an id.
    let seen = match location {
        "path" => inspection.follow(&schema),
        _ => inspection.see_through(&schema).filter(|seen| !seen.is_nullable).map(|seen| seen.node),
    };
    let Some(target) = seen.or_else(|| inspection.follow(&schema)) else {
        return;
    };
    if let Some(composition) = ["allOf", "oneOf", "anyOf"].into_iter().find(|key| target.has(key)) {
        inspection.report(
            &schema,
            format!("the {location} parameter `{name}` has `{composition}`, and only plain values can be sent there"),
            "write the type of the value: `string`, `integer`, `number` or `boolean`",
        );
        return;
    }
    let is_object = target.text_of("type") == Some("object") || target.has("properties");
    if location == "query" {
        // A struct has a builder, and progenitor panics on one that is not the body.
        if is_object {
            inspection.report(
                &schema,
                format!("the query parameter `{name}` is an object, which progenitor can't send"),
                "declare a parameter for each of its fields",
            );
        }
        return;
    }
    let kind = if is_object { Some("object") } else { target.text_of("type").filter(|kind| *kind == "array") };
    if let Some(kind) = kind {
        inspection.report(
            &schema,
            format!("the {location} parameter `{name}` is an {kind}, and only one value can be sent there"),
            "write the type of one value: `string`, `integer`, `number` or `boolean`",
        );
    }
    if target.is_true("nullable") {
        inspection.report(
            &schema,
            format!("the {location} parameter `{name}` is nullable, and there is no null in a {location}"),
            "leave `nullable` out",
        );
    }
}

/// A parameter as an operation uses it.
pub(super) struct Used<'a> {
    pub(super) name: &'a str,
    pub(super) location: &'a str,
    /// Where it is used: the place of the `$ref`, if it is defined elsewhere.
    pub(super) site: Node<'a>,
    /// Where it is defined.
    pub(super) definition: Node<'a>,
}

/// Reports parameters that do not agree with the path, or with each other, or with the fields of the body.
pub(super) fn check_operation<'a>(inspection: &mut Inspection<'a>, operation: &Operation<'a>) {
    let shared = used(inspection, &operation.item);
    let own = used(inspection, &operation.node);
    check_twice(inspection, &own);
    let mut parameters: Vec<Used<'a>> = Vec::new();
    for parameter in shared {
        match own.iter().find(|own| own.name == parameter.name) {
            None => parameters.push(parameter),
            Some(own) if own.location != parameter.location => {
                report_same_name(inspection, own, &parameter);
            }
            // The operation's own parameter takes the place of the path's.
            Some(_) => {}
        }
    }
    parameters.extend(own);
    check_template(inspection, operation, &parameters);
    // The client sends these by itself.
    parameters.retain(|parameter| !parameter.definition.has(PLUMBING));
    check_setters(inspection, operation, &parameters);
}

/// The parameters that an operation, or a path, uses.
pub(super) fn used<'a>(inspection: &Inspection<'a>, owner: &Node<'a>) -> Vec<Used<'a>> {
    owner
        .items_of("parameters")
        .into_iter()
        .filter_map(|site| {
            let definition = inspection.follow(&site)?;
            let (name, location) = (definition.text_of("name")?, definition.text_of("in")?);
            Some(Used { name, location, site, definition })
        })
        .collect()
}

fn check_twice<'a>(inspection: &mut Inspection<'a>, parameters: &[Used<'a>]) {
    for (index, parameter) in parameters.iter().enumerate() {
        let first = parameters[..index].iter().find(|first| first.name == parameter.name);
        match first {
            Some(first) if first.location == parameter.location => {
                let line = inspection.line(&first.site);
                inspection.report(
                    &parameter.site,
                    format!(
                        "the {} parameter `{}` is declared twice, first in line {line}",
                        parameter.location, parameter.name
                    ),
                    "keep one of the two",
                );
            }
            Some(first) => report_same_name(inspection, parameter, first),
            None => {}
        }
    }
}

fn report_same_name<'a>(inspection: &mut Inspection<'a>, parameter: &Used<'a>, first: &Used<'a>) {
    let line = inspection.line(&first.site);
    inspection.report(
        &parameter.site,
        format!(
            "the name `{}` is a {} parameter (line {line}) and a {} parameter, and progenitor keeps one of the two",
            parameter.name, first.location, parameter.location
        ),
        "keep one of the two: progenitor knows parameters by their names alone",
    );
}

fn check_template<'a>(inspection: &mut Inspection<'a>, operation: &Operation<'a>, parameters: &[Used<'a>]) {
    let Ok(names) = templates::names(operation.path) else {
        return;
    };
    let in_path: Vec<&Used<'a>> = parameters.iter().filter(|parameter| parameter.location == "path").collect();
    for parameter in &in_path {
        if !names.contains(&parameter.name) {
            let instead = match nearest(parameter.name, names.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("write `{{{}}}` into the path, or leave the parameter out", parameter.name),
            };
            inspection.report(
                &parameter.site,
                format!(
                    "the path `{}` has no `{{{}}}`, and it is declared as a path parameter",
                    operation.path, parameter.name
                ),
                instead,
            );
        }
    }
    for name in names {
        if !in_path.iter().any(|parameter| parameter.name == name) {
            inspection.report(
                &operation.node,
                format!("the path has `{{{name}}}`, and {} declares no such path parameter", operation.title()),
                format!("add to `parameters`: `{{name: {name}, in: path, required: true, schema: {{type: string}}}}`"),
            );
        }
    }
}

/// Reports parameters and fields of the body that would become one setter of the builder.
fn check_setters<'a>(inspection: &mut Inspection<'a>, operation: &Operation<'a>, parameters: &[Used<'a>]) {
    let mut setters: Vec<Setter<'a>> = parameters.iter().map(Setter::of_parameter).collect();
    let names: Vec<&str> = parameters.iter().map(|used| used.name).collect();
    setters.extend(body_fields(inspection, operation));
    let mut taken: BTreeMap<String, Setter<'a>> = BTreeMap::new();
    // The pairs of objects of which it was said that their fields collide.
    let mut said: Vec<(String, String)> = Vec::new();
    for this in setters {
        let Setter { kind, name, node, .. } = &this;
        let (setter, path) = (this.setter(), this.path());
        if RESERVED_SETTERS.contains(&setter.as_str())
            || (setter == "body" && operation.node.has("requestBody") && names.contains(name))
        {
            inspection.report(
                node,
                format!("{kind} `{path}` would become the setter `{setter}`, which builders keep for themselves"),
                "it can't be generated under this name: rename it if the server takes another",
            );
        }
        let Some(first) = taken.get(&setter) else {
            taken.insert(setter, this);
            continue;
        };
        // Reported already, as declared twice.
        if first.name == *name && names.iter().filter(|known| *known == name).count() > 1 {
            continue;
        }
        let instead = match first.objects.last().max(this.objects.last()) {
            None => "give them names that differ in more than capitals and punctuation".to_owned(),
            // The fields of two objects collide all together, and one thing mends all of them.
            Some(_) => {
                let pair = (first.objects.join("."), this.objects.join("."));
                if said.contains(&pair) {
                    continue;
                }
                said.push(pair);
                let object = if this.objects.is_empty() { first } else { &this };
                format!(
                    "take `{}` out of `required`: what may be left out is set as one value",
                    object.objects.join(".")
                )
            }
        };
        inspection.report(
            node,
            format!(
                "{} `{}` and {kind} `{path}` would both become the setter `{setter}`, in {}",
                first.kind,
                first.path(),
                operation.title()
            ),
            instead,
        );
    }
}

/// Something that would become a setter of a builder.
struct Setter<'a> {
    /// What it is, in words.
    kind: String,
    is_parameter: bool,
    name: &'a str,
    /// The objects of the body that it stands in, the outermost first; none for a parameter.
    objects: Vec<&'a str>,
    /// Where it stands in this operation: a field of an object at the outermost object.
    node: Node<'a>,
}

impl<'a> Setter<'a> {
    fn of_parameter(used: &Used<'a>) -> Self {
        let kind = format!("the {} parameter", used.location);
        Self { kind, is_parameter: true, name: used.name, objects: Vec::new(), node: used.site.clone() }
    }

    /// The name of the setter: of a field if it stands in the body, of a parameter if it does not.
    fn setter(&self) -> String {
        if self.is_parameter { rust_name::parameter(self.name) } else { rust_name::snake(self.name) }
    }

    /// Its name, after the names of the objects that it stands in: `restore.uuid`.
    fn path(&self) -> String {
        self.objects.iter().chain([&self.name]).copied().collect::<Vec<_>>().join(".")
    }
}

/// The fields that a builder takes for the body: those of the body, and instead of an object that must be there always,
/// the fields of that.
fn body_fields<'a>(inspection: &Inspection<'a>, operation: &Operation<'a>) -> Vec<Setter<'a>> {
    let content = operation
        .node
        .get("requestBody")
        .and_then(|body| inspection.follow(&body))
        .and_then(|body| body.get("content"));
    let schema = content
        .iter()
        .flat_map(Node::entries)
        .find(|(name, _)| is_json(name))
        .and_then(|(_, media_type)| media_type.get("schema"))
        .and_then(|schema| inspection.see_through(&schema));
    let mut fields = Fields { inspection, objects: Vec::new(), outer: Vec::new(), found: Vec::new() };
    if let Some(schema) = schema {
        fields.collect(&schema.node, None);
    }
    fields.found
}

/// A walk through the objects of a body.
struct Fields<'i, 'a> {
    inspection: &'i Inspection<'a>,
    /// The names of the objects that are walked through.
    objects: Vec<&'a str>,
    /// The pointers of their schemas.
    outer: Vec<String>,
    found: Vec<Setter<'a>>,
}

impl<'a> Fields<'_, 'a> {
    /// Collects the fields of `schema`, which stands in the body at `site`, or is the body.
    fn collect(&mut self, schema: &Node<'a>, site: Option<&Node<'a>>) {
        self.outer.push(schema.pointer.clone());
        for (name, property, is_required) in self.inspection.properties(schema) {
            let node = site.unwrap_or(&property).clone();
            let inner = self.inspection.see_through(&property).filter(|inner| {
                let is_record = !self.inspection.properties(&inner.node).is_empty() && !inner.is_nullable;
                // One that holds itself is not taken apart again.
                is_required && is_record && !self.outer.contains(&inner.node.pointer)
            });
            match inner {
                Some(inner) => {
                    self.objects.push(name);
                    self.collect(&inner.node, Some(&node));
                    self.objects.pop();
                }
                None => {
                    let (kind, objects) = ("the field of the body".to_owned(), self.objects.clone());
                    self.found.push(Setter { kind, is_parameter: false, name, objects, node });
                }
            }
        }
        self.outer.pop();
    }
}
