//! The line that takes a job up again.

use generated_client::JobUuid;

use crate::args::{JobName, ZStack};

/// The line that takes a job up again, but for the job's name.
#[derive(Debug, Clone)]
pub(crate) struct TakeUp {
    /// Behind the job's name, each word as a shell takes it.
    words: String,
}

impl TakeUp {
    /// The line for a job of this server, and of this operation if that is known.
    pub(crate) fn new(server: &ZStack, operation: Option<JobName>) -> Self {
        let mut words = Vec::new();
        words.extend(operation.map(|operation| format!("--operation {operation}")));
        words.push(format!("--url {}", quoted(&server.url)));
        if server.connection.allow_plain_http {
            words.push("--allow-plain-http".to_owned());
        }
        if server.connection.proxies_from_environment {
            words.push("--proxies-from-environment".to_owned());
        }
        if let Some(file) = &server.connection.credentials_file {
            words.push(format!("--credentials-file {}", quoted(&file.to_string_lossy())));
        }
        if let Some(zone) = &server.server_time_zone {
            words.push(format!("--server-time-zone {}", quoted(&zone.text)));
        }
        Self { words: words.join(" ") }
    }

    /// The whole line for this job.
    pub(crate) fn command(&self, job: &JobUuid) -> String {
        format!("restore job wait {job} {}", self.words)
    }
}

/// A text as one word of a shell.
pub(crate) fn quoted(text: &str) -> String {
    match shlex::try_quote(text) {
        Ok(quoted) => quoted.into_owned(),
        // Nothing that the system hands a program, or takes from a URL, has a NUL in it.
        Err(_) => quoted(&text.replace('\0', "")),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::args::{Cli, Command, JobCommand};

    #[test]
    fn the_line_has_all_that_reaches_the_server_and_means_the_same() {
        let line = "restore recover-data-volume --uuid a --url http://a:1/it's --allow-plain-http \
                    --proxies-from-environment --credentials-file f/g --server-time-zone CST-8";
        let Command::RecoverDataVolume(asked) = Cli::try_parse_from(line.split_whitespace()).unwrap().command else {
            panic!()
        };
        let job = "5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5c".parse().unwrap();
        let again = TakeUp::new(&asked.shared.server, Some(JobName::RecoverDataVolume)).command(&job);
        let Command::Job(JobCommand::Wait(known)) = Cli::try_parse_from(shlex::split(&again).unwrap()).unwrap().command
        else {
            panic!("{again}")
        };
        assert_eq!((known.uuid, known.operation), (job, Some(JobName::RecoverDataVolume)));
        assert_eq!(format!("{:?}", known.server), format!("{:?}", asked.shared.server));
    }
}
