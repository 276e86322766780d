//! A hundred lines of output, drawn together: what is out of sight is not laid out, in such pieces.

use super::versions::ChunkVersion;
use crate::app::TerminalId;
use crate::term::screen::{CHUNK_LINES, Chunk};
use crate::term::style::{Colour, Style};
use crate::ui::browser::caret;
use crate::ui::context::use_ui;
use crate::ui::message::{BlockMsg, PageMsg};
use crate::ui::page::widgets::Rows;
use leptos::either::Either;
use leptos::html::Pre;
use leptos::prelude::*;
use web_sys::MouseEvent;

/// How many lines are laid out as one text: each that comes has all of them laid out again.
const RUN_LINES: usize = 20;

#[component]
pub(super) fn ChunkView(terminal: TerminalId, block: u64, chunk: Memo<ChunkVersion>) -> impl IntoView {
    let ui = use_ui();
    let runs = Memo::new(move |_| {
        let ChunkVersion { number, cleared, .. } = chunk.get();
        ui.read(|state| {
            let block = state.screen(terminal)?.block(block)?;
            let chunk = block.chunks().find(|chunk| chunk.number == number)?;
            Some(runs(chunk, cleared.saturating_sub(number * CHUNK_LINES)))
        })
        .unwrap_or_default()
    });
    // Somebody points at a line of the chunk.
    let point = move |line: usize, byte: usize| {
        let line = chunk.get_untracked().number * CHUNK_LINES + line;
        ui.send(PageMsg::AtBlock(terminal, block, BlockMsg::PointAt { line, byte }));
    };
    view! {
        <div class="term-chunk">
            <Rows each=runs key=|run| run.first let:run>
                <RunView run=run point=point />
            </Rows>
        </div>
    }
}

/// Lines that are laid out alike.
#[derive(Clone, Debug, PartialEq)]
struct Run {
    /// Its first line in the chunk.
    first: usize,
    /// The lines are drawn with box characters, so that they must not be wrapped.
    is_table: bool,
    lines: usize,
    spans: Vec<(String, Style)>,
}

/// The lines of a chunk but for the first few, which are hidden.
fn runs(chunk: &Chunk, hidden: usize) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, row) in chunk.rows().iter().enumerate().skip(hidden) {
        let is_table = is_table(row.text());
        let goes_on = |run: &Run| run.is_table == is_table && (is_table || run.lines < RUN_LINES);
        if !runs.last().is_some_and(goes_on) {
            runs.push(Run { first: at, is_table, lines: 0, spans: Vec::new() });
        }
        let run = runs.last_mut().expect("one was pushed if there was none");
        run.lines += 1;
        for (text, style) in row.spans() {
            run.add(text, style);
        }
        run.add("\n", Style::default());
    }
    runs.iter_mut().for_each(Run::end);
    runs
}

impl Run {
    fn add(&mut self, text: &str, style: Style) {
        match self.spans.last_mut() {
            Some((last, same)) if *same == style => last.push_str(text),
            _ => self.spans.push((text.to_owned(), style)),
        }
    }

    /// Its own end ends the last line, if that has anything in it; else who copies it would get an empty one more.
    fn end(&mut self) {
        let is_one_empty_line = self.spans.len() == 1 && self.spans[0].0 == "\n";
        if let Some((last, _)) = self.spans.last_mut()
            && !is_one_empty_line
            && last.ends_with('\n')
            && !last.ends_with("\n\n")
        {
            last.pop();
        }
    }
}

fn is_table(line: &str) -> bool {
    line.trim_start().starts_with(|first| ('\u{2500}'..='\u{257f}').contains(&first))
}

#[component]
fn RunView(run: Memo<Run>, point: impl Fn(usize, usize) + 'static) -> impl IntoView {
    let text = NodeRef::<Pre>::new();
    let click = move |event: MouseEvent| {
        let place =
            text.get_untracked().and_then(|text| caret::place_in(&text, event.client_x(), event.client_y()));
        if let Some((line, byte)) = place {
            point(run.with_untracked(|run| run.first) + line, byte);
        }
    };
    let span = |(text, style): (String, Style)| {
        if style == Style::default() {
            Either::Left(text)
        } else {
            Either::Right(view! { <Span text=text style=style /> })
        }
    };
    view! {
        <pre translate="no" class="term-run" node_ref=text on:click=click data-table=move || run.with(|run| run.is_table).to_string()>
            {move || run.with(|run| run.spans.clone()).into_iter().map(span).collect_view()}
        </pre>
    }
}

#[component]
fn Span(text: String, style: Style) -> impl IntoView {
    let colour = match style.colour {
        Colour::Indexed(colour @ 0..16) => Some((colour % 8).to_string()),
        _ => None,
    };
    view! {
        <span
            class="term-span"
            data-colour=colour
            data-bold=style.bold.then_some("")
            data-dim=style.dim.then_some("")
        >
            {text}
        </span>
    }
}
