//! Documents that are too large to be written by hand, or that an editor would not leave as they are. Each is the same
//! every time.

use std::fmt::Write;

use crate::Document;

/// An object with a field that holds the next.
const FIELD: &str = "{type: object, properties: {next: NEXT}}";

/// All of them.
pub(crate) fn all() -> Vec<Document> {
    let grown = [
        ("a-chain-of-35-schemas", links("a_chain_of_35_schemas", 35, FIELD)),
        ("a-chain-of-1000-schemas", links("a_chain_of_1000_schemas", 1000, FIELD)),
        ("a-ring-of-500-schemas", ring(500)),
        ("an-object-of-1000-fields", fields(1000)),
        ("an-enum-of-1000-values", values(1000)),
        ("a-service-of-300-operations", operations(300)),
        ("objects-nested-12-deep", nested("objects_nested_12_deep", 12)),
        ("lists-nested-12-deep", lists("lists_nested_12_deep", 12)),
        ("lists-nested-100-deep", lists("lists_nested_100_deep", 100)),
        ("objects-nested-100-deep", nested("objects_nested_100_deep", 100)),
        ("a-chain-of-1000-lists", links("a_chain_of_1000_lists", 1000, "{type: array, items: NEXT}")),
        ("a-chain-of-1000-maps", links("a_chain_of_1000_maps", 1000, "{type: object, additionalProperties: NEXT}")),
        ("a-chain-of-1000-aliases", links("a_chain_of_1000_aliases", 1000, "NEXT")),
        ("a-chain-of-1000-parts", links("a_chain_of_1000_parts", 1000, "{allOf: [NEXT]}")),
        (
            "a-chain-of-100-merges",
            links("a_chain_of_100_merges", 100, "{allOf: [NEXT, {type: object, properties: {own: {type: string}}}]}"),
        ),
        ("a-chain-of-1000-choices", links("a_chain_of_1000_choices", 1000, "{oneOf: [NEXT, {type: string}]}")),
        ("a-choice-of-200", choice(200)),
        ("a-merge-of-100", merge(100)),
        ("lines-of-windows", windows()),
    ];
    let document =
        |(name, text): (&str, String)| Document { name: name.to_owned(), file: format!("{name}.yaml"), text };
    grown.into_iter().map(document).collect()
}

/// A document with one operation that sends and answers `Thing`, whose schemas these are.
fn document(tag: &str, schemas: &str) -> String {
    format!(
        r##"openapi: 3.0.4
info: {{title: Corpus, version: "1.0"}}
paths:
  /things:
    post:
      operationId: CreateThing
      tags: [{tag}]
      requestBody: {{content: {{application/json: {{schema: {{$ref: "#/components/schemas/Thing"}}}}}}}}
      responses:
        "200": {{description: Made., content: {{application/json: {{schema: {{$ref: "#/components/schemas/Thing"}}}}}}}}
components:
  schemas:
{schemas}"##
    )
}

/// The lines that `line` writes of each number below `count`.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        let _infallible = writeln!(text, "{}", line(number));
        text
    })
}

/// Schemas that are what `link` says, where `NEXT` is a reference to the next one; the last is an object.
fn links(tag: &str, length: usize, link: &str) -> String {
    let next = |number: usize| format!("{{$ref: '#/components/schemas/Link{number}'}}");
    let schema = |number| format!("    Link{number}: {}", link.replace("NEXT", &next(number + 1)));
    let end = format!("    Link{length}: {{type: object, properties: {{end: {{type: string}}}}}}\n");
    let start = format!("    Thing: {{type: object, properties: {{first: {}}}}}\n", next(0));
    document(tag, &format!("{start}{}{end}", lines(length, schema)))
}

/// Schemas that refer to the next, and the last to the first, where each has to be there.
fn ring(length: usize) -> String {
    let link = |number| {
        let next = (number + 1) % length;
        format!(
            "    Link{number}: {{type: object, required: [next], properties: {{next: {{type: array, items: \
             {{$ref: '#/components/schemas/Link{next}'}}}}}}}}"
        )
    };
    let start = "    Thing: {type: object, properties: {first: {$ref: '#/components/schemas/Link0'}}}\n";
    document("a_ring_of_500_schemas", &format!("{start}{}", lines(length, link)))
}

/// An object of many fields, of which each third has to be there.
fn fields(count: usize) -> String {
    let required: Vec<String> = (0..count).step_by(3).map(|number| format!("field{number}")).collect();
    let field = |number| format!("        field{number}: {{type: {}}}", ["string", "integer", "boolean"][number % 3]);
    let head =
        format!("    Thing:\n      type: object\n      required: [{}]\n      properties:\n", required.join(", "));
    document("an_object_of_1000_fields", &format!("{head}{}", lines(count, field)))
}

/// An enum of many values.
fn values(count: usize) -> String {
    let value = |number| format!("            - value{number}");
    let head =
        "    Thing:\n      type: object\n      properties:\n        kind:\n          type: string\n          enum:\n";
    document("an_enum_of_1000_values", &format!("{head}{}", lines(count, value)))
}

/// A service of many operations.
fn operations(count: usize) -> String {
    let operation = |number| {
        format!(
            r##"  /things/{number}/{{uuid}}:
    get:
      operationId: GetThing{number}
      tags: [a_service_of_300_operations]
      parameters:
        - {{name: uuid, in: path, required: true, schema: {{type: string}}}}
        - {{name: limit, in: query, schema: {{type: integer}}}}
      responses: {{"200": {{description: Read., content: {{application/json: {{schema: {{type: object, properties: {{a: {{type: string}}}}}}}}}}}}}}"##
        )
    };
    format!("openapi: 3.0.4\ninfo: {{title: Corpus, version: \"1.0\"}}\npaths:\n{}", lines(count, operation))
}

/// Objects within objects.
fn nested(tag: &str, depth: usize) -> String {
    let (open, close) = ("{type: object, properties: {inner: ".repeat(depth), "}}".repeat(depth));
    document(tag, &format!("    Thing: {open}{{type: string}}{close}\n"))
}

/// Lists within lists.
fn lists(tag: &str, depth: usize) -> String {
    let (open, close) = ("{type: array, items: ".repeat(depth), "}".repeat(depth));
    document(tag, &format!("    Thing: {{type: object, properties: {{list: {open}{{type: string}}{close}}}}}\n"))
}

/// A choice between many objects.
fn choice(count: usize) -> String {
    let kind = |number| {
        format!(
            "    Kind{number}: {{type: object, required: [a{number}], properties: {{a{number}: {{type: string}}}}}}"
        )
    };
    let part = |number| format!("            - $ref: '#/components/schemas/Kind{number}'");
    let head = "    Thing:\n      type: object\n      properties:\n        kind:\n          oneOf:\n";
    document("a_choice_of_200", &format!("{head}{}{}", lines(count, part), lines(count, kind)))
}

/// An object of many parts.
fn merge(count: usize) -> String {
    let kind = |number| format!("    Part{number}: {{type: object, properties: {{a{number}: {{type: string}}}}}}");
    let part = |number| format!("        - $ref: '#/components/schemas/Part{number}'");
    document("a_merge_of_100", &format!("    Thing:\n      allOf:\n{}{}", lines(count, part), lines(count, kind)))
}

/// Lines that end in two characters.
fn windows() -> String {
    let schemas = "    Thing:\n      description: |\n        Of two\n        lines.\n      type: object\n";
    document("lines_of_windows", schemas).replace('\n', "\r\n")
}
