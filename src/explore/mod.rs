//! Every order: plays all orders in which the clients of a scenario can meet at the server, and says which rules break.
//!
//! A scenario ([`Scenario::parse`]) has clients, each with lines of the shell, rules, and faults that may strike. A [`Search`]
//! replays it again and again, each time along another order, until no order is left; orders that come to the same state go on
//! as one. [`Search::verdict`] says what came of it, with the shortest order that breaks a rule.
//!
//! Reading order: `scenario` (what is searched), `client` and `run` (one order), `state` (when two orders have come to the same),
//! `rule` (what must hold), `graph` and `search` (all orders), `report` (what is said of them).

mod client;
mod graph;
mod happening;
mod json;
mod operations;
mod report;
mod rule;
mod run;
mod scenario;
mod search;
mod state;

pub use happening::Happening;
pub use report::{Report, Step};
pub use rule::{Rule, RuleKind};
pub use run::Move;
pub use scenario::{Fault, FaultKind, Scenario, ScenarioError};
pub use search::{Bounds, Search, Verdict};

#[cfg(test)]
mod tests;
