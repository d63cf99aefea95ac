//! Credentials that a provider fetches: one fetch at a time, for all who wait.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{Authenticate, Current, Provider, ProviderError};

/// A provider, and what it has given.
pub(super) struct Fetched {
    fetch: Box<dyn Fn() -> Fetch + Send + Sync>,
    /// Held by the one who fetches. All others wait for it, in the order in which they came.
    turn: tokio::sync::Mutex<()>,
    /// Locked for as long as it takes to look.
    state: Mutex<State>,
}

type Fetch = Pin<Box<dyn Future<Output = Result<Current, ProviderError>> + Send>>;

#[derive(Default)]
struct State {
    /// What the last fetch ended with. None before the first, and when its credentials have been refused.
    last: Option<Result<Current, ProviderError>>,
    /// How many fetches have ended. One that was dropped has not.
    ended: u64,
}

impl Fetched {
    pub(super) fn new<C: Authenticate>(provider: impl Provider<C>) -> Self {
        let provider = Arc::new(provider);
        let fetch = move || -> Fetch {
            let provider = Arc::clone(&provider);
            Box::pin(async move {
                let fetched = provider.fetch().await;
                fetched.map(Current::new).map_err(|problem| ProviderError(problem.into()))
            })
        };
        Self { fetch: Box::new(fetch), turn: tokio::sync::Mutex::default(), state: Mutex::default() }
    }

    /// What the last fetch gave, or what the next gives.
    pub(super) async fn current(&self) -> Result<Current, ProviderError> {
        let ended = {
            let state = self.state();
            if let Some(Ok(current)) = &state.last {
                return Ok(current.clone());
            }
            state.ended
        };
        self.after(ended).await
    }

    /// What was fetched after `refused`, or what the next fetch gives.
    pub(super) async fn other_than(&self, refused: &Current) -> Result<Current, ProviderError> {
        self.refuse(refused);
        self.current().await
    }

    /// From now on nobody begins with these.
    pub(super) fn refuse(&self, refused: &Current) {
        self.state().last.take_if(|last| last.as_ref().is_ok_and(|current| current.is(refused)));
    }

    /// The result of a fetch that ends after `ended` fetches have: somebody else's, or else one's own.
    async fn after(&self, ended: u64) -> Result<Current, ProviderError> {
        let _turn = self.turn.lock().await;
        {
            let state = self.state();
            // It may have been refused already, while we waited to be woken.
            if let Some(last) = state.last.as_ref().filter(|_| state.ended > ended) {
                return last.clone();
            }
        }
        let fetched = (self.fetch)().await;
        let mut state = self.state();
        state.last = Some(fetched.clone());
        state.ended += 1;
        fetched
    }

    /// Each change of it is whole, so it can be used as well when somebody panicked over it.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
