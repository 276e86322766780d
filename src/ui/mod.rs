//! The page: a Leptos application around the core, which is free of the browser.
//!
//! From below: `words` has all texts; `state` the application and what is the page's own, `message` all that can happen to it, `update` what
//! then becomes of it. `model` has what there is to draw as signals. `runtime` brings them together, and `context`
//! gives components what they may use of it: they send messages and read signals. `page` are the components; `browser` does what the page wants of the browser.
//!
//! `start` is how the page begins; `visit` what it is told of the browser around it, so that all below works without one. `keep` is the page's
//! side of what is kept between visits; `sandboxes` what can be done with it; `current` is the world of this tab, and `opening`
//! makes another one that takes its place. `past` is what that world was like, and `time_travel` what comes of going there. `explorer` plays
//! every order of a scenario.

mod browser;
mod context;
mod current;
mod early_field;
mod early_input;
mod embedding;
mod explorer;
mod keep;
mod layout;
mod lesson_editor;
mod message;
mod model;
mod opening;
mod page;
mod past;
mod past_model;
mod runtime;
mod sandboxes;
mod share;
mod shown;
mod start;
mod state;
mod time_travel;
mod update;
mod visit;
mod words;

#[cfg(test)]
mod tests;

use browser::early::{self, Sketch};
use browser::viewport;
use context::Ui;
use early_field::EarlyField;
use leptos::prelude::*;
use message::{Command, PageMsg};
use page::Page;
use runtime::Runtime;

/// Draws the page into the document, in the place of what stood there before the program.
pub(crate) async fn start() {
    browser::panic::keep_last_words();
    let (state, database, commands) = start::restore().await;
    let sketch = Sketch::find();
    let field = sketch.as_ref().and_then(|sketch| sketch.field.clone());
    leptos::mount::mount_to_body(move || {
        let (runtime, model) = Runtime::new(state, database, browser::run);
        provide_context(Ui::new(runtime, model));
        provide_context(EarlyField::new(field));
        browser::listen(runtime);
        runtime.run(commands);
        if early::has_told() {
            runtime.send(PageMsg::AnnounceReady);
        }
        if !viewport::is_embedded() {
            runtime.run(vec![Command::FocusLine]);
        }
        view! { <Page /> }
    });
    if let Some(sketch) = sketch {
        // The terminal has taken over its field by then.
        leptos::task::spawn_local(async { sketch.remove() });
    }
}
