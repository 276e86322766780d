//! Subject transforms: a pattern and a destination whose `$1` or `{{wildcard(1)}}` stand for its wildcards.

use crate::wire::subject;

/// A checked subject transform.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TransformRule {
    source: String,
    pieces: Vec<Piece>,
    /// The destination ends in `>`, which stands for what the source's `>` matched.
    rest: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Token(String),
    /// The index of a wildcard's token in the subject.
    Place(usize),
}

const BAD_SUBJECT: &str = "invalid subject";

impl TransformRule {
    /// Compiles a pair; `None` for an empty destination, which transforms nothing. Errors are texts of nats-server.
    pub(crate) fn new(source: &str, destination: &str) -> Result<Option<TransformRule>, String> {
        if destination.is_empty() {
            return Ok(None);
        }
        let source = if source.is_empty() { ">" } else { source };
        let rest = destination.split('.').next_back() == Some(">");
        let source_rest = source.split('.').next_back() == Some(">");
        let partial = destination.split('.').any(|token| token == "*");
        if !subject::is_pattern(source) || !subject::is_pattern(destination) || partial || rest != source_rest
        {
            return Err(BAD_SUBJECT.to_owned());
        }
        let wildcards: Vec<usize> =
            source.split('.').enumerate().filter(|(_, token)| *token == "*").map(|(at, _)| at).collect();
        let mut pieces = Vec::new();
        for token in destination.split('.').filter(|token| *token != ">") {
            pieces.push(match placeholder(token)? {
                None => Piece::Token(token.to_owned()),
                Some(index) => match index.checked_sub(1).and_then(|index| wildcards.get(index)) {
                    Some(place) => Piece::Place(*place),
                    None => return Err(out_of_range(token, index, wildcards.len())),
                },
            });
        }
        Ok(Some(TransformRule { source: source.to_owned(), pieces, rest }))
    }

    /// The transformed subject; `None` where the rule does not apply.
    pub(crate) fn apply(&self, subject: &str) -> Option<String> {
        if !subject::matches(&self.source, subject) {
            return None;
        }
        let tokens: Vec<&str> = subject.split('.').collect();
        let mut out: Vec<&str> = Vec::with_capacity(tokens.len());
        for piece in &self.pieces {
            out.push(match piece {
                Piece::Token(token) => token,
                Piece::Place(place) => tokens.get(*place)?,
            });
        }
        if self.rest {
            out.extend(&tokens[self.source.split('.').count() - 1..]);
        }
        Some(out.join("."))
    }
}

/// The number in `$1` or `{{wildcard(1)}}`.
fn placeholder(token: &str) -> Result<Option<usize>, String> {
    if let Some(number) = token.strip_prefix('$').filter(|number| !number.is_empty()) {
        return Ok(number.parse().ok());
    }
    let Some(inner) = token.strip_prefix("{{").and_then(|token| token.strip_suffix("}}")) else {
        return Ok(None);
    };
    let wrong = |what: &str| Err(format!("invalid mapping destination: {what} in {token}"));
    let inner = inner.trim();
    let Some((name, arguments)) = inner.strip_suffix(')').and_then(|inner| inner.split_once('(')) else {
        return wrong("unknown function");
    };
    if !name.trim().eq_ignore_ascii_case("wildcard") {
        return wrong("unknown function");
    }
    match arguments.trim() {
        "" => wrong("not enough arguments passed to the function"),
        arguments if arguments.contains(',') => wrong("too many arguments passed to the function"),
        argument => match argument.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => wrong("function argument is invalid or in the wrong format"),
        },
    }
}

fn out_of_range(token: &str, index: usize, wildcards: usize) -> String {
    let place = if wildcards == 0 { token.to_owned() } else { format!("{token}: [{index}]") };
    format!("invalid mapping destination: wildcard index out of range in {place}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, destination: &str, subject: &str, want: &str) {
        let got = match TransformRule::new(source, destination) {
            Err(error) => error,
            Ok(None) => "none".to_owned(),
            Ok(Some(rule)) => rule.apply(subject).unwrap_or_else(|| "no match".to_owned()),
        };
        assert_eq!(got, want, "{source} -> {destination} of {subject}");
    }

    #[test]
    fn rules() {
        check("$KV.A.>", "$KV.B.>", "$KV.A.k.l", "$KV.B.k.l");
        check("$KV.A.>", "$KV.B.>", "$KV.C.k", "no match");
        check("a.*.*", "b.$2.{{wildcard(1)}}", "a.x.y", "b.y.x");
        check("a.*", "b.$2", "a.x", "invalid mapping destination: wildcard index out of range in $2: [2]");
        check("a", "b.$1", "a", "invalid mapping destination: wildcard index out of range in $1");
        check("a.*", "b.*", "a.x", "invalid subject");
        check("a.>", "b", "a.x", "invalid subject");
        check("", "out.>", "a.b", "out.a.b");
        check("a", "", "a", "none");
        check("a.*", "{{nope(1)}}", "a.x", "invalid mapping destination: unknown function in {{nope(1)}}");
    }
}
