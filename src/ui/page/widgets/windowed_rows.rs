//! The rows of a long list, of which only those in sight are in the document, between two spacers.
//!
//! Whoever does not see it hears of each row where it stands among how many (`aria-posinset`). A row that has the focus
//! while it is scrolled away gives it to the frame. What is not drawn is not found by the browser's own search: each long
//! list has a way of its own to find something in it.

use super::row_heights::{Noted, RowHeights, to_draw};
use super::rows::keyed;
use crate::app::model::ListWindow;
use crate::ui::browser::sight::{self, SightObserver};
use leptos::prelude::*;
use std::hash::Hash;
use std::ops::Range;
use web_sys::Element;

/// Where a row stands among all, from 1 on, and how many there are. None where all are drawn: the browser counts them by itself, and
/// no row changes because another one has come.
type PlaceInList = Option<(usize, usize)>;

/// Where a row stands.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Place(Memo<PlaceInList>);

impl Place {
    pub(in crate::ui) fn posinset(self) -> Option<String> {
        self.0.get().map(|(place, _)| place.to_string())
    }

    pub(in crate::ui) fn setsize(self) -> Option<String> {
        self.0.get().map(|(_, total)| total.to_string())
    }
}

/// Stands in the element `list`, and alone there.
#[component]
pub(in crate::ui) fn WindowedRows<T, K, N>(
    #[prop(into)] window: Signal<ListWindow<T>>,
    /// What tells a row from the others, for as long as it is there.
    key: fn(&T) -> K,
    list: impl Fn() -> Option<Element> + Copy + Send + Sync + 'static,
    /// Told which rows are to be drawn from now on.
    look: impl Fn(Range<usize>) + 'static,
    /// How many rows are drawn beyond those that are in sight, besides a screen.
    #[prop(default = 20)]
    spare: usize,
    /// Its elements are `li`, else `div`.
    #[prop(default = true)]
    is_list: bool,
    children: impl Fn((Memo<T>, Place)) -> N + Send + Sync + Clone + 'static,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: Clone + Eq + Hash + Send + Sync + 'static,
    N: IntoView + 'static,
{
    let total = Memo::new(move |_| window.with(|window| window.total));
    let rooms = Rooms::new(Signal::derive(move || window.with(drawn_rows)), total);
    let look = StoredValue::new_local(look);
    let observer = StoredValue::new_local(None::<SightObserver>);
    let look_around = move || {
        if rooms.above.is_disposed() {
            return;
        }
        let Some(list) = untrack(list) else { return };
        rooms.measure(&list);
        let Some(pixels) = observer.with_value(|observer| observer.as_ref()?.in_sight(&list)) else { return };
        let Some((rows, drawn)) = rooms.to_draw(&pixels, spare) else { return };
        if sight::focused(&list).is_some_and(|row| !rows.contains(&(drawn.start + row))) {
            observer.with_value(|observer| observer.iter().for_each(SightObserver::keep_focus));
        }
        look.with_value(|look| look(rows));
    };
    Effect::new(move |_| {
        if let Some(list) = list() {
            observer.set_value(SightObserver::new(&list, look_around));
        }
    });
    rooms.follow(look_around);
    let spacer = move |pixels: Signal<f64>| {
        let is_there = Memo::new(move |_| pixels.get() > 0.0);
        view! {
            <Show when=move || is_there.get()>
                <Spacer pixels=pixels is_list=is_list />
            </Show>
        }
    };
    let placed = Signal::derive(move || {
        window.with(|window| {
            let is_cut = window.rows.len() < window.total;
            let place = |at: usize| is_cut.then_some((window.first + at + 1, window.total));
            window.rows.iter().enumerate().map(|(at, row)| (place(at), row.clone())).collect::<Vec<_>>()
        })
    });
    let row = move |placed: Memo<(PlaceInList, T)>| {
        let item = Memo::new(move |_| placed.with(|(_, item)| item.clone()));
        let place = Memo::new(move |_| placed.with(|(place, _)| *place));
        children((item, Place(place)))
    };
    view! {
        {spacer(rooms.above.into())}
        {keyed(placed, move |(_, item): &(PlaceInList, T)| key(item), row)}
        {spacer(rooms.behind.into())}
    }
}

/// The room that is left above and behind the rows that are drawn.
#[derive(Clone, Copy)]
struct Rooms {
    drawn: Signal<Range<usize>>,
    total: Memo<usize>,
    heights: StoredValue<RowHeights, LocalStorage>,
    /// So high that what was drawn before stays where it is, whatever the others turn out to be.
    above: RwSignal<f64>,
    behind: Memo<f64>,
    /// Counts what was learned of heights.
    measured: RwSignal<u32>,
}

impl Rooms {
    fn new(drawn: Signal<Range<usize>>, total: Memo<usize>) -> Rooms {
        let heights = StoredValue::new_local(RowHeights::default());
        let measured = RwSignal::new(0_u32);
        let behind = Memo::new(move |_| {
            measured.track();
            let total = total.get();
            heights.with_value(|heights| heights.of(drawn.get().end.min(total)..total))
        });
        Rooms { drawn, total, heights, above: RwSignal::new(0.0), behind, measured }
    }

    /// Keeps rows where they are while others come and go, and looks around then.
    fn follow(self, look_around: impl Fn() + Copy + 'static) {
        let Rooms { drawn, total, heights, above, .. } = self;
        Effect::new(move |_| {
            let total = total.get();
            heights.update_value(|heights| heights.truncate(total));
        });
        Effect::new(move |before: Option<Range<usize>>| {
            let now = drawn.get();
            if let Some(before) = before.filter(|before| *before != now) {
                let room = above.get_untracked();
                let room = heights.try_update_value(|heights| heights.room_above(&before, room, &now));
                above.set(room.unwrap_or_default());
                request_animation_frame(look_around);
            }
            now
        });
    }

    /// Learns how high the drawn rows are.
    fn measure(self, list: &Element) {
        let (first, total) = (self.drawn.get_untracked().start, self.total.get_untracked());
        let noted =
            self.heights.try_update_value(|heights| heights.note(first, &sight::heights(list), total));
        if let Some(Noted { is_new: true, higher_before }) = noted {
            if first > 0 && higher_before != 0.0 {
                self.above.update(|above| *above = (*above - higher_before).max(1.0));
            }
            self.measured.update(|count| *count = count.wrapping_add(1));
        }
    }

    /// The rows to draw from now on and those that are drawn, if these are others.
    fn to_draw(self, pixels: &Range<f64>, spare: usize) -> Option<(Range<usize>, Range<usize>)> {
        let (drawn, total) = (self.drawn.get_untracked(), self.total.get_untracked());
        let rows = self.heights.with_value(|heights| to_draw(heights, pixels, &drawn, total, spare))?;
        Some((rows, drawn))
    }
}

fn drawn_rows<T>(window: &ListWindow<T>) -> Range<usize> {
    window.first..window.first + window.rows.len()
}

/// What stands for the rows that are not drawn.
#[component]
fn Spacer(pixels: Signal<f64>, is_list: bool) -> impl IntoView {
    let height = move || format!("{}px", pixels.get());
    match is_list {
        true => view! { <li data-spacer="" aria-hidden="true" style:height=height></li> }.into_any(),
        false => view! { <div data-spacer="" aria-hidden="true" style:height=height></div> }.into_any(),
    }
}
