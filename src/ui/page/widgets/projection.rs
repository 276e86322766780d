//! A part of a value as a memo of its own.

use leptos::prelude::*;

/// What `read` makes of a signal's value: what depends on it runs only when that has changed, not each time that anything of the value has.
///
/// A `reactive_stores` store would give such parts by the names of fields. Its `Patch`, which alone compares, takes no enums (0.4), of which
/// the models are full, so that a change of any would wake all that looks at it.
pub(in crate::ui) fn projection<S, T>(of: S, read: impl Fn(&S::Value) -> T + Send + Sync + 'static) -> Memo<T>
where
    S: With + Send + Sync + 'static,
    T: PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| of.with(&read))
}

/// The same of a value that may be missing: then what is empty of its kind.
pub(in crate::ui) fn optional_projection<S, V, T>(of: S, read: fn(&V) -> &T) -> Memo<T>
where
    S: With<Value = Option<V>> + Send + Sync + 'static,
    V: 'static,
    T: Clone + Default + PartialEq + Send + Sync + 'static,
{
    projection(of, move |value| value.as_ref().map(read).cloned().unwrap_or_default())
}
