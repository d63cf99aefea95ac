//! Subcommands and flags are those of the served document: a parameter without a flag, and a flag without a parameter,
//! are noticed; so are what is required, what values may be, and what the helps say.

use std::collections::BTreeSet;

use serde_json::{Value, json};

/// Flags that are the command line's own.
const OWN: [&str; 15] = [
    "allow-plain-http",
    "credentials-file",
    "detach",
    "dry-run",
    "help",
    "output",
    "proxies-from-environment",
    "retries",
    "server-time-zone",
    "timeout",
    "url",
    "verbose",
    "version",
    "yes",
    "no-power-on",
];

/// What a parameter's flag is called where it is not the parameter's name: once for each item, and without `X-`.
const RENAMED: [(&str, &str); 5] = [
    ("systemTags", "system-tag"),
    ("userTags", "user-tag"),
    ("mappings", "mapping"),
    ("X-Job-UUID", "job-uuid"),
    ("X-API-Timeout", "api-timeout"),
];

/// Parameters that are secrets, and the variable that they are taken from.
const SECRET: [(&str, &str); 1] = [("url", "IMAGE_STORE_URL")];

/// Sentences of the document that a help leaves out: where something is known from, and what only matters on the wire.
const NOT_FOR_OPERATORS: [&str; 4] = ["page", "Correction:", "one parameter for each tag", "`error` in the answer"];

/// A parameter of an operation, wherever it stands in the request.
struct Parameter {
    name: String,
    required: bool,
    description: String,
    schema: Value,
}

fn document() -> Value {
    serde_yaml::from_str(simulator::SERVED_DOCUMENT).unwrap()
}

/// The operations that are called, and not plumbing: id, and what the document says.
fn operations(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().unwrap().values();
    let operations = paths.flat_map(|path| path.as_object().unwrap().values());
    let called = operations.filter(|operation| operation.get("x-plumbing").is_none());
    called.map(|operation| (operation["operationId"].as_str().unwrap().to_owned(), operation)).collect()
}

/// A schema with what it refers to put in.
fn resolved(document: &Value, schema: &Value) -> Value {
    let mut found = schema.as_object().unwrap().clone();
    let others = found.remove("allOf").into_iter().flat_map(|all| all.as_array().unwrap().clone());
    let reference = found.remove("$ref").map(|reference| json!({"$ref": reference}));
    for other in others.chain(reference) {
        let other = match other.get("$ref") {
            Some(pointer) => {
                let pointer = pointer.as_str().unwrap().trim_start_matches('#');
                resolved(document, document.pointer(pointer).unwrap())
            }
            None => other,
        };
        for (name, value) in other.as_object().unwrap() {
            found.entry(name).or_insert_with(|| value.clone());
        }
    }
    Value::Object(found)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The parameters within a body. What `around` says goes for all of them.
fn in_body(document: &Value, schema: &Value, required: bool, around: &str, found: &mut Vec<Parameter>) {
    let needed: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().map(|name| name.as_str().unwrap()).collect();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let property = resolved(document, property);
        let required = required && needed.contains(&name.as_str());
        let description = text(&property["description"]);
        if property["type"] == "object" {
            in_body(document, &property, required, if required { "" } else { &description }, found);
            continue;
        }
        let mut description = format!("{around} {description}");
        let items = property.get("items").map(|items| resolved(document, items));
        for (_, inner) in items.iter().filter_map(|items| items["properties"].as_object()).flatten() {
            description = format!("{description} {}", text(&inner["description"]));
        }
        found.push(Parameter { name: name.clone(), required, description, schema: property });
    }
}

fn parameters(document: &Value, operation: &Value) -> Vec<Parameter> {
    let mut found = Vec::new();
    for parameter in operation["parameters"].as_array().unwrap() {
        found.push(Parameter {
            name: parameter["name"].as_str().unwrap().to_owned(),
            required: parameter["required"] == true,
            description: text(&parameter["description"]),
            schema: resolved(document, &parameter["schema"]),
        });
    }
    let content = operation["requestBody"]["content"].as_object().into_iter().flat_map(|content| content.values());
    for media in content {
        in_body(document, &resolved(document, &media["schema"]), true, "", &mut found);
    }
    found
}

/// `srcBackupStorageUuid`, `project_id` and `RecoverDataVolume` as words with hyphens.
fn hyphenated(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !words.is_empty() {
            words.push('-');
        }
        words.push(if c == '_' { '-' } else { c.to_ascii_lowercase() });
    }
    words
}

fn flag(parameter: &Parameter) -> String {
    let renamed = RENAMED.into_iter().find(|(name, _)| *name == parameter.name);
    renamed.map_or_else(|| hyphenated(&parameter.name), |(_, flag)| flag.to_owned())
}

/// The variable that a secret is taken from.
fn variable(parameter: &Parameter) -> Option<&'static str> {
    SECRET.into_iter().find(|(name, _)| *name == parameter.name).map(|(_, variable)| variable)
}

fn built() -> clap::Command {
    let mut command = restore_cli::command();
    command.build();
    command
}

fn help(argument: &clap::Arg) -> String {
    let helps = [argument.get_help(), argument.get_long_help()];
    helps.into_iter().flatten().map(|help| text(&help.to_string().into())).collect::<Vec<_>>().join(" ")
}

/// The sentences that matter to operators.
fn sentences(description: &str) -> impl Iterator<Item = &str> {
    let sentences = description.split(". ").map(|sentence| sentence.trim().trim_end_matches('.'));
    sentences.filter(|sentence| !sentence.is_empty() && !NOT_FOR_OPERATORS.iter().any(|word| sentence.contains(word)))
}

/// Calls this for each parameter that has a flag, with its subcommand and the flag.
fn for_each_flag(mut see: impl FnMut(&clap::Command, &clap::Arg, &Parameter)) {
    let (document, command) = (document(), built());
    for (id, operation) in operations(&document) {
        let subcommand = command.find_subcommand(hyphenated(&id)).unwrap();
        for parameter in parameters(&document, operation).iter().filter(|parameter| variable(parameter).is_none()) {
            let name = flag(parameter);
            let argument = subcommand.get_arguments().find(|argument| argument.get_long() == Some(&name));
            see(subcommand, argument.unwrap_or_else(|| panic!("{id} has no --{name}")), parameter);
        }
    }
}

#[test]
fn each_operation_has_its_subcommand() {
    let (document, command) = (document(), built());
    let documented: BTreeSet<String> = operations(&document).iter().map(|(id, _)| hyphenated(id)).collect();
    let own = ["job", "completions", "man", "help"];
    let subcommands = command.get_subcommands().map(|subcommand| subcommand.get_name().to_owned());
    assert_eq!(subcommands.filter(|name| !own.contains(&name.as_str())).collect::<BTreeSet<_>>(), documented);
}

#[test]
fn each_parameter_has_its_flag_and_each_flag_its_parameter() {
    let (document, command) = (document(), built());
    for (id, operation) in operations(&document) {
        let parameters = parameters(&document, operation);
        let mut documented: BTreeSet<String> =
            parameters.iter().filter(|parameter| variable(parameter).is_none()).map(flag).collect();
        if parameters.iter().any(|parameter| parameter.schema.get("x-validation-tag").is_some()) {
            documented.insert("validate-only".to_owned());
        }
        let subcommand = command.find_subcommand(hyphenated(&id)).unwrap();
        let flags = subcommand.get_arguments().filter_map(|argument| argument.get_long()).map(str::to_owned);
        assert_eq!(flags.filter(|flag| !OWN.contains(&flag.as_str())).collect::<BTreeSet<_>>(), documented, "{id}");
    }
}

#[test]
fn what_the_document_requires_is_required_and_nothing_else() {
    for_each_flag(|subcommand, argument, parameter| {
        let is_required = argument.is_required_set();
        assert_eq!(is_required, parameter.required, "{} {argument}", subcommand.get_name());
    });
}

#[test]
fn lists_are_repeated_and_nothing_else() {
    for_each_flag(|subcommand, argument, parameter| {
        let is_repeated = matches!(argument.get_action(), clap::ArgAction::Append);
        assert_eq!(is_repeated, parameter.schema["type"] == "array", "{} {argument}", subcommand.get_name());
    });
}

#[test]
fn each_help_says_what_the_document_says_to_operators() {
    let mut held = 0;
    for_each_flag(|subcommand, argument, parameter| {
        let help = help(argument);
        assert!(!help.is_empty(), "{} {argument}", subcommand.get_name());
        for sentence in sentences(&parameter.description) {
            assert!(help.contains(sentence), "{} {argument}: {sentence:?} is not in {help:?}", subcommand.get_name());
            held += 1;
        }
    });
    assert!(held > 25, "{held}");
}

#[test]
fn each_subcommands_help_says_what_the_document_says_behind_its_first_sentence() {
    let (document, command) = (document(), built());
    for (id, operation) in operations(&document) {
        let subcommand = command.find_subcommand(hyphenated(&id)).unwrap();
        let about = subcommand.get_long_about().or_else(|| subcommand.get_about()).unwrap();
        let about = text(&about.to_string().into());
        for sentence in sentences(&text(&operation["description"])).skip(1) {
            assert!(about.contains(sentence), "{id}: {sentence:?} is not in {about:?}");
        }
    }
}

#[test]
fn a_secret_is_told_of_by_its_variable() {
    let (document, command) = (document(), built());
    let mut secrets = 0;
    for (id, operation) in operations(&document) {
        let subcommand = command.find_subcommand(hyphenated(&id)).unwrap();
        for variable in parameters(&document, operation).iter().filter_map(variable) {
            assert!(subcommand.get_long_about().unwrap().to_string().contains(variable), "{id}");
            secrets += 1;
        }
    }
    assert_eq!(secrets, SECRET.len());
}

/// Values at the ends of what the document allows, each with whether it is allowed.
fn ends(schema: &Value) -> Vec<(String, bool)> {
    let mut ends = Vec::new();
    if let (Some(least), Some(most)) = (schema["minimum"].as_i64(), schema["maximum"].as_i64()) {
        let numbers = [(least - 1, false), (least, true), (most, true), (most + 1, false)];
        ends.extend(numbers.map(|(number, allowed)| (number.to_string(), allowed)));
    }
    if let (Some(least), Some(most)) = (schema["minLength"].as_u64(), schema["maxLength"].as_u64()) {
        let lengths = [(least - 1, false), (least, true), (most, true), (most + 1, false)];
        let text = |length: u64| "a".repeat(usize::try_from(length).unwrap());
        ends.extend(lengths.map(|(length, allowed)| (text(length), allowed)));
    }
    ends
}

#[test]
fn values_are_held_to_the_documents_limits() {
    let mut held = 0;
    for_each_flag(|subcommand, argument, parameter| {
        for (value, allowed) in ends(&parameter.schema) {
            // Only this flag: what is required and missing is another matter.
            let alone = clap::Command::new("one").arg(argument.clone().required(false));
            let line = ["one".to_owned(), format!("--{}={value}", argument.get_long().unwrap())];
            let taken = alone.try_get_matches_from(line).is_ok();
            assert_eq!(taken, allowed, "{} {argument} {value}", subcommand.get_name());
            held += 1;
        }
    });
    assert_eq!(held, 20);
}
