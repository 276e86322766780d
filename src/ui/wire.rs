//! The wire: what passes between the clients and the server, message by message, and what it means.

use super::click::Click;
use super::icons::{PAUSE, PLAY, icon, shape};
use super::markup::{Builder, Node, button, classed, el, unseen};
use super::widgets::choice;
use super::words::Words;
use crate::app::{
    MessageKind, MessageOutcome, Msg, ProtocolFilter, ProtocolLogMsg, ProtocolLogView, ProtocolMessage,
};

pub(super) fn wire(words: Words, passing: &ProtocolLogView) -> Vec<Node> {
    let shown = passing.messages.len();
    let more = (shown < passing.total).then(|| {
        let more = Click::Send(Msg::ProtocolLog(ProtocolLogMsg::ShowMore));
        button("btn btn-small", more).text(words.earlier_lines()).node()
    });
    let none = (shown == 0).then(|| classed("p", "pic-none").text(words.nothing_passed()).node());
    let lines = passing.messages.iter().map(|passed| row(words, passed));
    vec![
        bar(words, passing),
        classed("div", "wire")
            .children(more.into_iter().chain(none))
            .child(classed("ol", "wire-rows").attr("aria-label", words.wire()).children(lines))
            .node(),
    ]
}

/// What is wanted of it.
fn bar(words: Words, passing: &ProtocolLogView) -> Node {
    let wanted = &passing.filter;
    let (path, label) = if passing.listening { (PAUSE, words.pause()) } else { (PLAY, words.go_on()) };
    let listen = Click::Send(Msg::ProtocolLog(ProtocolLogMsg::Listen(!passing.listening)));
    let only = |client: Option<&String>| ProtocolFilter { client: client.cloned(), ..wanted.clone() };
    let all = wish(wanted.client.is_none(), only(None)).text(words.all()).node();
    let clients = passing.clients.iter().map(|(name, look)| {
        let chosen = wanted.client.as_ref() == Some(name);
        wish(chosen, only(Some(name))).children(look.map(shape)).text(format!(" {name}")).node()
    });
    let api = ProtocolFilter { api: !wanted.api, ..wanted.clone() };
    let upkeep = ProtocolFilter { upkeep: !wanted.upkeep, ..wanted.clone() };
    let kinds = [
        wish(wanted.api, api).text(words.api_calls()).node(),
        wish(wanted.upkeep, upkeep).text("PING PONG").node(),
    ];
    classed("div", "wire-bar")
        .child(button("btn btn-small", listen).child(icon(path)).text(label))
        .child(choice("choice", words.clients(), [all].into_iter().chain(clients)))
        .child(choice("choice", words.kinds(), kinds))
        .child(
            button("btn btn-small btn-quiet", Click::Send(Msg::ProtocolLog(ProtocolLogMsg::Clear)))
                .text(words.clear()),
        )
        .node()
}

fn wish(chosen: bool, wanted: ProtocolFilter) -> Builder {
    button("choice-item", Click::Send(Msg::ProtocolLog(ProtocolLogMsg::Filter(wanted))))
        .flag("aria-pressed", chosen)
}

/// A message: in a line what it means, opened as it is in the protocol.
fn row(words: Words, passed: &ProtocolMessage) -> Node {
    let (arrow, way) =
        if passed.outgoing { ("←", words.server_says()) } else { ("→", words.client_says()) };
    let outcome = match &passed.outcome {
        MessageOutcome::None => None,
        MessageOutcome::Done => Some((words.answered().to_owned(), false)),
        MessageOutcome::Revision(revision) => Some((words.becomes(*revision), false)),
        MessageOutcome::Delivered(revision, 0) => Some((words.of_revision(*revision), false)),
        MessageOutcome::Delivered(revision, pending) => {
            Some((format!("{}, {}", words.of_revision(*revision), words.waiting(*pending)), false))
        }
        MessageOutcome::Refused(error) => Some((error.clone(), true)),
    };
    let outcome = outcome
        .map(|(said, failed)| classed("span", "wire-outcome").flag("data-failed", failed).text(said).node());
    let said = if passed.meaning.is_empty() { &passed.subject } else { &passed.meaning };
    let line = el("summary")
        .child(classed("span", "wire-time").text(passed.time.clone()))
        .child(classed("span", "wire-who").children(passed.badge.map(shape)).text(passed.client.clone()))
        .child(classed("span", "wire-way").attr("aria-hidden", "true").text(arrow))
        .child(unseen(format!(" {way} ")))
        .child(classed("span", "wire-verb").text(passed.verb))
        .child(classed("code", "wire-said").text(said.clone()))
        .children(outcome);
    classed("li", "wire-row")
        .key(passed.number)
        .flag("data-out", passed.outgoing)
        .flag("data-quiet", passed.kind != MessageKind::Message)
        .child(el("details").child(line).child(classed("pre", "wire-raw").text(passed.raw.clone())))
        .node()
}
