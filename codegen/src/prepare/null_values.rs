//! An `enum` that lists null (`nullable: true` beside it) says with it once more that null is allowed. Typify makes two
//! `Option`s of that, and an error where the schema has no type. Without it, `nullable` alone says so.

use serde_json::Value;

use crate::schema;

/// Takes null out of every `enum` that may be null.
pub(crate) fn remove(document: &mut Value) {
    schema::for_each(document, &mut |node| {
        if node.get("nullable") != Some(&Value::Bool(true)) {
            return;
        }
        let Some(values) = node.get_mut("enum").and_then(Value::as_array_mut) else { return };
        values.retain(|value| !value.is_null());
        let is_text = values.iter().all(Value::is_string);
        if let Some(node) = node.as_object_mut().filter(|_| is_text) {
            node.entry("type").or_insert_with(|| "string".into());
        }
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn removed(schema: Value) -> Value {
        let mut document = json!({"components": {"schemas": {"It": schema}}});
        remove(&mut document);
        document["components"]["schemas"]["It"].clone()
    }

    #[test]
    fn null_goes_where_nullable_says_it_already() {
        let kind = json!({"nullable": true, "enum": ["a", null]});
        assert_eq!(removed(kind), json!({"type": "string", "nullable": true, "enum": ["a"]}));
        let must_not = json!({"type": "string", "enum": ["a"]});
        assert_eq!(removed(must_not.clone()), must_not);
    }
}
