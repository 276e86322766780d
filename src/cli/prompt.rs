//! Prompts as the real command's library (survey) shows them: confirmation, selection, text.

use super::failure::Failure;
use super::running_command::RunningCommand;
use crate::base::{SelectPrompt, Stdin, Terminal};
use crate::gofmt::quote;

/// What is asked. A pair of texts is a question with the help that `?` shows; one text is a question without.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    text: &'a str,
    /// Empty where there is none.
    help: &'a str,
}

impl<'a> From<&'a str> for Question<'a> {
    fn from(text: &'a str) -> Question<'a> {
        Question { text, help: "" }
    }
}

impl<'a> From<(&'a str, &'a str)> for Question<'a> {
    fn from((text, help): (&'a str, &'a str)) -> Question<'a> {
        Question { text, help }
    }
}

impl RunningCommand {
    /// Asks for yes or no; an empty line is `default`.
    pub async fn confirm(&self, question: &str, default: bool) -> Result<bool, Failure> {
        if !self.is_terminal() {
            return Err(Failure::error("cannot ask for confirmation without a terminal"));
        }
        let hint = if default { "(Y/n)" } else { "(y/N)" };
        let mut complaint = String::new();
        loop {
            let typed = self.read(&format!("{complaint}{}{question} {hint} ", self.mark_text())).await?;
            let answer = match typed.to_ascii_lowercase().as_str() {
                "" => default,
                "y" | "yes" => true,
                "n" | "no" => false,
                _ => {
                    complaint =
                        invalid(&format!("{} is not a valid answer, please try again.", quote(&typed)));
                    continue;
                }
            };
            self.answered(&complaint, &format!("{question} "), if answer { "Yes" } else { "No" });
            return Ok(answer);
        }
    }

    /// Asks for one of `options`, which typing narrows down.
    pub async fn select(
        &self,
        question: impl Into<Question<'_>>,
        options: &[String],
    ) -> Result<String, Failure> {
        self.select_from(question, options, "").await
    }

    /// As [`RunningCommand::select`], with one of them selected at first.
    pub async fn select_from(
        &self,
        question: impl Into<Question<'_>>,
        options: &[String],
        default: &str,
    ) -> Result<String, Failure> {
        if !self.is_terminal() {
            return Err(Failure::error("cannot prompt for user input without a terminal"));
        }
        let Question { text, help } = question.into();
        let mut select = SelectPrompt::new(&format!("{}{text}", self.mark_text()), options).with_help(help);
        select.select(default);
        let picked = self.terminal()?.pick(select).await?;
        self.answered("", &format!("{text} "), &picked);
        Ok(picked)
    }

    /// Asks for a line; an empty one is `default`, and is rejected without a default.
    pub async fn input(
        &self,
        question: impl Into<Question<'_>>,
        default: Option<&str>,
    ) -> Result<String, Failure> {
        if !self.is_terminal() {
            return Err(Failure::error("cannot prompt for user input without a terminal"));
        }
        let Question { text, help } = question.into();
        let hint = default
            .filter(|default| !default.is_empty())
            .map_or(String::new(), |default| format!("({default}) "));
        let (mut complaint, mut shows_help) = (String::new(), false);
        loop {
            let (above, offer) = match (help, shows_help) {
                ("", _) => (String::new(), ""),
                (_, false) => (String::new(), "[? for help] "),
                (help, true) => (format!("? {help}\n"), ""),
            };
            let prompt = format!("{complaint}{above}{}{text} {offer}{hint}", self.mark_text());
            let typed = self.read(&prompt).await?;
            let value = match (typed.as_str(), default) {
                ("?", _) if !help.is_empty() => {
                    shows_help = true;
                    continue;
                }
                ("", Some(default)) => default.to_owned(),
                ("", None) => {
                    complaint = invalid("Value is required");
                    continue;
                }
                _ => typed,
            };
            self.answered(&complaint, &format!("{text} "), &value);
            return Ok(value);
        }
    }

    async fn read(&self, prompt: &str) -> Result<String, Failure> {
        Ok(self.terminal()?.read_line(prompt).await?)
    }

    fn terminal(&self) -> Result<&Terminal, Failure> {
        match &self.stdio.stdin {
            Stdin::Terminal(terminal) => Ok(terminal),
            Stdin::Pipe(_) => Err(Failure::error("cannot prompt for user input without a terminal")),
        }
    }

    /// Prints the question with its answer, below the last error.
    fn answered(&self, complaint: &str, question: &str, answer: &str) {
        if !complaint.is_empty() {
            self.line(format!("\x1b[0;31m{}\x1b[0m", complaint.trim_end()));
        }
        self.line(format!("{}\x1b[0;1;99m{question}\x1b[0m\x1b[0;36m{answer}\x1b[0m", self.mark()));
    }

    /// The question mark, in the colour of the scheme.
    fn mark(&self) -> String {
        let colour = super::output::columns::colour(self.colours());
        let style = colour.map_or("0;37".to_owned(), |colour| format!("0;1;9{}", &colour[1..]));
        format!("\x1b[{style}m{}\x1b[0m", self.mark_text())
    }

    /// With the name of the context, if there is one.
    fn mark_text(&self) -> String {
        match self.context.name.as_str() {
            "" => "? ".to_owned(),
            name => format!("[{name}] ? "),
        }
    }
}

/// The error above a question that is asked again.
fn invalid(why: &str) -> String {
    format!("X Sorry, your reply was invalid: {why}\n")
}
