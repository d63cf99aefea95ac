//! Counts connections: for each, the server's name is looked up once.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use generated_client::reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Answers every name with the loopback address, and counts how often it is asked. Clones count together.
#[derive(Debug, Clone, Default)]
pub struct Connections(Arc<AtomicU64>);

impl Connections {
    /// How many connections were made, or tried.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Resolve for Connections {
    fn resolve(&self, _: Name) -> Resolving {
        self.0.fetch_add(1, Ordering::Relaxed);
        // The port is that of the address that is called.
        let addresses: Addrs = Box::new([SocketAddr::from((Ipv4Addr::LOCALHOST, 0))].into_iter());
        Box::pin(async { Ok(addresses) })
    }
}
