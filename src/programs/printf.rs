//! `printf`

use std::iter::Peekable;
use std::slice::Iter;
use std::str::Chars;

use super::date;
use super::escapes::{Dialect, escape, unescape};
use super::program::{Complaint, Invocation, Outcome, Running};
use crate::base::stdio::BUFFER_LIMIT;

/// Wider padding is refused, since it could fill the memory.
const WIDTH_MAX: usize = 1_000_000;

/// `printf format [value …]`. The format is used again until there are no more values.
pub(super) fn run(call: Invocation) -> Running {
    Box::pin(async move { call.end(print(&call)) })
}

fn print(call: &Invocation) -> Outcome {
    let args =
        if call.args.first().is_some_and(|first| first == "--") { &call.args[1..] } else { &call.args };
    let Some((format, values)) = args.split_first() else {
        return Err(Complaint::new("usage: printf [-v var] format [arguments]", 2));
    };
    let mut formatter =
        Formatter { call, bytes: Vec::new(), values: values.iter(), errors: Vec::new(), consumed: 0 };
    loop {
        let before = formatter.consumed;
        let goes_on = match formatter.format(format) {
            Ok(goes_on) => goes_on,
            Err(text) => {
                call.stdio.stdout.write(&formatter.bytes);
                return Err(Complaint::new(text, 1));
            }
        };
        let is_over = !goes_on || formatter.values.len() == 0 || formatter.consumed == before;
        if is_over || formatter.bytes.len() > BUFFER_LIMIT {
            break;
        }
    }
    call.stdio.stdout.write(&formatter.bytes);
    for text in &formatter.errors {
        call.complain(text, 1);
    }
    Ok(i32::from(!formatter.errors.is_empty()))
}

struct Formatter<'a> {
    call: &'a Invocation,
    bytes: Vec<u8>,
    values: Iter<'a, String>,
    /// Values that the format asked for, missing ones included.
    consumed: usize,
    errors: Vec<String>,
}

/// A conversion specification: what stands between `%` and its letter.
#[derive(Default)]
struct Spec {
    left: bool,
    zero: bool,
    plus: bool,
    space: bool,
    alternative: bool,
    width: usize,
    precision: Option<usize>,
}

impl<'a> Formatter<'a> {
    /// Writes the format once. Returns false after `\c` in a value, which ends all output.
    fn format(&mut self, format: &str) -> Result<bool, String> {
        let mut chars = format.chars().peekable();
        while let Some(char) = chars.next() {
            match char {
                '\\' => _ = escape(&mut chars, Dialect::Format, &mut self.bytes),
                '%' if chars.next_if_eq(&'%').is_some() => self.bytes.push(b'%'),
                '%' => {
                    let spec = self.spec(&mut chars)?;
                    if chars.next_if_eq(&'(').is_some() {
                        self.time(&mut chars, &spec)?;
                        continue;
                    }
                    if !self.convert(chars.next(), &spec)? {
                        return Ok(false);
                    }
                }
                other => self.bytes.extend_from_slice(other.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        Ok(true)
    }

    /// `%(format)T`: a time in seconds; now for -1, -2 and where there is no value.
    fn time(&mut self, chars: &mut Peekable<Chars<'_>>, spec: &Spec) -> Result<(), String> {
        let format: String = chars.by_ref().take_while(|char| *char != ')').collect();
        if chars.next_if_eq(&'T').is_none() {
            return Err(format!("`{format}': invalid time format specification"));
        }
        let has_value = self.values.len() > 0;
        let seconds = Some(self.integer()).filter(|seconds| has_value && !matches!(seconds, -1 | -2));
        let format = if format.is_empty() { "%H:%M:%S" } else { &format };
        let text = date::at(self.call, seconds, format).map_err(|complaint| complaint.text)?;
        self.pad(text.as_bytes(), spec);
        Ok(())
    }

    fn value(&mut self) -> &'a str {
        self.consumed += 1;
        self.values.next().map_or("", String::as_str)
    }

    fn spec(&mut self, chars: &mut Peekable<Chars<'_>>) -> Result<Spec, String> {
        let mut spec = Spec::default();
        while let Some(flag) = chars.next_if(|char| "-0+ #".contains(*char)) {
            match flag {
                '-' => spec.left = true,
                '0' => spec.zero = true,
                '+' => spec.plus = true,
                ' ' => spec.space = true,
                _ => spec.alternative = true,
            }
        }
        if chars.next_if_eq(&'*').is_some() {
            let width = self.integer();
            spec.left |= width < 0;
            spec.width = width.unsigned_abs() as usize;
        } else {
            spec.width = digits(chars);
        }
        if chars.next_if_eq(&'.').is_some() {
            let from_value = chars.next_if_eq(&'*').is_some();
            spec.precision =
                if from_value { usize::try_from(self.integer()).ok() } else { Some(digits(chars)) };
        }
        match spec.width > WIDTH_MAX || spec.precision.is_some_and(|precision| precision > WIDTH_MAX) {
            true => Err(format!("a width over {WIDTH_MAX} is not simulated")),
            false => Ok(spec),
        }
    }

    fn convert(&mut self, letter: Option<char>, spec: &Spec) -> Result<bool, String> {
        if self.bytes.len() > BUFFER_LIMIT {
            return Err("so much text is not simulated".to_owned());
        }
        match letter {
            Some('s') => {
                let value = self.value().as_bytes();
                self.pad(&value[..spec.precision.unwrap_or(usize::MAX).min(value.len())], spec);
            }
            Some('b') => {
                let mut bytes = Vec::new();
                let continues = unescape(self.value(), Dialect::Echo, &mut bytes);
                self.pad(&bytes, spec);
                return Ok(continues);
            }
            Some('q') => {
                let quoted = quote(self.value());
                self.pad(quoted.as_bytes(), spec);
            }
            Some('c') => {
                let value = self.value().as_bytes();
                self.pad(&value[..value.len().min(1)], spec);
            }
            Some('d' | 'i') => {
                let number = self.integer();
                let sign = sign(number < 0, spec);
                self.number(sign, number.unsigned_abs().to_string(), spec);
            }
            Some(letter @ ('u' | 'x' | 'X' | 'o')) => {
                let number = self.integer() as u64;
                let (prefix, digits) = match letter {
                    'u' => ("", number.to_string()),
                    'x' => ("0x", format!("{number:x}")),
                    'X' => ("0X", format!("{number:X}")),
                    _ => ("0", format!("{number:o}")),
                };
                self.number(if spec.alternative && number != 0 { prefix } else { "" }, digits, spec);
            }
            Some('f' | 'F') => {
                let number = self.float();
                let text = format!("{:.*}", spec.precision.unwrap_or(6), number.abs());
                let plain = Spec { precision: None, ..*spec };
                self.number(sign(number.is_sign_negative(), spec), text, &plain);
            }
            Some('e') => {
                let text = format!("{:.*e}", spec.precision.unwrap_or(6), self.float());
                let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
                let power: i32 = power.parse().unwrap_or(0);
                let sign = if power < 0 { '-' } else { '+' };
                let text = format!("{digits}e{sign}{:02}", power.abs());
                self.pad(text.as_bytes(), spec);
            }
            Some(letter @ ('E' | 'g' | 'G' | 'a' | 'A')) => {
                return Err(format!("%{letter} is not simulated: use %f"));
            }
            Some(letter) => return Err(format!("`{letter}': invalid format character")),
            None => return Err("`%': missing format character".to_owned()),
        }
        Ok(true)
    }

    fn number(&mut self, sign: &str, digits: String, spec: &Spec) {
        let least = spec.precision.unwrap_or(0);
        let digits = if spec.precision == Some(0) && digits == "0" { String::new() } else { digits };
        let digits = format!("{digits:0>least$}");
        let zeros = match spec.zero && !spec.left && spec.precision.is_none() {
            true => spec.width.saturating_sub(sign.len() + digits.len()),
            false => 0,
        };
        self.pad(format!("{sign}{}{digits}", "0".repeat(zeros)).as_bytes(), spec);
    }

    fn pad(&mut self, bytes: &[u8], spec: &Spec) {
        let blanks = vec![b' '; spec.width.saturating_sub(bytes.len())];
        let (first, second) = if spec.left { (bytes, &blanks[..]) } else { (&blanks[..], bytes) };
        self.bytes.extend_from_slice(first);
        self.bytes.extend_from_slice(second);
    }

    /// The next value as an integer. Of an invalid one the valid start counts, and there is an error.
    fn integer(&mut self) -> i64 {
        let text = self.value();
        if let Some(char) = text.strip_prefix(['\'', '"']).and_then(|rest| rest.chars().next()) {
            return i64::from(u32::from(char));
        }
        let trimmed = text.trim_start();
        let (negative, digits) = match trimmed.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, trimmed.strip_prefix('+').unwrap_or(trimmed)),
        };
        let (radix, digits) = match digits.strip_prefix("0x").or(digits.strip_prefix("0X")) {
            Some(hexadecimal) => (16, hexadecimal),
            None if digits.starts_with('0') => (8, digits),
            None => (10, digits),
        };
        let end = digits.find(|char: char| !char.is_digit(radix)).unwrap_or(digits.len());
        self.check_number(text, end == 0, end < digits.len());
        let size = u64::from_str_radix(&digits[..end], radix).unwrap_or(if end == 0 { 0 } else { u64::MAX });
        let value = i64::try_from(size).unwrap_or(i64::MAX);
        if negative { -value } else { value }
    }

    fn float(&mut self) -> f64 {
        let text = self.value();
        let trimmed = text.trim_start();
        let ends = (0..=trimmed.len()).rev().filter(|end| trimmed.is_char_boundary(*end));
        let parsed = ends.filter_map(|end| Some((end, trimmed[..end].parse::<f64>().ok()?))).next();
        let (end, value) = parsed.unwrap_or((0, 0.0));
        self.check_number(text, end == 0, end < trimmed.len());
        value
    }

    fn check_number(&mut self, text: &str, is_no_number: bool, has_rest: bool) {
        if text.is_empty() {
            return;
        }
        if is_no_number || has_rest {
            self.errors.push(format!("{text}: invalid number"));
        }
    }
}

fn sign(negative: bool, spec: &Spec) -> &'static str {
    match (negative, spec.plus, spec.space) {
        (true, ..) => "-",
        (false, true, _) => "+",
        (false, false, true) => " ",
        _ => "",
    }
}

fn digits(chars: &mut Peekable<Chars<'_>>) -> usize {
    let mut value = 0_usize;
    while let Some(digit) = chars.peek().and_then(|char| char.to_digit(10)) {
        value = value.saturating_mul(10).saturating_add(digit as usize);
        chars.next();
    }
    value
}

/// A word with the escapes that the shell needs to take it literally.
fn quote(word: &str) -> String {
    if word.is_empty() {
        return "''".to_owned();
    }
    if word.chars().any(char::is_control) {
        let escaped =
            word.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n").replace('\t', "\\t");
        return format!("$'{escaped}'");
    }
    let is_plain = |char: char| char.is_alphanumeric() || "-_./:=@%+".contains(char);
    word.chars().map(|char| if is_plain(char) { char.to_string() } else { format!("\\{char}") }).collect()
}
