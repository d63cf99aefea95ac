//! A TCP connection that can be told to break off an answer, to stand still, and how to end.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::runtime::Handle;
use tokio::time::Sleep;

/// How long a connection that was closed waits for its client to close it too. If it did not, the system would reset it
/// where the client has sent what nobody has read.
const LINGER: Duration = Duration::from_secs(1);

/// The most of an answer's body that is sent before it is broken off, in bytes.
const LONGEST_HALF: u64 = 512 * 1024;

/// How a connection ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Ending {
    /// As the HTTP library ends it.
    #[default]
    Plain,
    /// In order (FIN).
    Close,
    /// By a reset (RST).
    Reset,
}

/// What happens to a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// It stands still for so long.
    Stall(Duration),
    /// It ends.
    End(Ending),
}

/// A part of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Head,
    Body,
}

/// When, after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Afterwards {
    /// As soon as it was sent.
    AtOnce,
    /// When the next request begins to arrive.
    NextRequest,
}

/// What happens to an answer that is about to be sent, and to its connection afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Length of the answer's body, in bytes.
    pub(crate) body: u64,
    /// What happens in the middle of a part.
    pub(crate) within: Option<(Part, Act)>,
    /// What happens afterwards.
    pub(crate) afterwards: Option<(Afterwards, Act)>,
}

/// Tells a connection from outside what to do.
#[derive(Debug, Default)]
pub(crate) struct Control(Mutex<Orders>);

#[derive(Debug, Default)]
struct Orders {
    ending: Ending,
    plan: Option<Plan>,
}

impl Control {
    /// Says how the connection is to end, when it ends.
    pub(crate) fn end(&self, ending: Ending) {
        self.orders().ending = ending;
    }

    /// Says what is to happen to the next answer.
    pub(crate) fn plan(&self, plan: Plan) {
        self.orders().plan = Some(plan);
    }

    fn orders(&self) -> MutexGuard<'_, Orders> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A TCP connection with a [`Control`].
pub(super) struct Stream {
    /// `None` once it has ended.
    tcp: Option<TcpStream>,
    control: Arc<Control>,
    answer: Option<Answer>,
    pause: Option<Pin<Box<Sleep>>>,
}

/// An answer that is being sent by a plan.
struct Answer {
    plan: Plan,
    /// Length of the head, known when it is written.
    head: Option<u64>,
    sent: u64,
}

impl Answer {
    /// How many bytes may be sent before something happens, and what.
    fn cut(&self) -> Option<(u64, Act)> {
        let (part, act) = self.plan.within?;
        let head = self.head.unwrap_or_default();
        let cut = match part {
            Part::Head => head / 2,
            Part::Body => head + (self.plan.body / 2).min(LONGEST_HALF),
        };
        Some((cut, act))
    }

    fn is_sent(&self) -> bool {
        self.head.is_some_and(|head| self.sent >= head.saturating_add(self.plan.body))
    }
}

impl Stream {
    pub(super) fn new(tcp: TcpStream, control: Arc<Control>) -> Self {
        // Halves of answers must not wait for one another. If this fails, the connection is gone already.
        let _ = tcp.set_nodelay(true);
        Self { tcp: Some(tcp), control, answer: None, pause: None }
    }

    fn tcp(&mut self) -> io::Result<Pin<&mut TcpStream>> {
        self.tcp.as_mut().map(Pin::new).ok_or_else(|| io::ErrorKind::NotConnected.into())
    }

    /// Ready when no pause is being made.
    fn poll_pause(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if let Some(pause) = &mut self.pause {
            ready!(pause.as_mut().poll(context));
            self.pause = None;
        }
        Poll::Ready(())
    }

    /// Does it. An error ends the connection, which then ends as it was told.
    fn act(&mut self, act: Act) -> io::Result<()> {
        match act {
            Act::Stall(duration) => {
                self.pause = Some(Box::pin(tokio::time::sleep(duration)));
                Ok(())
            }
            Act::End(ending) => {
                self.control.end(ending);
                Err(io::Error::new(io::ErrorKind::ConnectionAborted, "ended by a fault"))
            }
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.answer.as_ref().is_some_and(Answer::is_sent)
            && let Some((when, act)) = this.answer.as_ref().and_then(|answer| answer.plan.afterwards)
        {
            if when == Afterwards::NextRequest {
                ready!(this.tcp()?.poll_read_ready(context))?;
            }
            this.answer = None;
            this.act(act)?;
        }
        ready!(this.poll_pause(context));
        this.tcp()?.poll_read(context, buffer)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = &mut *self;
        if let Some(plan) = this.control.orders().plan.take() {
            this.answer = Some(Answer { plan, head: None, sent: 0 });
        }
        ready!(this.poll_pause(context));
        let Some(answer) = &mut this.answer else { return this.tcp()?.poll_write(context, bytes) };
        // The library writes a head in one piece.
        answer.head.get_or_insert_with(|| head_length(bytes) as u64);
        let mut bytes = bytes;
        if let Some((cut, act)) = answer.cut() {
            let room = usize::try_from(cut.saturating_sub(answer.sent)).unwrap_or(usize::MAX);
            if room == 0 {
                answer.plan.within = None;
                this.act(act)?;
                ready!(this.poll_pause(context));
            } else {
                bytes = &bytes[..room.min(bytes.len())];
            }
        }
        let written = ready!(this.tcp()?.poll_write(context, bytes))?;
        if let Some(answer) = &mut this.answer {
            answer.sent += written as u64;
            if answer.is_sent() {
                // What comes afterwards happens where is read.
                context.waker().wake_by_ref();
            }
        }
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.tcp()?.poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.control.orders().ending != Ending::Plain {
            return Poll::Ready(Ok(()));
        }
        self.tcp()?.poll_shutdown(context)
    }
}

/// Length of the head that this begins with, its empty line included.
fn head_length(bytes: &[u8]) -> usize {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4)
}

impl Drop for Stream {
    fn drop(&mut self) {
        if let Some(tcp) = self.tcp.take() {
            let ending = self.control.orders().ending;
            end(tcp, ending);
        }
    }
}

/// Ends a connection.
pub(super) fn end(mut tcp: TcpStream, ending: Ending) {
    match (ending, Handle::try_current()) {
        (Ending::Reset, _) => {
            // If this fails, the connection is gone already.
            let _ = tcp.set_zero_linger();
        }
        (Ending::Close, Ok(runtime)) => {
            runtime.spawn(async move {
                // However this ends, the connection is then closed.
                let _ = tcp.shutdown().await;
                let rest = async { while tcp.read(&mut [0; 4096]).await.is_ok_and(|read| read > 0) {} };
                let _ = tokio::time::timeout(LINGER, rest).await;
            });
        }
        (Ending::Close, Err(_)) | (Ending::Plain, _) => {}
    }
}
