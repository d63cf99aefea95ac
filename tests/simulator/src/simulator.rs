//! The simulator as its users hold it: started, set up, asked, and stopped.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::document::{Document, Misfit};
use crate::error::Error;
use crate::exchange::{Exchange, RecordedRequest};
use crate::fault::{FaultRule, Faults};
use crate::settings::Settings;
use crate::state::State;
use crate::world::{self, Listener, World, lock};

/// How long [`Simulator::shutdown`] waits for exchanges that are under way.
const PATIENCE: Duration = Duration::from_secs(2);

/// A stand-in server for ZStack and CBR on a port of 127.0.0.1. It stops when it is dropped.
pub struct Simulator {
    address: SocketAddr,
    url: String,
    world: Arc<World>,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
}

/// Prepares a [`Simulator`].
pub struct Builder {
    port: u16,
    state: State,
    settings: Settings,
    document: Option<String>,
    listener: Option<Listener>,
}

impl Simulator {
    /// Starts a simulator on a free port, with [`State::sample`] and the default [`Settings`]; requests are checked
    /// against [`crate::SERVED_DOCUMENT`]. Needs a running tokio runtime with time and IO.
    ///
    /// # Errors
    /// No port can be listened on, or the document cannot be used.
    pub async fn start() -> Result<Self, Error> {
        Self::builder().start().await
    }

    /// Prepares a simulator that differs from the one of [`Simulator::start`].
    #[must_use]
    pub fn builder() -> Builder {
        Builder {
            port: 0,
            state: State::sample(),
            settings: Settings::default(),
            document: Some(crate::SERVED_DOCUMENT.to_owned()),
            listener: None,
        }
    }

    /// The base address of both services, `http://127.0.0.1:PORT`. ZStack's paths below it begin with `/zstack/v1/`,
    /// CBR's with `/v3/`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address that is listened on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How often an operation was carried out on a resource; see [`State::executions`].
    #[must_use]
    pub fn executions(&self, resource: &str) -> u64 {
        lock(&self.world.state).executions.get(resource).copied().unwrap_or(0)
    }

    /// The requests that arrived so far, in their order.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        lock(&self.world.requests).clone()
    }

    /// Where requests did not fit the document, in the requests' order. Empty without a document.
    #[must_use]
    pub fn misfits(&self) -> Vec<Misfit> {
        lock(&self.world.misfits).clone()
    }

    /// Forgets the requests and misfits so far; requests are counted from 0 again.
    pub fn forget_requests(&self) {
        lock(&self.world.requests).clear();
        lock(&self.world.misfits).clear();
    }

    /// A copy of what the servers remember now.
    #[must_use]
    pub fn state(&self) -> State {
        lock(&self.world.state).clone()
    }

    /// Looks at or changes what the servers remember. No request is answered meanwhile.
    pub fn with_state<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        change(&mut lock(&self.world.state))
    }

    /// Looks at or changes how the servers behave, from the next request on.
    pub fn with_settings<R>(&self, change: impl FnOnce(&mut Settings) -> R) -> R {
        change(&mut lock(&self.world.settings))
    }

    /// Adds a fault. Of several rules that meet a phase, the one that was added first happens.
    pub fn add_fault(&self, rule: FaultRule) {
        self.world.faults.add(rule);
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.world.faults.clear();
    }

    /// Puts the servers' clock forward: jobs go on, sessions expire, finished jobs are purged.
    pub fn advance(&self, by: Duration) {
        self.world.clock.advance(by);
    }

    /// Lets all ZStack sessions and all CBR tokens expire now.
    pub fn expire_credentials(&self) {
        let now = self.world.clock.now();
        self.with_state(|state| {
            state.zstack.sessions.values_mut().for_each(|session| session.expires_at = Some(now));
            state.cbr.tokens.values_mut().for_each(|token| token.expires_at = Some(now));
        });
    }

    /// Stops the simulator: no new connections, a moment for the exchanges that are under way, and the port is free.
    /// Returns what the servers remembered at the end.
    pub async fn shutdown(mut self) -> State {
        self.signal();
        if tokio::time::timeout(PATIENCE, &mut self.server).await.is_err() {
            self.server.abort();
            // The end of an aborted task is no news.
            let _ = (&mut self.server).await;
        }
        self.state()
    }

    fn signal(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Nobody listens any more if the server is gone already.
            let _ = stop.send(());
        }
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.signal();
    }
}

impl std::fmt::Debug for Simulator {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Simulator").field("url", &self.url).finish_non_exhaustive()
    }
}

impl Builder {
    /// Listens on this port of 127.0.0.1; 0 is any that is free.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Starts from this state instead of [`State::sample`], for example one that an earlier simulator left behind.
    #[must_use]
    pub fn state(mut self, state: State) -> Self {
        self.state = state;
        self
    }

    /// Behaves so.
    #[must_use]
    pub fn settings(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self
    }

    /// Checks requests against this OpenAPI 3.0 document, YAML or JSON, instead of [`crate::SERVED_DOCUMENT`].
    #[must_use]
    pub fn document(mut self, text: impl Into<String>) -> Self {
        self.document = Some(text.into());
        self
    }

    /// Checks requests against no document.
    #[must_use]
    pub fn without_document(mut self) -> Self {
        self.document = None;
        self
    }

    /// Calls this after each exchange, before its answer is sent.
    #[must_use]
    pub fn on_exchange(mut self, listener: impl Fn(&Exchange<'_>) + Send + Sync + 'static) -> Self {
        self.listener = Some(Box::new(listener));
        self
    }

    /// Starts the simulator.
    ///
    /// # Errors
    /// The port cannot be listened on, or the document cannot be used.
    pub async fn start(self) -> Result<Simulator, Error> {
        let document = self.document.as_deref().map(Document::read).transpose()?.map(Arc::new);
        let port = self.port;
        let refused = |source| Error::Listen { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let world = Arc::new(World {
            state: Mutex::new(self.state),
            settings: Mutex::new(self.settings),
            requests: Mutex::default(),
            misfits: Mutex::default(),
            faults: Faults::default(),
            clock: Clock::new(),
            document,
            listener: self.listener,
        });
        let router = Router::new().fallback(world::exchange).with_state(Arc::clone(&world));
        let (stop, stopped) = oneshot::channel();
        let server = tokio::spawn(async move {
            let server = axum::serve(listener, router).with_graceful_shutdown(async {
                // A sender that is gone stops the server as well.
                let _ = stopped.await;
            });
            // It ends without an error, by its own documentation.
            let _ = server.await;
        });
        Ok(Simulator { address, url: format!("http://{address}"), world, stop: Some(stop), server })
    }
}
