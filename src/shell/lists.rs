//! Items of lists: their assignment, what a subscript means, and arithmetic with them.

use super::arith::{self, Variables};
use super::list::{List, ListKey};
use super::outcome::Stop;
use super::state::{Shell, Value};
use super::syntax::{ListItem, Word};
use crate::base::Stdio;
use crate::programs::Status;

impl Shell {
    /// The list of `(…)`, behind what there is if it is appended.
    pub(super) async fn list(
        &self,
        name: &str,
        append: bool,
        items: &[ListItem],
        io: &Stdio,
    ) -> Result<(List, Option<Status>), Stop> {
        let is_named = self.state().is_named_list(name);
        let mut list = if append { self.state().list(name) } else { List::empty(is_named) };
        let (mut next, mut status, mut plain) = (list.end(), None, Vec::new());
        for item in items {
            if let Some(index) = &item.index {
                let key = self.list_key(name, index, io).await?;
                let (value, ended) = self.value(&item.value, io).await?;
                status = ended.or(status);
                let Some(key) = key else { continue };
                if let ListKey::Number(number) = key {
                    next = number + 1;
                }
                list.set(&key, value);
                continue;
            }
            let (words, ended) = self.words(std::slice::from_ref(&item.value), io).await?;
            status = ended.or(status);
            if is_named {
                plain.extend(words);
                continue;
            }
            for word in words {
                list.set(&ListKey::Number(next), word);
                next += 1;
            }
        }
        // Of a list by name plain words are names and values by turns.
        for pair in plain.chunks(2) {
            let value = pair.get(1).cloned().unwrap_or_default();
            list.set(&ListKey::Name(pair[0].clone()), value);
        }
        Ok((list, status))
    }

    /// What a subscript means for a list: a name, or a number, which counts from the end where it is negative. `None` if
    /// that is before the beginning.
    pub(super) async fn list_key(
        &self,
        name: &str,
        index: &Word,
        io: &Stdio,
    ) -> Result<Option<ListKey>, Stop> {
        let (text, _) = self.value(index, io).await?;
        self.key_of(name, &text)
    }

    /// The same for the text of a subscript.
    pub(super) fn key_of(&self, name: &str, text: &str) -> Result<Option<ListKey>, Stop> {
        if self.state().is_named_list(name) {
            return Ok(Some(ListKey::Name(text.to_owned())));
        }
        let number = self.arithmetic(text)?;
        let number = if number < 0 { number + self.state().list(name).end() as i64 } else { number };
        Ok(u64::try_from(number).ok().map(ListKey::Number))
    }

    /// The value of `name`, or of `name[subscript]`.
    fn referred(&self, name: &str) -> Option<String> {
        let Some((list, subscript)) = subscripted(name) else { return self.variable(name) };
        let key = self.key_of(list, subscript).ok()??;
        self.state().list(list).get(&key).map(str::to_owned)
    }

    /// Sets `name`, or `name[subscript]`.
    fn assign_referred(&self, name: &str, value: &str) -> Result<(), Stop> {
        let Some((list, subscript)) = subscripted(name) else { return self.assign(name, value) };
        self.check_assignable(list)?;
        let Some(key) = self.key_of(list, subscript)? else {
            return Err(Stop::error(format!("{name}: bad array subscript"), 1));
        };
        let mut items = self.state().list(list);
        items.set(&key, value.to_owned());
        self.put(list, Value::List(items))
    }

    /// The value of an arithmetic expression.
    pub(super) fn arithmetic(&self, text: &str) -> Result<i64, Stop> {
        let mut assigned = Vec::new();
        let variables = Variables {
            value: &|name| self.referred(name),
            is_named_list: &|name| self.state().is_named_list(name),
        };
        let value = arith::value(text, &variables, &mut assigned);
        for (name, value) in assigned {
            self.assign_referred(&name, &value)?;
        }
        value.map_err(|text| Stop::error(text, 1))
    }
}

/// The list and the subscript of `name[subscript]`.
pub(super) fn subscripted(name: &str) -> Option<(&str, &str)> {
    let (list, subscript) = name.strip_suffix(']')?.split_once('[')?;
    Some((list, subscript))
}
