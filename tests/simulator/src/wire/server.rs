//! Accepts connections, and does what the simulator's holder wants done to all of them.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::{JoinHandle, JoinSet};

use super::connection;
use super::gate::Gate;
use crate::world::World;

/// How long nothing is accepted after accepting has failed: mostly because too many files are open.
const RECOVERY: Duration = Duration::from_millis(20);

/// What the server can be told to do. It says how that ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Refuse connections.
    Shut,
    /// Accept connections again.
    Open,
    /// Reset all connections, and wait until they and the exchanges on them are gone.
    Halt,
}

type Command = (Order, oneshot::Sender<io::Result<()>>);

/// A server that runs. It stops when it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    commands: mpsc::UnboundedSender<Command>,
    task: JoinHandle<()>,
}

impl Server {
    /// Starts to serve the world that is made for the port that is listened on.
    pub(crate) async fn start(
        address: SocketAddr,
        world: impl FnOnce(SocketAddr) -> Arc<World>,
    ) -> io::Result<(Self, Arc<World>)> {
        let gate = Gate::open_at(address).await?;
        let world = world(gate.address()?);
        let (commands, orders) = mpsc::unbounded_channel();
        let task = tokio::spawn(run(gate, Arc::clone(&world), orders));
        Ok((Self { commands, task }, world))
    }

    /// Refuses connections from now on.
    pub(crate) async fn shut(&self) -> io::Result<()> {
        self.order(Order::Shut).await
    }

    /// Accepts connections again.
    pub(crate) async fn open(&self) -> io::Result<()> {
        self.order(Order::Open).await
    }

    /// Resets all connections, and lets go of the exchanges on them.
    pub(crate) async fn halt(&self) -> io::Result<()> {
        self.order(Order::Halt).await
    }

    async fn order(&self, order: Order) -> io::Result<()> {
        let gone = || io::Error::other("the server has stopped");
        let (done, outcome) = oneshot::channel();
        self.commands.send((order, done)).map_err(|_| gone())?;
        outcome.await.map_err(|_| gone())?
    }

    /// Stops: no new connections, and a moment for the exchanges that are under way.
    pub(crate) async fn stop(self, patience: Duration, world: &World) {
        let Self { commands, mut task } = self;
        drop(commands);
        if tokio::time::timeout(patience, &mut task).await.is_err() {
            world.halt();
            // Its connections are gone in a moment; the end of a task is no news.
            let _ = task.await;
        }
        world.idle().await;
    }
}

async fn run(mut gate: Gate, world: Arc<World>, mut orders: mpsc::UnboundedReceiver<Command>) {
    let (stop, stopped) = watch::channel(false);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            order = orders.recv() => {
                let Some((order, done)) = order else { break };
                let outcome = match order {
                    Order::Shut => gate.shut(),
                    Order::Open => gate.open(),
                    Order::Halt => {
                        world.halt();
                        while connections.join_next().await.is_some() {}
                        world.idle().await;
                        Ok(())
                    }
                };
                // Who does not wait for it does not want to know.
                let _ = done.send(outcome);
            }
            accepted = gate.accept() => match accepted {
                Ok(tcp) => {
                    let fault = world.fault_of_connection();
                    let world = Arc::clone(&world);
                    let halts = world.halts();
                    connections.spawn(connection::serve(world, tcp, fault, stopped.clone(), halts));
                }
                Err(_) => tokio::time::sleep(RECOVERY).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(gate);
    // All connections listen, or are gone.
    let _ = stop.send(true);
    while connections.join_next().await.is_some() {}
}
