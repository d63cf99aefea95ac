//! How errors are made: the one place for their texts.

use reqwest::{StatusCode, header::HeaderMap};

use super::{
    Error, ErrorKind,
    excerpt::{excerpt, innermost, one_line},
};
use crate::{
    Outcome, ServerError, answer::DecodeError, credentials::ProviderError, job::JobUuid, operation::Operation, retry,
    said::Said, secrets::Secrets,
};

impl Error {
    pub(crate) fn invalid(operation: &Operation, problem: String) -> Self {
        Self::new(operation, ErrorKind::InvalidRequest, problem)
    }

    pub(crate) fn sent_already(operation: &Operation) -> Self {
        Self::invalid(operation, "the request can't be copied, to be sent again".to_owned())
    }

    pub(crate) fn not_built(operation: &Operation, problem: reqwest::Error) -> Self {
        let problem = problem.without_url();
        Self::new(operation, ErrorKind::InvalidRequest, format!("the request can't be built: {problem}"))
            .with_source(problem)
    }

    pub(crate) fn interrupted(operation: &Operation, problem: reqwest::Error) -> Self {
        // A client that was brought may not take every request: one with TLS only.
        if problem.is_builder() {
            return Self::not_built(operation, problem);
        }
        let (kind, what) = match (problem.is_connect(), problem.is_timeout()) {
            (true, true) => (ErrorKind::Connect, "connecting took longer than its limit"),
            (true, false) => (ErrorKind::Connect, "no connection could be made"),
            (false, true) => (ErrorKind::Timeout, "there was no answer within the time limit"),
            (false, false) => (ErrorKind::Interrupted, "the connection broke before the answer was complete"),
        };
        let problem = problem.without_url();
        Self::new(operation, kind, format!("{what} ({})", innermost(&problem))).with_source(problem)
    }

    /// The same, where the answer had begun.
    pub(crate) fn interrupted_within(
        operation: &Operation,
        status: StatusCode,
        headers: HeaderMap,
        problem: reqwest::Error,
    ) -> Self {
        let mut error = Self::interrupted(operation, problem).with_answer(status, headers);
        error.0.text.push_str(&format!("; the part of the answer that came says {status}"));
        error
    }

    pub(crate) fn redirect(operation: &Operation, status: StatusCode, headers: HeaderMap) -> Self {
        let text = format!(
            "the server answered {status}, a redirect; none is followed, since credentials would go along: use the final \
             address as the base address"
        );
        Self::new(operation, ErrorKind::Redirect, text).with_answer(status, headers)
    }

    pub(crate) fn too_large(operation: &Operation, status: StatusCode, headers: HeaderMap, limit: usize) -> Self {
        let text = format!(
            "the server answered {status} with a body larger than the limit of {limit} bytes; raise `max_answer_bytes` if \
             that is to be expected"
        );
        Self::new(operation, ErrorKind::TooLarge, text).with_answer(status, headers)
    }

    pub(crate) fn no_success(
        operation: &Operation,
        status: StatusCode,
        headers: HeaderMap,
        body: &[u8],
        secrets: &Secrets,
    ) -> Self {
        let mut said = Said::read(operation, body);
        said.error = said.error.map(|error| error.without(secrets));
        said.request_id = said.request_id.map(|id| secrets.hide(&id));
        let words = match &said.error {
            Some(error) => format!(": {error}"),
            None => excerpt(body, secrets),
        };
        let text = format!("the server answered {status}{words}");
        Self::new(operation, ErrorKind::Status, text).with_words(status, headers, said)
    }

    pub(crate) fn decode(
        operation: &Operation,
        status: StatusCode,
        headers: HeaderMap,
        problem: &DecodeError,
        body: &[u8],
        secrets: &Secrets,
    ) -> Self {
        // Keys of the body are in it.
        let path = one_line(&secrets.hide(&problem.path().to_string()));
        // A body that ends early has a next field that nobody knows.
        let path = path.trim_end_matches(".?");
        let place = if matches!(path, "." | "?") { String::new() } else { format!(" at `{path}`") };
        // serde repeats the value that it minds.
        let problem = one_line(&secrets.hide(&problem.inner().to_string()));
        let excerpt = excerpt(body, secrets);
        let text = format!(
            "the server answered {status}, and the body is not what the document describes{place}: {problem}{excerpt}"
        );
        Self::new(operation, ErrorKind::Decode, text).with_answer(status, headers)
    }

    /// The failure's texts must not hold secrets any more.
    pub(crate) fn failed(operation: &Operation, status: StatusCode, headers: HeaderMap, failure: ServerError) -> Self {
        let text = format!("the server answered {status}, and says that the operation failed: {failure}");
        Self::new(operation, ErrorKind::Failed, text).with_words(status, headers, Said::of(failure))
    }

    /// The time was up before anything was sent.
    pub(crate) fn out_of_time(operation: &Operation) -> Self {
        let text = "the time limit passed before the request was sent".to_owned();
        let mut error = Self::new(operation, ErrorKind::Timeout, text);
        error.0.outcome = Outcome::NotSent;
        error
    }

    /// There were no credentials to be had. Their provider's words may hold secrets: they are the source only.
    pub(crate) fn no_credentials(operation: &Operation, problem: ProviderError) -> Self {
        let text = "the credentials' provider had none to give; its own words follow as the source".to_owned();
        Self::new(operation, ErrorKind::Credentials, text).with_source(problem)
    }

    /// The credentials were refused, and there were no others to be had.
    pub(crate) fn not_renewed(mut self, problem: ProviderError) -> Self {
        self.0.text.push_str("; the credentials' provider had no others to give, its own words follow as the source");
        self.with_source(problem)
    }

    /// The server does not know the job.
    pub(crate) fn unknown_job(operation: &Operation, status: StatusCode, headers: HeaderMap) -> Self {
        let text =
            "the server does not know the job: it was never accepted, or it ended long ago and was purged".to_owned();
        let mut error = Self::new(operation, ErrorKind::UnknownJob, text).with_answer(status, headers);
        error.0.job_is_unknown = true;
        error
    }

    /// The time was up before the job was seen to end; `last` is why its server did not say how it stands, if it did not.
    pub(crate) fn unfinished_job(operation: &Operation, limit: &str, last: Option<Self>) -> Self {
        let mut text = format!("the job was not seen to end before {limit} passed");
        let Some(last) = last.filter(|last| last.0.kind != ErrorKind::Timeout) else {
            return Self::new(operation, ErrorKind::Timeout, text);
        };
        text.push_str(&format!("; asked last, {}", last.0.text));
        let mut error = Self::new(operation, ErrorKind::Timeout, text);
        error.0.source = last.0.source;
        error
    }

    /// The same, of an operation that the server may have as this job. Only what the job itself ended with is known.
    pub(crate) fn of_job(mut self, uuid: &JobUuid) -> Self {
        let ended = match self.0.kind {
            ErrorKind::Failed => true,
            // Anything else that refuses has refused the question, and not the job.
            ErrorKind::Status => self.0.status == Some(StatusCode::SERVICE_UNAVAILABLE) && self.0.said.is_zstack_error,
            _ => false,
        };
        if !ended {
            self.0.outcome = Outcome::Unknown;
        }
        self.0.job = Some(uuid.clone());
        self
    }

    /// The same, where the server was asked for the job, and does not know it.
    pub(crate) fn of_job_not_known(mut self) -> Self {
        self.0.text.push_str(
            "; asked for its job, the server does not know it: the request never came to it, or it has forgotten the job, \
             as it does after about three hours, and maybe in a restart",
        );
        self.0.job_is_unknown = true;
        self
    }

    /// The same, where the server did not say anything of the job before the call's time was up.
    pub(crate) fn of_job_not_asked_for(mut self) -> Self {
        self.0.text.push_str("; its job could not be asked for in time");
        self
    }

    /// The same, where the request was sent before, and may have come to the server then.
    pub(crate) fn of_what_was_sent_before(mut self) -> Self {
        if self.0.outcome == Outcome::NotSent {
            self.0.outcome = Outcome::Unknown;
        }
        self
    }

    /// Whether the credentials were refused, and nothing was done: with others the call may be made again.
    pub(crate) fn refuses_credentials(&self) -> bool {
        self.is_session_expired() && self.outcome() == Outcome::Refused
    }

    /// Whether the status is a success, whatever became of the body.
    pub(crate) fn says_success(&self) -> bool {
        self.0.status.is_some_and(|status| status.is_success())
    }

    /// The same, of a request that was not the first under its name: what refuses it says nothing of the first.
    pub(crate) fn of_second_request(self, uuid: &JobUuid) -> Self {
        let mut error = self.of_job(uuid);
        error.0.outcome = Outcome::Unknown;
        error
    }

    /// Whether an answer came that nothing can be read from: something in between may have spoilt it.
    pub(crate) fn is_spoilt(&self) -> bool {
        let is_spoilt = match self.0.kind {
            ErrorKind::Decode | ErrorKind::Redirect | ErrorKind::TooLarge => true,
            // What refuses the question for a job stands before the server: it says nothing of the job.
            ErrorKind::Status => self.0.job.is_some() && self.0.outcome == Outcome::Unknown,
            _ => false,
        };
        is_spoilt && !self.0.job_is_unknown
    }

    /// Whether the same question may well be answered a moment later.
    pub(crate) fn is_passing(&self) -> bool {
        match self.0.kind {
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Interrupted | ErrorKind::Credentials => true,
            ErrorKind::Status => self.0.status.is_some_and(retry::is_passing) && !self.0.said.is_zstack_error,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use reqwest::{Url, header::HeaderValue};

    use super::*;
    use crate::{answer, zstack::types::GetDatabaseBackupFromImageStoreResponse};

    #[test]
    fn a_key_of_an_answer_that_can_not_be_read_neither_breaks_the_line_nor_shows_a_secret() {
        const OPERATION: Operation = Operation { service: "zstack", id: "It", success: &[200] };
        let body = br#"{"\n5a7d0b6a": [{ {"#;
        let problem = answer::json::<GetDatabaseBackupFromImageStoreResponse>(body).unwrap_err();
        let url = Url::parse("http://zstack.example/").unwrap();
        let secrets = Secrets::of(&url, &[HeaderValue::from_static("OAuth 5a7d0b6a")]);
        let error = Error::decode(&OPERATION, StatusCode::OK, HeaderMap::new(), &problem, body, &secrets).to_string();
        assert!(error.contains(" at `") && !error.contains(char::is_control) && !error.contains("5a7d0b6a"), "{error}");
    }
}
