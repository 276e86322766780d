//! The last words of a program that falls: kept where `web/boot.js` finds them when it shows its notice.

use super::window;
use std::panic::{PanicHookInfo, set_hook};

/// From here on a panic's message outlives the program.
pub(super) fn keep_last_words() {
    set_hook(Box::new(|info: &PanicHookInfo<'_>| {
        console_error_panic_hook::hook(info);
        window::mark("data-panic", &info.to_string());
    }));
}
