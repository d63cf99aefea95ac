//! Types that many fields share, and that have no fields of their own.

use std::collections::BTreeMap;

use super::correction::Correction;
use super::group::described;
use super::knowledge::Statement;
use super::schema::Schema;
use crate::Error;
use crate::yaml::Node;

/// A named type without fields.
pub(crate) struct Shared {
    pub(crate) name: String,
    pub(crate) description: String,
    /// Indexes of the corrections that touch it.
    pub(crate) corrections: Vec<usize>,
    /// What is known of it beside the document.
    pub(crate) notes: Vec<Statement>,
}

/// The anchor of a shared type on the page.
pub(crate) fn anchor(name: &str) -> String {
    format!("type-{name}")
}

/// Whether fields of this type are told where it is: it has a name, and is one text.
pub(crate) fn is_shared(schema: &Schema<'_>) -> bool {
    schema.name.is_some() && schema.node.get("type").is_some_and(|kind| kind.value.as_str() == Some("string"))
}

pub(crate) fn read(
    served: &Node<'_>,
    corrections: &[Correction],
    notes: &BTreeMap<String, Vec<Statement>>,
) -> Result<Vec<Shared>, Error> {
    let mut types = Vec::new();
    for (name, node) in served.need("components")?.need("schemas")?.entries() {
        let schema = Schema { name: Some(name.to_owned()), node };
        if is_shared(&schema) {
            let touching = corrections.iter().enumerate().filter(|(_, it)| it.touches(&schema.node.pointer));
            let corrections = touching.map(|(index, _)| index).collect();
            let description = described(&schema.node, &schema.node)?;
            let notes = notes.get(name).cloned().unwrap_or_default();
            types.push(Shared { name: name.to_owned(), description, corrections, notes });
        }
    }
    Ok(types)
}
