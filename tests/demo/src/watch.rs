//! Watches the stand-in server's exchanges, and shows them as they happen: questions for a job as one.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use simulator::{Exchange, Operation};

use crate::exchange::View;
use crate::screen::Screen;
use crate::text::times;

/// Shows each exchange. A job's questions are counted until one of them is answered with the result.
pub(crate) struct Watch {
    screen: Arc<Screen>,
    job: Mutex<Questions>,
}

/// What was asked for the job that runs now.
struct Questions {
    asked: u64,
    /// When its request was answered.
    since: Instant,
}

impl Watch {
    /// Shows on this screen.
    pub(crate) fn new(screen: Arc<Screen>) -> Self {
        Self { screen, job: Mutex::new(Questions { asked: 0, since: Instant::now() }) }
    }

    /// Shows an exchange.
    pub(crate) fn see(&self, exchange: &Exchange<'_>) {
        let view = View { paint: &self.screen.paint, width: self.screen.width };
        let mut job = self.job.lock().unwrap_or_else(PoisonError::into_inner);
        if exchange.operation != Some(Operation::QueryJob) {
            *job = Questions { asked: 0, since: Instant::now() };
            self.screen.lines(&view.exchange(exchange));
            return;
        }
        job.asked += 1;
        if exchange.status != 202 {
            let Questions { asked, since } = *job;
            let all = format!("asked {} in {:.1} s, the last time:", times(asked), since.elapsed().as_secs_f64());
            self.screen.lines(&view.last_query(exchange, &all));
        }
    }
}
