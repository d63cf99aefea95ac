//! What all connections share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::clock::Clock;
use crate::document::{Document, Misfit};
use crate::exchange::{Exchange, RecordedRequest};
use crate::execution::Fate;
use crate::fault::{Fault, Lottery, Luck, Phase, Rules};
use crate::settings::Settings;
use crate::store::Store;

/// Told of each exchange.
pub(crate) type Listener = Box<dyn Fn(&Exchange<'_>) + Send + Sync>;

/// What all connections share.
pub(crate) struct World {
    pub(crate) store: Mutex<Store>,
    pub(crate) settings: Mutex<Settings>,
    pub(crate) requests: Mutex<Vec<RecordedRequest>>,
    pub(crate) misfits: Mutex<Vec<Misfit>>,
    pub(crate) fates: Mutex<Vec<Fate>>,
    pub(crate) rules: Rules,
    pub(crate) lottery: Lottery,
    pub(crate) clock: Clock,
    pub(crate) document: Option<Arc<Document>>,
    pub(crate) listener: Option<Listener>,
    /// The port that is listened on.
    pub(crate) port: u16,
    pub(crate) activity: Activity,
}

/// What goes on.
#[derive(Debug)]
pub(crate) struct Activity {
    /// How many exchanges are under way.
    under_way: watch::Sender<usize>,
    /// How often everything was halted.
    halts: watch::Sender<u64>,
}

impl Default for Activity {
    fn default() -> Self {
        Self { under_way: watch::Sender::new(0), halts: watch::Sender::new(0) }
    }
}

/// An exchange that is under way until this is dropped.
pub(crate) struct UnderWay(watch::Sender<usize>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

/// Locks. What a test's closure left behind when it panicked is still the state.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl World {
    /// Counts an exchange as under way.
    pub(crate) fn under_way(&self) -> UnderWay {
        self.activity.under_way.send_modify(|count| *count += 1);
        UnderWay(self.activity.under_way.clone())
    }

    /// Waits until no exchange is under way.
    pub(crate) async fn idle(&self) {
        // It cannot fail: this holds the sender.
        let _ = self.activity.under_way.subscribe().wait_for(|count| *count == 0).await;
    }

    /// Ends all connections and exchanges at once, as the end of a process would.
    pub(crate) fn halt(&self) {
        self.activity.halts.send_modify(|count| *count += 1);
    }

    /// Changes when everything is halted.
    pub(crate) fn halts(&self) -> watch::Receiver<u64> {
        self.activity.halts.subscribe()
    }

    /// What happens to a connection that was just made.
    pub(crate) fn fault_of_connection(&self) -> Option<Fault> {
        Luck::new(&self.rules, None, self.lottery.draw_for_connection()).next(Phase::Connecting)
    }

    /// Keeps a request, and where it does not fit the document, if it was read. Returns its number as well.
    pub(crate) fn remember(&self, request: &RecordedRequest, read: bool) -> (usize, Vec<Misfit>) {
        let mut requests = lock(&self.requests);
        let index = requests.len();
        requests.push(request.clone());
        drop(requests);
        let document = self.document.as_ref().filter(|_| read);
        let misfits = document.map(|document| document.misfits(index, request)).unwrap_or_default();
        lock(&self.misfits).extend(misfits.iter().cloned());
        (index, misfits)
    }
}
