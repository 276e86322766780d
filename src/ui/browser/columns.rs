//! How many columns are in sight of the terminal in use; programs in all terminals are told that number.

use crate::app::{Msg, TerminalId};
use crate::ui::context::Ui;
use leptos::prelude::{document, window};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement, ResizeObserver};

/// Measures a terminal's output whenever its size changes, and tells how many characters stand in a line of it.
pub(in crate::ui) struct ColumnObserver {
    observer: ResizeObserver,
    _measure: Closure<dyn Fn()>,
}

impl ColumnObserver {
    /// Observes from now on and at once. `None` where the browser cannot observe sizes.
    pub(in crate::ui) fn new(ui: Ui, terminal: TerminalId, output: Element) -> Option<ColumnObserver> {
        let observed = output.clone();
        let measure = Closure::<dyn Fn()>::new(move || tell(ui, terminal, &output));
        let observer = ResizeObserver::new(measure.as_ref().unchecked_ref()).ok()?;
        observer.observe(&observed);
        Some(ColumnObserver { observer, _measure: measure })
    }
}

impl Drop for ColumnObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Measures the output of the terminal in use again, as when its letters have another size.
pub(in crate::ui) fn tell(ui: Ui, terminal: TerminalId, output: &Element) {
    if ui.read(|state| state.active()) != terminal {
        return;
    }
    if let Some(columns) = columns(output).filter(|columns| ui.read(|state| state.app.columns()) != *columns)
    {
        ui.send(Msg::Width(columns));
    }
}

/// How many characters stand in a line; `None` while another pane of the page is shown.
fn columns(output: &Element) -> Option<usize> {
    let style = window().get_computed_style(output).ok().flatten()?;
    let pixels = |name| style.get_property_value(name).ok()?.trim_end_matches("px").parse::<f64>().ok();
    let room = f64::from(output.client_width()) - pixels("padding-left")? - pixels("padding-right")?;
    let width = width_of_a_hundred(&style.get_property_value("font").ok()?)? / 100.0;
    (room > 0.0 && width > 0.0).then(|| (room / width + 0.01) as usize)
}

thread_local! {
    static CANVAS: RefCell<Option<CanvasRenderingContext2d>> = const { RefCell::new(None) };
}

/// How wide a hundred characters of a font are, in pixels.
fn width_of_a_hundred(font: &str) -> Option<f64> {
    let canvas = match CANVAS.with_borrow(Clone::clone) {
        Some(canvas) => canvas,
        None => {
            let element: HtmlCanvasElement = document().create_element("canvas").ok()?.unchecked_into();
            let canvas: CanvasRenderingContext2d = element.get_context("2d").ok()??.unchecked_into();
            CANVAS.set(Some(canvas.clone()));
            canvas
        }
    };
    canvas.set_font(font);
    Some(canvas.measure_text(&"0".repeat(100)).ok()?.width())
}
