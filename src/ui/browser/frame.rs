//! What is done with the next frame, once all is drawn that has changed.

use leptos::prelude::*;

/// Does `act` with the next frame after it is asked to: once, however often it is asked until then, and not at all if the component that
/// called this is gone by then. A hidden page has no frames, but its components come and go.
pub(in crate::ui) fn use_next_frame(act: impl Fn() + Copy + 'static) -> impl Fn() + Copy {
    let requested = StoredValue::new_local(false);
    move || {
        if requested.try_get_value() != Some(false) {
            return;
        }
        requested.set_value(true);
        request_animation_frame(move || {
            // It gives the value back where the component is gone, and with it what `act` would look at.
            if requested.try_set_value(false).is_none() {
                act();
            }
        });
    }
}
