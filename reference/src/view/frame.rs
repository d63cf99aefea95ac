//! What stands around everything: head, style, script, bar, contents.

use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("../../assets/page.css");
const SCRIPT: &str = include_str!("../../assets/page.js");

/// Nothing may be fetched from anywhere: the browser itself is told so.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

pub(crate) const TITLE: &str = "Restoring backups and volumes: the reference";

pub(crate) fn view(contents: &Markup, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="color-scheme" content="light dark";
                link rel="icon" href="data:,";
                title { (TITLE) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { "Skip to the reference" }
                header.bar {
                    a.brand href="#top" { "Restore reference" }
                    // The script shows it: without one it could not search.
                    form #search role="search" hidden {
                        label for="query" { "Search" }
                        input #query type="search" autocomplete="off" placeholder="Search";
                        output #found for="query" {}
                    }
                }
                div.layout {
                    nav.contents.wide aria-label="Contents" { (contents) }
                    main #main {
                        details.contents.narrow {
                            summary { "Contents" }
                            nav aria-label="Contents, folded" { (contents) }
                        }
                        (main)
                    }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}
