//! The parameters of a request for a page.

use playground::gofmt;

use super::http::HttpError;

/// What stands behind the question mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Query<'a>(pub(super) &'a str);

impl<'a> Query<'a> {
    /// A parameter's value, if it is there and not empty.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        let mut fields = self.0.split('&').filter_map(|field| field.split_once('='));
        fields.find(|(key, value)| *key == name && !value.is_empty()).map(|(_, value)| value)
    }

    /// A boolean; `false` if it is missing.
    pub(super) fn boolean(&self, name: &str) -> Result<bool, HttpError> {
        let Some(value) = self.text(name) else { return Ok(false) };
        gofmt::parse_bool(value).map_err(|reason| undecodable("boolean", name, &reason))
    }

    /// A number; 0 if it is missing or negative.
    pub(super) fn number(&self, name: &str) -> Result<u64, HttpError> {
        let Some(value) = self.text(name) else { return Ok(0) };
        let number = gofmt::atoi(value).map_err(|reason| undecodable("int", name, &reason))?;
        Ok(number.max(0) as u64)
    }

    /// The part of a list that `offset` and `limit` ask for.
    pub(super) fn range(&self, default_limit: u64) -> Result<Range, HttpError> {
        let (offset, limit) = (self.number("offset")?, self.number("limit")?);
        Ok(Range { offset, limit: if limit == 0 { default_limit } else { limit } })
    }
}

fn undecodable(kind: &str, name: &str, reason: &str) -> HttpError {
    HttpError::bad_request(format!("Error decoding {kind} for '{name}': {reason}")).uncounted()
}

/// A part of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub(super) offset: u64,
    pub(super) limit: u64,
}

impl Range {
    pub(super) fn of<T>(self, list: Vec<T>) -> Vec<T> {
        list.into_iter().skip(self.offset as usize).take(self.limit as usize).collect()
    }
}
