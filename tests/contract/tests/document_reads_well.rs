//! What a reader of the document, and a generator, rely on.

use contract::document::{Operation, document, operations, plain_reference, resolve};
use contract::examples;
use contract::places::places;
use serde_json::Value;

fn each_operation(mut visit: impl FnMut(&Value, &Operation<'_>)) {
    let document = document();
    let operations = operations(&document);
    assert_eq!(operations.len(), examples::operations().len());
    for operation in &operations {
        visit(&document, operation);
    }
}

#[test]
fn it_has_the_operations_of_the_ledgers_and_no_other() {
    let document = document();
    let mut ids: Vec<&str> = operations(&document).iter().map(|operation| operation.id).collect();
    let mut wanted = examples::operations();
    ids.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(ids, wanted);
}

#[test]
fn no_schema_of_a_response_requires_a_field() {
    each_operation(|document, operation| {
        for ((side, path), pointer) in places(document, operation) {
            if side == "response" {
                let (schema, _) = pointer.rsplit_once("/properties/").expect("a property");
                let schema = resolve(document, schema).expect("a schema");
                assert!(schema.get("required").is_none(), "{}: {path} at {pointer}", operation.id);
            }
        }
    });
}

#[test]
fn each_operation_has_one_service_with_its_own_server_and_credentials() {
    each_operation(|document, operation| {
        let tag = operation.value["tags"][0].as_str().expect("a tag");
        let (server, scheme) = match tag {
            "zstack" => ("http://{host}", "zstackSession"),
            "cbr" => ("https://{endpoint}", "cbrToken"),
            other => panic!("no service is called {other}"),
        };
        let count = |key: &str| operation.value[key].as_array().map(Vec::len);
        assert_eq!((count("tags"), count("servers"), count("security")), (Some(1), Some(1), Some(1)));
        assert_eq!(operation.value["servers"][0]["url"], server);
        assert_eq!(operation.value["security"][0], serde_json::json!({ scheme: [] }));
        assert!(document.get("servers").is_none() && document.get("security").is_none());
    });
}

#[test]
fn each_zstack_response_names_the_field_that_says_it_failed_and_each_operation_says_so() {
    each_operation(|document, operation| {
        if operation.value["tags"][0] != "zstack" {
            return;
        }
        let response = &operation.value["responses"]["200"];
        let schema = plain_reference(&response["content"]["application/json"]["schema"]).expect("a named schema");
        let schema = resolve(document, schema).expect("a schema");
        let field = schema["x-error-property"].as_str().expect("the name of a field");
        assert!(schema["properties"].get(field).is_some(), "{}: no field {field}", operation.id);
        for text in [&operation.value["description"], &response["description"]] {
            assert!(text.as_str().is_some_and(|text| text.contains("the operation failed")), "{}", operation.id);
        }
    });
}

/// Every extension is explained where a reader looks first.
#[test]
fn info_explains_every_extension() {
    let document = document();
    let mut extensions = Vec::new();
    collect_extensions(&document, &mut extensions);
    let explained = document["info"]["description"].as_str().expect("a description");
    for extension in extensions {
        assert!(
            explained.contains(&format!("`{extension}`:")) || explained.contains(&format!("`{extension}` ")),
            "{extension}"
        );
    }
}

fn collect_extensions(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            found.extend(object.keys().filter(|key| key.starts_with("x-")).cloned());
            object.values().for_each(|value| collect_extensions(value, found));
        }
        Value::Array(array) => array.iter().for_each(|value| collect_extensions(value, found)),
        _ => {}
    }
}

/// The summaries of all examples of an operation's bodies; null where one is missing.
fn example_summaries(operation: &Value) -> Vec<&Value> {
    let responses = operation["responses"].as_object().into_iter().flatten().map(|(_, response)| response);
    let bodies = responses.chain([&operation["requestBody"]]);
    let contents = bodies.flat_map(|body| body["content"].as_object().into_iter().flatten());
    let examples = contents.flat_map(|(_, content)| content["examples"].as_object().into_iter().flatten());
    examples.map(|(_, example)| &example["summary"]).collect()
}

/// All that a reader reads is there, and in English: the pages' Chinese rows would not be ASCII.
#[test]
fn everything_is_described_in_english() {
    let document = document();
    let mut described = 0;
    let mut text = |place: &str, value: &Value| {
        let text = value.as_str().unwrap_or_default().trim();
        assert!(!text.is_empty(), "{place} has no description");
        assert!(text.is_ascii(), "{place}: {text}");
        assert!(text.ends_with(['.', ')']), "{place} is no whole sentence: {text}");
        described += 1;
    };
    text("info", &document["info"]["description"]);
    for tag in document["tags"].as_array().into_iter().flatten() {
        text("tag", &tag["description"]);
    }
    for operation in operations(&document) {
        text(operation.id, &operation.value["description"]);
        let summary = operation.value["summary"].as_str().unwrap_or_default();
        assert!(!summary.is_empty(), "{} has no summary", operation.id);
        for ((_, path), pointer) in places(&document, &operation) {
            let place = resolve(&document, &pointer).expect("a place");
            if plain_reference(place).is_none() {
                text(&format!("{} {path}", operation.id), &place["description"]);
            }
        }
        if let Some(body) = operation.value.get("requestBody") {
            text(&format!("{}, body", operation.id), &body["description"]);
        }
        for server in operation.value["servers"].as_array().into_iter().flatten() {
            text(&format!("{}, server", operation.id), &server["description"]);
            for (name, variable) in server["variables"].as_object().into_iter().flatten() {
                text(&format!("{}, {{{name}}}", operation.id), &variable["description"]);
            }
        }
        if let Some(docs) = operation.value.get("externalDocs") {
            text(&format!("{}, externalDocs", operation.id), &docs["description"]);
        }
        for summary in example_summaries(operation.value) {
            let words = summary.as_str().unwrap_or_default();
            assert!(!words.is_empty() && words.is_ascii(), "{}: an example's summary: {summary}", operation.id);
        }
        for response in operation.value["responses"].as_object().into_iter().flatten() {
            text(response.0, &response.1["description"]);
        }
    }
    for section in ["schemas", "securitySchemes"] {
        for (name, schema) in document["components"][section].as_object().into_iter().flatten() {
            text(name, &schema["description"]);
            for (property, schema) in schema["properties"].as_object().into_iter().flatten() {
                if plain_reference(schema).is_none() {
                    text(&format!("{name}.{property}"), &schema["description"]);
                }
            }
        }
    }
    assert!(described > 165, "only {described} descriptions were looked at");
}

/// The pages say that one backup storage is the source and the other the destination, and not which of the two holds
/// the backup before the call. So no words about the pair may imply a direction.
#[test]
fn nothing_gives_source_and_destination_a_direction() {
    const OF_DIRECTION: [&str; 14] = [
        "from", "to", "into", "onto", "toward", "towards", "copy", "copies", "copied", "upload", "download", "push",
        "pull", "remote",
    ];
    let document = document();
    let mut texts = Vec::new();
    for operation in operations(&document) {
        if !operation.id.ends_with("FromImageStoreBackupStorage") {
            continue;
        }
        texts.push(&operation.value["description"]);
        texts.push(&operation.value["requestBody"]["description"]);
        let response = &operation.value["responses"]["200"]["description"];
        texts.push(response);
        let request = &document["components"]["schemas"][format!("{}Request", operation.id)];
        texts.push(&request["description"]);
        texts.extend(request["properties"].as_object().into_iter().flatten().map(|(_, field)| &field["description"]));
    }
    let pair = &document["components"]["schemas"]["BackupStoragePair"];
    texts.push(&pair["description"]);
    texts.extend(pair["properties"].as_object().into_iter().flatten().map(|(_, field)| &field["description"]));
    assert_eq!(texts.len(), 2 * 7 + 3);
    for text in texts {
        let text = text.as_str().expect("a text").to_lowercase();
        let mut words = text.split(|letter: char| !letter.is_alphanumeric());
        let direction = words.find(|word| OF_DIRECTION.contains(word));
        assert_eq!(direction, None, "{text}");
    }
}
