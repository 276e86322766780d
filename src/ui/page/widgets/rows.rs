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
    key: fn(&T) -> K,
    children: impl Fn(Memo<T>) -> N + Send + Sync + Clone + 'static,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: Clone + Eq + Hash + Send + Sync + 'static,
    N: IntoView + 'static,
{
    keyed(each, key, children)
}

/// The same, with any function of an item as its key.
pub(super) fn keyed<T, K, N>(
    each: Signal<Vec<T>>,
    key: impl Fn(&T) -> K + Copy + Send + Sync + 'static,
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
    let row = move |(_, item): (K, ArcRwSignal<T>)| children(Memo::new(move |_| item.get()));
    view! { <For each=rows key=|(key, _)| key.clone() children=row /> }
}

/// A signal for each item of a list. Memos of the list would do the same, but whatever depends on one of them would be asked
/// whether it has changed each time that any item has.
struct ItemSignals<K, T>(HashMap<K, ArcRwSignal<T>>);

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
    fn follow(&mut self, items: Vec<(K, T)>) -> Vec<(K, ArcRwSignal<T>)> {
        let mut before = std::mem::take(&mut self.0);
        let rows = items.into_iter().map(|(key, item)| {
            let signal = match before.remove(&key) {
                Some(signal) => {
                    if signal.with_untracked(|shown| *shown != item) {
                        signal.set(item);
                    }
                    signal
                }
                None => ArcRwSignal::new(item),
            };
            (key, signal)
        });
        let rows: Vec<_> = rows.collect();
        self.0 = rows.iter().cloned().collect();
        rows
    }
}
