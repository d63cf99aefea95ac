//! What an interrupted run has to put back.
//!
//! The journal is written before the first file of the tree is touched and removed after the last
//! one: while it is there, the tree may be half old and half new, and undoing its entries from the
//! last to the first restores the tree. Paths are relative to the folder that holds the work
//! folder, so that a checkout may be moved in between.

use std::io;

/// One thing that a run is about to do, and what undoes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A file that was there gets new text. `number` names its copies in the work folder.
    Replace { number: usize, path: String },
    /// A file that was not there is made.
    Create { number: usize, path: String },
    /// A file is removed.
    Remove { number: usize, path: String },
    /// A folder is made.
    MakeFolder { path: String },
    /// A folder is removed, being empty now.
    RemoveFolder { path: String },
}

impl Entry {
    /// The path that the entry is about.
    pub fn path(&self) -> &str {
        match self {
            Entry::Replace { path, .. }
            | Entry::Create { path, .. }
            | Entry::Remove { path, .. }
            | Entry::MakeFolder { path }
            | Entry::RemoveFolder { path } => path,
        }
    }
}

/// The last line: a journal without it is not whole and was never acted on.
const END: &str = "end";

/// The journal's text. Paths hold no control characters ([`crate::plan`] sees to that).
pub fn print(entries: &[Entry]) -> String {
    let mut text = String::new();
    for entry in entries {
        let (word, number) = match entry {
            Entry::Replace { number, .. } => ("replace", *number),
            Entry::Create { number, .. } => ("create", *number),
            Entry::Remove { number, .. } => ("remove", *number),
            Entry::MakeFolder { .. } => ("make-folder", 0),
            Entry::RemoveFolder { .. } => ("remove-folder", 0),
        };
        text.push_str(&format!("{word}\t{number}\t{}\n", entry.path()));
    }
    text.push_str(END);
    text.push('\n');
    text
}

/// Reads a journal's text.
pub fn parse(text: &str) -> io::Result<Vec<Entry>> {
    let bad =
        |line: &str| io::Error::new(io::ErrorKind::InvalidData, format!("not a journal of this command: {line:?}"));
    let body = text.strip_suffix("end\n").ok_or_else(|| bad("no closing line"))?;
    body.lines()
        .map(|line| {
            let mut parts = line.splitn(3, '\t');
            let (Some(word), Some(number), Some(path)) = (parts.next(), parts.next(), parts.next()) else {
                return Err(bad(line));
            };
            let number = number.parse::<usize>().map_err(|_| bad(line))?;
            if !crate::plan::is_plain(path) {
                return Err(bad(line));
            }
            let path = path.to_owned();
            match word {
                "replace" => Ok(Entry::Replace { number, path }),
                "create" => Ok(Entry::Create { number, path }),
                "remove" => Ok(Entry::Remove { number, path }),
                "make-folder" => Ok(Entry::MakeFolder { path }),
                "remove-folder" => Ok(Entry::RemoveFolder { path }),
                _ => Err(bad(line)),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read_back() {
        let entries = vec![
            Entry::Remove { number: 3, path: "a/old name.rs".into() },
            Entry::RemoveFolder { path: "a".into() },
            Entry::MakeFolder { path: "b".into() },
            Entry::Replace { number: 0, path: "b/é.rs".into() },
            Entry::Create { number: 12, path: "c.rs".into() },
        ];
        assert_eq!(parse(&print(&entries)).unwrap(), entries);
        assert_eq!(parse(&print(&[])).unwrap(), []);
    }

    #[test]
    fn a_journal_that_is_cut_short_or_leads_outside_is_refused() {
        for text in [
            "",
            "replace\t0\ta.rs\n",
            "replace\t0\nend\n",
            "replace\tx\ta.rs\nend\n",
            "burn\t0\ta.rs\nend\n",
            "remove\t0\t../a.rs\nend\n",
            "remove\t0\t/a.rs\nend\n",
        ] {
            assert!(parse(text).is_err(), "{text:?}");
        }
    }
}
