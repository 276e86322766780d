//! Definitions of a filter of `jq` that call themselves. They cannot be interrupted here, and would fill the stack.

use jaq_core::load::lex::StrPart;
use jaq_core::load::parse::{BinaryOp, Def, Pattern, Term};
use jaq_core::path::Part;

/// The name of the first definition that calls itself, directly or by one within it; `None` also for what is no filter.
pub(super) fn recursive_definition(filter: &str) -> Option<String> {
    let term = jaq_core::load::parse(filter, |parser| parser.term())?;
    Open::default().term(&term)
}

/// The definitions that are being read, by name and count of arguments.
#[derive(Default)]
struct Open<'a> {
    definitions: Vec<(&'a str, usize)>,
}

impl<'a> Open<'a> {
    fn definition(&mut self, definition: &Def<&'a str>) -> Option<String> {
        self.definitions.push((definition.name, definition.args.len()));
        let found = self.term(&definition.body);
        self.definitions.pop();
        found
    }

    fn all<'t>(&mut self, terms: impl IntoIterator<Item = &'t Term<&'a str>>) -> Option<String>
    where
        'a: 't,
    {
        terms.into_iter().find_map(|term| self.term(term))
    }

    fn term(&mut self, term: &Term<&'a str>) -> Option<String> {
        match term {
            Term::Id | Term::Recurse | Term::Num(_) | Term::Break(_) | Term::Var(_) => None,
            Term::Str(_, parts) => parts.iter().find_map(|part| match part {
                StrPart::Term(term) => self.term(term),
                StrPart::Str(_) | StrPart::Char(_) => None,
            }),
            Term::Arr(inner) => self.all(inner.as_deref()),
            Term::Obj(members) => {
                members.iter().find_map(|(key, value)| self.term(key).or_else(|| self.all(value)))
            }
            Term::Neg(inner) | Term::Label(_, inner) => self.term(inner),
            Term::BinOp(left, op, right) => {
                let pattern = match op {
                    BinaryOp::Pipe(pattern) => pattern.as_ref(),
                    _ => None,
                };
                let found = self.term(left).or_else(|| self.term(right));
                found.or_else(|| pattern.and_then(|pattern| self.pattern(pattern)))
            }
            Term::Fold(_, over, pattern, steps) => {
                let found = self.term(over).or_else(|| self.all(steps));
                found.or_else(|| self.pattern(pattern))
            }
            Term::TryCatch(tried, caught) => self.term(tried).or_else(|| self.all(caught.as_deref())),
            Term::IfThenElse(branches, other) => {
                let found =
                    branches.iter().find_map(|(test, then)| self.term(test).or_else(|| self.term(then)));
                found.or_else(|| self.all(other.as_deref()))
            }
            Term::Def(definitions, rest) => {
                let found = definitions.iter().find_map(|definition| self.definition(definition));
                found.or_else(|| self.term(rest))
            }
            Term::Call(name, arguments) => match self.definitions.contains(&(*name, arguments.len())) {
                true => Some((*name).to_owned()),
                false => self.all(arguments),
            },
            Term::Path(of, path) => {
                let found = self.term(of);
                found.or_else(|| {
                    path.0.iter().find_map(|(part, _)| match part {
                        Part::Index(index) => self.term(index),
                        Part::Range(from, to) => self.all(from.iter().chain(to)),
                    })
                })
            }
        }
    }

    fn pattern(&mut self, pattern: &Pattern<&'a str>) -> Option<String> {
        match pattern {
            Pattern::Var(_) => None,
            Pattern::Arr(parts) => parts.iter().find_map(|part| self.pattern(part)),
            Pattern::Obj(parts) => {
                parts.iter().find_map(|(key, part)| self.term(key).or_else(|| self.pattern(part)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::recursive_definition;

    #[test]
    fn definitions_that_call_themselves_are_found_wherever_they_stand() {
        for recursive in [
            "def f: f; f",
            "def f(x): [x, f(x)]; f(1)",
            "[.[] | (def g: def h: {a: \"\\(g)\"}; h; g)]",
            "def f: if . then .a[f] else try f catch . end; f",
            "def f: reduce .[] as {(f): $x} (0; 1); f",
        ] {
            assert!(recursive_definition(recursive).is_some(), "{recursive}");
        }
        for plain in
            ["def f(x): x; f(f(f(1)))", "def f: 1; def g: f; g | f", ".a[1:2] | length", "def f(x): f; f(1)"]
        {
            assert_eq!(recursive_definition(plain), None, "{plain}");
        }
    }
}
