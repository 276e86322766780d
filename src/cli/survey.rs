//! Questions to the person at the terminal: yes or no, one of several, a line of text.

use super::session::{Failure, Session};
use super::text::quote;
use crate::base::{Stdin, letters};

impl Session {
    /// Asks for yes or no. Enter alone stands for `default`.
    pub async fn confirm(&self, question: &str, default: bool) -> Result<bool, Failure> {
        if !self.is_terminal() {
            return Err(Failure::said("cannot ask for confirmation without a terminal"));
        }
        let hint = if default { "(Y/n)" } else { "(y/N)" };
        let mut complained = false;
        loop {
            let typed = self.read(&format!("{}{question} {hint} ", self.mark_text())).await?;
            let answer = match typed.to_ascii_lowercase().as_str() {
                "" => default,
                "y" | "yes" => true,
                "n" | "no" => false,
                _ => {
                    // The real tool writes each complaint over the one before; a line cannot be taken back here.
                    if !complained {
                        let complaint = format!("{} is not a valid answer, please try again.", quote(&typed));
                        self.line(&format!("\x1b[0;31mX Sorry, your reply was invalid: {complaint}\x1b[0m"));
                    }
                    complained = true;
                    continue;
                }
            };
            self.answered(&format!("{question} "), if answer { "Yes" } else { "No" });
            return Ok(answer);
        }
    }

    /// Asks for one of `options`. What is typed narrows them down, and Enter takes the first that is left.
    pub async fn select(&self, question: &str, options: &[String]) -> Result<String, Failure> {
        if !self.is_terminal() {
            return Err(Failure::said("cannot prompt for user input without a terminal"));
        }
        let hint = "\x1b[0;36m[Use arrows to move, type to filter]\x1b[0m";
        self.line(&format!("{}\x1b[0;1;99m{question}\x1b[0m  {hint}", self.mark()));
        let Some((last, others)) = options.split_last() else {
            return Err(Failure::said("please provide options to select from"));
        };
        for (index, option) in others.iter().enumerate() {
            let line =
                if index == 0 { format!("\x1b[0;37m> {option}\x1b[0m") } else { format!("  {option}") };
            self.line(&line);
        }
        let prompt = if others.is_empty() { format!("> {last}") } else { format!("  {last}") };
        loop {
            let typed = letters::lower(&self.read(&prompt).await?);
            if let Some(option) = options.iter().find(|option| letters::lower(option).contains(&typed)) {
                return Ok(option.clone());
            }
        }
    }

    /// Asks for a line; an empty one stands for `default`. Where there is no default, one is wanted.
    pub async fn input(&self, question: &str, default: Option<&str>) -> Result<String, Failure> {
        if !self.is_terminal() {
            return Err(Failure::said("cannot prompt for user input without a terminal"));
        }
        let hint = default
            .filter(|default| !default.is_empty())
            .map_or(String::new(), |default| format!("({default}) "));
        let mut complained = false;
        loop {
            let typed = self.read(&format!("{}{question} {hint}", self.mark_text())).await?;
            let value = match (typed.as_str(), default) {
                ("", Some(default)) => default.to_owned(),
                ("", None) => {
                    if !complained {
                        self.line("\x1b[0;31mX Sorry, your reply was invalid: Value is required\x1b[0m");
                    }
                    complained = true;
                    continue;
                }
                _ => typed,
            };
            self.answered(&format!("{question} "), &value);
            return Ok(value);
        }
    }

    async fn read(&self, prompt: &str) -> Result<String, Failure> {
        let Stdin::Terminal(terminal) = &self.stdio.stdin else {
            return Err(Failure::said("cannot prompt for user input without a terminal"));
        };
        Ok(terminal.read_line(prompt).await?)
    }

    /// The question with its answer, which stay.
    fn answered(&self, question: &str, answer: &str) {
        self.line(&format!("{}\x1b[0;1;99m{question}\x1b[0m\x1b[0;36m{answer}\x1b[0m", self.mark()));
    }

    /// The sign of a question, in the colour of the scheme.
    fn mark(&self) -> String {
        let colour = super::output::columns::colour(self.text("colors"));
        let style = colour.map_or("0;37".to_owned(), |colour| format!("0;1;9{}", &colour[1..]));
        format!("\x1b[{style}m{}\x1b[0m", self.mark_text())
    }

    fn mark_text(&self) -> String {
        "? ".to_owned()
    }
}
