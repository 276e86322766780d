//! The parameters of a request for a page.

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

    /// A boolean as Go's `strconv.ParseBool` accepts it; `false` if it is missing.
    pub(super) fn boolean(&self, name: &str) -> Result<bool, HttpError> {
        match self.text(name) {
            None | Some("0" | "f" | "F" | "false" | "FALSE" | "False") => Ok(false),
            Some("1" | "t" | "T" | "true" | "TRUE" | "True") => Ok(true),
            Some(value) => {
                let reason = format!("strconv.ParseBool: parsing \"{value}\": invalid syntax");
                Err(HttpError::bad_request(format!("Error decoding boolean for '{name}': {reason}"))
                    .uncounted())
            }
        }
    }

    /// A number; 0 if it is missing or negative.
    pub(super) fn number(&self, name: &str) -> Result<u64, HttpError> {
        let Some(value) = self.text(name) else { return Ok(0) };
        value.parse::<i64>().map(|number| number.max(0) as u64).map_err(|_| {
            let reason = format!("strconv.Atoi: parsing \"{value}\": invalid syntax");
            HttpError::bad_request(format!("Error decoding int for '{name}': {reason}")).uncounted()
        })
    }

    /// The part of a list that `offset` and `limit` ask for.
    pub(super) fn range(&self, default_limit: u64) -> Result<Range, HttpError> {
        let (offset, limit) = (self.number("offset")?, self.number("limit")?);
        Ok(Range { offset, limit: if limit == 0 { default_limit } else { limit } })
    }
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
