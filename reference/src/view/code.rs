//! Blocks of code.

use maud::{Markup, html};

/// A block with its label. It can be reached by the keyboard, since it may be wider than the page.
pub(crate) fn block(label: &str, what: &str, text: &str) -> Markup {
    html! {
        figure.code {
            figcaption { (label) }
            pre tabindex="0" role="region" aria-label={ (label) ": " (what) } { code { (text) } }
        }
    }
}
