//! A list of which each row stays the same elements while what it shows changes.

use leptos::prelude::*;
use std::collections::HashMap;
use std::hash::Hash;

/// Draws a row for each item, and again where its key is new. `For` does not look again at a row whose key stays; here each row is
/// given a memo of its item.
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
    let keys = Memo::new(move |_| each.with(|items| items.iter().map(&key).collect::<Vec<K>>()));
    let by_key = Memo::new(move |_| {
        each.with(|items| items.iter().map(|item| (key(item), item.clone())).collect::<HashMap<K, T>>())
    });
    let row = move |key: K| {
        let first = by_key.with_untracked(|items| items.get(&key).cloned());
        let first = first.expect("a row is made for a key that is there");
        // Whoever still looks at an item that is gone sees how it was.
        let item = Memo::new(move |last: Option<&T>| {
            by_key.with(|items| items.get(&key).or(last).unwrap_or(&first).clone())
        });
        children(item)
    };
    view! { <For each=move || keys.get() key=K::clone children=row /> }
}
