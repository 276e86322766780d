//! A list of which one is to be picked: what is typed narrows it down, arrows move through it.

/// So many are shown at a time.
const PAGE: usize = 20;

/// Stands before an answer that names an option in full; otherwise an answer is what narrows the list down.
const IN_FULL: char = '\u{1}';

#[derive(Clone, Debug, Default)]
pub struct Picker {
    question: String,
    options: Vec<String>,
    typed: String,
    at: usize,
}

impl Picker {
    pub fn new(question: &str, options: &[String]) -> Picker {
        Picker { question: question.to_owned(), options: options.to_vec(), ..Picker::default() }
    }

    /// To the next option or the one before, around the ends.
    pub fn step(&mut self, down: bool) {
        let count = self.left().len();
        if count > 0 {
            self.at = (self.at + if down { 1 } else { count - 1 }) % count;
        }
    }

    pub fn narrow(&mut self, typed: &str) {
        typed.clone_into(&mut self.typed);
        self.at = self.at.min(self.left().len().saturating_sub(1));
    }

    /// The answer that Enter gives; `None` where nothing is left to pick.
    pub fn answer(&self) -> Option<String> {
        self.left().get(self.at).map(|option| format!("{IN_FULL}{option}"))
    }

    /// The option that an answer means.
    pub fn picked(&mut self, answer: &str) -> Option<String> {
        if let Some(option) = answer.strip_prefix(IN_FULL) {
            return Some(option.to_owned());
        }
        self.narrow(&(self.typed.clone() + answer)); // what found nothing stays
        self.left().get(self.at).map(|option| (*option).to_owned())
    }

    /// The question and the page of options around the one that is pointed at.
    pub fn shown(&self) -> String {
        let left = self.left();
        let last = left.len().saturating_sub(PAGE);
        let first = self.at.saturating_sub(PAGE / 2).min(last);
        // What was typed stands in the line below, unless it has left nothing.
        let typed = if left.is_empty() { format!(" {}", self.typed) } else { String::new() };
        let mut shown = format!("{}{typed}  [Use arrows to move, type to filter]", self.question);
        for (place, option) in left.iter().enumerate().skip(first).take(PAGE) {
            shown.push_str(if place == self.at { "\n> " } else { "\n  " });
            shown.push_str(option);
        }
        shown
    }

    fn left(&self) -> Vec<&str> {
        let typed = self.typed.to_lowercase();
        let fits = |option: &&String| option.to_lowercase().contains(&typed);
        self.options.iter().filter(fits).map(String::as_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker() -> Picker {
        Picker::new("? Which", &["alpha", "beta", "gamma"].map(str::to_owned))
    }

    #[test]
    fn arrows_go_around_the_ends() {
        let mut picker = picker();
        picker.step(false);
        assert_eq!(picker.answer().as_deref(), Some("\u{1}gamma"));
        picker.step(true);
        assert_eq!(picker.shown(), "? Which  [Use arrows to move, type to filter]\n> alpha\n  beta\n  gamma");
    }

    #[test]
    fn typing_narrows_down() {
        let mut picker = picker();
        picker.step(false);
        picker.narrow("ET");
        assert_eq!(picker.shown(), "? Which  [Use arrows to move, type to filter]\n> beta");
        picker.narrow("");
        assert_eq!(picker.picked("zz"), None);
        assert_eq!((picker.answer(), picker.picked("a")), (None, None));
        picker.step(true);
        picker.narrow("a");
        assert_eq!(picker.picked("mm"), Some("gamma".to_owned()));
        assert_eq!(picker.picked("\u{1}beta"), Some("beta".to_owned()));
    }

    #[test]
    fn many_are_shown_by_the_page() {
        let options: Vec<String> = (0..50).map(|number| format!("o{number}")).collect();
        let mut picker = Picker::new("?", &options);
        assert_eq!(picker.shown().lines().last(), Some("  o19"));
        (0..30).for_each(|_| picker.step(true));
        let shown = picker.shown();
        let lines: Vec<&str> = shown.lines().skip(1).collect();
        assert_eq!((lines.len(), lines[0], lines[10], lines[19]), (20, "  o20", "> o30", "  o39"));
        (0..19).for_each(|_| picker.step(true));
        assert_eq!(picker.shown().lines().last(), Some("> o49"));
    }
}
