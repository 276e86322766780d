//! The measured figures of all rounds.

use std::collections::BTreeMap;

use crate::measure::median;

/// Values by size and name, one a round. Names of WebAssembly's and the real server's figures have a suffix.
#[derive(Default)]
pub(crate) struct Figures(BTreeMap<(String, String), Vec<f64>>);

impl Figures {
    /// The median over the rounds.
    pub(crate) fn of(&self, size: &str, name: &str) -> Option<f64> {
        self.0.get(&(size.to_owned(), name.to_owned())).cloned().map(median)
    }

    /// The median over the rounds of one figure divided by another of the same round.
    pub(crate) fn ratio(&self, size: &str, name: &str, other: &str) -> Option<f64> {
        let all = |name: &str| self.0.get(&(size.to_owned(), name.to_owned()));
        let ratios: Vec<f64> = all(name)?.iter().zip(all(other)?).map(|(a, b)| a / b).collect();
        (!ratios.is_empty()).then(|| median(ratios))
    }

    /// Adds the figures that a measuring process printed; `suffix` names the platform.
    pub(crate) fn add(&mut self, size: &str, output: &str, suffix: &str) {
        for (name, value) in output.lines().filter_map(|line| line.split_once('\t')) {
            let Ok(value) = value.parse() else { continue };
            self.0.entry((size.to_owned(), format!("{name}{suffix}"))).or_default().push(value);
        }
    }
}
