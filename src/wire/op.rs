//! The operations of the protocol. They borrow from the buffer that they were decoded from.

/// What a client says to a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientOp<'a> {
    /// The JSON of [`crate::wire::Connect`].
    Connect(&'a [u8]),
    Ping,
    Pong,
    Pub(Message<'a>),
    Sub {
        subject: &'a str,
        queue: Option<&'a str>,
        sid: &'a str,
    },
    Unsub {
        sid: &'a str,
        /// End the subscription after it has had this many messages in all.
        max: Option<u64>,
    },
}

/// What a server says to a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerOp<'a> {
    /// The JSON of [`crate::wire::Info`].
    Info(&'a [u8]),
    Msg {
        sid: &'a [u8],
        message: Message<'a, &'a [u8]>,
    },
    Ping,
    Pong,
    Ok,
    /// The text between the quotes.
    Err(&'a str),
}

/// The name of an operation, in both directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Info,
    Connect,
    Pub,
    HPub,
    Sub,
    Unsub,
    Msg,
    HMsg,
    Ping,
    Pong,
    Ok,
    Err,
}

impl Verb {
    pub fn as_str(self) -> &'static str {
        match self {
            Verb::Info => "INFO",
            Verb::Connect => "CONNECT",
            Verb::Pub => "PUB",
            Verb::HPub => "HPUB",
            Verb::Sub => "SUB",
            Verb::Unsub => "UNSUB",
            Verb::Msg => "MSG",
            Verb::HMsg => "HMSG",
            Verb::Ping => "PING",
            Verb::Pong => "PONG",
            Verb::Ok => "+OK",
            Verb::Err => "-ERR",
        }
    }
}

/// A message on its way. A server makes sure that its names are texts; a client takes them as they come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Message<'a, Name = &'a str> {
    pub subject: Name,
    pub reply: Option<Name>,
    /// The encoded header block; empty when there is none.
    pub headers: &'a [u8],
    pub body: &'a [u8],
}

impl<'a> Message<'a> {
    pub fn bytes(&self) -> Message<'a, &'a [u8]> {
        let Message { subject, reply, headers, body } = *self;
        Message { subject: subject.as_bytes(), reply: reply.map(str::as_bytes), headers, body }
    }
}
