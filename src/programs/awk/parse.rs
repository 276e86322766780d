//! Reads programs of `awk`.

use super::syntax::*;

/// Deeper nesting is refused, since the parser is recursive.
pub(super) const DEPTH_MAX: usize = 60;

/// More operators in one program are refused, since it is executed by recursion.
pub(super) const OPERATORS_MAX: usize = 1000;

pub(super) const KEYWORDS: &[&str] = &[
    "BEGIN", "END", "function", "func", "if", "else", "while", "for", "do", "break", "continue", "next",
    "exit", "return", "delete", "in", "getline", "print", "printf",
];

pub(super) type Parsed<T> = Result<T, String>;

pub(super) struct Parser<'a> {
    pub text: &'a str,
    pub at: usize,
    pub depth: usize,
    /// Operators of the program so far.
    pub operators: usize,
    /// Between `print` and the end of its list, where `>` is a redirection.
    pub in_print: bool,
    /// Between `for (` and its end, where `in` is not an operator.
    pub in_for: bool,
}

pub(super) fn parse(text: &str) -> Parsed<Program> {
    let mut parser = Parser { text, at: 0, depth: 0, operators: 0, in_print: false, in_for: false };
    let mut program = Program::default();
    loop {
        parser.skip_lines();
        if parser.rest().is_empty() {
            return Ok(program);
        }
        parser.item(&mut program)?;
    }
}

impl<'a> Parser<'a> {
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Skips blanks, comments and continued lines.
    pub(super) fn skip(&mut self) {
        loop {
            let before = self.at;
            self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\t', '\r']).len();
            if self.rest().starts_with("\\\n") {
                self.at += 2;
            }
            if self.rest().starts_with('#') {
                self.at += self.rest().find('\n').unwrap_or(self.rest().len());
            }
            if self.at == before {
                return;
            }
        }
    }

    /// Skips newlines and semicolons too.
    fn skip_lines(&mut self) {
        loop {
            self.skip();
            if !self.rest().starts_with(['\n', ';']) {
                return;
            }
            self.at += 1;
        }
    }

    pub(super) fn skip_newlines(&mut self) {
        loop {
            self.skip();
            if !self.rest().starts_with('\n') {
                return;
            }
            self.at += 1;
        }
    }

    pub(super) fn eat(&mut self, sign: &str) -> bool {
        self.skip();
        let is_there = self.rest().starts_with(sign);
        self.at += if is_there { sign.len() } else { 0 };
        is_there
    }

    pub(super) fn expect(&mut self, sign: &str) -> Parsed<()> {
        if self.eat(sign) { Ok(()) } else { Err(self.wrong()) }
    }

    pub(super) fn wrong(&self) -> String {
        if self.rest().starts_with('|') && !self.rest().starts_with("||") {
            return "pipes in a program are not simulated: use those of the shell, or $(…) with -v"
                .to_owned();
        }
        let near: String = self.rest().chars().take(20).collect();
        format!("syntax error at or near {}", if near.is_empty() { "end of file" } else { near.trim_end() })
    }

    pub(super) fn peek_name(&mut self) -> Option<&'a str> {
        self.skip();
        let rest = self.rest();
        if !rest.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_') {
            return None;
        }
        let end = rest.find(|char: char| !char.is_ascii_alphanumeric() && char != '_').unwrap_or(rest.len());
        Some(&rest[..end])
    }

    pub(super) fn keyword(&mut self, word: &str) -> bool {
        let is_there = self.peek_name() == Some(word);
        self.at += if is_there { word.len() } else { 0 };
        is_there
    }

    pub(super) fn name(&mut self) -> Parsed<String> {
        match self.peek_name().filter(|name| !KEYWORDS.contains(name)) {
            Some(name) => {
                self.at += name.len();
                Ok(name.to_owned())
            }
            None => Err(self.wrong()),
        }
    }

    fn item(&mut self, program: &mut Program) -> Parsed<()> {
        if self.keyword("BEGIN") {
            program.begin.push(self.block()?);
        } else if self.keyword("END") {
            program.end.push(self.block()?);
        } else if self.keyword("function") || self.keyword("func") {
            let name = self.name()?;
            self.expect("(")?;
            let mut parameters = Vec::new();
            while !self.eat(")") {
                parameters.push(self.name()?);
                self.eat(",");
            }
            self.skip_newlines();
            program.functions.push(Function { name, parameters, body: self.block()? });
        } else {
            self.skip();
            let pattern = if self.rest().starts_with('{') {
                Pattern::Always
            } else {
                let first = self.expression()?;
                match self.eat(",") {
                    true => Pattern::Range(first, self.expression()?),
                    false => Pattern::When(first),
                }
            };
            self.skip();
            let body = if self.rest().starts_with('{') { Some(self.block()?) } else { None };
            program.rules.push(Rule { pattern, body });
        }
        Ok(())
    }

    fn block(&mut self) -> Parsed<Vec<Statement>> {
        self.expect("{")?;
        let mut statements = Vec::new();
        loop {
            self.skip_lines();
            if self.eat("}") {
                return Ok(statements);
            }
            if self.rest().is_empty() {
                return Err(self.wrong());
            }
            statements.push(self.statement()?);
        }
    }

    /// A statement, or a block, behind `if` and the like.
    fn body(&mut self) -> Parsed<Vec<Statement>> {
        self.skip_newlines();
        if self.rest().starts_with('{') {
            return self.block();
        }
        if self.eat(";") {
            return Ok(Vec::new());
        }
        Ok(vec![self.statement()?])
    }

    fn statement(&mut self) -> Parsed<Statement> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err("so deep a nesting is not simulated".to_owned());
        }
        self.skip();
        let statement = if self.rest().starts_with('{') {
            Statement::Block(self.block()?)
        } else if self.keyword("if") {
            self.expect("(")?;
            let condition = self.expression()?;
            self.expect(")")?;
            let body = self.body()?;
            let before = self.at;
            self.skip_lines();
            let otherwise = if self.keyword("else") {
                self.body()?
            } else {
                self.at = before;
                Vec::new()
            };
            Statement::If(condition, body, otherwise)
        } else if self.keyword("while") {
            self.expect("(")?;
            let condition = self.expression()?;
            self.expect(")")?;
            Statement::While(condition, self.body()?)
        } else if self.keyword("do") {
            let body = self.body()?;
            self.skip_lines();
            if !self.keyword("while") {
                return Err(self.wrong());
            }
            self.expect("(")?;
            let condition = self.expression()?;
            self.expect(")")?;
            Statement::DoWhile(body, condition)
        } else if self.keyword("for") {
            self.for_loop()?
        } else {
            let statement = self.simple()?;
            self.skip();
            if !(self.rest().is_empty() || self.rest().starts_with([';', '\n', '}'])) {
                return Err(self.wrong());
            }
            statement
        };
        self.depth -= 1;
        Ok(statement)
    }

    fn for_loop(&mut self) -> Parsed<Statement> {
        self.expect("(")?;
        let begin = self.at;
        if let Ok(name) = self.name()
            && self.keyword("in")
            && let Ok(list) = self.name()
            && self.eat(")")
        {
            return Ok(Statement::ForIn(name, list, self.body()?));
        }
        self.at = begin;
        let part = |parser: &mut Self, end: &str| -> Parsed<Option<Box<Statement>>> {
            if parser.eat(end) {
                return Ok(None);
            }
            let statement = parser.simple()?;
            parser.expect(end)?;
            Ok(Some(Box::new(statement)))
        };
        let first = part(self, ";")?;
        let condition = if self.eat(";") {
            None
        } else {
            let condition = self.expression()?;
            self.expect(";")?;
            Some(condition)
        };
        let step = part(self, ")")?;
        Ok(Statement::For(first, condition, step, self.body()?))
    }

    fn ends_statement(&mut self) -> bool {
        self.skip();
        self.rest().is_empty() || self.rest().starts_with([';', '\n', '}'])
    }

    fn simple(&mut self) -> Parsed<Statement> {
        let optional = |parser: &mut Self| match parser.ends_statement() {
            true => Ok(None),
            false => parser.expression().map(Some),
        };
        Ok(match self.peek_name() {
            Some(word @ ("print" | "printf")) => {
                self.at += word.len();
                return self.print(word == "printf");
            }
            Some("next") if self.keyword("next") => Statement::Next,
            Some("break") if self.keyword("break") => Statement::Break,
            Some("continue") if self.keyword("continue") => Statement::Continue,
            Some("exit") if self.keyword("exit") => Statement::Exit(optional(self)?),
            Some("return") if self.keyword("return") => Statement::Return(optional(self)?),
            Some("getline") => return Err("getline is not simulated".to_owned()),
            Some("delete") if self.keyword("delete") => {
                let name = self.name()?;
                let index = if self.eat("[") { self.list("]")? } else { Vec::new() };
                Statement::Delete(name, index)
            }
            _ => Statement::Expression(self.expression()?),
        })
    }

    fn print(&mut self, formatted: bool) -> Parsed<Statement> {
        let outer = std::mem::replace(&mut self.in_print, true);
        let mut values = Vec::new();
        let ends = |parser: &mut Self| parser.ends_statement() || parser.rest().starts_with(['>', '|']);
        if !ends(self) {
            // The whole list may stand in parentheses.
            let begin = self.at;
            let mut listed = None;
            if self.eat("(") {
                self.in_print = false;
                let inner = self.list(")");
                self.in_print = true;
                if let Ok(inner) = inner
                    && ends(self)
                {
                    listed = Some(inner);
                }
            }
            values = match listed {
                Some(list) => list,
                None => {
                    self.at = begin;
                    let mut list = vec![self.expression()?];
                    while self.eat(",") {
                        self.skip_newlines();
                        list.push(self.expression()?);
                    }
                    list
                }
            };
        }
        self.skip();
        if self.rest().starts_with('|') {
            return Err("print | command is not simulated: put the pipe behind awk".to_owned());
        }
        let mut target = None;
        if self.rest().starts_with('>') {
            let append = self.eat(">>");
            if !append {
                self.expect(">")?;
            }
            target = Some(Target { file: self.concatenation()?, append });
        }
        self.in_print = outer;
        Ok(Statement::Print { values, formatted, target })
    }
}
