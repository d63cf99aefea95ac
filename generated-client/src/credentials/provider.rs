//! Where credentials come from that do not last.

use std::{error::Error, fmt, sync::Arc};

/// Fetches credentials when they are needed: a [`Session`](crate::zstack::Session) of ZStack, a
/// [`Token`](crate::cbr::Token) of CBR.
///
/// A closure that returns a future is a provider, as below; a type of your own can be one by an
/// `async fn fetch(&self)`. Clients are made with it through `Credentials::fetched` of their service
/// ([ZStack](crate::zstack::Credentials::fetched), [CBR](crate::cbr::Credentials::fetched)), and share what it gives with
/// all clones of those credentials and of their clients.
///
/// # When it is asked
/// - Before the first call, and never by two at once: all calls that need credentials meanwhile wait for that one fetch.
/// - Once more when a server no longer accepts what it gave, as when a session has expired: again one fetch for all calls
///   that this happened to, however many they are. A call that was refused with older credentials takes the newer, without
///   a fetch.
/// - After a fetch that failed, by the next call that needs credentials. The calls that were waiting fail with it.
///
/// It needs a time limit of its own: calls wait for it as long as they may take. It runs within the call that needed it
/// first; when that call is given up or out of time, the fetch is dropped, and the next waiting call begins another. It
/// must not use a client that it gives credentials to: that would wait for itself.
///
/// # ZStack
/// ```no_run
/// use std::{error::Error, time::Duration};
///
/// use generated_client::zstack;
///
/// /// Your own: logs in, and returns the session's UUID.
/// async fn log_in(http: &reqwest::Client) -> Result<String, reqwest::Error> {
///     // …
/// #   http.get("http://zstack.example").send().await?.text().await
/// }
///
/// # fn run() -> Result<(), Box<dyn Error>> {
/// let http = generated_client::http_builder().timeout(Duration::from_secs(20)).build()?;
/// let credentials = zstack::Credentials::fetched(move || {
///     let http = http.clone();
///     async move { Ok(zstack::Session::new(&log_in(&http).await?)?) }
/// });
/// let zstack = zstack::Client::new("https://zstack.example", credentials)?;
/// # Ok(())
/// # }
/// ```
///
/// # CBR
/// ```no_run
/// use std::{error::Error, time::Duration};
///
/// use generated_client::cbr;
///
/// /// Your own: asks IAM for a token, and returns the header `X-Subject-Token` of its answer.
/// async fn ask_iam(http: &reqwest::Client) -> Result<String, Box<dyn Error + Send + Sync>> {
///     // …
/// #   Ok(http.get("https://iam.example").send().await?.text().await?)
/// }
///
/// # fn run() -> Result<(), Box<dyn Error>> {
/// let http = generated_client::http_builder().timeout(Duration::from_secs(20)).build()?;
/// let credentials = cbr::Credentials::fetched(move || {
///     let http = http.clone();
///     async move { Ok(cbr::Token::new(&ask_iam(&http).await?)?) }
/// });
/// let cbr = cbr::Client::new("https://cbr.example", credentials)?;
/// # Ok(())
/// # }
/// ```
///
/// # As a type
/// ```
/// use std::error::Error;
///
/// use generated_client::{Provider, zstack};
///
/// struct FromFile(std::path::PathBuf);
///
/// impl Provider<zstack::Session> for FromFile {
///     async fn fetch(&self) -> Result<zstack::Session, Box<dyn Error + Send + Sync>> {
///         Ok(zstack::Session::new(std::fs::read_to_string(&self.0)?.trim())?)
///     }
/// }
///
/// let credentials = zstack::Credentials::fetched(FromFile("/run/zstack-session".into()));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no provider of `{C}`",
    note = "a provider is a closure that returns a future of `Result<{C}, Box<dyn std::error::Error + Send + Sync>>`, and \
            that future has to be `Send`"
)]
pub trait Provider<C>: Send + Sync + 'static {
    /// Fetches credentials, within a time limit of its own.
    ///
    /// # Errors
    /// Whatever the provider says: the source of the failed call's error, so that it must hold no secrets.
    fn fetch(&self) -> impl Future<Output = Result<C, Box<dyn Error + Send + Sync>>> + Send;
}

impl<C, F, Fut> Provider<C> for F
where
    F: Fn() -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<C, Box<dyn Error + Send + Sync>>> + Send,
{
    fn fetch(&self) -> impl Future<Output = Result<C, Box<dyn Error + Send + Sync>>> + Send {
        self()
    }
}

/// Why a provider gave no credentials, in its own words: shared by all calls that waited for it.
#[derive(Clone, Debug)]
pub(crate) struct ProviderError(pub(crate) Arc<dyn Error + Send + Sync>);

impl fmt::Display for ProviderError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Error for ProviderError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}
