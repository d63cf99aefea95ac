//! A file of credentials: lines of `NAME=value`, comments after `#`, and blank lines.

use std::{collections::BTreeMap, fs::File, io::Read, path::Path};

use zeroize::Zeroizing;

use super::{NAMES, Secret};
use crate::failure::Failure;

/// The longest file that is read, in bytes: five secrets, and a token may have some kilobytes.
const LONGEST: u64 = 1 << 17;

/// Reads one.
///
/// # Errors
/// When it can't be read, may be read by others, or has lines that are none of its own. The text shows no values.
pub(super) fn read(path: &Path) -> Result<BTreeMap<String, Secret>, Failure> {
    let shown = path.display();
    let unreadable = |problem: std::io::Error| Failure::other(format!("{shown} can't be read: {problem}"));
    let mut file = File::open(path).map_err(unreadable)?;
    check(path, &file)?;
    // As large as it gets, so that nothing is left behind where it was moved from.
    let mut text = Zeroizing::new(String::with_capacity(LONGEST as usize + 1));
    file.by_ref().take(LONGEST + 1).read_to_string(&mut text).map_err(unreadable)?;
    if text.len() as u64 > LONGEST {
        return Err(Failure::other(format!("{shown} is longer than {LONGEST} bytes: it is no file of credentials")));
    }
    parse(&text).map_err(|(line, problem)| {
        Failure::other(format!("{shown}, line {line}: {problem}"))
            .hint(format!("A line is a name, an equals sign and the value. The names are {}.", NAMES.join(", ")))
    })
}

/// Whether nobody but its owner may read it. The file that was opened is asked, and not what stands under its name now.
#[cfg(unix)]
fn check(path: &Path, file: &File) -> Result<(), Failure> {
    use std::os::unix::fs::MetadataExt;

    let shown = path.display();
    let metadata = file.metadata().map_err(|problem| Failure::other(format!("{shown} can't be read: {problem}")))?;
    let mode = metadata.mode() & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    Err(Failure::other(format!("others than its owner may use {shown} (mode {mode:04o}), so it is not read"))
        .hint(format!("Take their rights away: chmod 600 {}", crate::take_up::quoted(&path.to_string_lossy()))))
}

/// Who may read a file is not asked here.
#[cfg(not(unix))]
fn check(_path: &Path, _file: &File) -> Result<(), Failure> {
    Ok(())
}

fn parse(text: &str) -> Result<BTreeMap<String, Secret>, (usize, &'static str)> {
    let mut secrets = BTreeMap::new();
    for (line, number) in text.lines().map(str::trim).zip(1..) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, value) = line.split_once('=').ok_or((number, "there is no equals sign"))?;
        let name = NAMES.into_iter().find(|known| *known == name.trim()).ok_or((number, "the name is not known"))?;
        let value = Zeroizing::new(value.trim().to_owned());
        if value.is_empty() {
            return Err((number, "there is no value"));
        }
        if secrets.insert(name.to_owned(), value).is_some() {
            return Err((number, "the name was there before"));
        }
    }
    Ok(secrets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_names_and_values() {
        let secrets = parse("# mine\n\nZSTACK_SESSION = 5a7d\nCBR_TOKEN=a=b#c\n").unwrap();
        assert_eq!(secrets["ZSTACK_SESSION"].as_str(), "5a7d");
        assert_eq!(secrets["CBR_TOKEN"].as_str(), "a=b#c");
    }

    #[test]
    fn a_line_that_is_none_is_named_by_its_number() {
        for (text, line) in [("5a7d", 1), ("\nSESSION=a", 2), ("CBR_TOKEN=", 1), ("CBR_TOKEN=a\nCBR_TOKEN=b", 2)] {
            assert_eq!(parse(text).unwrap_err().0, line, "{text}");
        }
    }
}
