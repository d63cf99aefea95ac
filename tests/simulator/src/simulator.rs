//! The simulator as its users hold it: started, set up, asked, and stopped.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::cbr::Token;
use crate::clock::Clock;
use crate::document::{Document, Misfit};
use crate::error::Error;
use crate::exchange::{Exchange, RecordedRequest};
use crate::execution::{Execution, Fate};
use crate::fault::{Chaos, FaultRule, Lottery, Rules};
use crate::settings::Settings;
use crate::state::State;
use crate::store::Store;
use crate::wire::Server;
use crate::world::{Activity, Listener, World, lock};
use crate::zstack::Session;

/// How long [`Simulator::shutdown`] waits for exchanges that are under way.
const PATIENCE: Duration = Duration::from_secs(2);

/// A stand-in server for ZStack and CBR on a port of 127.0.0.1. It stops when it is dropped.
pub struct Simulator {
    address: SocketAddr,
    url: String,
    world: Arc<World>,
    server: Server,
}

/// Prepares a [`Simulator`].
pub struct Builder {
    port: u16,
    state: State,
    state_file: Option<PathBuf>,
    settings: Settings,
    document: Option<String>,
    chaos: Option<Chaos>,
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
            state_file: None,
            settings: Settings::default(),
            document: Some(crate::SERVED_DOCUMENT.to_owned()),
            chaos: None,
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
        lock(&self.world.store).state().executions.get(resource).copied().unwrap_or(0)
    }

    /// The operations that were carried out, oldest first; see [`State::execution_log`].
    #[must_use]
    pub fn execution_log(&self) -> Vec<Execution> {
        lock(&self.world.store).state().execution_log.clone()
    }

    /// What became of the requests so far: which faults they met, and whether they were carried out. In the order in
    /// which their exchanges ended, or came to the point where the answer is sent; those under way are not among them
    /// (see [`Simulator::idle`]).
    #[must_use]
    pub fn fates(&self) -> Vec<Fate> {
        lock(&self.world.fates).clone()
    }

    /// Waits until no exchange is under way. A request may be carried out after its client has left, for example at the
    /// end of a stall: before counts are compared, this is to be waited for.
    pub async fn idle(&self) {
        self.world.idle().await;
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

    /// Forgets the requests, misfits and fates so far; requests are counted from 0 again.
    pub fn forget_requests(&self) {
        lock(&self.world.fates).clear();
        lock(&self.world.requests).clear();
        lock(&self.world.misfits).clear();
    }

    /// A copy of what the servers remember now.
    #[must_use]
    pub fn state(&self) -> State {
        lock(&self.world.store).state().clone()
    }

    /// Looks at or changes what the servers remember. No request is answered meanwhile.
    pub fn with_state<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        lock(&self.world.store).change(change)
    }

    /// Looks at or changes how the servers behave, from the next request on.
    pub fn with_settings<R>(&self, change: impl FnOnce(&mut Settings) -> R) -> R {
        change(&mut lock(&self.world.settings))
    }

    /// Adds a fault. Of several rules that meet a phase, the one that was added first happens.
    pub fn add_fault(&self, rule: FaultRule) {
        self.world.rules.add(rule);
    }

    /// Removes all rules. Faults by rate stay.
    pub fn clear_faults(&self) {
        self.world.rules.clear();
    }

    /// Lets faults happen by rate from now on, or no more. Exchanges are counted anew. Where a rule meets a phase as
    /// well, the rule's fault happens.
    pub fn set_chaos(&self, chaos: Option<Chaos>) {
        self.world.lottery.set(chaos);
    }

    /// Lets ZStack forget all jobs, those that run as well: as if they had finished long ago.
    pub fn purge_jobs(&self) {
        self.with_state(|state| state.zstack.jobs.clear());
    }

    /// Refuses new connections from now on, as a machine does on which nothing listens. Those that were accepted stay, and
    /// requests on them are answered; those that were just being made are reset. Nobody else gets the port. (A rule cannot refuse a connection, since the
    /// system does; [`crate::Fault::Reset`] in [`crate::Phase::Connecting`] is the nearest: the client is connected, and
    /// then reset before anything is read.)
    ///
    /// # Errors
    /// The system does not let the port be kept. The simulator cannot listen again then.
    pub async fn stop_listening(&self) -> Result<(), Error> {
        self.server.shut().await.map_err(|source| self.no_port(source))
    }

    /// Accepts connections again, on the same port.
    ///
    /// # Errors
    /// The system does not let the port be listened on.
    pub async fn listen_again(&self) -> Result<(), Error> {
        self.server.open().await.map_err(|source| self.no_port(source))
    }

    /// Does what the end of the process by `kill -9` and its start on the same port would: connections are refused and
    /// reset, exchanges stop where they are, and the state is read again from its file ([`Builder::state_file`]; without
    /// one it stays as it is). Settings, rules and recorded requests stay as well.
    ///
    /// # Errors
    /// The state file cannot be read or written, or the port not listened on.
    pub async fn restart(&self) -> Result<(), Error> {
        self.stop_listening().await?;
        self.server.halt().await.map_err(|source| self.no_port(source))?;
        lock(&self.world.store).restart()?;
        self.listen_again().await
    }

    fn no_port(&self, source: std::io::Error) -> Error {
        Error::Listen { port: self.address.port(), source }
    }

    /// Puts the servers' clock forward: jobs go on, sessions expire, finished jobs are purged.
    pub fn advance(&self, by: Duration) {
        self.world.clock.advance(by);
    }

    /// Lets all ZStack sessions and all CBR tokens expire now; [`Simulator::new_session`] and [`Simulator::new_token`] make
    /// others.
    pub fn expire_credentials(&self) {
        let now = self.world.clock.now();
        self.with_state(|state| {
            state.zstack.sessions.values_mut().for_each(|session| session.expires_at = Some(now));
            state.cbr.tokens.values_mut().for_each(|token| token.expires_at = Some(now));
        });
    }

    /// Makes a ZStack session, and returns its uuid: what a login would bring. (Logging in is on none of the pages, so the
    /// simulator has no answer to it.) It is good from now on, also after [`Simulator::expire_credentials`], until it
    /// expires itself: [`Settings::session_lifetime`] after its last call.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), simulator::Error> {
    /// # let simulator = simulator::Simulator::start().await?;
    /// simulator.expire_credentials();
    /// let renewed = simulator.new_session();
    /// assert_ne!(renewed, simulator::sample::SESSION);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn new_session(&self) -> String {
        self.with_state(|state| {
            let uuid = state.make_id();
            state.zstack.sessions.insert(uuid.clone(), Session::default());
            uuid
        })
    }

    /// Makes a CBR token for this project, and returns it: what the identity service would. It is good from now on, also
    /// after [`Simulator::expire_credentials`], until it expires itself: [`Settings::token_lifetime`] after its first call.
    #[must_use]
    pub fn new_token(&self, project: impl Into<String>) -> String {
        self.with_state(|state| {
            // Real ones begin so, and are much longer.
            let text = format!("MII{}", state.make_id());
            state.cbr.tokens.insert(text.clone(), Token { project: project.into(), expires_at: None });
            text
        })
    }

    /// Stops the simulator: no new connections, a moment for the exchanges that are under way, and the port is free.
    /// Returns what the servers remembered at the end.
    pub async fn shutdown(self) -> State {
        let Self { server, world, .. } = self;
        server.stop(PATIENCE, &world).await;
        lock(&world.store).state().clone()
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

    /// Keeps the state in this file. If it is there, its state is taken up instead of the one of [`Builder::state`]: jobs
    /// that were running go on, and what was carried out stays counted. Whatever a client can have been told is in the
    /// file before it is told; the file survives the end of the process at any time. It holds credentials as they are, and
    /// is for one simulator at a time.
    #[must_use]
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.state_file = Some(path.into());
        self
    }

    /// Lets faults happen by rate.
    #[must_use]
    pub fn chaos(mut self, chaos: Chaos) -> Self {
        self.chaos = Some(chaos);
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
    /// The port cannot be listened on, the document cannot be used, or the state file cannot be read or written.
    pub async fn start(self) -> Result<Simulator, Error> {
        let document = self.document.as_deref().map(Document::read).transpose()?.map(Arc::new);
        let (store, latest) = match &self.state_file {
            Some(path) => Store::in_file(path, self.state)?,
            None => (Store::in_memory(self.state), 0),
        };
        let lottery = Lottery::default();
        lottery.set(self.chaos);
        let port = self.port;
        let world = |address: SocketAddr| {
            Arc::new(World {
                store: Mutex::new(store),
                settings: Mutex::new(self.settings),
                requests: Mutex::default(),
                misfits: Mutex::default(),
                fates: Mutex::default(),
                rules: Rules::default(),
                lottery,
                clock: Clock::not_before(latest),
                document,
                listener: self.listener,
                port: address.port(),
                activity: Activity::default(),
            })
        };
        let listening = Server::start((Ipv4Addr::LOCALHOST, port).into(), world).await;
        let (server, world) = listening.map_err(|source| Error::Listen { port, source })?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, world.port));
        Ok(Simulator { address, url: format!("http://{address}"), world, server })
    }
}
