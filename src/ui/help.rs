//! Help: how to get about, each key, each command there is, and what it all was checked against.

use super::click::Turn;
use super::markup::{Node, classed, el};
use super::widgets::{choice, item, section};
use super::words::{Language, Words};
use crate::app::{COMMANDS, VERSIONS, Verbosity};
use crate::term::keymap::{KEYS, spelled};

/// What the dialog holds.
pub(super) fn inside(words: Words, voice: Verbosity) -> Vec<Node> {
    let said = |text: String| el("p").text(text).node();
    let about = [words.help_lesson(), words.help_terminals(), words.help_keyboard(), words.help_commands()];
    let checked = words.help_checked(VERSIONS[0], VERSIONS[1]);
    vec![
        classed("div", "dialog-part").children(about.map(|text| said(text.to_owned()))).node(),
        section(words.voice(), [voices(words, voice)]),
        section(words.help_all_keys(), [keys(words.0)]),
        section(
            words.help_all_commands(),
            [commands(), said(words.help_refused().to_owned()), said(checked)],
        ),
    ]
}

/// How much is said of what is printed.
fn voices(words: Words, chosen: Verbosity) -> Node {
    let items = Verbosity::ALL.map(|voice| {
        let label = match voice {
            Verbosity::All => words.voice_all(),
            Verbosity::Some => words.voice_some(),
            Verbosity::Nothing => words.voice_nothing(),
        };
        item(voice == chosen, label, Turn::Verbosity(voice)).text(label).node()
    });
    choice("choice dialog-choice", words.voice(), items)
}

fn keys(language: Language) -> Node {
    let mut list = classed("dl", "help-list");
    for (binding, german) in KEYS.iter().zip(GERMAN) {
        let keys = spelled(binding.keys);
        let (keys, help) = match language {
            Language::English => (keys, binding.help),
            Language::German => (keys.replace("Ctrl", "Strg"), german),
        };
        list = list.child(el("dt").text(keys)).child(el("dd").text(help));
    }
    list.node()
}

/// A line for each first word.
fn commands() -> Node {
    let mut list = classed("dl", "help-list");
    let mut rest = COMMANDS;
    while let Some(first) = rest.first() {
        let word = first.split(' ').next().unwrap_or_default();
        let count = rest.iter().take_while(|path| path.split(' ').next() == Some(word)).count();
        let verbs: Vec<&str> =
            rest[..count].iter().filter_map(|path| Some(path.split_once(' ')?.1)).collect();
        let verbs = el("dd").child(el("code").text(verbs.join(", ")));
        list = list.child(el("dt").child(el("code").text(format!("nats {word}")))).child(verbs);
        rest = &rest[count..];
    }
    list.node()
}

/// What the keys do, in the order of their table.
const GERMAN: [&str; KEYS.len()] = [
    "führt die Zeile aus; in offenen Anführungszeichen geht es in der nächsten weiter",
    "geht in der nächsten Zeile weiter",
    "nach links",
    "nach rechts; am Ende wird der blasse Vorschlag übernommen",
    "nach links",
    "nach rechts; am Ende wird der blasse Vorschlag übernommen",
    "ein Wort nach links",
    "ein Wort nach rechts; am Ende ein Wort des Vorschlags",
    "an den Anfang der Zeile",
    "an den Anfang der Zeile",
    "ans Ende der Zeile; dort wird der Vorschlag übernommen",
    "ans Ende der Zeile; dort wird der Vorschlag übernommen",
    "an den Anfang aller Zeilen",
    "ans Ende aller Zeilen",
    "löscht nach links",
    "löscht nach links",
    "löscht nach rechts",
    "löscht nach rechts; auf leerer Zeile endet die Eingabe eines Programms",
    "schneidet das Wort davor aus, bis zum Leerzeichen",
    "schneidet die Buchstaben davor aus",
    "schneidet das Wort danach aus",
    "schneidet bis zum Anfang der Zeile aus",
    "schneidet bis zum Ende der Zeile aus",
    "setzt das Ausgeschnittene ein",
    "danach: stattdessen das, was früher ausgeschnitten wurde",
    "macht rückgängig",
    "vertauscht zwei Zeichen",
    "vertauscht zwei Wörter",
    "Wort in Großbuchstaben",
    "Wort in Kleinbuchstaben",
    "Wort mit großem Anfang",
    "älterer Befehl, der so beginnt wie diese Zeile",
    "neuerer Befehl; am Ende die eigene Zeile",
    "ältester Befehl",
    "zurück zur eigenen Zeile",
    "sucht einen älteren Befehl; noch einmal: einen noch älteren",
    "beim Suchen: einen neueren",
    "letztes Wort des Befehls davor; noch einmal: eines älteren",
    "ergänzt; noch einmal: der nächste Vorschlag",
    "der Vorschlag davor; ohne offene Liste wird das Terminal verlassen",
    "verwirft die Zeile oder beendet, was läuft; wo Text ausgewählt ist: kopiert",
    "leert die Ansicht",
    "schließt die Liste oder die Suche; dann verlässt Tab das Terminal",
    "schließt die Liste oder die Suche",
];
