//! Clients from outside the terminals: programs of the page around us that speak to the server of this world over
//! a channel of bytes, for instance the official JavaScript client.

use crate::base::Map;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use super::{App, HOST, Pace};
use crate::client::Link;
use crate::sim::{Host, TaskId, World};

/// The channels that are open.
#[derive(Default)]
pub(super) struct Outside {
    channels: Map<u32, Channel>,
    last: u32,
    news: News,
}

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
        let news: Vec<(u32, Came)> = self.news.borrow_mut().drain(..).collect();
        for (channel, _) in news.iter().filter(|(_, came)| *came == Came::Closed) {
            self.close(world, *channel);
        }
        news
    }
}

/// What came of these, and of [`App::time`], is looked at with the next [`App::update`], since there may be a
/// thousand of them before.
impl App {
    /// Opens a channel to the server for a program outside; `None` if no server runs.
    pub fn open_channel(&mut self) -> Option<u32> {
        let channel = self.outside.open(&self.world, HOST);
        self.go_on(Pace::Slice);
        channel
    }

    /// Sends bytes on a channel. `false` if it is not open.
    pub fn send_on_channel(&mut self, channel: u32, bytes: &[u8]) -> bool {
        let sent = self.outside.send(channel, bytes);
        self.go_on(Pace::Slice);
        sent
    }

    pub fn close_channel(&mut self, channel: u32) {
        self.outside.close(&self.world, channel);
        self.go_on(Pace::Slice);
    }

    /// What came on all channels since the last call, in order.
    pub fn take_from_channels(&mut self) -> Vec<(u32, Came)> {
        self.outside.take(&self.world)
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
