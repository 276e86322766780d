//! How quickly the lesson plays itself: as fast as somebody reads what has come.

use std::time::Duration;

/// How quickly the lesson plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    Slow,
    #[default]
    Normal,
    Fast,
    /// As usual, with a stop before each step.
    StepByStep,
}

/// What is waited at least, and what it takes to read a letter.
const LEAST: Duration = Duration::from_millis(700);
const LETTER: Duration = Duration::from_millis(30);

/// More letters are not read meanwhile.
const MOST_LETTERS: u32 = 240;

impl Pace {
    pub const ALL: [Pace; 4] = [Pace::Slow, Pace::Normal, Pace::Fast, Pace::StepByStep];

    /// How long somebody takes to read so many letters, before the next thing happens.
    pub(super) fn pause(self, letters: usize) -> Duration {
        let usual = LEAST + LETTER * MOST_LETTERS.min(u32::try_from(letters).unwrap_or(u32::MAX));
        match self {
            Pace::Slow => usual * 2,
            Pace::Normal | Pace::StepByStep => usual,
            Pace::Fast => usual / 4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_to_read_takes_longer_up_to_a_bound() {
        let pause = |letters| Pace::Normal.pause(letters).as_millis();
        assert_eq!([pause(0), pause(100), pause(240), pause(100_000)], [700, 3700, 7900, 7900]);
        assert_eq!(Pace::Slow.pause(100).as_millis(), 7400);
        assert_eq!(Pace::Fast.pause(100).as_millis(), 925);
    }
}
