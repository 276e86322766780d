//! Clients outside of the terminals: programs of the page around us that speak to the server over a channel of bytes, for
//! instance the official JavaScript client.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use crate::client::Pipe;
use crate::sim::{Host, TaskId, World};

/// The open channels, by their number in this world.
#[derive(Default)]
pub(super) struct ExternalClients {
    channels: BTreeMap<u32, Channel>,
    last: u32,
    events: EventQueue,
    /// What is added to the numbers for the programs outside, which may have known worlds before this one.
    first: u32,
    /// Channels of the world before that were open when it ended.
    orphans: Vec<u32>,
    /// How many bytes of the journal are taken by what came from outside, and whether it was too much.
    recorded: usize,
    full: bool,
}

/// Bytes that the journal may hold of what comes from outside: a link with so many can still be opened.
const RECORDED_MAX: usize = 256 << 10;

/// Bytes that a client may have sent before the server has taken them: some messages of the largest size.
const UNSENT_MAX: usize = 8 << 20;

/// Bytes that an act takes besides.
const ACT_SIZE: usize = 16;

struct Channel {
    pipe: Rc<Pipe>,
    reader: TaskId,
}

/// What came on a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChannelEvent {
    Bytes(Vec<u8>),
    /// The server has closed it.
    Closed,
}

type EventQueue = Rc<RefCell<VecDeque<(u32, ChannelEvent)>>>;

impl ExternalClients {
    /// Opens a channel to a server; `None` if none listens there.
    pub(super) fn open(&mut self, world: &World, host: Host) -> Option<u32> {
        let (_, pipe) = world.connect(host)?;
        let pipe = Rc::new(pipe);
        self.last += 1;
        let reader = world.spawn(read(self.last, pipe.clone(), self.events.clone()));
        self.channels.insert(self.last, Channel { pipe, reader });
        Some(self.last)
    }

    pub(super) fn is_open(&self, channel: u32) -> bool {
        self.channels.contains_key(&channel)
    }

    /// The channels that are open.
    pub(super) fn open_channels(&self) -> Vec<u32> {
        self.channels.keys().copied().collect()
    }

    /// Sends bytes to the server. `false` if the channel is not open, or if that is more than may wait.
    pub(super) fn send(&self, channel: u32, bytes: &[u8]) -> bool {
        let open = self.channels.get(&channel);
        let open = open.filter(|channel| channel.pipe.unsent() + bytes.len() <= UNSENT_MAX);
        if let Some(channel) = open {
            channel.pipe.send(|out| out.extend_from_slice(bytes));
        }
        open.is_some()
    }

    pub(super) fn close(&mut self, world: &World, channel: u32) {
        if let Some(channel) = self.channels.remove(&channel) {
            world.kill(channel.reader);
        }
    }

    /// What came since the last call, in order, with the numbers that programs outside know.
    pub(super) fn take_events(&mut self, world: &World) -> Vec<(u32, ChannelEvent)> {
        let mut all: Vec<(u32, ChannelEvent)> =
            self.orphans.drain(..).map(|channel| (channel, ChannelEvent::Closed)).collect();
        let events = self.events.take();
        for (channel, event) in events {
            if event == ChannelEvent::Closed {
                self.close(world, channel);
            }
            all.push((self.public_number(channel), event));
        }
        all
    }

    /// The number by which programs outside know a channel.
    pub(super) fn public_number(&self, channel: u32) -> u32 {
        self.first + channel
    }

    /// The channel with a number that programs outside know. One of an earlier world is not open.
    pub(super) fn by_public_number(&self, number: u32) -> u32 {
        number.wrapping_sub(self.first)
    }

    /// Takes the place of another world's.
    pub(super) fn inherit_from(&mut self, before: &ExternalClients) {
        self.first = before.first + before.last;
        self.orphans.extend(before.channels.keys().map(|channel| before.first + channel));
    }

    /// Whether an act with so many bytes may be recorded. Once one may not, no further one may.
    pub(super) fn may_record(&mut self, bytes: usize) -> bool {
        self.full |= self.recorded + bytes + ACT_SIZE > RECORDED_MAX;
        if !self.full {
            self.recorded += bytes + ACT_SIZE;
        }
        !self.full
    }

    /// Whether more came from outside than is recorded.
    pub(super) fn is_full(&self) -> bool {
        self.full
    }
}

/// Hands on what the server says, until it says no more.
async fn read(channel: u32, pipe: Rc<Pipe>, events: EventQueue) {
    poll_fn(|context| {
        let mut came = Vec::new();
        let open = pipe.receive(|bytes| came.extend_from_slice(bytes));
        if !came.is_empty() {
            events.borrow_mut().push_back((channel, ChannelEvent::Bytes(came)));
        }
        if !open {
            events.borrow_mut().push_back((channel, ChannelEvent::Closed));
            return Poll::Ready(());
        }
        pipe.wake_on_input(context.waker());
        Poll::Pending
    })
    .await;
}
