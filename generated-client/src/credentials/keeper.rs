//! The credentials of a client, whichever way it came to them.

use std::sync::Arc;

use super::{Authenticate, Provider, ProviderError, fetched::Fetched};

/// What a client authenticates its requests with: credentials that stay, or a provider and what it has given.
///
/// Cheap to clone: clones share what was fetched.
#[derive(Clone)]
pub(crate) struct Keeper(Kept);

#[derive(Clone)]
enum Kept {
    Fixed(Current),
    Fetched(Arc<Fetched>),
}

impl Keeper {
    /// Credentials that stay as they are.
    pub(crate) fn fixed(credentials: impl Authenticate) -> Self {
        Self(Kept::Fixed(Current::new(credentials)))
    }

    /// Credentials that are fetched when a request needs them first.
    pub(crate) fn fetched<C: Authenticate>(provider: impl Provider<C>) -> Self {
        Self(Kept::Fetched(Arc::new(Fetched::new(provider))))
    }

    /// The credentials for the next request. They are fetched if there are none: once for all who wait, who share a
    /// failure as well.
    pub(crate) async fn current(&self) -> Result<Current, ProviderError> {
        match &self.0 {
            Kept::Fixed(credentials) => Ok(credentials.clone()),
            Kept::Fetched(fetched) => fetched.current().await,
        }
    }

    /// Those that stay: nobody has to wait for them.
    pub(crate) fn at_hand(&self) -> Option<Current> {
        match &self.0 {
            Kept::Fixed(credentials) => Some(credentials.clone()),
            Kept::Fetched(_) => None,
        }
    }

    /// Whether there can be others than the current ones.
    pub(crate) fn renews(&self) -> bool {
        matches!(self.0, Kept::Fetched(_))
    }

    /// Has the next call fetch others than these, which the server did not accept.
    pub(crate) fn refuse(&self, refused: &Current) {
        if let Kept::Fetched(fetched) = &self.0 {
            fetched.refuse(refused);
        }
    }

    /// Others than `refused`, which the server did not accept: from a fetch that one of all waiting callers makes, or, if
    /// somebody has fetched since, those. None if the credentials are fixed.
    pub(crate) async fn renewed(&self, refused: &Current) -> Option<Result<Current, ProviderError>> {
        match &self.0 {
            Kept::Fixed(_) => None,
            Kept::Fetched(fetched) => Some(fetched.other_than(refused).await),
        }
    }
}

/// The credentials of one request.
#[derive(Clone)]
pub(crate) struct Current(Arc<dyn Authenticate>);

impl Current {
    pub(crate) fn new(credentials: impl Authenticate) -> Self {
        Self(Arc::new(credentials))
    }

    /// As [`Authenticate::authenticate`].
    pub(crate) fn authenticate(&self, request: &mut reqwest::Request) -> Result<(), String> {
        self.0.authenticate(request)
    }

    /// Whether both came from the same fetch. Equal texts from two fetches are not the same.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

#[cfg(test)]
mod tests {
    use std::{
        error::Error,
        pin::pin,
        sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
        task::{Context, Poll, Waker},
    };

    use tokio::sync::Semaphore;

    use super::*;
    use crate::zstack::Session;

    /// A login whose sessions are numbered from 1 on. Each ends when the test lets it.
    struct Login {
        begun: AtomicUsize,
        running: AtomicBool,
        fails: AtomicBool,
        may_end: Semaphore,
    }

    impl Login {
        fn new() -> Arc<Self> {
            let (begun, running, fails) = <(AtomicUsize, AtomicBool, AtomicBool)>::default();
            Arc::new(Self { begun, running, fails, may_end: Semaphore::new(0) })
        }

        fn keeper(self: &Arc<Self>) -> Keeper {
            let login = Arc::clone(self);
            Keeper::fetched(move || {
                let login = Arc::clone(&login);
                async move { login.log_in().await }
            })
        }

        async fn log_in(&self) -> Result<Session, Box<dyn Error + Send + Sync>> {
            struct Running<'a>(&'a AtomicBool);
            impl Drop for Running<'_> {
                fn drop(&mut self) {
                    self.0.store(false, SeqCst);
                }
            }
            assert!(!self.running.swap(true, SeqCst), "asked by two at once");
            let _running = Running(&self.running);
            let number = self.begun.fetch_add(1, SeqCst) + 1;
            self.may_end.acquire().await?.forget();
            if self.fails.load(SeqCst) { Err("no such account".into()) } else { Ok(Session::new(&number.to_string())?) }
        }

        fn begun(&self) -> usize {
            self.begun.load(SeqCst)
        }
    }

    /// The session's number, or the error's text.
    fn said(result: Result<Current, ProviderError>) -> String {
        let current = match result {
            Ok(current) => current,
            Err(problem) => return problem.to_string(),
        };
        let mut request = reqwest::Request::new(reqwest::Method::GET, "http://zstack.example".parse().unwrap());
        current.authenticate(&mut request).unwrap();
        request.headers()["authorization"].to_str().unwrap().replace("OAuth ", "")
    }

    /// What a hundred callers get who all wait before a fetch may end. Then as many may end as there are callers.
    async fn hundred<F>(login: &Login, call: impl Fn() -> F) -> Vec<String>
    where
        F: Future<Output = Result<Current, ProviderError>> + Send + 'static,
    {
        let callers: Vec<_> = (0..100).map(|_| tokio::spawn(call())).collect();
        tokio::task::yield_now().await;
        login.may_end.add_permits(callers.len());
        let mut results = Vec::new();
        for caller in callers {
            results.push(said(caller.await.unwrap()));
        }
        results
    }

    /// Lets one fetch end that nobody else waits for.
    async fn alone(login: &Login, call: impl Future<Output = Result<Current, ProviderError>>) -> Current {
        login.may_end.add_permits(1);
        call.await.unwrap()
    }

    /// Goes on with a call as far as it gets.
    fn poll<F: Future>(call: std::pin::Pin<&mut F>) -> Poll<F::Output> {
        call.poll(&mut Context::from_waker(Waker::noop()))
    }

    #[tokio::test]
    async fn a_hundred_callers_wait_for_one_fetch() {
        let login = Login::new();
        let keeper = login.keeper();
        let call = || {
            let keeper = keeper.clone();
            async move { keeper.current().await }
        };
        assert_eq!(hundred(&login, call).await, ["1"; 100]);
        assert_eq!(said(keeper.current().await), "1");
        assert_eq!(login.begun(), 1);
    }

    #[tokio::test]
    async fn a_hundred_callers_whose_credentials_were_refused_wait_for_one_fetch() {
        let login = Login::new();
        let keeper = login.keeper();
        let refused = alone(&login, keeper.current()).await;
        let call = || {
            let (keeper, refused) = (keeper.clone(), refused.clone());
            async move { keeper.renewed(&refused).await.unwrap() }
        };
        assert_eq!(hundred(&login, call).await, ["2"; 100]);
        assert_eq!(login.begun(), 2);
    }

    #[tokio::test]
    async fn a_caller_refused_with_older_credentials_gets_the_newer_without_a_fetch() {
        let login = Login::new();
        let keeper = login.keeper();
        let older = alone(&login, keeper.current()).await;
        alone(&login, async { keeper.renewed(&older).await.unwrap() }).await;
        login.may_end.add_permits(1);
        assert_eq!(said(keeper.renewed(&older).await.unwrap()), "2");
        assert_eq!(login.begun(), 2);
    }

    #[tokio::test]
    async fn a_failure_is_for_all_who_waited_and_the_next_call_tries_again() {
        let login = Login::new();
        let keeper = login.keeper();
        let call = || {
            let keeper = keeper.clone();
            async move { keeper.current().await }
        };
        login.fails.store(true, SeqCst);
        assert_eq!(hundred(&login, call).await, ["no such account"; 100]);
        assert_eq!(login.begun(), 1);
        login.fails.store(false, SeqCst);
        assert_eq!(said(Ok(alone(&login, keeper.current()).await)), "2");
    }

    #[tokio::test]
    async fn credentials_that_were_refused_are_given_to_nobody_even_when_no_others_could_be_fetched() {
        let login = Login::new();
        let keeper = login.keeper();
        let refused = alone(&login, keeper.current()).await;
        login.fails.store(true, SeqCst);
        login.may_end.add_permits(1);
        assert_eq!(said(keeper.renewed(&refused).await.unwrap()), "no such account");
        login.fails.store(false, SeqCst);
        assert_eq!(said(Ok(alone(&login, keeper.current()).await)), "3");
    }

    #[test]
    fn when_the_caller_who_fetches_is_given_up_the_next_one_fetches() {
        let login = Login::new();
        let keeper = login.keeper();
        let mut given_up = Box::pin(keeper.current());
        assert!(poll(given_up.as_mut()).is_pending());
        let mut next = pin!(keeper.current());
        assert!(poll(next.as_mut()).is_pending());
        assert_eq!(login.begun(), 1);
        drop(given_up);
        login.may_end.add_permits(1);
        assert!(matches!(poll(next), Poll::Ready(result) if said(result.clone()) == "2"));
    }

    #[test]
    fn credentials_that_are_refused_before_a_waiting_caller_wakes_are_not_given_to_it() {
        let login = Login::new();
        let keeper = login.keeper();
        let (mut first, mut sleeper) = (pin!(keeper.current()), pin!(keeper.current()));
        assert!(poll(first.as_mut()).is_pending() && poll(sleeper.as_mut()).is_pending());
        login.may_end.add_permits(1);
        let Poll::Ready(Ok(refused)) = poll(first) else { panic!("the fetch may end") };
        let mut renewed = pin!(keeper.renewed(&refused));
        assert!(poll(renewed.as_mut()).is_pending());
        login.may_end.add_permits(1);
        assert!(matches!(poll(sleeper), Poll::Ready(result) if said(result.clone()) == "2"));
        assert!(matches!(poll(renewed), Poll::Ready(Some(result)) if said(result.clone()) == "2"));
        assert_eq!(login.begun(), 2);
    }

    #[tokio::test]
    async fn fixed_credentials_are_not_renewed() {
        let keeper = Keeper::fixed(Session::new("5a7d").unwrap());
        let current = keeper.current().await.unwrap();
        assert!(keeper.renewed(&current).await.is_none());
        assert_eq!(said(Ok(current)), "5a7d");
    }
}
