//! One connection: served until it ends.

use std::fmt;
use std::pin::pin;
use std::sync::Arc;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::watch;

use super::Payload;
use super::stream::{self, Control, Ending, Stream};
use crate::fault::Fault;
use crate::world::World;

/// An exchange has ended its connection: there is no answer.
#[derive(Debug)]
struct Ended;

impl fmt::Display for Ended {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the connection was ended by a fault")
    }
}

impl std::error::Error for Ended {}

/// Serves a connection, which begins with this fault, until it ends. It ends in good time if `stop` says so, and at once
/// if the world is halted.
pub(super) async fn serve(
    world: Arc<World>,
    tcp: TcpStream,
    fault: Option<Fault>,
    mut stop: watch::Receiver<bool>,
    mut halted: watch::Receiver<u64>,
) {
    match fault {
        Some(Fault::Close) => return stream::end(tcp, Ending::Close),
        Some(Fault::Reset) => return stream::end(tcp, Ending::Reset),
        Some(Fault::Stall(duration)) => {
            tokio::select! {
                () = tokio::time::sleep(duration) => {}
                _ = halted.changed() => return stream::end(tcp, Ending::Reset),
            }
        }
        _ => {}
    }
    let control = Arc::new(Control::default());
    let io = TokioIo::new(Stream::new(tcp, Arc::clone(&control)));
    // A copy has seen as much as its original: a halt cannot fall between the two.
    let halts = halted.clone();
    let service = service_fn(|request| answer(Arc::clone(&world), Arc::clone(&control), halts.clone(), request));
    let mut connection = pin!(http1::Builder::new().half_close(true).serve_connection(io, service));
    let mut stopping = false;
    loop {
        tokio::select! {
            biased;
            _ = halted.changed() => return control.end(Ending::Reset),
            // How a connection ended is the client's affair.
            _ = connection.as_mut() => return,
            _ = stop.wait_for(|stop| *stop), if !stopping => {
                stopping = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}

/// Lets a request pass through the world. A client that leaves does not stop it, as it would not stop a server.
async fn answer(
    world: Arc<World>,
    control: Arc<Control>,
    mut halted: watch::Receiver<u64>,
    request: Request<Incoming>,
) -> Result<Response<Payload>, Ended> {
    let exchange = world.under_way();
    let passage = async move {
        let answer = tokio::select! {
            biased;
            _ = halted.changed() => None,
            answer = crate::passage::pass(&world, &control, request) => answer,
        };
        drop(exchange);
        answer
    };
    tokio::spawn(passage).await.ok().flatten().ok_or(Ended)
}
