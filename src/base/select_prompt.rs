//! A list to pick one option from: typing filters it, arrows move through it.

/// Options that are shown at a time.
const PAGE: usize = 20;

/// Begins an answer that is an option in full; any other answer filters the list.
const IN_FULL: char = '\u{1}';

#[derive(Clone, Debug, Default)]
pub struct SelectPrompt {
    question: String,
    options: Vec<String>,
    typed: String,
    selected: usize,
    /// What `?` shows; empty where there is no help.
    help: String,
    shows_help: bool,
}

impl SelectPrompt {
    pub fn new(question: &str, options: &[String]) -> SelectPrompt {
        SelectPrompt { question: question.to_owned(), options: options.to_vec(), ..SelectPrompt::default() }
    }

    /// The same with a text that `?` shows.
    pub fn with_help(self, help: &str) -> SelectPrompt {
        SelectPrompt { help: help.to_owned(), ..self }
    }

    /// Selects an option, if it is there.
    pub fn select(&mut self, option: &str) {
        let place = self.options.iter().position(|other| other == option);
        self.selected = place.unwrap_or(self.selected);
    }

    /// Moves to the next option or the one before, around the ends.
    pub fn step(&mut self, down: bool) {
        let count = self.matches().len();
        if count > 0 {
            self.selected = (self.selected + if down { 1 } else { count - 1 }) % count;
        }
    }

    /// Narrows the options down to those with `typed` in them. Where there is help, `?` is no part of that but shows it.
    pub fn filter(&mut self, typed: &str) {
        self.typed = match self.help.is_empty() {
            true => typed.to_owned(),
            false => typed.replace('?', ""),
        };
        self.shows_help |= self.typed != typed;
        self.selected = self.selected.min(self.matches().len().saturating_sub(1));
    }

    /// The answer that Enter gives; `None` if no option is left.
    pub fn answer(&self) -> Option<String> {
        self.matches().get(self.selected).map(|option| format!("{IN_FULL}{option}"))
    }

    /// The option that an answer means.
    pub fn picked(&mut self, answer: &str) -> Option<String> {
        if let Some(option) = answer.strip_prefix(IN_FULL) {
            return Some(option.to_owned());
        }
        self.filter(&(self.typed.clone() + answer)); // What matched nothing stays typed.
        self.matches().get(self.selected).map(|option| (*option).to_owned())
    }

    /// The question and the page of options around the selected one.
    pub fn to_text(&self) -> String {
        let matches = self.matches();
        let last = matches.len().saturating_sub(PAGE);
        let first = self.selected.saturating_sub(PAGE / 2).min(last);
        // What was typed stands in the line below, unless it has left nothing.
        let typed = if matches.is_empty() { format!(" {}", self.typed) } else { String::new() };
        let (above, offer) = match (self.help.as_str(), self.shows_help) {
            ("", _) => (String::new(), ""),
            (_, false) => (String::new(), ", ? for more help"),
            (help, true) => (format!("? {help}\n"), ""),
        };
        let question = &self.question;
        let mut text = format!("{above}{question}{typed}  [Use arrows to move, type to filter{offer}]");
        for (index, option) in matches.iter().enumerate().skip(first).take(PAGE) {
            text.push_str(if index == self.selected { "\n> " } else { "\n  " });
            text.push_str(option);
        }
        text
    }

    fn matches(&self) -> Vec<&str> {
        let typed = self.typed.to_lowercase();
        let fits = |option: &&String| option.to_lowercase().contains(&typed);
        self.options.iter().filter(fits).map(String::as_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prompt() -> SelectPrompt {
        SelectPrompt::new("? Which", &["alpha", "beta", "gamma"].map(str::to_owned))
    }

    #[test]
    fn arrows_go_around_the_ends() {
        let mut prompt = prompt();
        prompt.step(false);
        assert_eq!(prompt.answer().as_deref(), Some("\u{1}gamma"));
        prompt.step(true);
        assert_eq!(
            prompt.to_text(),
            "? Which  [Use arrows to move, type to filter]\n> alpha\n  beta\n  gamma"
        );
    }

    #[test]
    fn typing_narrows_down() {
        let mut prompt = prompt();
        prompt.step(false);
        prompt.filter("ET");
        assert_eq!(prompt.to_text(), "? Which  [Use arrows to move, type to filter]\n> beta");
        prompt.filter("");
        assert_eq!(prompt.picked("zz"), None);
        assert_eq!((prompt.answer(), prompt.picked("a")), (None, None));
        prompt.step(true);
        prompt.filter("a");
        assert_eq!(prompt.picked("mm"), Some("gamma".to_owned()));
        assert_eq!(prompt.picked("\u{1}beta"), Some("beta".to_owned()));
    }

    #[test]
    fn a_question_mark_shows_the_help() {
        let mut prompt = prompt().with_help("Letters.");
        prompt.select("beta");
        prompt.filter("a");
        let first = |prompt: &SelectPrompt| prompt.to_text().lines().next().map(str::to_owned);
        assert_eq!(
            first(&prompt).as_deref(),
            Some("? Which  [Use arrows to move, type to filter, ? for more help]")
        );
        prompt.filter("a?");
        assert_eq!(prompt.answer().as_deref(), Some("\u{1}beta"));
        prompt.filter("g");
        assert_eq!(prompt.to_text(), "? Letters.\n? Which  [Use arrows to move, type to filter]\n> gamma");
    }

    #[test]
    fn many_are_shown_by_the_page() {
        let options: Vec<String> = (0..50).map(|number| format!("o{number}")).collect();
        let mut prompt = SelectPrompt::new("?", &options);
        assert_eq!(prompt.to_text().lines().last(), Some("  o19"));
        (0..30).for_each(|_| prompt.step(true));
        let shown = prompt.to_text();
        let lines: Vec<&str> = shown.lines().skip(1).collect();
        assert_eq!((lines.len(), lines[0], lines[10], lines[19]), (20, "  o20", "> o30", "  o39"));
        (0..19).for_each(|_| prompt.step(true));
        assert_eq!(prompt.to_text().lines().last(), Some("> o49"));
    }
}
