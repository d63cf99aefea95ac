//! The tour on a screen that keeps what is shown.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use demo::Screen;
use simulator::Simulator;

/// Keeps what is written.
#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Runs the tour: whether it went as shown, and what it showed.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn run(colours: bool, width: usize, prepare: impl FnOnce(&Simulator)) -> (bool, String) {
    let captured = Captured::default();
    let went_well = demo::run(Screen::new(Box::new(captured.clone()), colours, width), prepare).await;
    let text = String::from_utf8(captured.0.lock().unwrap().clone()).unwrap();
    (went_well, text)
}
