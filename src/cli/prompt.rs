//! Prompts as the real command's library (survey) shows them: confirmation, selection, text.

use super::failure::Failure;
use super::running_command::RunningCommand;
use crate::base::{Stdin, Terminal};
use crate::gofmt::quote;

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
    pub async fn select(&self, question: &str, options: &[String]) -> Result<String, Failure> {
        self.select_from(question, options, None).await
    }

    /// As [`RunningCommand::select`], with one of them selected at first.
    pub async fn select_from(
        &self,
        question: &str,
        options: &[String],
        default: Option<&str>,
    ) -> Result<String, Failure> {
        if !self.is_terminal() {
            return Err(Failure::error("cannot prompt for user input without a terminal"));
        }
        let picked =
            self.terminal()?.pick(&format!("{}{question}", self.mark_text()), options, default).await?;
        self.answered("", &format!("{question} "), &picked);
        Ok(picked)
    }

    /// Asks for a line; an empty one is `default`, and is rejected without a default.
    pub async fn input(&self, question: &str, default: Option<&str>) -> Result<String, Failure> {
        if !self.is_terminal() {
            return Err(Failure::error("cannot prompt for user input without a terminal"));
        }
        let hint = default
            .filter(|default| !default.is_empty())
            .map_or(String::new(), |default| format!("({default}) "));
        let mut complaint = String::new();
        loop {
            let typed = self.read(&format!("{complaint}{}{question} {hint}", self.mark_text())).await?;
            let value = match (typed.as_str(), default) {
                ("", Some(default)) => default.to_owned(),
                ("", None) => {
                    complaint = invalid("Value is required");
                    continue;
                }
                _ => typed,
            };
            self.answered(&complaint, &format!("{question} "), &value);
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
