//! A list of which each row stays the same elements while what it shows changes.

use leptos::prelude::*;
use std::collections::HashMap;
use std::hash::Hash;

/// Draws a row for each item, and again where its key is new. `For` does not look again at a row whose key stays; here each row is
/// given its item as a signal, which moves only when the item has changed.
#[component]
pub(in crate::ui) fn Rows<T, K, N>(
    #[prop(into)] each: Signal<Vec<T>>,
    /// What tells an item from the others, for as long as it is there.
    key: impl Fn(&T) -> K + Send + Sync + 'static,
    children: impl Fn(Memo<T>) -> N + Send + Sync + Clone + 'static,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: Clone + Eq + Hash + Send + Sync + 'static,
    N: IntoView + 'static,
{
    let signals = StoredValue::new(ItemSignals::default());
    let keyed_items =
        move || each.with(|items| items.iter().map(|item| (key(item), item.clone())).collect::<Vec<_>>());
    let rows = move || signals.try_update_value(|signals| signals.follow(keyed_items())).unwrap_or_default();
    let row = move |(_, item): ((K, usize), ArcRwSignal<T>)| children(Memo::new(move |_| item.get()));
    view! { <For each=rows key=|(key, _)| key.clone() children=row /> }
}

/// A signal for each item of a list, by its key and the number of items before it with the same key: names may look alike. Memos of the list would do the same, but whatever depends on one of them would be asked
/// whether it has changed each time that any item has.
struct ItemSignals<K, T>(HashMap<(K, usize), ArcRwSignal<T>>);

impl<K, T> Default for ItemSignals<K, T> {
    fn default() -> ItemSignals<K, T> {
        ItemSignals(HashMap::new())
    }
}

impl<K, T> ItemSignals<K, T>
where
    K: Clone + Eq + Hash,
    T: PartialEq + Send + Sync + 'static,
{
    /// Brings the signals up to date, and gives them in the order of the items. Whoever still looks at an item that is gone sees how it was.
    fn follow(&mut self, items: Vec<(K, T)>) -> Vec<((K, usize), ArcRwSignal<T>)> {
        let mut before = std::mem::take(&mut self.0);
        let mut rows = Vec::with_capacity(items.len());
        for (key, item) in items {
            let mut key = (key, 0);
            while self.0.contains_key(&key) {
                key.1 += 1;
            }
            let signal = match before.remove(&key) {
                Some(signal) => {
                    if signal.with_untracked(|shown| *shown != item) {
                        signal.set(item);
                    }
                    signal
                }
                None => ArcRwSignal::new(item),
            };
            self.0.insert(key.clone(), signal.clone());
            rows.push((key, signal));
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stay_by_their_keys_and_those_of_one_key_are_told_apart() {
        let mut signals = ItemSignals::default();
        let shown = |rows: &[((&'static str, usize), ArcRwSignal<u32>)]| {
            rows.iter().map(|(key, item)| (*key, item.get_untracked())).collect::<Vec<_>>()
        };
        let first = signals.follow(vec![("a", 1), ("b", 2), ("a", 3)]);
        assert_eq!(shown(&first), [(("a", 0), 1), (("b", 0), 2), (("a", 1), 3)]);
        let then = signals.follow(vec![("b", 4), ("a", 3)]);
        assert_eq!(shown(&then), [(("b", 0), 4), (("a", 0), 3)]);
        assert_eq!(shown(&first), [(("a", 0), 3), (("b", 0), 4), (("a", 1), 3)], "they are the same signals");
    }
}
