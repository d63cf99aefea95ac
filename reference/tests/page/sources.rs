//! Sources that nothing can be made from: the error names the file and the place.

use reference::{Source, Sources};

use crate::sources;

/// One of the sources.
type Chosen = fn(&mut Sources) -> &mut Source;

/// What the page's maker says when `from` stands as `to` in this source.
fn error(source: Chosen, from: &str, to: &str) -> String {
    let mut sources = sources();
    let text = &mut source(&mut sources).text;
    assert!(text.contains(from), "{from:?} is not in the source");
    *text = text.replacen(from, to, 1);
    reference::page(&sources).unwrap_err().to_string()
}

#[test]
fn a_source_that_can_not_be_used_is_told_with_its_place() {
    fn ledger(sources: &mut Sources) -> &mut Source {
        &mut sources.ledgers[0]
    }
    fn request(sources: &mut Sources) -> &mut Source {
        &mut sources.examples.get_mut("RestoreBackup").unwrap().request
    }
    fn response(sources: &mut Sources) -> &mut Source {
        sources.examples.get_mut("RecoverDataVolume").unwrap().response.as_mut().unwrap()
    }
    let cases: [(Chosen, &str, &str, &[&str]); 14] = [
        (|it| &mut it.document, "openapi: 3", "openapi: [", &["spec/openapi.yaml: line "]),
        (|it| &mut it.served, "paths:", "pathways:", &["spec/openapi.as-served.yaml: /: there is no `paths`"]),
        (
            |it| &mut it.served,
            "description: UUID of the volume.",
            "about: x",
            &["/put/parameters/0: there is no description"],
        ),
        (
            |it| &mut it.served,
            "#/components/schemas/Timestamp",
            "#/components/schemas/Time",
            &["as-served.yaml: /components/", "`#/components/schemas/Time` is nowhere"],
        ),
        (
            |it| &mut it.served,
            "operationId: RecoverDataVolume",
            "operationId: Recover",
            &["reference/data/operations.yaml: Recover: the operation is not in it"],
        ),
        (
            |it| &mut it.overlay,
            "grade: cap",
            "grade: rumour",
            &["spec/as-served.overlay.yaml: /actions/", "nothing explains the grade `rumour`"],
        ),
        (
            |it| &mut it.overlay,
            "target: $.info",
            "target: $.inform",
            &["spec/as-served.overlay.yaml: /actions/0: the target `$.inform` is nowhere"],
        ),
        (|it| &mut it.deviations, "java-map:", "java-maps:", &["spec/ledger/deviations.yaml: `java-map` is not in it"]),
        (ledger, "fields:", "rows:", &["spec/ledger/", "missing field `fields`"]),
        (request, "://", "//", &["spec/examples/RestoreBackup/request.txt: there is no address in it"]),
        (response, "{", "{,", &["spec/examples/RecoverDataVolume/response.json: this is no JSON"]),
        (
            |it| &mut it.errors,
            "status: 405",
            "status: 418",
            &["/responses/405: reference/data/errors.yaml says nothing of this status"],
        ),
        (
            |it| &mut it.words,
            "  Timestamp:",
            "  Time:",
            &["reference/data/words.yaml: Time: there is no such shared type"],
        ),
        (|it| &mut it.words, "grade: wire", "level: wire", &["reference/data/words.yaml: ", "missing field `grade`"]),
    ];
    for (source, from, to, told) in cases {
        let error = error(source, from, to);
        for part in told {
            assert!(error.contains(part), "{from:?}: {error}");
        }
    }
}

#[test]
fn an_outcome_or_a_grade_that_nothing_explains_is_an_error() {
    for (source, from, to) in [
        ((|it| &mut it.errors) as Chosen, "outcome: failed", "outcome: odd"),
        (|it| &mut it.errors, "grade: page", "grade: odd"),
        (|it| &mut it.rules, "grade: page", "grade: odd"),
        (|it| &mut it.operations, "grade: page", "grade: odd"),
        (|it| &mut it.words, "platform-timezone', grade: code", "platform-timezone', grade: odd"),
    ] {
        let error = error(source, from, to);
        assert!(error.starts_with("reference/data/") && error.contains("`odd`"), "{error}");
    }
}
