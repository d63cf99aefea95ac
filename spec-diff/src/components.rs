//! Components that no operation reaches: what changes in them changes nothing for callers.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::change::Verdict;
use crate::comparison::Comparison;
use crate::document::Document;
use crate::kind::Kind;
use crate::place::{At, Side};

/// Notes the components that differ and that nothing has led to. Comes last, when everything else was compared.
pub(crate) fn compare(comparison: &mut Comparison<'_>) {
    let names: BTreeSet<(String, String)> = names(&comparison.base).chain(names(&comparison.tree)).collect();
    for (section, name) in names {
        if comparison.base.has_reached(&section, &name) || comparison.tree.has_reached(&section, &name) {
            continue;
        }
        let (base, tree) = (component(&comparison.base, &section, &name), component(&comparison.tree, &section, &name));
        let what = match (base, tree) {
            (base, tree) if base == tree => continue,
            (None, _) => "is new",
            (_, None) => "is gone",
            _ => "changed",
        };
        let sentence = format!("`{name}` {what}. No operation that both documents have reaches it.");
        let at = At::new(Side::Document, format!("components › {section} › {name}"));
        comparison.add(&at, Kind::ComponentChanged, Verdict::Words, sentence);
    }
}

fn names(document: &Document<'_>) -> impl Iterator<Item = (String, String)> {
    let sections = document.root.get("components").and_then(Value::as_object).into_iter().flatten();
    sections.flat_map(|(section, parts)| {
        parts.as_object().into_iter().flat_map(|parts| parts.keys()).map(|name| (section.clone(), name.clone()))
    })
}

fn component<'a>(document: &Document<'a>, section: &str, name: &str) -> Option<&'a Value> {
    document.root.get("components")?.get(section)?.get(name)
}
