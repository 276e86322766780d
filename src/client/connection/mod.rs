//! A connection to a server: publish, subscribe, request.
//!
//! Nothing runs in the background: whoever waits for something reads what has come in, for all. A program that waits for
//! something else keeps its connection alive with [`Connection::alongside`].

mod core;
mod options;
mod request;
mod server_error;
mod state;
mod subscription;

pub use options::{OnError, Options};
pub use request::Request;
pub use subscription::Subscription;

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

use self::core::Core;
use self::state::{State, has_space};
use super::{Address, Dial, Error, Message, Pipe};
use crate::base::{Clock, Ids};
use crate::gojson;
use crate::wire::{ClientOp, Connect, Info, encode, op};

/// A shared handle; the connection closes when the last is dropped.
#[derive(Clone)]
pub struct Connection(Rc<Core>);

/// How long each half of the handshake may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);

/// How long a flush may take.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(10);

/// Over a network no reply comes sooner. A simulated one takes no time at all, so a shorter timeout fails at once.
pub const SHORTEST_TIMEOUT: Duration = Duration::from_micros(100);

impl Connection {
    /// Connects to the first server that answers.
    pub async fn connect(
        dial: &dyn Dial,
        clock: &Clock,
        ids: &Ids,
        options: &Options,
    ) -> Result<Connection, Error> {
        for address in &options.servers {
            if let Ok(pipe) = dial.dial(address).await {
                let connection = Connection::new(pipe, clock, ids, address, options);
                connection.handshake(options).await?;
                return Ok(connection);
            }
        }
        Err(Error::NoServers)
    }

    fn new(pipe: Pipe, clock: &Clock, ids: &Ids, address: &Address, options: &Options) -> Connection {
        let inbox = format!("{}.{}.", options.inbox_prefix, ids.nuid());
        Connection(Rc::new(Core {
            clock: clock.clone(),
            ids: ids.clone(),
            address: address.clone(),
            servers: options.servers.clone(),
            timeout: options.timeout,
            reconnect: options.reconnect.clone(),
            on_error: options.on_error.clone(),
            state: RefCell::new(State::new(pipe, inbox)),
        }))
    }

    /// Waits for INFO, sends CONNECT and PING, and waits for the PONG that says that the server accepted it.
    async fn handshake(&self, options: &Options) -> Result<(), Error> {
        let Core { address, clock, .. } = &*self.0;
        let info = self.0.wait_for(|state| (!state.info.server_id.is_empty()).then_some(()));
        clock.timeout(CONNECT_TIMEOUT, info).await.unwrap_or(Err(Error::Timeout))?;
        // What the URL says comes first; a user without a password in it is a token.
        let (user, pass, auth_token) = match (address.user.clone(), address.password.clone()) {
            (None, _) => (options.user.clone(), options.password.clone(), options.token.clone()),
            (token, None) => (None, None, token),
            (user, pass) => (user, pass, None),
        };
        let connect = Connect {
            verbose: false,
            pedantic: false,
            user,
            pass,
            auth_token,
            name: options.name.clone(),
            lang: options.library.0.clone(),
            version: options.library.1.clone(),
            protocol: 1,
            headers: true,
            no_responders: true,
            ..Connect::default()
        };
        let json = gojson::to_vec(&connect);
        self.0.send(ClientOp::Connect(&json))?;
        clock.timeout(CONNECT_TIMEOUT, self.ping()).await.unwrap_or(Err(Error::Timeout))?;
        self.0.state.borrow_mut().accepted_connect = Some(json);
        Ok(())
    }

    pub fn info(&self) -> Info {
        self.0.state.borrow().info.clone()
    }

    pub fn address(&self) -> &Address {
        &self.0.address
    }

    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    pub fn ids(&self) -> &Ids {
        &self.0.ids
    }

    pub fn timeout(&self) -> Duration {
        self.0.timeout
    }

    /// Whether the connection was lost and may come back.
    pub fn is_reconnecting(&self) -> bool {
        self.0.is_reconnecting()
    }

    /// A subject that nobody else has, for replies.
    pub fn new_inbox(&self) -> String {
        let state = self.0.state.borrow();
        let prefix =
            state.inbox.trim_end_matches('.').rsplit_once('.').map_or("_INBOX", |(prefix, _)| prefix);
        format!("{prefix}.{}", self.0.ids.nuid())
    }

    /// One of the subjects to which replies to this connection's requests go.
    pub fn new_reply_inbox(&self) -> String {
        let state = &mut *self.0.state.borrow_mut();
        let token = state.next_token();
        format!("{}{}", state.inbox, String::from_utf8_lossy(&token.bytes()))
    }

    /// The last error that the server sent, such as a violation of permissions.
    pub fn last_error(&self) -> Option<String> {
        self.0.state.borrow().last_error.clone()
    }

    /// Sends a message. `headers` is an encoded block, empty for none.
    pub fn publish(
        &self,
        subject: &str,
        reply: Option<&str>,
        headers: &[u8],
        body: &[u8],
    ) -> Result<(), Error> {
        if reply.is_some_and(has_space) {
            return Err(Error::InvalidSubject);
        }
        self.0.state.borrow().check(&[subject], headers, body)?;
        self.0.send(ClientOp::Pub(op::Message { subject, reply, headers, body }))
    }

    /// Subscribes to `subject`, alone or as one of a queue group.
    pub fn subscribe(&self, subject: &str, queue: Option<&str>) -> Result<Subscription, Error> {
        if has_space(subject) || subject.split('.').any(str::is_empty) {
            return Err(Error::InvalidSubject);
        }
        if queue.is_some_and(has_space) {
            return Err(Error::InvalidQueueName);
        }
        let sid = self.send_sub(subject, queue, false)?;
        Ok(Subscription::new(self.0.clone(), sid))
    }

    /// Sends a request and waits for its first reply, for the time of the options.
    pub async fn request(&self, subject: &[&str], headers: &[u8], body: &[u8]) -> Result<Message, Error> {
        self.start_request(subject, headers, body)?.await
    }

    /// Sends a request, which then is to be waited for. Its subject is put together from parts.
    pub fn start_request(&self, subject: &[&str], headers: &[u8], body: &[u8]) -> Result<Request<'_>, Error> {
        if self.0.state.borrow().reply_sid.is_none() {
            self.subscribe_to_replies()?;
        }
        let state = &mut *self.0.state.borrow_mut();
        state.check(subject, headers, body)?;
        let token = state.next_token();
        let inbox = std::mem::take(&mut state.inbox);
        let reply = [inbox.as_bytes(), &token.bytes()];
        let sent = state.send(self.0.reconnect.is_some(), |out| {
            encode::request(out, subject, &reply, headers, body);
        });
        state.inbox = inbox;
        sent?;
        state.replies.insert(token, None);
        let timeout = if self.0.timeout < SHORTEST_TIMEOUT { Duration::ZERO } else { self.0.timeout };
        Ok(Request::new(&self.0, token, self.0.clock.sleep(timeout)))
    }

    #[cold]
    fn subscribe_to_replies(&self) -> Result<(), Error> {
        let all = format!("{}*", self.0.state.borrow().inbox);
        if has_space(&all) {
            return Err(Error::InvalidSubject);
        }
        let sid = self.send_sub(&all, None, true)?;
        self.0.state.borrow_mut().reply_sid = Some(sid);
        Ok(())
    }

    fn send_sub(&self, subject: &str, queue: Option<&str>, is_replies: bool) -> Result<u64, Error> {
        let sid = self.0.state.borrow_mut().add_subscription(subject, queue, is_replies);
        if !self.is_reconnecting() {
            self.0.send(ClientOp::Sub { subject, queue, sid: &sid.to_string() })?;
        }
        Ok(sid)
    }

    /// Waits until the server has processed everything sent so far.
    pub async fn flush(&self) -> Result<(), Error> {
        self.0.clock.timeout(FLUSH_TIMEOUT, self.ping()).await.unwrap_or(Err(Error::Timeout))
    }

    /// The round trip time of a ping.
    pub async fn rtt(&self) -> Result<Duration, Error> {
        let start = self.0.clock.now();
        self.flush().await?;
        Ok(self.0.clock.now().since(start))
    }

    async fn ping(&self) -> Result<(), Error> {
        self.0.send(ClientOp::Ping)?;
        let pongs = self.0.state.borrow_mut().count_ping();
        self.0.wait_for(|state| (state.pongs_received >= pongs).then_some(())).await
    }

    /// Does `work`, and answers the server meanwhile.
    pub async fn alongside<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        poll_fn(|context| {
            let _ = self.0.poll(context, |_| None::<()>);
            work.as_mut().poll(context)
        })
        .await
    }

    /// Closes the connection for all who share it.
    pub fn close(&self) {
        self.0.state.borrow_mut().close();
    }
}
