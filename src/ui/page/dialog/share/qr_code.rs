//! The link as a QR code, for a class that is to open it.

use crate::ui::context::use_ui;
use crate::ui::page::widgets::projection;
use crate::ui::words::Words;
use fast_qr::{ECL, QRBuilder};
use leptos::prelude::*;
use std::fmt::Write;

/// A longer link makes a code whose squares are too small for the camera of a phone before a projector; in bytes.
const LONGEST: usize = 1_000;

/// The light border that the code has to have, in squares.
const BORDER: usize = 4;

#[component]
pub(super) fn QrCode(link: Memo<String>) -> impl IntoView {
    let ui = use_ui();
    let drawing = projection(link, |link| drawing(link));
    view! {
        <details class="qr">
            <summary>{ui.text(Words::qr_code)}</summary>
            {move || match drawing.get() {
                Some((size, path)) => {
                    let label = ui.text(Words::qr_code_of_link);
                    view! {
                        <svg class="qr-code" viewBox=format!("0 0 {size} {size}") role="img" aria-label=label>
                            <rect class="qr-light" width=size.to_string() height=size.to_string()></rect>
                            <path class="qr-dark" d=path></path>
                        </svg>
                    }
                    .into_any()
                }
                None => view! { <p class="dialog-hint">{ui.text(Words::qr_too_long)}</p> }.into_any(),
            }}
        </details>
    }
}

/// How many squares each side of the code has with its border, and the dark ones as an SVG path. `None` for a text that is too
/// long.
fn drawing(text: &str) -> Option<(usize, String)> {
    let code = QRBuilder::new(text).ecl(ECL::L).build().ok().filter(|_| text.len() <= LONGEST)?;
    let mut path = String::new();
    for y in 0..code.size {
        for (x, _) in code[y].iter().enumerate().filter(|(_, square)| square.value()) {
            let _ = write!(path, "M{} {}h1v1h-1z", x + BORDER, y + BORDER);
        }
    }
    Some((code.size + 2 * BORDER, path))
}

#[cfg(test)]
mod tests {
    use super::drawing;

    #[test]
    fn a_link_becomes_a_code_unless_it_is_too_long() {
        // The smallest code has 21 squares a side, and a ring of seven dark ones begins in the corner of its field.
        let (size, path) = drawing("https://a.b/").expect("a short link");
        assert_eq!(size, 21 + 8);
        assert!(path.starts_with("M4 4h1v1h-1zM5 4h1v1h-1z"));
        assert!(drawing(&"a".repeat(1_000)).is_some());
        assert_eq!(drawing(&"a".repeat(1_001)), None);
    }
}
