//! Clients from outside the terminals: programs of the page around us that speak to the server of this world over
//! a channel of bytes, for instance the official JavaScript client.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use super::journal::Act;
use super::{App, HOST, Pace};
use crate::client::Link;
use crate::sim::{Host, TaskId, World};

/// The channels that are open.
#[derive(Default)]
pub(super) struct Outside {
    /// By their number in this world.
    channels: BTreeMap<u32, Channel>,
    last: u32,
    news: News,
    /// What the numbers begin from for those outside, who may have known worlds before this one.
    first: u32,
    /// Channels of the world before, which are told that it is gone.
    ended: Vec<u32>,
    /// How much of what was sent is in the journal, and that no more goes in.
    kept: usize,
    full: bool,
}

/// Bytes that the journal holds of what comes from outside: so many that its link can be opened whatever they are.
const MOST_KEPT: usize = 256 << 10;
/// What an act takes besides.
const ACT: usize = 16;

struct Channel {
    link: Rc<Link>,
    reader: TaskId,
}

/// What came on a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    Bytes(Vec<u8>),
    /// The server has ended it.
    Closed,
}

type News = Rc<RefCell<VecDeque<(u32, Came)>>>;

impl Outside {
    /// Opens a channel to a server; `None` if none listens there.
    pub(super) fn open(&mut self, world: &World, host: Host) -> Option<u32> {
        let (_, link) = world.connect(host)?;
        let link = Rc::new(link);
        self.last += 1;
        let reader = world.spawn(read(self.last, link.clone(), self.news.clone()));
        self.channels.insert(self.last, Channel { link, reader });
        Some(self.last)
    }

    /// Sends bytes to the server. `false` if the channel is not open.
    pub(super) fn send(&self, channel: u32, bytes: &[u8]) -> bool {
        let open = self.channels.get(&channel);
        if let Some(channel) = open {
            channel.link.send(|out| out.extend_from_slice(bytes));
        }
        open.is_some()
    }

    pub(super) fn close(&mut self, world: &World, channel: u32) {
        if let Some(channel) = self.channels.remove(&channel) {
            world.kill(channel.reader);
        }
    }

    /// What came since the last call, in order.
    pub(super) fn take(&mut self, world: &World) -> Vec<(u32, Came)> {
        let mut all: Vec<(u32, Came)> = self.ended.drain(..).map(|channel| (channel, Came::Closed)).collect();
        let news = self.news.take();
        for (channel, came) in news {
            if came == Came::Closed {
                self.close(world, channel);
            }
            all.push((self.first + channel, came));
        }
        all
    }

    /// Takes the place of another world's.
    pub(super) fn succeed(&mut self, before: &Outside) {
        self.first = before.first + before.last;
        self.ended.extend(before.channels.keys().map(|channel| before.first + channel));
    }
}

/// What came of these, and of [`App::time`], is looked at with the next [`App::update`], since there may be a
/// thousand of them before.
impl App {
    /// Opens a channel to the server for a program outside; `None` if no server runs.
    pub fn open_channel(&mut self) -> Option<u32> {
        let channel = self.connect()?;
        self.go_on(Pace::Slice);
        Some(self.outside.first + channel)
    }

    /// Sends bytes on a channel. `false` if it is not open.
    pub fn send_on_channel(&mut self, channel: u32, bytes: &[u8]) -> bool {
        let sent = self.sent(channel.wrapping_sub(self.outside.first), bytes);
        self.go_on(Pace::Slice);
        sent
    }

    pub fn close_channel(&mut self, channel: u32) {
        self.disconnect(channel.wrapping_sub(self.outside.first));
        self.go_on(Pace::Slice);
    }

    /// What came on all channels since the last call, in order.
    pub fn take_from_channels(&mut self) -> Vec<(u32, Came)> {
        self.outside.take(&self.world)
    }

    /// Whether more came from outside than is kept.
    pub fn is_more_than_kept(&self) -> bool {
        self.outside.full
    }

    pub(super) fn connect(&mut self) -> Option<u32> {
        let channel = self.outside.open(&self.world, HOST)?;
        self.write_outside(0, Act::Connect);
        Some(channel)
    }

    pub(super) fn sent(&mut self, channel: u32, bytes: &[u8]) -> bool {
        let sent = self.outside.send(channel, bytes);
        if sent {
            self.write_outside(bytes.len(), Act::Sent { client: channel, bytes: bytes.to_vec() });
        }
        sent
    }

    pub(super) fn disconnect(&mut self, channel: u32) {
        if self.outside.channels.contains_key(&channel) {
            self.outside.close(&self.world, channel);
            self.write(Act::Disconnect { client: channel });
        }
    }

    /// Those who were connected when a world was left are gone when it is made again.
    pub(super) fn disconnect_all(&mut self) {
        self.take_from_channels();
        let all: Vec<u32> = self.outside.channels.keys().copied().collect();
        all.into_iter().for_each(|channel| self.disconnect(channel));
    }

    /// Notes what came from outside, until that is too much.
    fn write_outside(&mut self, bytes: usize, act: Act) {
        self.outside.full |= self.outside.kept + bytes + ACT > MOST_KEPT;
        if !self.outside.full {
            self.outside.kept += bytes + ACT;
            self.write(act);
        }
    }
}

/// Hands on what the server says, until it says no more.
async fn read(channel: u32, link: Rc<Link>, news: News) {
    poll_fn(|context| {
        let mut came = Vec::new();
        let open = link.receive(|bytes| came.extend_from_slice(bytes));
        if !came.is_empty() {
            news.borrow_mut().push_back((channel, Came::Bytes(came)));
        }
        if !open {
            news.borrow_mut().push_back((channel, Came::Closed));
            return Poll::Ready(());
        }
        link.wake_on_input(context.waker());
        Poll::Pending
    })
    .await;
}
