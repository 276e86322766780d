//! A stream, as it lies beneath a bucket or stands by itself: its settings, and its messages with their headers.

use super::click::Click;
use super::facts::{facts, pill};
use super::markup::{Node, button, classed, el, unseen};
use super::widgets::put;
use super::words::Words;
use crate::app::model::{Message, Stream};
use crate::app::{InspectorMsg, Msg};

/// The button that shows it, and what is shown.
pub(super) fn beneath(words: Words, stream: &Stream) -> Vec<Node> {
    let (open, name) = (!stream.open, stream.name.clone());
    let show = Click::Send(Msg::Inspector(InspectorMsg::ShowMessages { stream: name, open }));
    let show = button("stream-open", show)
        .flag("aria-expanded", stream.open)
        .text(words.stream())
        .text(" ")
        .child(el("code").text(stream.name.clone()));
    let mut all = vec![show.node()];
    if stream.open {
        all.push(opened(words, stream));
    }
    all
}

fn opened(words: Words, stream: &Stream) -> Node {
    let info = ["nats", "stream", "info", &stream.name];
    let more = Click::Send(Msg::Inspector(InspectorMsg::ShowMore { stream: stream.name.clone() }));
    let more = stream.more.then(|| button("btn btn-small", more).text(words.more()).node());
    classed("div", "stream")
        .child(classed("p", "stream-info").child(put(words, &info.join(" "), &info)))
        .child(facts(words, &stream.facts))
        .child(
            classed("ol", "messages")
                .attr("aria-label", words.messages())
                .children(stream.messages.iter().map(|it| message(words, &stream.name, it))),
        )
        .children(more)
        .node()
}

fn message(words: Words, stream: &str, message: &Message) -> Node {
    let get = ["nats", "stream", "get", stream, &message.sequence.to_string()];
    let headers = message.headers.iter().map(|(name, value)| {
        classed("li", "message-header").child(el("code").text(format!("{name}: {value}"))).node()
    });
    let headers = (!message.headers.is_empty()).then(|| {
        classed("ul", "message-headers").attr("aria-label", words.headers()).children(headers).node()
    });
    classed("li", "message")
        .key(message.sequence)
        .flag("data-fresh", message.fresh)
        .child(pill("span", message.sequence, message.operation))
        .child(classed("code", "message-subject").child(put(words, &message.subject, &get)))
        .child(classed("time", "message-time").text(message.time.clone()))
        .children(headers)
        .child(classed("code", "message-value").text(message.value.clone()))
        .children(message.fresh.then(|| unseen(Words::aside(words.fresh()))))
        .node()
}
