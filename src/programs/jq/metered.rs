//! A compiled filter that pays for each step, and what takes its place once nothing is left.

use std::cell::OnceCell;

use jaq_core::data::HasLut;
use jaq_core::load::{Arena, File, Loader};
use jaq_core::{Compiler, DataT, Lut};

use super::allowance::spend;
use super::value::Value;

/// A compiled filter that pays for each of its steps.
pub(super) struct Metered {
    filter: Lut<Bounded>,
    /// What is evaluated in the filter's place once nothing is left: whatever its step is, there it is an error, which no
    /// `try` catches.
    failing: OnceCell<Lut<Bounded>>,
}

/// What filters work on.
pub(super) struct Bounded;

impl DataT for Bounded {
    type V<'a> = Value;
    type Data<'a> = &'a Metered;
}

impl<'a> HasLut<'a, Bounded> for &'a Metered {
    /// Is called for each step.
    fn lut(&self) -> &'a Lut<Bounded> {
        if spend(1) { &self.filter } else { self.failing.get_or_init(failing) }
    }
}

impl Metered {
    pub(super) fn new(filter: Lut<Bounded>) -> Metered {
        Metered { filter, failing: OnceCell::new() }
    }
}

/// More steps than any filter of [`super::FILTER_BYTES_MAX`] has, with all definitions.
const STEPS: usize = 1 << 15;

/// A filter of so many steps, each of which is an error or leads to one at once.
fn failing() -> Lut<Bounded> {
    let mut code = "error_empty".to_owned();
    for _ in 0..STEPS.ilog2() {
        code = format!("({code}),({code})");
    }
    let arena = Arena::default();
    let modules = Loader::new([]).load(&arena, File { code: code.as_str(), path: () });
    let compiled = modules.ok().and_then(|modules| {
        let compiler = Compiler::default().with_funs(jaq_core::funs::<Bounded>());
        compiler.compile(modules).ok()
    });
    compiled.expect("it calls what there is").lut
}
