//! The lists of bash: by number, with gaps, or by name.

use std::collections::BTreeMap;

/// A list.
#[derive(Clone, Debug)]
pub(super) enum List {
    Numbered(BTreeMap<u64, String>),
    /// In the order of bash's table.
    Named(BTreeMap<(u32, String), String>),
}

/// Where an item is in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ListKey {
    Number(u64),
    Name(String),
}

impl List {
    /// An empty list of that kind.
    pub(super) fn empty(is_named: bool) -> List {
        match is_named {
            true => List::Named(BTreeMap::new()),
            false => List::Numbered(BTreeMap::new()),
        }
    }

    pub(super) fn is_named(&self) -> bool {
        matches!(self, List::Named(_))
    }

    pub(super) fn len(&self) -> usize {
        match self {
            List::Numbered(items) => items.len(),
            List::Named(items) => items.len(),
        }
    }

    /// The number behind the last item.
    pub(super) fn end(&self) -> u64 {
        match self {
            List::Numbered(items) => items.last_key_value().map_or(0, |(last, _)| last + 1),
            List::Named(items) => items.len() as u64,
        }
    }

    pub(super) fn get(&self, key: &ListKey) -> Option<&str> {
        let item = match (self, key) {
            (List::Numbered(items), ListKey::Number(number)) => items.get(number),
            (List::Named(items), ListKey::Name(name)) => items.get(&table_key(name)),
            (List::Named(items), ListKey::Number(number)) => items.get(&table_key(&number.to_string())),
            (List::Numbered(_), ListKey::Name(_)) => None,
        };
        item.map(String::as_str)
    }

    pub(super) fn set(&mut self, key: &ListKey, value: String) {
        match (self, key) {
            (List::Numbered(items), ListKey::Number(number)) => _ = items.insert(*number, value),
            (List::Named(items), ListKey::Name(name)) => _ = items.insert(table_key(name), value),
            (List::Named(items), ListKey::Number(number)) => {
                items.insert(table_key(&number.to_string()), value);
            }
            (List::Numbered(_), ListKey::Name(_)) => {}
        }
    }

    pub(super) fn remove(&mut self, key: &ListKey) {
        match (self, key) {
            (List::Numbered(items), ListKey::Number(number)) => _ = items.remove(number),
            (List::Named(items), ListKey::Name(name)) => _ = items.remove(&table_key(name)),
            (List::Named(_), ListKey::Number(_)) | (List::Numbered(_), ListKey::Name(_)) => {}
        }
    }

    pub(super) fn values(&self) -> Vec<String> {
        match self {
            List::Numbered(items) => items.values().cloned().collect(),
            List::Named(items) => items.values().cloned().collect(),
        }
    }

    pub(super) fn keys(&self) -> Vec<String> {
        match self {
            List::Numbered(items) => items.keys().map(u64::to_string).collect(),
            List::Named(items) => items.keys().map(|(_, name)| name.clone()).collect(),
        }
    }

    /// Bytes of its texts.
    pub(super) fn text_size(&self) -> usize {
        match self {
            List::Numbered(items) => items.values().map(String::len).sum(),
            List::Named(items) => items.iter().map(|((_, name), value)| name.len() + value.len()).sum(),
        }
    }
}

impl From<Vec<String>> for List {
    fn from(items: Vec<String>) -> List {
        List::Numbered((0..).zip(items).collect())
    }
}

/// The name with its place in bash's table, by which names are listed: FNV-1 in 1024 chains.
fn table_key(name: &str) -> (u32, String) {
    const CHAINS: u32 = 1024;
    let hash =
        name.bytes().fold(2_166_136_261_u32, |hash, byte| hash.wrapping_mul(16_777_619) ^ u32::from(byte));
    (hash % CHAINS, name.to_owned())
}
