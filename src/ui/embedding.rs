//! What shows the playground in a page of somebody else: the text of a frame, as README explains it.

use super::shown::{EmbedChoice, Pane};
use std::fmt::Write;

/// What the frame can show.
pub(super) struct Embeddable<'a> {
    /// The address of the page, without `?` and `#`.
    pub(super) page: &'a str,
    /// What holds the sandbox in an address, from `#` on.
    pub(super) fragment: &'a str,
    /// The name of the open lesson, unless it is the first one, and the number of the open step, from 1 on.
    pub(super) lesson: Option<&'a str>,
    pub(super) step: usize,
    pub(super) title: &'a str,
}

/// The text of a frame, in HTML.
pub(super) fn frame(what: &Embeddable<'_>, choice: EmbedChoice) -> String {
    let mut asked: Vec<(&str, String)> = Vec::new();
    asked.extend(choice.language.map(|language| ("lang", language.code().to_owned())));
    asked.extend(choice.theme.map(|theme| ("theme", theme.name().to_owned())));
    if choice.step {
        asked.extend(what.lesson.map(|lesson| ("lesson", lesson.to_owned())));
        asked.push(("step", what.step.to_string()));
    }
    asked.extend(choice.pane.map(|pane| ("layout", layout(pane).to_owned())));
    let mut address = what.page.to_owned();
    for (place, (name, value)) in asked.iter().enumerate() {
        let _ = write!(address, "{}{name}={value}", if place == 0 { '?' } else { '&' });
    }
    if !choice.step {
        address.push_str(what.fragment);
    }
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"480\" loading=\"lazy\" allow=\"clipboard-write\"></iframe>",
        escaped(&address),
        escaped(what.title),
    )
}

/// As `layout=` names it.
fn layout(pane: Pane) -> &'static str {
    match pane {
        Pane::Lesson => "lesson",
        Pane::Terminals => "terminal",
        Pane::Inspector => "picture",
    }
}

/// A text as the value of an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::shown::Theme;
    use crate::ui::words::Language;

    #[test]
    fn a_frame_shows_the_sandbox_or_the_step_as_readme_has_it() {
        let what = Embeddable {
            page: "https://example.org/kv/",
            fragment: "#v1=abc",
            lesson: None,
            step: 4,
            title: "\"KV\" & more",
        };
        let source = |what: &Embeddable<'_>, choice| {
            let frame = frame(what, choice);
            frame.split('"').nth(1).expect("a source").to_owned()
        };
        assert_eq!(source(&what, EmbedChoice::default()), "https://example.org/kv/#v1=abc");
        let all = EmbedChoice {
            step: true,
            pane: Some(Pane::Terminals),
            language: Language::find("de"),
            theme: Some(Theme::Dark),
        };
        assert_eq!(
            source(&what, all),
            "https://example.org/kv/?lang=de&amp;theme=dark&amp;step=4&amp;layout=terminal"
        );
        let exercise = Embeddable { lesson: Some("counter"), ..what };
        let step = EmbedChoice { step: true, ..EmbedChoice::default() };
        assert_eq!(source(&exercise, step), "https://example.org/kv/?lesson=counter&amp;step=4");
        assert!(frame(&exercise, step).contains("title=\"&quot;KV&quot; &amp; more\""));
    }
}
