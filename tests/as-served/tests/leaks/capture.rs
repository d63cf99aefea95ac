//! What a piece of work writes besides its result: spans and events of `tracing`, records of `log`, messages of panics.

use std::{
    cell::RefCell,
    fmt,
    sync::{
        Once,
        atomic::{AtomicU64, Ordering},
    },
};

use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

use crate::prints::Print;

thread_local! {
    /// What this thread has written. Each test has a thread of its own, and does all of its work there.
    static WRITTEN: RefCell<Vec<Print>> = const { RefCell::new(Vec::new()) };
}

fn write(channel: &str, text: String) {
    WRITTEN.with_borrow_mut(|written| written.push(Print::new(channel, text)));
}

/// From now on, keeps what this thread writes, of every crate and in every detail, until it is dropped.
#[must_use]
pub fn begin() -> tracing::subscriber::DefaultGuard {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        log::set_logger(&Everything).expect("no other logger");
        log::set_max_level(log::LevelFilter::Trace);
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            write("panic", panic.to_string());
            before(panic);
        }));
    });
    tracing::subscriber::set_default(Everything)
}

/// What this thread has written since it was asked last.
pub fn taken() -> Vec<Print> {
    WRITTEN.take()
}

/// Takes all there is.
struct Everything;

impl log::Log for Everything {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        write("log", format!("{}: {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}

impl Subscriber for Everything {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        static LAST: AtomicU64 = AtomicU64::new(0);
        let name = span.metadata().name();
        write("span", fields(name, |visitor| span.record(visitor)));
        Id::from_u64(LAST.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        write("span's values", fields("", |visitor| values.record(visitor)));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        write("event", fields(event.metadata().target(), |visitor| event.record(visitor)));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// A name, and all values that are visited.
fn fields(name: &str, visit: impl FnOnce(&mut Fields)) -> String {
    let mut fields = Fields(name.to_owned());
    visit(&mut fields);
    fields.0
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.push_str(&format!(" {field}={value:?}"));
    }

    /// Not as `Debug`, which escapes it.
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.push_str(&format!(" {field}={value}"));
    }
}
