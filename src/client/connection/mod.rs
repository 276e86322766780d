//! A connection to a server: publish, subscribe, request.
//!
//! Nothing runs behind it: whoever waits for something reads what has come in, for all. A program that waits for
//! something else keeps its connection alive with [`Connection::alongside`].

mod request;
mod subscription;

pub use request::Request;
pub use subscription::Subscription;

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use super::reconnect::{BACKLOG_MAX, Search};
use super::{Address, Dial, Error, Link, Message, Reconnect};
use crate::base::json;
use crate::base::{Clock, Ids, Scattered, read_digits};
use crate::wire::{ClientOp, Connect, Decoder, Info, Limits, ServerOp, encode, first_low, op};

/// How to connect.
#[derive(Clone, Debug)]
pub struct Options {
    /// Tried in this order.
    pub servers: Vec<Address>,
    /// What the server shall call this client.
    pub name: String,
    pub user: Option<String>,
    pub password: Option<String>,
    pub token: Option<String>,
    /// For requests.
    pub timeout: Duration,
    pub inbox_prefix: String,
    /// How the connection comes back when it is lost; it ends if nothing is said.
    pub reconnect: Option<Reconnect>,
}

impl Options {
    pub fn new(address: Address) -> Options {
        Options {
            servers: vec![address],
            name: String::new(),
            user: None,
            password: None,
            token: None,
            timeout: Duration::from_secs(5),
            inbox_prefix: "_INBOX".to_owned(),
            reconnect: None,
        }
    }
}

/// A shared handle; the connection closes when the last is dropped.
#[derive(Clone)]
pub struct Connection(Rc<Inner>);

struct Inner {
    clock: Clock,
    ids: Ids,
    address: Address,
    servers: Vec<Address>,
    timeout: Duration,
    reconnect: Option<Reconnect>,
    state: RefCell<State>,
}

struct State {
    /// `None` once closed.
    link: Option<Link>,
    decoder: Decoder,
    info: Info,
    subscriptions: BTreeMap<u64, Inbox>,
    last_sid: u64,
    pings: u64,
    pongs: u64,
    /// `_INBOX.` and a name of this connection's own, with a dot.
    inbox: String,
    /// The subscription that hears the answers to all requests, once there is one.
    answers_sid: Option<u64>,
    /// The number of the last request, counted from one that is this connection's own. The last token of a reply
    /// subject is made from it.
    asked: u64,
    /// Answers by the last tokens of their subjects; `None` while waited for.
    answers: BTreeMap<Scattered, Option<Message>>,
    /// What the server complained of last.
    complaint: Option<String>,
    /// What this client said of itself, once the server has taken it.
    greeting: Option<Vec<u8>>,
    search: Option<Search>,
    /// What was sent while there was no server.
    backlog: Vec<u8>,
}

/// Messages that wait to be taken by their subscription.
struct Inbox {
    subject: String,
    queue: Option<String>,
    waiting: VecDeque<Message>,
    /// How many more will come, where that is limited.
    left: Option<u64>,
    /// Subject of messages that this connection's own machinery takes.
    is_answers: bool,
}

/// What a client accepts from its server.
const LIMITS: Limits = Limits { max_payload: 64 << 20, max_control_line: 64 << 10 };

/// How long a server may take to say hello.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);

/// How long it may take to hear everything that was sent.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(10);

/// No answer comes sooner over a network, so a shorter time is over before. A simulated one takes no time at all.
pub const SOONEST: Duration = Duration::from_micros(100);

/// Messages that wait for one reader; later ones are dropped, as a slow consumer's are.
const MOST_WAITING: usize = 512 * 1024;

impl Connection {
    /// Connects to the first server that answers.
    pub async fn connect(
        dial: &dyn Dial,
        clock: &Clock,
        ids: &Ids,
        options: &Options,
    ) -> Result<Connection, Error> {
        for address in &options.servers {
            if let Ok(link) = dial.dial(address).await {
                let connection = Connection::new(link, clock, ids, address, options);
                connection.greet(options).await?;
                return Ok(connection);
            }
        }
        Err(Error::NoServers)
    }

    fn new(link: Link, clock: &Clock, ids: &Ids, address: &Address, options: &Options) -> Connection {
        let inbox = format!("{}.{}.", options.inbox_prefix, ids.nuid());
        let state = State {
            link: Some(link),
            decoder: Decoder::default(),
            info: Info::default(),
            subscriptions: BTreeMap::new(),
            last_sid: 0,
            pings: 0,
            pongs: 0,
            // Another one for each connection.
            asked: inbox.bytes().fold(0, |all, b| all.wrapping_mul(31).wrapping_add(u64::from(b))),
            inbox,
            answers_sid: None,
            answers: BTreeMap::new(),
            complaint: None,
            greeting: None,
            search: None,
            backlog: Vec::new(),
        };
        Connection(Rc::new(Inner {
            clock: clock.clone(),
            ids: ids.clone(),
            address: address.clone(),
            servers: options.servers.clone(),
            timeout: options.timeout,
            reconnect: options.reconnect.clone(),
            state: RefCell::new(state),
        }))
    }

    async fn greet(&self, options: &Options) -> Result<(), Error> {
        let address = &self.0.address;
        let clock = &self.0.clock;
        let hello = self.until(|state| (!state.info.server_id.is_empty()).then_some(()));
        clock.timeout(CONNECT_TIMEOUT, hello).await.unwrap_or(Err(Error::Timeout))?;
        // What the URL says comes first; a user without a password in it is a token.
        let (user, pass, auth_token) = match (address.user.clone(), address.password.clone()) {
            (None, _) => (options.user.clone(), options.password.clone(), options.token.clone()),
            (token, None) => (None, None, token),
            (user, pass) => (user, pass, None),
        };
        let mut connect = Connect {
            verbose: false,
            pedantic: false,
            user,
            pass,
            auth_token,
            name: options.name.clone(),
            lang: "rust".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            protocol: 1,
            headers: true,
            no_responders: true,
            ..Connect::default()
        };
        let json = json::body(&mut connect);
        self.send(ClientOp::Connect(&json))?;
        clock.timeout(CONNECT_TIMEOUT, self.ping()).await.unwrap_or(Err(Error::Timeout))?;
        self.0.state.borrow_mut().greeting = Some(json);
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

    /// A subject that nobody else has, for answers.
    pub fn new_inbox(&self) -> String {
        let state = self.0.state.borrow();
        let prefix =
            state.inbox.trim_end_matches('.').rsplit_once('.').map_or("_INBOX", |(prefix, _)| prefix);
        format!("{prefix}.{}", self.0.ids.nuid())
    }

    /// What the server complained of since the last call, such as a refused subject.
    pub fn take_complaint(&self) -> Option<String> {
        self.0.state.borrow_mut().complaint.take()
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
            return Err(Error::BadSubject);
        }
        self.0.state.borrow().check(&[subject], headers, body)?;
        self.send(ClientOp::Pub(op::Message { subject, reply, headers, body }))
    }

    /// Listens to `subject`, alone or as one of a queue group.
    pub fn subscribe(&self, subject: &str, queue: Option<&str>) -> Result<Subscription, Error> {
        if has_space(subject) || subject.split('.').any(str::is_empty) {
            return Err(Error::BadSubject);
        }
        if queue.is_some_and(has_space) {
            return Err(Error::BadQueue);
        }
        Ok(Subscription { connection: self.clone(), sid: self.listen(subject, queue, false)? })
    }

    /// Sends a request and waits for its first answer, for the time of the options.
    pub async fn request(&self, subject: &[&str], headers: &[u8], body: &[u8]) -> Result<Message, Error> {
        self.ask(subject, headers, body)?.await
    }

    /// Sends a request, which then is to be waited for. Its subject is put together from parts.
    pub fn ask(&self, subject: &[&str], headers: &[u8], body: &[u8]) -> Result<Request<'_>, Error> {
        if self.0.state.borrow().answers_sid.is_none() {
            self.listen_to_answers()?;
        }
        let state = &mut *self.0.state.borrow_mut();
        state.check(subject, headers, body)?;
        state.asked = state.asked.wrapping_add(1);
        let token = Scattered::of(state.asked);
        let inbox = std::mem::take(&mut state.inbox);
        let reply = [inbox.as_bytes(), &token.bytes()];
        let sent = state.send(&self.0, |out| encode::request(out, subject, &reply, headers, body));
        state.inbox = inbox;
        sent?;
        state.answers.insert(token, None);
        let patience = if self.0.timeout < SOONEST { Duration::ZERO } else { self.0.timeout };
        Ok(Request { connection: self, token, patience: self.0.clock.sleep(patience) })
    }

    #[cold]
    fn listen_to_answers(&self) -> Result<(), Error> {
        let all = format!("{}*", self.0.state.borrow().inbox);
        if has_space(&all) {
            return Err(Error::BadSubject);
        }
        let sid = self.listen(&all, None, true)?;
        self.0.state.borrow_mut().answers_sid = Some(sid);
        Ok(())
    }

    /// Waits until the server has heard everything sent so far.
    pub async fn flush(&self) -> Result<(), Error> {
        self.0.clock.timeout(FLUSH_TIMEOUT, self.ping()).await.unwrap_or(Err(Error::Timeout))
    }

    /// How long a ping takes to come back.
    pub async fn rtt(&self) -> Result<Duration, Error> {
        let began = self.0.clock.now();
        self.flush().await?;
        Ok(self.0.clock.now().since(began))
    }

    async fn ping(&self) -> Result<(), Error> {
        self.send(ClientOp::Ping)?;
        let wanted = {
            let mut state = self.0.state.borrow_mut();
            state.pings += 1;
            state.pings
        };
        self.until(|state| (state.pongs >= wanted).then_some(())).await
    }

    /// Does `work`, and answers the server meanwhile.
    pub async fn alongside<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        poll_fn(|context| {
            let _ = self.poll(context, |_| None::<()>);
            work.as_mut().poll(context)
        })
        .await
    }

    /// Ends the connection for all who share it.
    pub fn close(&self) {
        let mut state = self.0.state.borrow_mut();
        (state.link, state.greeting, state.search) = (None, None, None);
    }

    fn listen(&self, subject: &str, queue: Option<&str>, is_answers: bool) -> Result<u64, Error> {
        let sid = {
            let mut state = self.0.state.borrow_mut();
            state.last_sid += 1;
            let sid = state.last_sid;
            let inbox = Inbox {
                subject: subject.to_owned(),
                queue: queue.map(str::to_owned),
                waiting: VecDeque::new(),
                left: None,
                is_answers,
            };
            state.subscriptions.insert(sid, inbox);
            sid
        };
        if !self.is_searching() {
            self.send(ClientOp::Sub { subject, queue, sid: &sid.to_string() })?;
        }
        Ok(sid)
    }

    fn send(&self, op: ClientOp<'_>) -> Result<(), Error> {
        self.0.state.borrow_mut().send(&self.0, |out| op.encode(out))
    }

    /// Whether the connection was lost and may come back.
    pub fn is_searching(&self) -> bool {
        let state = self.0.state.borrow();
        state.link.is_none() && state.greeting.is_some() && self.0.reconnect.is_some()
    }

    /// Waits until `look` finds what it wants in what has come in.
    async fn until<T>(&self, mut look: impl FnMut(&mut State) -> Option<T>) -> Result<T, Error> {
        poll_fn(|context| self.poll(context, &mut look)).await
    }

    fn poll<T>(
        &self,
        context: &mut Context<'_>,
        look: impl FnOnce(&mut State) -> Option<T>,
    ) -> Poll<Result<T, Error>> {
        let mut state = self.0.state.borrow_mut();
        state.read();
        if let Some(found) = look(&mut state) {
            return Poll::Ready(Ok(found));
        }
        if state.link.is_none() {
            self.search(&mut state, context);
        }
        match &state.link {
            Some(link) => {
                link.wake_on_input(context.waker());
                Poll::Pending
            }
            None if state.search.is_some() => Poll::Pending,
            None => Poll::Ready(Err(state.complaint.clone().map_or(Error::Closed, Error::Refused))),
        }
    }
}

/// Like the official client, this one leaves all other checks of subjects to the server.
fn has_space(subject: &str) -> bool {
    // Nearly all have nothing that comes before letters, which is soon seen.
    first_low(subject.as_bytes()).is_some()
        && subject.bytes().any(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n'))
}

impl Connection {
    /// Looks for a server, if the connection may come back.
    #[cold]
    fn search(&self, state: &mut State, context: &mut Context<'_>) {
        let Inner { clock, ids, servers, reconnect, .. } = &*self.0;
        let (Some(reconnect), true) = (reconnect, state.greeting.is_some()) else { return };
        let complaint = &mut state.complaint;
        let search = state.search.get_or_insert_with(|| {
            let why = complaint.take().map_or("EOF".to_owned(), |complaint| format!("nats: {complaint}"));
            (reconnect.lost)(&why);
            Search::new(clock, ids)
        });
        if let Poll::Ready(link) = search.poll(context, &*reconnect.dial, servers, clock, ids) {
            state.resume(link);
        }
    }
}

impl State {
    /// Whether a message can be sent.
    fn check(&self, subject: &[&str], headers: &[u8], body: &[u8]) -> Result<(), Error> {
        if subject.iter().all(|part| part.is_empty()) || subject.iter().any(|part| has_space(part)) {
            return Err(Error::BadSubject);
        }
        let most = self.info.max_payload;
        if most > 0 && headers.len() + body.len() > most as usize {
            return Err(Error::MaxPayload);
        }
        Ok(())
    }

    /// Lets `write` append bytes for the server, or for the one that may be there again.
    fn send(&mut self, inner: &Inner, write: impl FnOnce(&mut Vec<u8>)) -> Result<(), Error> {
        if let Some(link) = &self.link {
            link.send(write);
            return Ok(());
        }
        if inner.reconnect.is_none() || self.greeting.is_none() || self.backlog.len() > BACKLOG_MAX {
            return Err(Error::Closed);
        }
        write(&mut self.backlog);
        Ok(())
    }

    /// Goes on with another link: greets, listens to what was listened to, and sends what has waited.
    fn resume(&mut self, link: Link) {
        self.search = None;
        self.decoder = Decoder::default();
        let backlog = std::mem::take(&mut self.backlog);
        link.send(|out| {
            self.greeting.iter().for_each(|json| ClientOp::Connect(json).encode(out));
            ClientOp::Ping.encode(out);
            for (sid, inbox) in &self.subscriptions {
                let sid = &sid.to_string();
                let (subject, queue) = (inbox.subject.as_str(), inbox.queue.as_deref());
                ClientOp::Sub { subject, queue, sid }.encode(out);
                inbox.left.iter().for_each(|left| ClientOp::Unsub { sid, max: Some(*left) }.encode(out));
            }
            out.extend_from_slice(&backlog);
        });
        // Nobody answers the pings that were under way; the one just sent is answered once more.
        self.pongs = self.pings;
        self.pings += 1;
        self.link = Some(link);
    }

    /// Takes in whatever the server sent. A connection that ended or broke the protocol is dropped.
    fn read(&mut self) {
        let Some(link) = self.link.take_if(|link| link.has_news()) else { return };
        let open = link.receive(|bytes| self.decoder.take(bytes));
        let mut decoder = std::mem::take(&mut self.decoder);
        let understood = loop {
            match decoder.server_op(LIMITS) {
                Ok(Some(op)) => self.hear(&link, op),
                Ok(None) => break true,
                Err(_) => break false,
            }
        };
        self.decoder = decoder;
        if open && understood {
            self.link = Some(link);
        }
    }

    fn hear(&mut self, link: &Link, op: ServerOp<'_>) {
        match op {
            ServerOp::Info(text) => self.learn(text),
            ServerOp::Ping => link.send(|out| ClientOp::Pong.encode(out)),
            ServerOp::Pong => self.pongs += 1,
            ServerOp::Ok => {}
            ServerOp::Err(text) => self.complaint = Some(text.to_owned()),
            ServerOp::Msg { sid, message } => self.deliver(sid, message),
        }
    }

    #[cold]
    fn learn(&mut self, text: &[u8]) {
        let mut info = Info::default();
        if json::read(text, &mut info).is_some() {
            self.info = info;
        }
    }

    fn deliver(&mut self, sid: &[u8], message: op::Message<'_, &[u8]>) {
        let Some((sid, inbox)) =
            read_digits(sid).and_then(|sid| Some((sid, self.subscriptions.get_mut(&sid)?)))
        else {
            return;
        };
        if inbox.is_answers {
            let token = message.subject.get(self.inbox.len()..).and_then(Scattered::read);
            if let Some(slot @ None) = token.and_then(|token| self.answers.get_mut(&token)) {
                *slot = Some(Message::new(&message));
            }
            return;
        }
        if inbox.waiting.len() < MOST_WAITING {
            inbox.waiting.push_back(Message::new(&message));
        }
        if let Some(left) = &mut inbox.left {
            *left = left.saturating_sub(1);
            if *left == 0 && inbox.waiting.is_empty() {
                self.subscriptions.remove(&sid);
            }
        }
    }
}
