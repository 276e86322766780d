//! Values of `awk`: numbers, texts, and texts of the input that look like numbers.

/// A value. What comes from the input and looks like a number is compared as one.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Nothing,
    Number(f64),
    Text(String),
    /// From the input.
    Input(String),
}

impl Value {
    pub(super) fn number(&self) -> f64 {
        match self {
            Value::Nothing => 0.0,
            Value::Number(number) => *number,
            Value::Text(text) | Value::Input(text) => prefix_number(text).0,
        }
    }

    pub(super) fn text(&self) -> String {
        match self {
            Value::Nothing => String::new(),
            Value::Number(number) => number_text(*number, 6),
            Value::Text(text) | Value::Input(text) => text.clone(),
        }
    }

    pub(super) fn holds(&self) -> bool {
        match self {
            Value::Nothing => false,
            Value::Number(number) => *number != 0.0,
            Value::Text(text) => !text.is_empty(),
            Value::Input(text) => match looks_like_number(text) {
                true => prefix_number(text).0 != 0.0,
                false => !text.is_empty(),
            },
        }
    }

    /// Whether it is compared as a number with another such.
    fn is_number(&self) -> bool {
        match self {
            Value::Nothing | Value::Number(_) => true,
            Value::Text(_) => false,
            Value::Input(text) => looks_like_number(text),
        }
    }

    pub(super) fn compare(&self, other: &Value) -> std::cmp::Ordering {
        match self.is_number() && other.is_number() {
            true => self.number().partial_cmp(&other.number()).unwrap_or(std::cmp::Ordering::Equal),
            false => self.text().cmp(&other.text()),
        }
    }
}

fn looks_like_number(text: &str) -> bool {
    let trimmed = text.trim();
    !trimmed.is_empty() && prefix_number(trimmed).1 == trimmed.len()
}

/// The number that a text begins with, and how many bytes of the text without blanks it has.
pub(super) fn prefix_number(text: &str) -> (f64, usize) {
    let text = text.trim_start();
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = usize::from(matches!(bytes.first(), Some(b'-' | b'+')));
    let whole = digits(end);
    end += whole;
    let mut fraction = 0;
    if bytes.get(end) == Some(&b'.') {
        fraction = digits(end + 1);
        if whole + fraction > 0 {
            end += 1 + fraction;
        }
    }
    if whole + fraction == 0 {
        return (0.0, 0);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'-' | b'+')));
        let power = if bytes.len() > end + 1 + sign { digits(end + 1 + sign) } else { 0 };
        if power > 0 {
            end += 1 + sign + power;
        }
    }
    (text[..end].parse().unwrap_or(0.0), end)
}

/// A number as it is printed: a whole one with all its digits, another with so many.
pub(super) fn number_text(number: f64, precision: usize) -> String {
    if number.fract() == 0.0 && number.abs() < 1e16 {
        return format!("{}", number as i64);
    }
    general(number, precision, false)
}

/// `%g`
pub(super) fn general(number: f64, precision: usize, keeps_zeros: bool) -> String {
    if !number.is_finite() {
        let sign = if number.is_sign_negative() { "-" } else { "" };
        return format!("{sign}{}", if number.is_nan() { "nan" } else { "inf" });
    }
    let precision = precision.max(1);
    let shown = format!("{:.*e}", precision - 1, number);
    let (digits, power) = shown.split_once('e').unwrap_or((&shown, "0"));
    let power: i32 = power.parse().unwrap_or(0);
    let trimmed = |text: &str| match text.contains('.') && !keeps_zeros {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text.to_owned(),
    };
    if power < -4 || power >= precision as i32 {
        let sign = if power < 0 { '-' } else { '+' };
        return format!("{}e{sign}{:02}", trimmed(digits), power.abs());
    }
    trimmed(&format!("{:.*}", (precision as i32 - 1 - power).max(0) as usize, number))
}

/// Wider padding is refused, since it could fill the memory.
const WIDTH_MAX: usize = 10_000;

/// `sprintf`
pub(super) fn format(format: &str, values: &[Value]) -> Result<String, String> {
    let mut values = values.iter();
    let mut out = String::new();
    let mut chars = format.chars().peekable();
    while let Some(char) = chars.next() {
        if char != '%' {
            out.push(char);
            continue;
        }
        if chars.next_if_eq(&'%').is_some() {
            out.push('%');
            continue;
        }
        let mut flags = String::new();
        while let Some(flag) = chars.next_if(|char| "-+ 0#".contains(*char)) {
            flags.push(flag);
        }
        let mut number = |chars: &mut std::iter::Peekable<std::str::Chars<'_>>| {
            if chars.next_if_eq(&'*').is_some() {
                return values.next().map_or(0, |value| value.number().max(0.0) as usize);
            }
            let mut number = 0_usize;
            while let Some(digit) = chars.peek().and_then(|char| char.to_digit(10)) {
                number = number.saturating_mul(10).saturating_add(digit as usize);
                chars.next();
            }
            number
        };
        let width = number(&mut chars);
        let precision = chars.next_if_eq(&'.').map(|_| number(&mut chars));
        if width > WIDTH_MAX || precision.is_some_and(|precision| precision > WIDTH_MAX) {
            return Err(format!("a width over {WIDTH_MAX} is not simulated"));
        }
        while chars.next_if(|char| matches!(char, 'l' | 'h')).is_some() {}
        let Some(letter) = chars.next() else { break };
        let value = values.next().cloned().unwrap_or(Value::Nothing);
        let text = convert(letter, &value, &flags, precision)?;
        let missing = width.saturating_sub(text.chars().count());
        if flags.contains('-') {
            out.push_str(&text);
            out.extend(std::iter::repeat_n(' ', missing));
        } else if flags.contains('0')
            && !matches!(letter, 's' | 'c')
            && precision.is_none_or(|_| "feg".contains(letter))
        {
            let sign = usize::from(text.starts_with(['-', '+', ' ']));
            out.push_str(&text[..sign]);
            out.extend(std::iter::repeat_n('0', missing));
            out.push_str(&text[sign..]);
        } else {
            out.extend(std::iter::repeat_n(' ', missing));
            out.push_str(&text);
        }
    }
    Ok(out)
}

/// A value as one conversion prints it, without padding.
fn convert(letter: char, value: &Value, flags: &str, precision: Option<usize>) -> Result<String, String> {
    let signed = |text: String, negative: bool| match () {
        () if negative => format!("-{text}"),
        () if flags.contains('+') => format!("+{text}"),
        () if flags.contains(' ') => format!(" {text}"),
        () => text,
    };
    let real = value.number();
    Ok(match letter {
        'd' | 'i' => {
            let digits = (real.trunc() as i64).unsigned_abs().to_string();
            let least = precision.unwrap_or(0);
            signed(format!("{digits:0>least$}"), real.trunc() < 0.0)
        }
        'u' => format!("{}", real.trunc() as i64 as u64),
        'x' => format!("{:x}", real.trunc() as i64),
        'X' => format!("{:X}", real.trunc() as i64),
        'o' => format!("{:o}", real.trunc() as i64),
        'f' | 'F' => signed(format!("{:.*}", precision.unwrap_or(6), real.abs()), real.is_sign_negative()),
        'e' | 'E' => {
            let shown = format!("{:.*e}", precision.unwrap_or(6), real.abs());
            let (digits, power) = shown.split_once('e').unwrap_or((&shown, "0"));
            let power: i32 = power.parse().unwrap_or(0);
            let sign = if power < 0 { '-' } else { '+' };
            signed(format!("{digits}e{sign}{:02}", power.abs()), real.is_sign_negative())
        }
        'g' | 'G' => {
            signed(general(real.abs(), precision.unwrap_or(6), flags.contains('#')), real.is_sign_negative())
        }
        'c' => match value {
            Value::Number(number) => char::from_u32(*number as u32).unwrap_or('\u{fffd}').to_string(),
            other => other.text().chars().take(1).collect(),
        },
        's' => value.text().chars().take(precision.unwrap_or(usize::MAX)).collect(),
        other => return Err(format!("%{other} is not simulated")),
    })
}
