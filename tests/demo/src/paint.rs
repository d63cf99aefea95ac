//! Colours: what each kind of text looks like.

use console::Style;

/// What each kind of text looks like. Without colours, as it is.
#[derive(Debug, Clone)]
pub(crate) struct Paint {
    /// Titles.
    pub(crate) title: Style,
    /// Rust.
    pub(crate) code: Style,
    /// What can be passed over.
    pub(crate) quiet: Style,
    /// Names of fields and headers.
    pub(crate) name: Style,
    /// What stands out.
    pub(crate) strong: Style,
    /// What went well.
    pub(crate) good: Style,
    /// What is under way.
    pub(crate) pending: Style,
    /// What went wrong.
    pub(crate) bad: Style,
}

impl Paint {
    /// The colours, or none.
    pub(crate) fn new(colours: bool) -> Self {
        let style = || Style::new().force_styling(colours);
        Self {
            title: style().bold().cyan(),
            code: style().yellow(),
            quiet: style().dim(),
            name: style().blue().bright(),
            strong: style().bold(),
            good: style().green().bright(),
            pending: style().yellow().bright(),
            bad: style().red().bright(),
        }
    }

    /// The style of an HTTP status.
    pub(crate) fn of_status(&self, status: u16) -> &Style {
        match status {
            202 => &self.pending,
            200..=299 => &self.good,
            _ => &self.bad,
        }
    }
}
