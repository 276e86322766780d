//! Every order: plays all orders in which the clients of a scenario can meet at the server, and says which rules break.
//!
//! A scenario ([`Scenario::parse`]) has clients, each with lines of the shell, rules, and faults that may strike. A [`Search`]
//! replays it again and again, each time along another order, until no order is left; orders that come to the same state go on
//! as one. [`Search::verdict`] says what came of it, with the shortest order that breaks a rule.
//!
//! Reading order: `scenario`, `fault` and `rule` (what is searched), `client`, `set_up` and `run` (one order), `judge` (whether the
//! rules hold in it), `state` (when two orders have come to the same), `graph` and `search` (all orders), `outcome`, `verdict` and
//! `report` (what is said of them), `explorer` (how somebody looks at them).

mod client;
mod explorer;
mod fault;
mod graph;
mod happening;
mod json;
mod judge;
mod operations;
mod outcome;
mod ready;
mod report;
mod rule;
mod run;
mod scenario;
mod search;
mod set_up;
mod state;
mod verdict;

pub use explorer::{
    Explorer, ExplorerView, Findings, OrderKind, OrderStep, OrderView, OutcomeFinding, RuleFinding,
    RuleVerdict, Told,
};
pub use fault::{Fault, FaultKind};
pub use happening::Happening;
pub use outcome::{Ending, KeyValue, Outcome};
pub use ready::{READY, ReadyScenario};
pub use report::{Report, Standing, Step};
pub use rule::{Rule, RuleKind};
pub use run::Move;
pub use scenario::{Scenario, ScenarioError};
pub use search::Search;
pub use verdict::{Bounds, Verdict};

#[cfg(test)]
mod tests;
