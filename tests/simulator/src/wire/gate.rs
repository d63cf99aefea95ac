//! The port: listened on, or kept while connections to it are refused.

use std::future::pending;
use std::io;
use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// How many connections may wait to be accepted.
const WAITING: u32 = 1024;

/// A port of this machine.
#[derive(Debug)]
pub(super) enum Gate {
    /// Connections are accepted.
    Open(TcpListener),
    /// Connections are refused by the system. The socket keeps the port from everybody else.
    Shut(TcpSocket),
    /// Shutting or opening failed.
    Lost,
}

impl Gate {
    /// Listens.
    pub(super) async fn open_at(address: SocketAddr) -> io::Result<Self> {
        TcpListener::bind(address).await.map(Self::Open)
    }

    /// The address that is listened on.
    pub(super) fn address(&self) -> io::Result<SocketAddr> {
        match self {
            Self::Open(listener) => listener.local_addr(),
            Self::Shut(socket) => socket.local_addr(),
            Self::Lost => Err(lost()),
        }
    }

    /// The next connection. While the port is shut, none comes.
    pub(super) async fn accept(&self) -> io::Result<TcpStream> {
        match self {
            Self::Open(listener) => Ok(listener.accept().await?.0),
            Self::Shut(_) | Self::Lost => pending().await,
        }
    }

    /// Refuses connections from now on. Those that were made and not accepted yet are reset.
    pub(super) fn shut(&mut self) -> io::Result<()> {
        let Self::Open(listener) = self else { return Ok(()) };
        let address = listener.local_addr()?;
        *self = Self::Lost;
        let socket = TcpSocket::new_v4()?;
        // The connections that are there do not stand in the way of this socket; this socket does, in everybody else's.
        #[cfg(unix)]
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        #[cfg(unix)]
        socket.set_reuseaddr(false)?;
        *self = Self::Shut(socket);
        Ok(())
    }

    /// Listens again.
    pub(super) fn open(&mut self) -> io::Result<()> {
        match std::mem::replace(self, Self::Lost) {
            Self::Shut(socket) => {
                #[cfg(unix)]
                socket.set_reuseaddr(true)?;
                *self = Self::Open(socket.listen(WAITING)?);
            }
            Self::Open(listener) => *self = Self::Open(listener),
            Self::Lost => return Err(lost()),
        }
        Ok(())
    }
}

fn lost() -> io::Error {
    io::Error::other("the port was lost when it was shut")
}
