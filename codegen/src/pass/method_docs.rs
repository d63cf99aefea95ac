//! What the client says of an operation, on the method that begins it.

use super::{
    operations::{Builder, Kind},
    words,
};

/// The documentation of the client's method.
pub(super) fn of(builder: &Builder) -> String {
    let (operation, method) = (&builder.operation, &builder.method);
    // Each by itself: a block of code that one of them leaves open must not take in what follows.
    let summary = operation.summary.split_whitespace().collect::<Vec<_>>().join(" ");
    let description = words::tame(&operation.description);
    // The first paragraph is what an index shows: what the operation does, rather than what its page is called.
    let what = if description.is_empty() { summary.clone() } else { description };
    let title = match summary.as_str() {
        "" => String::new(),
        summary if summary == operation.id => String::new(),
        summary => format!(", titled \"{summary}\""),
    };
    let failure = operation.error_property.as_ref().map(|property| {
        format!("An `{property}` that is not null makes the call end in an [`Error`](crate::Error), with its code.")
    });
    let paragraphs = [
        Some(what),
        failure,
        operation.is_job.then(|| job(builder)),
        Some(format!("`{} {}`: operation `{}`{title}.", operation.method, operation.path, operation.id)),
        Some(format!("```text\nclient\n    .{method}(){}\n    .send()\n    .await?\n```", required(builder))),
        section("Parameters", parameters(builder)),
        section("Request", objects(builder)),
    ];
    paragraphs.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// What is special about a job.
fn job(builder: &Builder) -> String {
    let name = &builder.name;
    format!(
        "The operation is a job: the server accepts it, and carries it out afterwards. \
        [`send`](builder::{name}::send) waits for its end, [`submit`](builder::{name}::submit) returns the job as soon \
        as it is accepted."
    )
}

/// The setters that have to be called.
fn required(builder: &Builder) -> String {
    let required = builder.parameters.iter().filter(|parameter| parameter.kind == Kind::Required);
    required.map(|parameter| format!("\n    .{}(…)", parameter.name)).collect()
}

/// What can be set.
fn parameters(builder: &Builder) -> Vec<String> {
    let parameter = |parameter: &super::operations::Parameter| {
        let (name, builder) = (&parameter.name, &builder.name);
        let optional = if parameter.kind == Kind::Required { "" } else { ", optional" };
        item(&format!("[`{name}`](builder::{builder}::{name}){optional}"), &parameter.description)
    };
    builder.parameters.iter().map(parameter).collect()
}

/// The parts of the body that no one sets, because what is in them is set by itself.
fn objects(builder: &Builder) -> Vec<String> {
    builder.objects.iter().map(|(name, description)| item(&format!("`{name}`"), description)).collect()
}

/// An item of a list: its name, and what is said of it in one line.
fn item(name: &str, description: &str) -> String {
    let description = description.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let colon = if description.is_empty() { "" } else { ": " };
    format!("- {name}{colon}{description}")
}

/// A section with a list; nothing if the list is empty.
fn section(title: &str, items: Vec<String>) -> Option<String> {
    (!items.is_empty()).then(|| format!("# {title}\n{}", items.join("\n")))
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;
    use crate::pass::operations::tests;

    #[test]
    fn a_job_says_so_and_the_parts_of_its_body_are_found_by_their_names() {
        let mut builder = tests::builder(parse_quote!(types::Answer), Some("error"));
        builder.operation.is_job = true;
        builder.operation.description = "Gets it again.".to_owned();
        builder.objects = vec![("theAction".to_owned(), "The page prints\n`theaction`.".to_owned())];
        let expected = "Gets it again.

An `error` that is not null makes the call end in an [`Error`](crate::Error), with its code.

The operation is a job: the server accepts it, and carries it out afterwards. [`send`](builder::It::send) waits for its end, \
[`submit`](builder::It::submit) returns the job as soon as it is accepted.

`GET /it/{id}`: operation `It`, titled \"Gets it\".

```text
client
    .it()
    .id(…)
    .send()
    .await?
```

# Parameters
- [`id`](builder::It::id): Which one.

# Request
- `theAction`: The page prints `theaction`.";
        assert_eq!(of(&builder), expected);
    }

    #[test]
    fn nothing_is_said_of_what_is_not_there() {
        let mut builder = tests::builder(parse_quote!(()), None);
        builder.parameters.clear();
        builder.operation.summary = "It".to_owned();
        let expected =
            "It\n\n`GET /it/{id}`: operation `It`.\n\n```text\nclient\n    .it()\n    .send()\n    .await?\n```";
        assert_eq!(of(&builder), expected);
    }
}
