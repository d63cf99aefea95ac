//! The overlay's actions: their names, and the fields that they bring.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Overlay {
    actions: Vec<Action>,
}

/// An action, as far as the tests look at it.
#[derive(Deserialize)]
pub struct Action {
    description: String,
    #[serde(default)]
    update: Value,
}

/// All actions, in the overlay's order.
pub fn actions() -> Vec<Action> {
    let overlay: Overlay = serde_yaml::from_str(include_str!("../../../../spec/as-served.overlay.yaml")).unwrap();
    overlay.actions
}

impl Action {
    /// The first line of its description.
    pub fn name(&self) -> &str {
        self.description.lines().next().unwrap_or_default()
    }

    /// The name up to its first comma or parenthesis, by which the documentation calls it.
    pub fn short_name(&self) -> &str {
        self.name().split([',', '(']).next().unwrap_or_default().trim_end()
    }

    /// The fields that it brings or describes anew: every key of a map that is called `properties`.
    pub fn fields(&self) -> BTreeSet<String> {
        let mut fields = BTreeSet::new();
        collect(&self.update, &mut fields);
        fields
    }
}

fn collect(value: &Value, fields: &mut BTreeSet<String>) {
    let Value::Object(map) = value else { return };
    for (key, inner) in map {
        if let (true, Value::Object(properties)) = (key == "properties", inner) {
            fields.extend(properties.keys().cloned());
        }
        collect(inner, fields);
    }
}
