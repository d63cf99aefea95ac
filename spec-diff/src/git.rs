//! What a file was in a revision, as git tells it.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output};

/// The id of the commit that `revision` names in the repository around the file, and what the file's text is there:
/// `None` if the commit does not have it.
pub(crate) fn text_at(file: &Path, revision: &str) -> Result<(String, Option<Vec<u8>>), String> {
    let absolute = std::path::absolute(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let (Some(folder), Some(name)) = (absolute.parent(), absolute.file_name().and_then(OsStr::to_str)) else {
        return Err(format!("{} is no file that git could name", file.display()));
    };
    let commit = commit(folder, revision)?;
    // With `./`, git looks in the current folder, wherever the repository begins.
    let listed = git(folder, &["ls-tree", "--name-only", &commit, "--", name])?;
    if !listed.status.success() {
        return Err(told(&listed));
    }
    if listed.stdout.is_empty() {
        return Ok((commit, None));
    }
    let text = git(folder, &["cat-file", "blob", &format!("{commit}:./{name}")])?;
    if text.status.success() { Ok((commit, Some(text.stdout))) } else { Err(told(&text)) }
}

/// The id of a commit.
fn commit(folder: &Path, revision: &str) -> Result<String, String> {
    let parsed = git(folder, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])?;
    if parsed.status.success() {
        return Ok(String::from_utf8_lossy(&parsed.stdout).trim().to_owned());
    }
    if !git(folder, &["rev-parse", "--git-dir"])?.status.success() {
        let folder = folder.display();
        return Err(format!("{folder} is in no git repository, so there is no base to compare with"));
    }
    let hint = "`git log --oneline` lists some; a shallow clone has not all (`git fetch --unshallow`)";
    Err(format!("git knows no revision {revision:?}: {hint}"))
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Output, String> {
    let run = Command::new("git").current_dir(folder).args(arguments).output();
    run.map_err(|error| format!("git can't be started in {}: {error}; is it installed?", folder.display()))
}

fn told(output: &Output) -> String {
    format!("git failed: {}", String::from_utf8_lossy(&output.stderr).trim())
}
