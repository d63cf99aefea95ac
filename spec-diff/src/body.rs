//! Bodies, and the media types that they come in.

use serde_json::{Map, Value};

use crate::change::Verdict;
use crate::comparison::{Comparison, flag};
use crate::document::{Unreadable, object};
use crate::kind::Kind;
use crate::place::{At, Side};
use crate::shift::Shift;
use crate::{schema, words};

/// Compares the bodies of a request, as the operations have them.
pub(crate) fn request(
    comparison: &mut Comparison<'_>,
    base: Option<&Value>,
    tree: Option<&Value>,
) -> Result<(), Unreadable> {
    let at = At::new(Side::Request, "request body");
    let base = base.map(|body| comparison.base.resolve_object(body)).transpose()?;
    let tree = tree.map(|body| comparison.tree.resolve_object(body)).transpose()?;
    match (base, tree) {
        (Some(base), Some(tree)) => {
            let kinds = (Kind::BodyRequired, Kind::BodyOptional);
            comparison.required(&at, flag(&base, "required"), flag(&tree, "required"), kinds, "the body");
            words::compare(comparison, &at, &base, &tree);
            let empty = Map::new();
            let base = object(&base, "content").unwrap_or(&empty);
            let tree = object(&tree, "content").unwrap_or(&empty);
            content(comparison, &at, base, tree)?;
        }
        (Some(_), None) => {
            let sentence = "Callers that send a body are refused now, or it has no effect.";
            comparison.add(&at, Kind::BodyGone, Verdict::Breaking, sentence);
        }
        (None, Some(tree)) if flag(&tree, "required") => {
            let sentence = "Callers that send no body are refused now.";
            comparison.add(&at, Kind::RequiredBodyAdded, Verdict::Breaking, sentence);
        }
        (None, Some(_)) => {
            comparison.add(&at, Kind::BodyAdded, Verdict::Compatible, "Callers may send a body now.");
        }
        (None, None) => {}
    }
    Ok(())
}

/// Compares what is in a body, media type by media type.
pub(crate) fn content(
    comparison: &mut Comparison<'_>,
    at: &At,
    base: &Map<String, Value>,
    tree: &Map<String, Value>,
) -> Result<(), Unreadable> {
    let several = base.len() > 1 || tree.len() > 1;
    for (name, media) in ordered(base) {
        let Some((other_name, other)) = tree.iter().find(|(other, _)| meaning(other) == meaning(name)) else {
            gone(comparison, at, name);
            continue;
        };
        let at = if several { at.as_one_of(name) } else { at.clone() };
        if name != other_name {
            let sentence = format!("The media type is written `{other_name}`, and means the same as `{name}`.");
            comparison.add(&at, Kind::WordsChanged, Verdict::Words, sentence);
        }
        if let (Some(media), Some(other)) = (media.as_object(), other.as_object()) {
            words::compare(comparison, &at, media, other);
            comparison.unjudged(&at, media, other, &["encoding"]);
            schema::compare_optional(comparison, &at, media.get("schema"), other.get("schema"))?;
        }
    }
    for (name, _) in ordered(tree) {
        if !base.keys().any(|other| meaning(other) == meaning(name)) {
            added(comparison, at, name);
        }
    }
    Ok(())
}

/// Those who send it are refused, and those who ask for it get nothing: it breaks either way.
fn gone(comparison: &mut Comparison<'_>, at: &At, name: &str) {
    let sentence = match at.side {
        Side::Response => format!("Callers that ask for `{name}` no longer get it."),
        _ => Shift::Narrower.sentence(at.side, &format!("`{name}`")),
    };
    comparison.add(at, Kind::MediaTypeGone, Verdict::Breaking, sentence);
}

/// Those who do not say what they take may get it.
fn added(comparison: &mut Comparison<'_>, at: &At, name: &str) {
    let shift = Shift::Wider;
    let sentence = shift.sentence(at.side, &format!("`{name}`"));
    comparison.add(at, Kind::MediaTypeAdded, shift.verdict(at.side), sentence);
}

fn ordered(content: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut ordered: Vec<_> = content.iter().collect();
    ordered.sort_by_key(|(name, _)| *name);
    ordered
}

/// What a media type says, however it is written. JSON is UTF-8 with or without the parameter that says so.
fn meaning(name: &str) -> String {
    let name: String = name.to_lowercase().split_whitespace().collect();
    match name.strip_suffix(";charset=utf-8") {
        Some(json) if json.ends_with("/json") || json.ends_with("+json") => json.to_owned(),
        _ => name,
    }
}
