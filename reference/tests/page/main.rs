//! What the page must be: held to its sources, and to what a reader may expect of any page.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may stop at the first surprise, as the tests may"
)]

#[path = "../../src/files.rs"]
mod files;

mod html;
mod links;
mod program;
mod sources;
mod texts;
mod truths;

use reference::Sources;

/// The sources as they are in the workspace.
fn sources() -> Sources {
    files::read(&files::workspace().unwrap()).unwrap()
}

/// The page as it is made from them.
fn page() -> String {
    reference::page(&sources()).unwrap()
}
