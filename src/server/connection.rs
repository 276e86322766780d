//! What goes in and out of a server: connections, and what happens on them.

/// A connection. Its number is chosen by the server's driver, and never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnId(pub u64);

/// What came on a connection.
#[derive(Clone, Debug)]
pub enum Input<'a> {
    Open {
        ip: String,
        port: u16,
    },
    Bytes(&'a [u8]),
    Closed,
    /// So many bytes of the server's output have not reached the client yet.
    PendingBytes(usize),
}

/// What is to be done on a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    Bytes(ConnId, Vec<u8>),
    /// To be closed when all bytes before have been written.
    Close(ConnId, CloseReason),
}

/// Why a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseReason {
    /// The client went away.
    ClientClosed,
    AuthenticationTimeout,
    AuthenticationViolation,
    ProtocolViolation,
    MaxPayloadExceeded,
    MaxControlLineExceeded,
    MaxConnectionsExceeded,
    SlowConsumer,
    Stale,
    ServerShutdown,
}
