//! How high the rows of a long list are: those that were drawn as they were then, others as these on average.

use std::collections::BTreeMap;
use std::ops::Range;

/// In pixels, while no row was ever drawn.
const UNKNOWN: f64 = 24.0;

#[derive(Debug, Default)]
pub(super) struct RowHeights {
    known: BTreeMap<usize, f64>,
    /// Of all that are known.
    sum: f64,
    /// How much higher, all in all, rows were than they had been taken for when they came before others that stay where they are.
    pub(super) surplus: f64,
}

/// The room that is left above the rows that are drawn, in place of those before them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct RoomAbove {
    rendered: Range<usize>,
    pub(super) pixels: f64,
    /// Of the rows that are drawn, those that have come before others which were there already.
    pub(super) entered: Range<usize>,
    /// [`RowHeights::surplus`] that is allowed for.
    surplus: f64,
}

impl RowHeights {
    /// Notes how high the rows from `first` on are, of `total`, of which these have `entered` before others. Returns whether that is news. The
    /// last one of all may still grow, and does not count.
    pub(super) fn note(
        &mut self,
        first: usize,
        heights: &[f64],
        total: usize,
        entered: &Range<usize>,
    ) -> bool {
        self.truncate(total);
        let mut is_new = false;
        let expected = self.average();
        for (row, height) in (first..total.saturating_sub(1)).zip(heights) {
            let before = self.known.insert(row, *height);
            self.sum += height - before.unwrap_or(0.0);
            is_new |= before.is_none_or(|before| (before - height).abs() > 0.5);
            if entered.contains(&row) && before.is_none() {
                self.surplus += height - expected;
            }
        }
        is_new
    }

    /// How much room is to be left above the rows that are `rendered` now, after `last`: rows that are among both stay where they are, and so
    /// do they when others before them turn out to be higher than they were taken for.
    pub(super) fn room_above(&self, last: Option<&RoomAbove>, rendered: Range<usize>) -> RoomAbove {
        let surplus = self.surplus;
        let Some(last) = last else { return RoomAbove { rendered, surplus, ..RoomAbove::default() } };
        if last.rendered == rendered {
            let pixels = match surplus - last.surplus {
                higher if rendered.start > 0 && higher != 0.0 => (last.pixels - higher).max(1.0),
                _ => last.pixels,
            };
            return RoomAbove { pixels, surplus, ..last.clone() };
        }
        let both = last.rendered.start.max(rendered.start);
        let is_apart = both >= last.rendered.end.min(rendered.end);
        let (pixels, entered) = match rendered.start {
            0 => (0.0, 0..0),
            start if is_apart => (self.of(0..start), 0..0),
            start => {
                let pixels = last.pixels + self.of(last.rendered.start..both) - self.of(start..both);
                (if pixels > 0.0 { pixels } else { self.of(0..start) }, start..both)
            }
        };
        RoomAbove { rendered, pixels, entered, surplus }
    }

    /// The list has no more rows than these.
    fn truncate(&mut self, rows: usize) {
        let gone = self.known.split_off(&rows);
        self.sum -= gone.values().sum::<f64>();
    }

    /// How high these rows are together.
    pub(super) fn of(&self, rows: Range<usize>) -> f64 {
        let (count, known) = self
            .known
            .range(rows.clone())
            .fold((0, 0.0), |(count, sum), (_, height)| (count + 1, sum + height));
        known + (rows.len() - count) as f64 * self.average()
    }

    /// Which of `total` rows stand in these pixels, counted from the top of the list; the nearest one where none does.
    pub(super) fn rows_in(&self, pixels: &Range<f64>, total: usize) -> Range<usize> {
        let (first, _) = self.row_at(pixels.start, total);
        let (last, top) = self.row_at(pixels.end, total);
        let end = if top < pixels.end { last + 1 } else { last };
        first..end.max(first + 1).min(total)
    }

    /// The row of `total` at a pixel, or the nearest one, and where that begins. Goes from one known row to the next: those in between are
    /// all alike.
    fn row_at(&self, pixel: f64, total: usize) -> (usize, f64) {
        let (mut row, mut top) = (0, 0.0);
        let average = self.average();
        for (known, height) in self.known.range(..total) {
            let known_top = top + (known - row) as f64 * average;
            if known_top > pixel {
                break;
            }
            if known_top + height > pixel {
                return (*known, known_top);
            }
            (row, top) = (known + 1, known_top + height);
        }
        let further = (((pixel - top) / average).max(0.0) as usize).min(total.saturating_sub(row + 1));
        // Behind the last of all there is none.
        let row = (row + further).min(total.saturating_sub(1));
        (row, top + further as f64 * average)
    }

    fn average(&self) -> f64 {
        if self.known.is_empty() { UNKNOWN } else { self.sum / self.known.len() as f64 }
    }
}

/// The rows to draw, if others than now: those in sight, and about a screen and `overscan` rows before and behind. `pixels` are those in sight,
/// counted from the first row that is drawn.
pub(super) fn to_draw(
    heights: &RowHeights,
    pixels: &Range<f64>,
    drawn: &Range<usize>,
    total: usize,
    overscan: usize,
) -> Option<Range<usize>> {
    let top = heights.of(0..drawn.start);
    let pixels = pixels.start + top..pixels.end + top;
    let seen = heights.rows_in(&pixels, total);
    let (near, far) = (overscan.div_ceil(2), 4 * overscan);
    let is_covered =
        drawn.start <= seen.start.saturating_sub(near) && drawn.end >= (seen.end + near).min(total);
    let is_small = drawn.len() <= seen.len() * 4 + far;
    if is_covered && is_small {
        return None;
    }
    let screen = pixels.end - pixels.start;
    let around = heights.rows_in(&(pixels.start - screen..pixels.end + screen), total);
    let wanted =
        around.start.min(seen.start.saturating_sub(overscan))..around.end.max(seen.end + overscan).min(total);
    (wanted != *drawn).then_some(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_were_never_drawn_are_as_high_as_the_others() {
        let mut heights = RowHeights::default();
        assert_eq!(heights.of(0..100), 2400.0);
        assert!(heights.note(10, &[10.0, 30.0], 100, &(0..0)));
        assert!(!heights.note(10, &[10.0, 30.0], 100, &(0..0)));
        assert_eq!((heights.of(0..10), heights.of(10..11), heights.of(0..100)), (200.0, 10.0, 2000.0));
        heights.note(98, &[20.0, 5000.0], 100, &(0..0));
        assert_eq!(heights.of(99..100), 20.0, "the last one may still grow");
        heights.note(0, &[], 11, &(0..0));
        assert_eq!(heights.of(0..2), 20.0, "there are only eleven any more");
    }

    #[test]
    fn rows_stay_where_they_are_when_others_are_drawn_before_them() {
        let mut heights = RowHeights::default();
        heights.note(100, &[10.0; 50], 1000, &(0..0));
        let first = heights.room_above(None, 0..50);
        let jumped = heights.room_above(Some(&first), 100..150);
        assert_eq!(jumped.pixels, 1000.0, "nothing was there before");
        // Those that leave are replaced by as much room.
        assert_eq!(heights.room_above(Some(&jumped), 120..170).pixels, 1200.0);
        // Those that come are taken for ten pixels each, and have thirty.
        let back = heights.room_above(Some(&jumped), 80..130);
        assert_eq!((back.pixels, back.entered.clone()), (800.0, 80..100));
        assert!(heights.note(80, &[30.0; 20], 1000, &back.entered));
        let measured = heights.room_above(Some(&back), 80..130);
        assert_eq!(measured.pixels, 400.0);
        assert!(!heights.note(80, &[30.0; 20], 1000, &measured.entered));
        assert_eq!(heights.room_above(Some(&measured), 80..130).pixels, 400.0, "once");
        assert_eq!(heights.room_above(Some(&measured), 0..50).pixels, 0.0);
    }

    #[test]
    fn what_is_in_sight_is_found_by_pixels() {
        let mut heights = RowHeights::default();
        heights.note(0, &[10.0, 10.0, 10.0, 10.0, 100.0], 100, &(0..0));
        // The average of five rows is 28.
        assert_eq!(heights.rows_in(&(0.0..20.0), 100), 0..2);
        assert_eq!(heights.rows_in(&(35.0..45.0), 100), 3..5);
        assert_eq!(heights.rows_in(&(140.0..197.0), 100), 5..8);
        assert_eq!(heights.rows_in(&(-50.0..-10.0), 100), 0..1, "above the frame the first");
        assert_eq!(heights.rows_in(&(1e6..2e6), 100), 99..100, "below it the last");
        assert_eq!(heights.rows_in(&(0.0..100.0), 0), 0..0);
        assert_eq!(heights.rows_in(&(0.0..1000.0), 5), 0..5, "all are known");
        assert_eq!(heights.rows_in(&(500.0..1000.0), 5), 4..5);
    }

    #[test]
    fn the_end_of_a_list_is_found_without_walking_there() {
        let mut heights = RowHeights::default();
        heights.note(0, &[16.0; 50], 1 << 50, &(0..0));
        assert_eq!(heights.rows_in(&(16e12..16e12 + 160.0), 1 << 50), 1_000_000_000_000..1_000_000_000_010);
    }

    #[test]
    fn a_list_is_drawn_anew_only_when_its_end_comes_near() {
        let mut heights = RowHeights::default();
        heights.note(0, &[10.0; 50], 10_000, &(0..0));
        let draw = |pixels: Range<f64>, drawn| to_draw(&heights, &pixels, &drawn, 10_000, 20);
        assert_eq!(draw(0.0..100.0, 0..50), None);
        assert_eq!(draw(200.0..300.0, 0..50), None);
        assert_eq!(draw(350.0..450.0, 0..50), Some(15..65));
        assert_eq!(draw(50_000.0..50_100.0, 0..50), Some(4980..5030));
        assert_eq!(draw(1e9..1e9 + 100.0, 0..50), Some(9979..10_000));
        assert_eq!(draw(0.0..100.0, 0..5000), Some(0..30), "what is far away is given up");
        assert_eq!(draw(0.0..100.0, 40..90), Some(20..70), "counted from what is drawn");
    }
}
