//! Facts of the account as they are drawn: settings and uses by name, a revision with what was done in it.

use super::markup::{Builder, Node, classed, el};
use super::words::{Language, Words};
use crate::app::model::Operation;

pub(super) fn facts(words: Words, facts: &[(&'static str, String)]) -> Node {
    let facts = facts.iter().map(|(name, value)| {
        let name = el("dt").text(words.fact(name));
        classed("div", "fact").child(name).child(el("dd").text(value.clone())).node()
    });
    classed("dl", "pic-facts").children(facts).node()
}

pub(super) fn pill(tag: &'static str, revision: u64, operation: Operation) -> Builder {
    let word = word(operation);
    classed(tag, "pill")
        .attr("data-kind", word)
        .child(classed("span", "pill-number").text(revision.to_string()))
        .child(el("span").text(word))
}

/// The commands' own words, which are the same in every language.
pub(super) fn word(operation: Operation) -> &'static str {
    match operation {
        Operation::Put => "put",
        Operation::Delete => "del",
        Operation::Purge => "purge",
        Operation::Expired => "expired",
    }
}

impl Words {
    /// The name of a setting or of a use, as the application has it.
    fn fact(self, name: &'static str) -> &'static str {
        let german = match name {
            "Storage" => "Dateien",
            "Memory" => "Speicher",
            "History" => "Verlauf",
            "Values" => "Werte",
            "Size" => "Größe",
            "Max age" => "Höchstalter",
            "Marker TTL" => "Marker-TTL",
            "Max size" => "Höchstgröße",
            "Max value" => "Größter Wert",
            "Max messages" => "Höchstzahl",
            "Description" => "Beschreibung",
            "Compression" => "Kompression",
            "Replicas" => "Repliken",
            "Mirror" => "Spiegel von",
            "Sources" => "Quellen",
            "Republish" => "Weitergabe",
            "API calls" => "API-Aufrufe",
            "API errors" => "API-Fehler",
            "Messages" => "Nachrichten",
            "Sequences" => "Sequenzen",
            "Retention" => "Aufbewahrung",
            "Discard" => "Verworfen wird",
            "Per subject" => "Je Subject",
            "Duplicates" => "Duplikate",
            same => same,
        };
        if self.0 == Language::German { german } else { name }
    }
}
