//! `default` says what the *server* assumes when a value is left out. Progenitor makes it what the *client* sends:
//! `power_on: bool`, always sent. Without the default it is an `Option`, and leaving it out stays possible.

use serde_json::Value;

use crate::schema;

/// Takes every `default` away.
pub(crate) fn remove(document: &mut Value) {
    schema::for_each(document, &mut |node| {
        if let Some(node) = node.as_object_mut() {
            node.remove("default");
        }
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_default_goes_and_a_property_of_that_name_stays() {
        let mut document = json!({"components": {"schemas": {"Restore": {"type": "object", "properties": {
            "power_on": {"type": "boolean", "default": true}, "default": {"type": "string"},
        }}}}});
        remove(&mut document);
        let properties = &document["components"]["schemas"]["Restore"]["properties"];
        assert_eq!(*properties, json!({"power_on": {"type": "boolean"}, "default": {"type": "string"}}));
    }
}
