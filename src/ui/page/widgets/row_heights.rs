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
    /// Rows that have come before others which were drawn already.
    entered: Range<usize>,
}

/// What came of measuring rows.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Noted {
    pub(super) is_new: bool,
    /// How much higher those are that came before others than they were taken for.
    pub(super) higher_before: f64,
}

impl RowHeights {
    /// Notes how high the rows from `first` on are, of `total`. The last one of all may still grow, and does not count.
    pub(super) fn note(&mut self, first: usize, heights: &[f64], total: usize) -> Noted {
        let mut noted = Noted::default();
        let expected = self.average();
        for (row, height) in (first..total.saturating_sub(1)).zip(heights) {
            let before = self.known.insert(row, *height);
            self.sum += height - before.unwrap_or(0.0);
            noted.is_new |= before.is_none_or(|before| (before - height).abs() > 0.5);
            if self.entered.contains(&row) && before.is_none() {
                noted.higher_before += height - expected;
            }
        }
        self.entered = 0..0;
        noted
    }

    /// How much room is to be left above the rows that are drawn `now`, if it was `room` above those drawn `before`: rows that
    /// are among both stay where they are.
    pub(super) fn room_above(&mut self, before: &Range<usize>, room: f64, now: &Range<usize>) -> f64 {
        if now.start == 0 {
            return 0.0;
        }
        let both = before.start.max(now.start);
        if both >= before.end.min(now.end) {
            return self.of(0..now.start);
        }
        self.entered = now.start..both;
        let room = room + self.of(before.start..both) - self.of(now.start..both);
        if room > 0.0 { room } else { self.of(0..now.start) }
    }

    /// The list has no more rows than these.
    pub(super) fn truncate(&mut self, rows: usize) {
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
        let (mut first, mut top) = (0, 0.0);
        while first + 1 < total && top + self.height(first) <= pixels.start {
            top += self.height(first);
            first += 1;
        }
        let (mut end, mut bottom) = (first, top);
        while end < total && (bottom < pixels.end || end == first) {
            bottom += self.height(end);
            end += 1;
        }
        first..end
    }

    fn height(&self, row: usize) -> f64 {
        self.known.get(&row).copied().unwrap_or_else(|| self.average())
    }

    fn average(&self) -> f64 {
        if self.known.is_empty() { UNKNOWN } else { self.sum / self.known.len() as f64 }
    }
}

/// The rows to draw, if others than now: those in sight, and about a screen and `spare` rows before and behind. `pixels` are those in sight,
/// counted from the first row that is drawn.
pub(super) fn to_draw(
    heights: &RowHeights,
    pixels: &Range<f64>,
    drawn: &Range<usize>,
    total: usize,
    spare: usize,
) -> Option<Range<usize>> {
    let top = heights.of(0..drawn.start);
    let pixels = pixels.start + top..pixels.end + top;
    let seen = heights.rows_in(&pixels, total);
    let (near, far) = (spare.div_ceil(2), 4 * spare);
    let is_covered =
        drawn.start <= seen.start.saturating_sub(near) && drawn.end >= (seen.end + near).min(total);
    let is_small = drawn.len() <= seen.len() * 4 + far;
    if is_covered && is_small {
        return None;
    }
    let screen = pixels.end - pixels.start;
    let around = heights.rows_in(&(pixels.start - screen..pixels.end + screen), total);
    let wanted =
        around.start.min(seen.start.saturating_sub(spare))..around.end.max(seen.end + spare).min(total);
    (wanted != *drawn).then_some(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_were_never_drawn_are_as_high_as_the_others() {
        let mut heights = RowHeights::default();
        assert_eq!(heights.of(0..100), 2400.0);
        assert!(heights.note(10, &[10.0, 30.0], 100).is_new);
        assert!(!heights.note(10, &[10.0, 30.0], 100).is_new);
        assert_eq!((heights.of(0..10), heights.of(10..11), heights.of(0..100)), (200.0, 10.0, 2000.0));
        heights.note(98, &[20.0, 5000.0], 100);
        assert_eq!(heights.of(99..100), 20.0, "the last one may still grow");
        heights.truncate(11);
        assert_eq!(heights.of(0..2), 20.0);
    }

    #[test]
    fn rows_stay_where_they_are_when_others_are_drawn_before_them() {
        let mut heights = RowHeights::default();
        heights.note(100, &[10.0; 50], 1000);
        assert_eq!(heights.room_above(&(0..0), 0.0, &(100..150)), 1000.0, "nothing was there before");
        // Those that leave are replaced by as much room.
        assert_eq!(heights.room_above(&(100..150), 1000.0, &(120..170)), 1200.0);
        // Those that come were taken for ten pixels each, and have thirty.
        assert_eq!(heights.room_above(&(100..150), 1000.0, &(80..130)), 800.0);
        let noted = heights.note(80, &[30.0; 20], 1000);
        assert_eq!(noted, Noted { is_new: true, higher_before: 400.0 });
        assert_eq!(heights.room_above(&(80..130), 400.0, &(0..50)), 0.0);
    }

    #[test]
    fn what_is_in_sight_is_found_by_pixels() {
        let mut heights = RowHeights::default();
        heights.note(0, &[10.0, 10.0, 10.0, 10.0, 100.0], 100);
        // The average of five rows is 28.
        assert_eq!(heights.rows_in(&(0.0..20.0), 100), 0..2);
        assert_eq!(heights.rows_in(&(35.0..45.0), 100), 3..5);
        assert_eq!(heights.rows_in(&(140.0..197.0), 100), 5..8);
        assert_eq!(heights.rows_in(&(-50.0..-10.0), 100), 0..1, "above the frame the first");
        assert_eq!(heights.rows_in(&(1e6..2e6), 100), 99..100, "below it the last");
        assert_eq!(heights.rows_in(&(0.0..100.0), 0), 0..0);
    }

    #[test]
    fn a_list_is_drawn_anew_only_when_its_end_comes_near() {
        let mut heights = RowHeights::default();
        heights.note(0, &[10.0; 50], 10_000);
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
