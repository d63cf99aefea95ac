//! What the generated code calls: a service's address, its credentials, and the connections to it.

use std::{fmt, sync::Arc};

use reqwest::Request;
use tokio::sync::Semaphore;

use crate::{
    CallOptions, Error, Job, JobOperation, JobUuid, Response,
    answer::Answer,
    base_url::BaseUrl,
    call::{Call, Sendable},
    credentials::Keeper,
    http::{self, Requests},
    job::{self, Asked},
    limits::Limits,
    operation::Operation,
    retry::Budget,
    trace,
};

/// Sends what the generated code has built. Clones share everything.
#[derive(Clone)]
pub(crate) struct Transport {
    shared: Arc<Shared>,
}

struct Shared {
    base_url: BaseUrl,
    credentials: Keeper,
    http: Http,
    limits: Limits,
    budget: Budget,
    turns: Semaphore,
    turns_to_ask: Semaphore,
}

/// The HTTP client below.
pub(crate) enum Http {
    /// Made here.
    Own { client: reqwest::Client, environment_proxies: bool },
    /// Brought by the caller.
    Brought(reqwest::Client),
}

#[allow(dead_code, reason = "of a document without jobs, the generated code calls less")]
impl Transport {
    pub(crate) fn new(base_url: BaseUrl, credentials: Keeper, http: Http, limits: Limits) -> Self {
        let most = limits.max_concurrent_requests.clamp(1, Semaphore::MAX_PERMITS);
        let (turns, turns_to_ask) = (Semaphore::new(most), Semaphore::new((most / 4).max(1)));
        let budget = Budget::full(limits.retry_budget);
        Self { shared: Arc::new(Shared { base_url, credentials, http, limits, budget, turns, turns_to_ask }) }
    }

    /// The address that every path is appended to, without a slash at its end.
    pub(crate) fn base_url(&self) -> &str {
        self.shared.base_url.as_str()
    }

    /// What requests are built with.
    pub(crate) fn http(&self) -> Requests<'_> {
        let (Http::Own { client, .. } | Http::Brought(client)) = &self.shared.http;
        Requests { client, base_url: &self.shared.base_url }
    }

    pub(crate) fn credentials(&self) -> &Keeper {
        &self.shared.credentials
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.shared.limits
    }

    /// Who may have a request under way.
    pub(crate) fn turns(&self) -> &Semaphore {
        &self.shared.turns
    }

    /// Who may have a question for a job under way.
    pub(crate) fn turns_to_ask(&self) -> &Semaphore {
        &self.shared.turns_to_ask
    }

    /// What all calls together may send again.
    pub(crate) fn budget(&self) -> &Budget {
        &self.shared.budget
    }

    /// Sends a request, and decodes its answer. Once; or twice, if the credentials were refused and there are others.
    pub(crate) fn send<T: Answer>(
        &self,
        operation: &'static Operation,
        options: &CallOptions,
        request: reqwest::Result<Request>,
    ) -> impl Future<Output = Result<Response<T>, Error>> {
        trace::call(operation.id, self.sent(operation, options, request))
    }

    async fn sent<T: Answer>(
        &self,
        operation: &'static Operation,
        options: &CallOptions,
        request: reqwest::Result<Request>,
    ) -> Result<Response<T>, Error> {
        let call = Call::begin(self, operation, options)?;
        let mut request = Sendable::new(call.built(request)?);
        let credentials = call.credentials().await?;
        match call.answer(&mut request, &credentials).await {
            Err(refused) if self.credentials().renews() && request.is_there() && refused.refuses_credentials() => {
                let credentials = call.renewed(refused, &credentials).await?;
                call.answer(&mut request, &credentials).await
            }
            answer => answer,
        }
    }

    /// Sends the request of a job, and follows the job to its end.
    pub(crate) fn run<O: JobOperation>(
        &self,
        options: CallOptions,
        settings: job::Settings,
        request: reqwest::Result<Request>,
    ) -> impl Future<Output = Result<Response<O::Answer>, Error>> {
        let asked = Asked::new(request, settings);
        let run = async move {
            let call = Call::begin(self, O::OPERATION, &options)?;
            let mut job = Job::<O>::begin(&call, options, asked, job::Repeat::Freely).await?;
            match job.take_done() {
                Some(done) => Ok(done),
                // On the heap: many servers answer at once, and then it is not needed.
                None => Box::pin(job.follow(&call)).await,
            }
        };
        trace::call(O::OPERATION.id, run)
    }

    /// Sends the request of a job, and returns the job once the server has it.
    pub(crate) fn submit<O: JobOperation>(
        &self,
        options: CallOptions,
        settings: job::Settings,
        request: reqwest::Result<Request>,
    ) -> impl Future<Output = Result<Job<O>, Error>> {
        let asked = Asked::new(request, settings);
        let submit = async move {
            let call = Call::begin(self, O::OPERATION, &options)?;
            Job::begin(&call, options, asked, job::Repeat::WhenTold).await
        };
        trace::call(O::OPERATION.id, submit)
    }

    /// A job that was sent before.
    pub(crate) fn job<O: JobOperation>(&self, uuid: JobUuid) -> Job<O> {
        Job::known(self.clone(), uuid)
    }

    /// The HTTP client for one call: the shared one, unless the call has a limit for connecting.
    pub(crate) fn http_for(&self, operation: &Operation, options: &CallOptions) -> Result<reqwest::Client, Error> {
        match (&self.shared.http, options.connect_timeout) {
            (Http::Own { client, .. } | Http::Brought(client), None) => Ok(client.clone()),
            (Http::Own { environment_proxies, .. }, Some(limit)) => http::builder(limit, *environment_proxies)
                .build()
                .map_err(|problem| Error::not_built(operation, problem)),
            (Http::Brought(_), Some(_)) => Err(Error::invalid(
                operation,
                "`connect_timeout` can't be set for a single call with an HTTP client that was brought along; set it on \
                 that client"
                    .to_owned(),
            )),
        }
    }
}

impl fmt::Debug for Transport {
    /// Prints no values.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Transport").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::*;
    use crate::zstack::{Credentials, Session};

    const OPERATION: Operation = Operation { service: "zstack", id: "It", success: &[200] };

    fn transport(http: Http) -> Transport {
        let credentials = Credentials::from(Session::new("5a7d").unwrap());
        Transport::new("http://zstack.example".parse().unwrap(), credentials.into(), http, Limits::default())
    }

    fn brought() -> Http {
        Http::Brought(reqwest::Client::new())
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_has_thirty_minutes_unless_it_is_set() {
        let transport = transport(brought());
        let limit = |options| Call::begin(&transport, &OPERATION, &options).unwrap().deadline;
        let after = |seconds| Instant::now().checked_add(Duration::from_secs(seconds));
        assert_eq!(limit(CallOptions::new()), after(1800));
        assert_eq!(limit(CallOptions::new().timeout(Duration::from_secs(5))), after(5));
        assert_eq!(limit(CallOptions::new().timeout(Duration::MAX)), None);
    }

    #[test]
    fn a_call_can_not_change_how_a_client_that_was_brought_connects() {
        let options = CallOptions::new().connect_timeout(Duration::from_secs(1));
        let error = transport(brought()).http_for(&OPERATION, &options).unwrap_err();
        assert!(error.to_string().starts_with("It: `connect_timeout` can't be set for a single call"), "{error}");
    }
}
