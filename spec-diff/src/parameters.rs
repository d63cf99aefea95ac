//! Parameters of a request.

use serde_json::{Map, Value};

use crate::change::Verdict;
use crate::comparison::{Comparison, flag};
use crate::document::{Document, Unreadable, list, object};
use crate::kind::Kind;
use crate::operations::Operation;
use crate::place::{At, Side};
use crate::{body, schema, words};

/// A parameter of one document.
struct Parameter<'a> {
    name: &'a str,
    /// `path`, `query`, `header` or `cookie`.
    location: &'a str,
    object: &'a Map<String, Value>,
}

impl Parameter<'_> {
    fn at(&self) -> At {
        At::new(Side::Request, format!("{} parameter {}", self.location, self.name))
    }

    fn is_required(&self) -> bool {
        self.location == "path" || flag(self.object, "required")
    }

    /// What makes it the same parameter: case does not matter in the names of headers.
    fn identity(&self) -> (&str, String) {
        let name = if self.location == "header" { self.name.to_lowercase() } else { self.name.to_owned() };
        (self.location, name)
    }
}

/// Compares the parameters of an operation.
pub(crate) fn compare(
    comparison: &mut Comparison<'_>,
    base: &Operation<'_>,
    tree: &Operation<'_>,
) -> Result<(), Unreadable> {
    let renamed = renamed_in_path(base.path, tree.path);
    let base = read(&comparison.base, base)?;
    let mut tree = read(&comparison.tree, tree)?;
    for parameter in &base {
        let partner = partner(parameter, &base, &tree, &renamed);
        if let Some(partner) = partner.map(|index| tree.remove(index)) {
            pair(comparison, parameter, &partner)?;
        } else {
            let name = parameter.name;
            let sentence = format!("Callers that send `{name}` are refused now, or it has no effect.");
            comparison.add(&parameter.at(), Kind::ParameterGone, Verdict::Breaking, sentence);
        }
    }
    for parameter in tree {
        let (at, name) = (parameter.at(), parameter.name);
        if parameter.is_required() {
            let sentence = format!("Callers that leave out `{name}` are refused now: it is new.");
            comparison.add(&at, Kind::RequiredParameterAdded, Verdict::Breaking, sentence);
        } else {
            let sentence = format!("Callers may send `{name}` now.");
            comparison.add(&at, Kind::ParameterAdded, Verdict::Compatible, sentence);
        }
    }
    Ok(())
}

/// The parameters of an operation, those of its path included, ordered by place and name: their order means nothing.
fn read<'a>(document: &Document<'a>, operation: &Operation<'a>) -> Result<Vec<Parameter<'a>>, Unreadable> {
    let mut parameters: Vec<Parameter<'a>> = Vec::new();
    for value in list(operation.object, "parameters").iter().chain(list(operation.item, "parameters")) {
        let object = document.resolve(value)?.as_object();
        let text = |key: &str| object?.get(key)?.as_str();
        let (Some(object), Some(name), Some(location)) = (object, text("name"), text("in")) else {
            let title = format!("{} {}", operation.method, operation.path);
            return Err(document.unreadable(format!("a parameter of {title} has no `name` or no `in`")));
        };
        let parameter = Parameter { name, location, object };
        // The operation's own come first, and take the place of those of the path.
        if !parameters.iter().any(|other| other.identity() == parameter.identity()) {
            parameters.push(parameter);
        }
    }
    parameters.sort_by_cached_key(|parameter| (parameter.location, parameter.identity().1));
    Ok(parameters)
}

/// Names in the path that were replaced: old and new, where both stand at the same place.
fn renamed_in_path<'a>(base: &'a str, tree: &'a str) -> Vec<(&'a str, &'a str)> {
    let names = |path: &'a str| path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
    if names(base).count() != names(tree).count() {
        return Vec::new();
    }
    names(base).zip(names(tree)).filter(|(base, tree)| base != tree).collect()
}

/// Where the tree has the same parameter: of the same name, at the same place in the path, or moved.
fn partner(
    parameter: &Parameter<'_>,
    base: &[Parameter<'_>],
    tree: &[Parameter<'_>],
    renamed: &[(&str, &str)],
) -> Option<usize> {
    if parameter.location == "path"
        && let Some((_, name)) = renamed.iter().find(|(name, _)| *name == parameter.name)
    {
        return tree.iter().position(|candidate| candidate.location == "path" && candidate.name == *name);
    }
    let same = tree.iter().position(|candidate| candidate.identity() == parameter.identity());
    same.or_else(|| {
        tree.iter().position(|candidate| {
            candidate.name == parameter.name && !base.iter().any(|other| other.identity() == candidate.identity())
        })
    })
}

fn pair(comparison: &mut Comparison<'_>, base: &Parameter<'_>, tree: &Parameter<'_>) -> Result<(), Unreadable> {
    let at = tree.at();
    if base.location != tree.location {
        let sentence = format!("Callers have to send it in the {} now, not in the {}.", tree.location, base.location);
        comparison.add(&at, Kind::ParameterMoved, Verdict::Breaking, sentence);
    } else {
        style(comparison, &at, base.location, base.object, tree.object);
        if base.identity() != tree.identity() {
            let names = format!("`{}` now, not `{}`", tree.name, base.name);
            let sentence = format!("Generated clients call it {names}. What is sent is the same.");
            comparison.add(&at, Kind::ParameterRenamed, Verdict::Breaking, sentence);
        }
    }
    let kinds = (Kind::NowRequired, Kind::NowOptional);
    comparison.required(&at, base.is_required(), tree.is_required(), kinds, &format!("`{}`", tree.name));
    value(comparison, &at, base.object, tree.object)
}

/// What a parameter and a header of a response have in common: words, deprecation, schema.
pub(crate) fn value(
    comparison: &mut Comparison<'_>,
    at: &At,
    base: &Map<String, Value>,
    tree: &Map<String, Value>,
) -> Result<(), Unreadable> {
    words::compare(comparison, at, base, tree);
    comparison.deprecated(at, base, tree);
    comparison.unjudged(at, base, tree, &["allowReserved", "allowEmptyValue"]);
    match (object(base, "content"), object(tree, "content")) {
        (Some(base), Some(tree)) => body::content(comparison, at, base, tree),
        (None, None) => schema::compare_optional(comparison, at, base.get("schema"), tree.get("schema")),
        _ => {
            comparison.unjudged(at, base, tree, &["content"]);
            Ok(())
        }
    }
}

/// Compares how lists and objects are written. What is not stated follows from where the parameter is.
pub(crate) fn style(
    comparison: &mut Comparison<'_>,
    at: &At,
    location: &str,
    base: &Map<String, Value>,
    tree: &Map<String, Value>,
) {
    let usual = if matches!(location, "query" | "cookie") { "form" } else { "simple" };
    let of = |object: &Map<String, Value>| {
        let style = object.get("style").and_then(Value::as_str).unwrap_or(usual).to_owned();
        let explode = object.get("explode").and_then(Value::as_bool).unwrap_or(style == "form");
        (style, explode)
    };
    let (base, tree) = (of(base), of(tree));
    if base != tree {
        let show = |(style, explode): (String, bool)| {
            format!("`{style}`, {}", if explode { "each entry for itself" } else { "all entries in one" })
        };
        let sentence = format!("Lists and objects are written otherwise: {} now, not {}.", show(tree), show(base));
        comparison.add(at, Kind::StyleChanged, Verdict::Breaking, sentence);
    }
}
