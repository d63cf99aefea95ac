//! The paths and their templates.

use super::node::{Inspection, Node};

/// Reports paths that are not a template.
pub(super) fn check(inspection: &mut Inspection<'_>) {
    for (path, item) in inspection.root().entries_of("paths") {
        if !path.starts_with("x-") {
            check_path(inspection, path, &item);
        }
    }
}

fn check_path(inspection: &mut Inspection<'_>, path: &str, item: &Node<'_>) {
    if !path.starts_with('/') {
        inspection.report(item, format!("the path `{path}` does not begin with a slash"), format!("write `/{path}`"));
    }
    if path.contains("//") {
        inspection.report(
            item,
            format!("the path `{path}` has two slashes in a row, of which progenitor would send one"),
            "write one slash",
        );
    }
    if path.contains(['?', '#']) {
        inspection.report(
            item,
            format!("the path `{path}` has a query or a fragment in it"),
            "write what stands behind the `?` as `parameters` with `in: query`",
        );
    }
    match names(path) {
        Err(reason) => inspection.report(
            item,
            format!("the path `{path}` is not a template: {reason}"),
            "write each parameter as `{name}`",
        ),
        Ok(names) => {
            for (index, name) in names.iter().enumerate() {
                if names[..index].contains(name) {
                    inspection.report(
                        item,
                        format!("the path `{path}` has the parameter `{name}` twice"),
                        "give each part of the path a name of its own",
                    );
                }
            }
        }
    }
}

/// The names of a template's parameters, or why it is none.
pub(super) fn names(path: &str) -> Result<Vec<&str>, String> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some(brace) = rest.find(['{', '}']) {
        if rest[brace..].starts_with('}') {
            return Err("a `}` closes nothing".to_owned());
        }
        let inside = &rest[brace + 1..];
        let Some(end) = inside.find('}') else {
            return Err("a `{` is not closed".to_owned());
        };
        let name = &inside[..end];
        if name.is_empty() {
            return Err("`{}` has no name in it".to_owned());
        }
        if name.contains(['{', '/']) {
            return Err(format!("`{name}` is not the name of a parameter"));
        }
        names.push(name);
        rest = &inside[end + 1..];
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn the_parameters_of_a_template_are_found() {
        assert_eq!(names("/a/{b}/c-{d}:e"), Ok(vec!["b", "d"]));
        assert_eq!(names("/a"), Ok(vec![]));
        for path in ["/a/{b", "/a/b}", "/a/{}", "/a/{b/c}", "/a/{b{c}}"] {
            assert!(names(path).is_err(), "{path}");
        }
    }
}
