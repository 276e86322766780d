//! The picture of the account: the server, its buckets and keys, who watches them, and the simulated clock.

use super::click::{Click, Turn};
use super::facts::{facts, pill, word};
use super::icons::{CLOCK, PAUSE, PLAY, icon, shape};
use super::markup::{Node, button, classed, el, text, unseen};
use super::state::State;
use super::stream;
use super::widgets::{choice, item, put};
use super::wire;
use super::words::Words;
use crate::app::model::{
    Bucket, Client, ClockFace, Delivery, Inspector, Key, Operation, Revision, Server, Watcher,
};
use crate::app::{ClockMsg, InspectorMsg, Msg, ProtocolLogView, command};

/// The title and the simulated clock.
pub(super) fn head((words, clock, wire): &(Words, ClockFace, bool)) -> Vec<Node> {
    let forward = [("+1 s", 1), ("+10 s", 10), ("+1 min", 60)].map(|(label, seconds)| {
        let on = unseen(format!(" {}", words.on_the_clock()));
        button("btn btn-small", Click::Send(Msg::Clock(ClockMsg::Skip(seconds * 1000))))
            .text(label)
            .child(on)
            .node()
    });
    let next = match &clock.next {
        Some(next) => words.next_expiry(next).into(),
        None => words.nothing_expires().into(),
    };
    let next = button("btn btn-small", Click::Send(Msg::Clock(ClockMsg::SkipToExpiry)))
        .attr_if("disabled", clock.next.is_none())
        .child(Node::Text(next));
    let (path, label) = if clock.held { (PLAY, words.let_run()) } else { (PAUSE, words.hold()) };
    let hold = button("btn btn-small", Click::Send(Msg::Clock(ClockMsg::Hold(!clock.held))))
        .child(icon(path))
        .text(label);
    let face = classed("time", "clock-time")
        .child(classed("span", "clock-date").text(clock.date.clone()))
        .text(format!(" {}", clock.time));
    let views = [(false, words.account()), (true, words.wire())]
        .map(|(value, label)| item(*wire == value, label, Turn::Wire(value)).text(label).node());
    vec![
        classed("h2", "unseen").attr("id", "picture-title").text(words.picture()).node(),
        choice("choice", words.picture_label(), views),
        classed("div", "clock")
            .attr("role", "group")
            .attr("aria-label", words.clock())
            .child(classed("span", "clock-label").child(icon(CLOCK)).text(words.simulated()))
            .child(face)
            .child(classed("span", "clock-buttons").child(hold).children(forward).child(next))
            .node(),
    ]
}

/// What the part shows: the account, or what passes.
#[derive(PartialEq)]
pub(super) enum Shown {
    Account(Inspector),
    Wire(ProtocolLogView),
}

impl Shown {
    pub(super) fn of(state: &State) -> (Words, Shown) {
        let shown = match state.wire {
            true => Shown::Wire(state.app.protocol_log()),
            false => Shown::Account(state.app.inspector()),
        };
        (state.words, shown)
    }
}

pub(super) fn picture((words, shown): &(Words, Shown)) -> Vec<Node> {
    let words = *words;
    let picture = match shown {
        Shown::Account(picture) => picture,
        Shown::Wire(passing) => return wire::wire(words, passing),
    };
    let buckets = picture.buckets.iter().map(|it| bucket(words, it)).collect();
    let watchers = picture.watchers.iter().map(|it| watcher(words, it)).collect();
    let clients = picture.clients.iter().map(|it| client(words, it)).collect();
    let rest = classed("div", "pic-rest")
        .child(group(words.watchers(), words.nobody_watches(), watchers))
        .child(group(words.clients(), words.nobody_connected(), clients));
    let streams: Vec<Node> = picture
        .streams
        .iter()
        .map(|it| {
            classed("article", "bucket")
                .test_id("bucket")
                .named(&it.name)
                .children(stream::beneath(words, it))
                .node()
        })
        .collect();
    let stored = el("div").child(group(words.buckets(), words.no_bucket(), buckets));
    let stored = stored.children((!streams.is_empty()).then(|| group(words.streams(), "", streams)));
    vec![server(words, &picture.server), classed("div", "pic-columns").child(stored).child(rest).node()]
}

fn group(title: &'static str, none: &'static str, all: Vec<Node>) -> Node {
    let nothing = all.is_empty().then(|| classed("p", "pic-none").text(none).node());
    el("section")
        .attr("aria-label", title)
        .child(classed("h3", "pic-heading").text(title))
        .child(el("div").children(nothing).children(all))
        .node()
}

fn server(words: Words, server: &Server) -> Node {
    let on = server.running && server.jetstream;
    let state = |on: bool, said: &'static str| classed("p", "pic-state").flag("data-on", on).text(said);
    let address = server.running.then(|| classed("span", "pic-address").text(server.address.clone()).node());
    let runs = if server.running { words.server_runs() } else { words.server_stopped() };
    classed("section", "pic-server")
        .attr("aria-label", words.server())
        .child(state(server.running, runs).children(address))
        .child(state(on, if on { words.jetstream_on() } else { words.jetstream_off() }))
        .child(facts(words, &server.usage))
        .children(on.then(|| put(words, "nats account info", &["nats", "account", "info"])))
        .node()
}

fn bucket(words: Words, bucket: &Bucket) -> Node {
    let head = classed("header", "bucket-head")
        .child(classed("h4", "bucket-name").child(put(
            words,
            &bucket.name,
            &["nats", "kv", "info", &bucket.name],
        )))
        .child(facts(words, &bucket.settings));
    let shown = bucket.keys.len();
    let none = (bucket.total == 0).then(|| classed("p", "pic-none").text(words.no_key()).node());
    let some = (bucket.more || !bucket.find.is_empty()).then(|| {
        let more =
            Click::Send(Msg::Inspector(InspectorMsg::ShowMore { stream: bucket.beneath.name.clone() }));
        let more = bucket.more.then(|| button("btn btn-small", more).text(words.more()).node());
        classed("div", "keys-some")
            .child(classed("p", "pic-none").text(words.keys_shown(shown, bucket.total)))
            .child(find(words, bucket))
            .children(more)
            .node()
    });
    classed("article", "bucket")
        .test_id("bucket")
        .named(&bucket.name)
        .child(head)
        .children(some)
        .child(classed("ul", "keys").children(bucket.keys.iter().map(|it| key(words, &bucket.name, it))))
        .children(none)
        .children(stream::beneath(words, &bucket.beneath))
        .node()
}

/// Where there are more keys than are drawn: a field for a part of their names.
fn find(words: Words, bucket: &Bucket) -> Node {
    classed("input", "keys-find")
        .attr("type", "search")
        .attr("data-find", bucket.beneath.name.clone())
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr("aria-label", words.find_keys(&bucket.name))
        .attr("placeholder", words.part_of_name())
        .node()
}

fn key(words: Words, bucket: &str, key: &Key) -> Node {
    let value = match &key.value {
        Some(value) => classed("code", "key-value").text(value.clone()),
        None => classed("span", "key-value key-gone").text(words.no_value()),
    };
    let left = key
        .left
        .as_ref()
        .map(|left| classed("span", "key-left").child(icon(CLOCK)).text(words.left(left)).node());
    let history = put(words, words.history(), &["nats", "kv", "history", bucket, &key.name]);
    let revisions = key.revisions.iter().map(|it| revision(words, bucket, &key.name, it));
    classed("li", "key")
        .test_id("key")
        .named(&key.name)
        .child(classed("code", "key-name").child(put(
            words,
            &key.name,
            &["nats", "kv", "get", bucket, &key.name],
        )))
        .child(value)
        .child(classed("div", "key-line").child(pills(words.revisions(), revisions)).child(history))
        .children(left)
        .node()
}

fn pills(label: &'static str, pills: impl Iterator<Item = Node>) -> Node {
    classed("ol", "pills").attr("aria-label", label).children(pills).node()
}

/// A revision: number and what was done, by word as well as by colour, and by whom.
fn revision(words: Words, bucket: &str, key: &str, revision: &Revision) -> Node {
    let mut about = words.revision(revision.number, word(revision.operation));
    if let Some(value) = &revision.value {
        about = format!("{about}: {value}");
    }
    if let Some(author) = &revision.author {
        about = format!("{about}, {}", words.by(author));
    }
    let number = revision.number.to_string();
    let command = match revision.operation {
        Operation::Put => command(&["nats", "kv", "get", bucket, key, "--revision", &number]),
        _ => command(&["nats", "kv", "history", bucket, key]),
    };
    let author =
        revision.author.as_ref().map(|author| classed("span", "pill-who").text(author.clone()).node());
    let pill = pill("button", revision.number, revision.operation)
        .attr("type", "button")
        .flag("data-fresh", revision.fresh)
        .attr("title", about)
        .click(Click::Type(Msg::Propose(command)))
        .children(author)
        .children(revision.fresh.then(|| unseen(Words::aside(words.fresh()))));
    el("li").key(revision.number).child(pill).node()
}

/// What a watcher was told, which names the key too.
fn seen(seen: &Delivery) -> Node {
    pill("li", seen.revision, seen.operation).child(classed("span", "pill-key").text(seen.key.clone())).node()
}

fn watcher(words: Words, watcher: &Watcher) -> Node {
    let told = if watcher.deliveries.is_empty() {
        classed("p", "pic-none").text(words.has_seen_nothing())
    } else {
        classed("div", "watcher-seen")
            .child(el("span").text(words.has_seen()))
            .child(pills(words.has_seen(), watcher.deliveries.iter().map(seen)))
    };
    let place = match watcher.pending {
        0 => words.at_revision(watcher.at),
        pending => format!("{}, {}", words.at_revision(watcher.at), words.waiting(pending)),
    };
    let mut watch = vec!["nats", "kv", "watch", &watcher.bucket];
    watch.extend(Some(watcher.filter.as_str()).filter(|filter| *filter != ">"));
    let who = classed("p", "watcher-who")
        .children(watcher.badge.map(shape))
        .child(el("strong").text(watcher.terminal.clone()))
        .text(words.watches())
        .child(el("code").child(put(words, &watcher.bucket, &watch)))
        .child(classed("code", "watcher-filter").text(watcher.filter.clone()));
    classed("article", "watcher")
        .test_id("watcher")
        .child(who)
        .child(told)
        .child(classed("p", "pic-none").text(place))
        .node()
}

fn client(words: Words, client: &Client) -> Node {
    let (came, went) = client.messages;
    let what = words.client_does(client.number, client.subscriptions, came, went);
    classed("p", "client")
        .test_id("client")
        .children(client.badge.map(shape))
        .child(el("strong").child(text(client.name.clone())))
        .child(classed("span", "client-what").text(what))
        .node()
}
