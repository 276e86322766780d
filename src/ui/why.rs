//! Why a command failed, at the command: in a sentence, with who wrote in between, and where it is explained.

use super::click::{Click, Turn};
use super::facts::{pill, word};
use super::icons::shape;
use super::markup::{Node, button, classed, el};
use super::widgets::{link, propose};
use super::words::Words;
use crate::app::{App, Cause, Diagnosis, KeyWrite, TerminalId};
use crate::term::screen::Block;

/// The button at a failed command, where there is something to say.
pub(super) fn ask(words: Words, terminal: TerminalId, block: &Block, open: bool) -> Option<Node> {
    let ask = || button("btn btn-small why-ask", Click::Page(Turn::Why(terminal, block.id)));
    App::may_diagnose(block).then(|| ask().flag("aria-expanded", open).text(words.why()).node())
}

/// What is said then.
pub(super) fn why(words: Words, why: &Diagnosis) -> Node {
    let wanted = match why.cause {
        Cause::Exists { .. } => Some(words.wants_new().to_owned()),
        Cause::Later { expected, .. } | Cause::Sooner { expected, .. } | Cause::Missing { expected, .. } => {
            Some(words.follows(expected))
        }
        _ => None,
    };
    let refused = wanted.map(|wanted| {
        classed("li", "lane-refused")
            .child(el("strong").text(words.this_command()))
            .text(format!(" {wanted}"))
            .node()
    });
    let lane = (!why.writes.is_empty()).then(|| {
        classed("ol", "lane")
            .attr("aria-label", words.what_happened())
            .children(why.writes.iter().map(written))
            .children(refused)
            .node()
    });
    let command = why.command.as_ref().map(|command| {
        line(words.try_this(), classed("code", "why-command").child(propose(words, command, command)))
    });
    let step = why.step.as_ref().map(|(number, heading)| {
        let open = button("why-step", Click::Step(*number)).text(heading.clone());
        line(words.in_the_lesson(), open)
    });
    let place = why.link.rfind('/').map_or("", |at| &why.link[at..]);
    let link = link(words, &format!("docs.nats.io/…{place}"), &why.link);
    classed("section", "why")
        .attr("aria-label", words.why())
        .child(el("p").text(sentence(words, &why.cause)))
        .children(lane)
        .children(command)
        .children(step)
        .child(line(words.in_the_documentation(), link))
        .node()
}

fn line(lead: &'static str, rest: impl Into<Node>) -> Node {
    classed("p", "why-line").text(format!("{lead} ")).child(rest).node()
}

/// A write: revision, what was done, by whom and when.
fn written(write: &KeyWrite) -> Node {
    let author = write.author.as_ref();
    el("li")
        .child(pill("span", write.revision, write.operation))
        .children(write.value.as_ref().map(|value| classed("code", "lane-value").text(value.clone()).node()))
        .children(author.map(|(_, look)| shape(*look)))
        .children(author.map(|(name, _)| el("strong").text(name.clone()).node()))
        .child(el("time").text(write.time.clone()))
        .node()
}

fn sentence(words: Words, case: &Cause) -> String {
    match case {
        Cause::Exists { key, actual } => words.why_exists(key, *actual),
        Cause::Later { key, expected, actual } => words.why_later(key, *expected, *actual),
        Cause::Sooner { key, expected, actual } => words.why_sooner(key, *expected, *actual),
        Cause::Missing { key, expected } => words.why_missing(key, *expected),
        Cause::Never { key } => words.why_never(key),
        Cause::Gone { key, operation } => words.why_gone(key, word(*operation)),
        Cause::NoRevision { key } => words.why_no_revision(key),
        Cause::NoBucket { others } if others.is_empty() => words.why_no_bucket_at_all().to_owned(),
        Cause::NoBucket { others } => words.why_no_bucket(&others.join(", ")),
        Cause::NoJetStream => words.why_no_jetstream().to_owned(),
        Cause::NoServer => words.why_no_server().to_owned(),
        Cause::NoResponders => words.why_nobody().to_owned(),
        Cause::InvalidKey => words.why_key().to_owned(),
        Cause::InvalidBucketName => words.why_bucket_name().to_owned(),
        Cause::Api(code) => words.why_api((*code).into()),
    }
}
