//! The rows of a long list, of which only those in sight are in the document, between two spacers.
//!
//! Whoever does not see it hears of each row where it stands among how many (`aria-posinset`). A row that has the focus
//! while it is scrolled away gives it to what it is scrolled in. What is not drawn is not found by the browser's own search: each long
//! list has a way of its own to find something in it.

use super::projection::projection;
use super::row_heights::{RoomAbove, RowHeights, to_draw};
use super::rows::Rows;
use crate::app::model::ListWindow;
use crate::ui::browser::frame::use_next_frame;
use crate::ui::browser::sight::{self, Scroller, SightObserver};
use leptos::either::Either;
use leptos::html::ElementType;
use leptos::prelude::*;
use std::hash::Hash;
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Where a row stands among all, from 1 on, and how many there are. None where all are drawn: the browser counts them by itself, and
/// no row changes because another one has come.
type PositionInList = Option<(usize, usize)>;

/// Where a row stands.
#[derive(Clone, Copy)]
pub(in crate::ui) struct RowPosition(Memo<PositionInList>);

impl RowPosition {
    pub(in crate::ui) fn posinset(self) -> Option<String> {
        self.0.get().map(|(position, _)| position.to_string())
    }

    pub(in crate::ui) fn setsize(self) -> Option<String> {
        self.0.get().map(|(_, total)| total.to_string())
    }
}

/// Stands in the element `list`, and alone there; that is scrolled in a [`Scroller`].
#[component]
pub(in crate::ui) fn WindowedRows<T, K, N, E>(
    #[prop(into)] window: Signal<ListWindow<T>>,
    /// What tells a row from the others, for as long as it is there.
    key: impl Fn(&T) -> K + Send + Sync + 'static,
    list: NodeRef<E>,
    /// Told which rows are to be drawn from now on.
    on_range: impl Fn(Range<usize>) + 'static,
    /// How many rows are drawn beyond those that are in sight, besides a screen.
    #[prop(default = 20)]
    overscan: usize,
    /// Its elements are `li`, else `div`.
    #[prop(default = true)]
    is_list: bool,
    children: impl Fn(Memo<T>, RowPosition) -> N + Send + Sync + Clone + 'static,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: Clone + Eq + Hash + Send + Sync + 'static,
    N: IntoView + 'static,
    E: ElementType,
    E::Output: JsCast + Clone + 'static,
{
    let total = projection(window, |window| window.total);
    let rendered = projection(window, rendered_rows);
    let spacers = Spacers::new(rendered, total);
    let on_range = StoredValue::new_local(on_range);
    let observer = StoredValue::new_local(None::<SightObserver>);
    let look_around = move || {
        let Some(list) = list.get_untracked() else { return };
        let list: Element = list.unchecked_into();
        spacers.measure(&list);
        let Some(pixels) = observer.with_value(|observer| observer.as_ref()?.in_sight(&list)) else { return };
        let Some((rows, rendered)) = spacers.to_draw(&pixels, overscan) else { return };
        if sight::focused(&list).is_some_and(|row| !rows.contains(&(rendered.start + row))) {
            observer.with_value(|observer| observer.iter().for_each(SightObserver::keep_focus));
        }
        on_range.with_value(|on_range| on_range(rows));
    };
    let Scroller(scroller) = expect_context();
    let look_around_later = use_next_frame(look_around);
    Effect::new(move |_| {
        if let (Some(list), Some(scroller)) = (list.get(), scroller.get()) {
            observer.set_value(SightObserver::new(
                list.unchecked_ref(),
                scroller.into(),
                look_around,
                look_around_later,
            ));
        }
    });
    Effect::new(move |before: Option<Range<usize>>| {
        let now = rendered.get();
        if before.is_some_and(|before| before != now) {
            look_around_later();
        }
        now
    });
    let spacer = move |pixels: Signal<f64>| {
        let is_there = Memo::new(move |_| pixels.get() > 0.0);
        view! {
            <Show when=move || is_there.get()>
                <Spacer pixels=pixels is_list=is_list />
            </Show>
        }
    };
    let positioned = Signal::derive(move || {
        window.with(|window| {
            let is_cut = window.rows.len() < window.total;
            let position = |at: usize| is_cut.then_some((window.first + at + 1, window.total));
            window.rows.iter().enumerate().map(|(at, row)| (position(at), row.clone())).collect::<Vec<_>>()
        })
    });
    let row = move |positioned: Memo<(PositionInList, T)>| {
        let item = projection(positioned, |(_, item)| item.clone());
        let position = projection(positioned, |(position, _)| *position);
        children(item, RowPosition(position))
    };
    view! {
        {spacer(Signal::derive(move || spacers.above.with(|above| above.pixels)))}
        <Rows each=positioned key=move |(_, item)| key(item) children=row />
        {spacer(spacers.behind.into())}
    }
}

/// The room that is left above and behind the rows that are drawn.
#[derive(Clone, Copy)]
struct Spacers {
    rendered: Memo<Range<usize>>,
    total: Memo<usize>,
    /// Written only by `measure`.
    heights: RwSignal<RowHeights, LocalStorage>,
    /// So high that what was drawn before stays where it is, whatever the others turn out to be.
    above: Memo<RoomAbove>,
    behind: Memo<f64>,
}

impl Spacers {
    fn new(rendered: Memo<Range<usize>>, total: Memo<usize>) -> Spacers {
        let heights = RwSignal::new_local(RowHeights::default());
        let above = Memo::new(move |last: Option<&RoomAbove>| {
            heights.with(|heights| heights.room_above(last, rendered.get()))
        });
        let behind = Memo::new(move |_| {
            let total = total.get();
            heights.with(|heights| heights.of(rendered.get().end.min(total)..total))
        });
        Spacers { rendered, total, heights, above, behind }
    }

    /// Learns how high the rows are that are drawn.
    fn measure(self, list: &Element) {
        let (first, total) = (self.rendered.get_untracked().start, self.total.get_untracked());
        let entered = self.above.with_untracked(|above| above.entered.clone());
        let measured = sight::heights(list);
        self.heights.maybe_update(|heights| heights.note(first, &measured, total, &entered));
    }

    /// The rows to draw from now on and those that are drawn, if these are others.
    fn to_draw(self, pixels: &Range<f64>, overscan: usize) -> Option<(Range<usize>, Range<usize>)> {
        let (rendered, total) = (self.rendered.get_untracked(), self.total.get_untracked());
        let rows =
            self.heights.with_untracked(|heights| to_draw(heights, pixels, &rendered, total, overscan))?;
        Some((rows, rendered))
    }
}

fn rendered_rows<T>(window: &ListWindow<T>) -> Range<usize> {
    window.first..window.first + window.rows.len()
}

/// What stands for the rows that are not drawn.
#[component]
fn Spacer(pixels: Signal<f64>, is_list: bool) -> impl IntoView {
    let height = move || format!("{}px", pixels.get());
    if is_list {
        Either::Left(view! { <li data-spacer="" aria-hidden="true" style:height=height></li> })
    } else {
        Either::Right(view! { <div data-spacer="" aria-hidden="true" style:height=height></div> })
    }
}
