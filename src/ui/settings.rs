//! The choice of colours and of the language, in the bar or in a dialog.

use super::click::{Click, Turn};
use super::icons::{AUTO, CONTRAST, MOON, SUN, icon};
use super::markup::{Node, button, classed, unseen};
use super::state::Theme;
use super::widgets::{choice, item};
use super::words::{Language, Words};

pub(super) fn colours(words: Words, theme: Theme) -> Node {
    let items = Theme::ALL.map(|value| {
        let (label, path) = match value {
            Theme::Auto => (words.colours_auto(), AUTO),
            Theme::Light => (words.colours_light(), SUN),
            Theme::Dark => (words.colours_dark(), MOON),
            Theme::Contrast => (words.colours_contrast(), CONTRAST),
        };
        item(value == theme, label, Turn::Theme(value)).attr("title", label).child(icon(path)).node()
    });
    choice("choice", words.colours(), items)
}

pub(super) fn languages(words: Words) -> Node {
    let items = Language::ALL.map(|language| {
        button("choice-item", Click::Page(Turn::Language(language)))
            .flag("aria-pressed", language == words.0)
            .attr("lang", language.code())
            .attr("title", language.name())
            .child(classed("span", "bar-code").text(language.code()))
            .child(unseen(Words::aside(language.name())))
            .node()
    });
    choice("choice", words.language(), items)
}
