//! How much room the parts of the page have, where somebody has chosen that.

use std::collections::BTreeMap;

use crate::app::TerminalId;

/// The narrowest part of two, in percent.
pub(super) const LEAST: u8 = 15;

/// How wide the terminal in use is beside the others, until somebody chooses; as `style/terminal.css` has it.
const IN_USE: f64 = 3.0;
const OTHER: f64 = 2.0;

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Layout {
    /// Of the room of terminals and inspector, the percentage that the terminals have.
    pub(super) terminals: Option<u8>,
    /// How wide terminals are beside each other.
    widths: BTreeMap<TerminalId, f64>,
}

impl Layout {
    /// As it is kept: the percentage of the terminals, or `-`, and for each terminal its number and width.
    pub(super) fn write(&self) -> String {
        let share = self.terminals.map_or_else(|| "-".to_owned(), |share| share.to_string());
        let widths = self.widths.iter().map(|(terminal, width)| format!(" {terminal}:{width:.2}"));
        [share].into_iter().chain(widths).collect()
    }

    /// What was kept; what cannot be read is up to the page.
    pub(super) fn read(text: &str) -> Layout {
        let mut words = text.split(' ');
        let share = words.next().and_then(|word| word.parse().ok());
        let width = |word: &str| {
            let (terminal, width) = word.split_once(':')?;
            let width: f64 = width.parse().ok()?;
            Some((terminal.parse().ok()?, width)).filter(|_| width.is_finite() && width > 0.0)
        };
        Layout {
            terminals: share.map(|share: u8| share.clamp(LEAST, 100 - LEAST)),
            widths: words.filter_map(width).collect(),
        }
    }

    /// How wide a terminal is, if that was chosen.
    pub(super) fn width(&self, terminal: TerminalId) -> Option<f64> {
        self.widths.get(&terminal).copied()
    }

    /// Gives the first of two terminals that are side by side among `shown` such a percentage of their room.
    pub(super) fn divide(
        &mut self,
        (first, second): (TerminalId, TerminalId),
        percent: u8,
        shown: &[TerminalId],
        active: TerminalId,
    ) {
        self.widths = shown.iter().map(|it| (*it, self.width_of(*it, active))).collect();
        let both = self.width_of(first, active) + self.width_of(second, active);
        let share = f64::from(percent.clamp(LEAST, 100 - LEAST)) / 100.0;
        self.widths.extend([(first, both * share), (second, both * (1.0 - share))]);
    }

    /// The terminal in use has most of the room again.
    pub(super) fn let_go(&mut self) {
        self.widths.clear();
    }

    fn width_of(&self, terminal: TerminalId, active: TerminalId) -> f64 {
        self.width(terminal).unwrap_or(if terminal == active { IN_USE } else { OTHER })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_kept_and_what_is_odd_is_left_out() {
        let mut layout = Layout { terminals: Some(60), ..Layout::default() };
        layout.divide((1, 2), 30, &[1, 2], 2);
        assert_eq!(layout.write(), "60 1:1.50 2:3.50");
        assert_eq!(Layout::read(&layout.write()), layout);
        assert_eq!(Layout::read(&Layout::default().write()), Layout::default());
        for odd in ["", "x", "999", "- 1", "- 1:NaN 2:-1 x:1", "- 1:inf"] {
            assert_eq!(Layout::read(odd), Layout::default(), "{odd}");
        }
        assert_eq!(Layout::read("3").terminals, Some(LEAST));
    }

    #[test]
    fn the_terminal_in_use_has_most_of_the_room_until_somebody_divides_it() {
        let mut layout = Layout::default();
        let widths = |layout: &Layout| [1, 2, 3].map(|it| layout.width(it));
        assert_eq!(widths(&layout), [None; 3]);
        layout.divide((1, 2), 30, &[1, 2, 3], 2);
        assert_eq!(widths(&layout), [Some(1.5), Some(3.5), Some(2.0)], "the others stay as they were");
        layout.divide((2, 3), 1, &[1, 2, 3], 1);
        assert_eq!(layout.width(2), Some(5.5 * f64::from(LEAST) / 100.0), "each is to be seen");
        layout.let_go();
        assert_eq!(widths(&layout), [None; 3]);
    }
}
