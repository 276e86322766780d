//! The last words of a program that falls: kept where `web/boot.js` finds them when it shows its notice.

use super::viewport;
use std::panic::{PanicHookInfo, set_hook};

/// From here on a panic's message outlives the program.
pub(in crate::ui) fn keep_last_words() {
    set_hook(Box::new(|info: &PanicHookInfo<'_>| {
        console_error_panic_hook::hook(info);
        viewport::set_root_attribute("data-panic", &info.to_string());
    }));
}
