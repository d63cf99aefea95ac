//! The tour: the server, the clients, the steps one after the other, and what came of them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use generated_client::{Error, Progress, cbr, zstack};
use simulator::{Pace, Simulator, sample};

use crate::screen::Screen;
use crate::step::{Failure, Operation};
use crate::summary;
use crate::surprise::Surprise;
use crate::text::wrap;
use crate::watch::Watch;

/// How long a call may take, its job included: nothing takes so long here.
const LIMIT: Duration = Duration::from_secs(20);

/// Everything that a step needs.
pub(crate) struct Tour {
    pub(crate) screen: Arc<Screen>,
    pub(crate) simulator: Simulator,
    pub(crate) zstack: zstack::Client,
    pub(crate) cbr: cbr::Client,
    begun: Instant,
}

/// How many steps went as shown.
pub(crate) struct Done {
    pub(crate) operations: usize,
    pub(crate) failures: usize,
    pub(crate) took: Duration,
}

/// Runs the tour, and returns whether everything went as it was to be shown. What did not is told where it happens.
///
/// `prepare` may change the stand-in server before the first call. Needs a running tokio runtime with time and IO.
pub async fn run(screen: Screen, prepare: impl FnOnce(&Simulator)) -> bool {
    let screen = Arc::new(screen);
    let tour = match Tour::start(Arc::clone(&screen)).await {
        Ok(tour) => tour,
        Err(surprise) => {
            told(&screen, &surprise);
            return false;
        }
    };
    prepare(&tour.simulator);
    let went_well = tour.go().await;
    tour.simulator.shutdown().await;
    went_well
}

impl Tour {
    async fn start(screen: Arc<Screen>) -> Result<Self, Surprise> {
        let watch = Watch::new(Arc::clone(&screen));
        let simulator =
            Simulator::builder().settings(slow_down).on_exchange(move |exchange| watch.see(exchange)).start().await?;
        let zstack = zstack::Client::builder(simulator.url(), zstack::Session::new(sample::SESSION)?)
            .poll_interval(Duration::from_millis(200), Duration::from_millis(400))
            .timeout(LIMIT)
            .build()?;
        let cbr = cbr::Client::builder(simulator.url(), cbr::Token::new(sample::TOKEN)?).timeout(LIMIT).build()?;
        Ok(Self { screen, simulator, zstack, cbr, begun: Instant::now() })
    }

    async fn go(&self) -> bool {
        let screen = &self.screen;
        screen.line(&screen.paint.title.apply_to("Five operations that bring cloud data back").to_string());
        screen.prose("Called with the client. A stand-in server on this machine answers: no cloud is touched.");
        let mut done = Done { operations: 0, failures: 0, took: Duration::ZERO };
        for (index, step) in Operation::ALL.into_iter().enumerate() {
            screen.heading(&format!("{} of {}", index + 1, Operation::ALL.len()), step.title());
            screen.prose(step.job());
            done.operations += usize::from(self.count(step.run(self).await));
        }
        // Failures are about something else than waiting.
        self.simulator.with_settings(|settings| settings.job_pace = Pace::Polls(2));
        for (letter, step) in ('a'..).zip(Failure::ALL) {
            screen.heading(&format!("failure {letter}"), step.title());
            screen.prose(step.job());
            done.failures += usize::from(self.count(step.run(self).await));
        }
        screen.heading("end", "What the server has carried out");
        let counted = self.count(summary::table(self));
        done.took = self.begun.elapsed();
        summary::counts(self, &done);
        counted && done.operations == Operation::ALL.len() && done.failures == Failure::ALL.len()
    }

    /// Whether a step went as shown; if not, it is told.
    fn count(&self, step: Result<(), Surprise>) -> bool {
        step.inspect_err(|surprise| told(&self.screen, surprise)).is_ok()
    }

    /// Shows the Rust of a call, as one would write it.
    pub(crate) fn code(&self, code: &str) {
        let line = |line: &str| format!("    {}", self.screen.paint.code.apply_to(line));
        let lines = code.lines().map(line);
        self.screen.lines(&[String::new()].into_iter().chain(lines).chain([String::new()]).collect::<Vec<_>>());
    }

    /// Waits for a call, with a spinner.
    pub(crate) async fn wait<T>(&self, call: impl Future<Output = T>) -> T {
        self.screen.wait();
        let answer = call.await;
        self.screen.still();
        answer
    }

    /// Tells of a running job in the spinner's line: for `on_progress`.
    pub(crate) fn spin(&self) -> impl Fn(&Progress) + Send + Sync + 'static {
        let screen = Arc::clone(&self.screen);
        move |progress| screen.tell(progress)
    }

    /// Shows what a call has given, as the client hands it out.
    pub(crate) fn result(&self, what: &str, rows: &[(&str, String)]) {
        let good = &self.screen.paint.good;
        self.rows(&format!("  {} {}", good.apply_to("✓"), good.apply_to(what)), rows);
    }

    /// Shows an error, as the client hands it out.
    pub(crate) fn error(&self, error: &Error) {
        let bad = &self.screen.paint.bad;
        let rows = [
            ("outcome", format!("{:?}", error.outcome())),
            ("code", error.code().unwrap_or("none").to_owned()),
            ("text", error.to_string()),
        ];
        self.rows(&format!("  {} {}", bad.apply_to("✗"), bad.apply_to("Error")), &rows);
    }

    fn rows(&self, title: &str, rows: &[(&str, String)]) {
        let (paint, width) = (&self.screen.paint, self.screen.width.saturating_sub(14));
        let mut lines = vec![title.to_owned()];
        for (name, value) in rows {
            let mut name = format!("{name:<10}");
            for part in wrap(value, width, ' ') {
                lines.push(format!("    {}{part}", paint.name.apply_to(&name)));
                name = " ".repeat(10);
            }
        }
        self.screen.lines(&lines);
    }
}

/// Lets things take their time, so that they can be watched.
fn slow_down(settings: &mut simulator::Settings) {
    // Asked after 0.2, 0.6, 1.0, 1.4 and 1.8 s: it runs four times, and is then done.
    settings.job_pace = Pace::Polls(4);
    settings.image_store_delay = Duration::from_millis(800);
    // Longer than the tour: the restore runs on when another one is sent.
    settings.restore_time = Duration::from_secs(600);
}

fn told(screen: &Screen, surprise: &Surprise) {
    let bad = &screen.paint.bad;
    let told = format!("✗ not as it was to be shown: {surprise}");
    let lines = wrap(&told, screen.width.saturating_sub(4), ' ').into_iter().enumerate();
    let line = |(index, line)| format!("{}{}", if index == 0 { "  " } else { "    " }, bad.apply_to(line));
    screen.lines(&lines.map(line).collect::<Vec<String>>());
}
