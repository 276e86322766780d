//! A scenario as somebody looks at it: whether its text is one, how far the search has come, what came of it, and one of its orders,
//! step by step.

use super::graph::Count;
use super::happening::Happening;
use super::outcome::Outcome;
use super::report::{Report, Standing};
use super::rule::RuleKind;
use super::run::Move;
use super::scenario::{Scenario, ScenarioError};
use super::search::Search;
use super::verdict::{Bounds, Verdict};

/// Searches a scenario in slices, and shows what was found.
#[derive(Default)]
pub struct Explorer {
    stage: Stage,
    /// Counts what may have changed what there is to show.
    version: u64,
}

#[derive(Default)]
enum Stage {
    #[default]
    Unsearched,
    /// The text is no scenario, or its set-up fails.
    Wrong(ScenarioError),
    Searching(Box<Search>),
    Searched(Box<Searched>),
}

struct Searched {
    search: Search,
    verdict: Verdict,
    /// Somebody has stopped it before it came to its end.
    was_stopped: bool,
    order: Option<ShownOrder>,
}

/// The order that is shown.
struct ShownOrder {
    kind: OrderKind,
    report: Report,
    /// The step that is looked at.
    at: usize,
}

/// Which of the orders: the shortest one that does this.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OrderKind {
    /// It breaks a rule.
    #[default]
    Breaking,
    /// It comes to the outcome at this place of the list.
    Outcome(usize),
}

/// What there is to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExplorerView {
    /// Another one where anything may be another one.
    pub version: u64,
    pub error: Option<ScenarioError>,
    /// How many states were found so far, while it is searched.
    pub searching: Option<usize>,
    pub findings: Option<Findings>,
    pub order: Option<OrderView>,
}

/// What came of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    pub orders: Count,
    pub states: usize,
    /// All orders were played.
    pub is_whole: bool,
    pub was_stopped: bool,
    /// Whoever comes back to where they have been is counted once.
    pub has_circles: bool,
    pub bounds: Bounds,
    pub rules: Vec<RuleFinding>,
    /// How orders end, the most frequent first.
    pub outcomes: Vec<OutcomeFinding>,
    /// There is an order that breaks a rule.
    pub breaks: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleFinding {
    pub text: String,
    pub verdict: RuleVerdict,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleVerdict {
    Holds,
    /// It breaks in so many orders.
    Breaks(Count),
    /// It breaks in orders that go on for ever.
    BreaksForEver,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeFinding {
    pub outcome: Outcome,
    pub orders: Count,
    /// Of all orders, rounded down.
    pub percent: u8,
}

/// One order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderView {
    pub kind: OrderKind,
    /// The names of the clients.
    pub clients: Vec<String>,
    pub steps: Vec<OrderStep>,
    /// The step that is looked at.
    pub at: usize,
    /// How things stand after it.
    pub standing: Standing,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderStep {
    /// By its place among the names; none where time goes on.
    pub client: Option<usize>,
    /// The line that the client runs; empty where it is the one of its step before.
    pub line: String,
    pub told: Vec<Told>,
    /// How many times more it and the steps before it come, which are told once.
    pub more: usize,
}

/// Something that happens in a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Whom it happens to, where that is not the client of the step.
    pub client: Option<usize>,
    pub happening: Happening,
    /// The rule that breaks here.
    pub rule: Option<String>,
}

impl Explorer {
    /// Begins to search a Markdown text with a scenario, in place of what was searched before.
    pub fn begin(&mut self, markdown: &str) {
        self.version += 1;
        self.stage = match Scenario::parse(markdown) {
            Ok(scenario) => Stage::Searching(Box::new(Search::new(scenario, Bounds::default()))),
            Err(error) => Stage::Wrong(error),
        };
    }

    pub fn is_searching(&self) -> bool {
        matches!(self.stage, Stage::Searching(_))
    }

    /// Goes on with the search until it is over or somebody wants to pause, by one order at least.
    pub fn advance(&mut self, wants_pause: fn() -> bool) {
        let Stage::Searching(search) = &mut self.stage else { return };
        self.version += 1;
        loop {
            match search.advance() {
                Err(error) => {
                    self.stage = Stage::Wrong(error);
                    return;
                }
                Ok(false) => return self.end(false),
                Ok(true) if wants_pause() => return,
                Ok(true) => {}
            }
        }
    }

    /// Ends the search as far as it has come.
    pub fn stop(&mut self) {
        self.end(true);
    }

    fn end(&mut self, was_stopped: bool) {
        self.version += 1;
        match std::mem::take(&mut self.stage) {
            Stage::Searching(search) => {
                let verdict = search.verdict();
                let searched = Searched { search: *search, verdict, was_stopped, order: None };
                self.stage = Stage::Searched(Box::new(searched));
                self.show(OrderKind::Breaking);
            }
            other => self.stage = other,
        }
    }

    /// Shows an order, if there is such a one, where it first breaks a rule or else at its end.
    pub fn show(&mut self, kind: OrderKind) {
        let Stage::Searched(searched) = &mut self.stage else { return };
        self.version += 1;
        let Some(moves) = searched.moves(kind) else { return };
        match searched.search.report(&moves) {
            Ok(report) => {
                let steps = report.once();
                let breaks = |step: &super::Step| step.happenings.iter().any(|(_, it)| it.breaks_rule());
                let last = steps.len().saturating_sub(1);
                let at = steps.iter().position(|(step, _)| breaks(step)).unwrap_or(last);
                searched.order = Some(ShownOrder { kind, report, at });
            }
            Err(error) => self.stage = Stage::Wrong(error),
        }
    }

    /// Looks at a step of the order that is shown; at the last one for any behind it.
    pub fn turn_to(&mut self, step: usize) {
        if let Stage::Searched(searched) = &mut self.stage
            && let Some(order) = &mut searched.order
        {
            self.version += 1;
            order.at = step.min(order.report.once().len().saturating_sub(1));
        }
    }

    /// A number that changes with what there is to show.
    pub fn version(&self) -> u64 {
        self.version
    }

    pub fn view(&self) -> ExplorerView {
        let view = ExplorerView { version: self.version, ..ExplorerView::default() };
        match &self.stage {
            Stage::Unsearched => view,
            Stage::Wrong(error) => ExplorerView { error: Some(error.clone()), ..view },
            Stage::Searching(search) => ExplorerView { searching: Some(search.states()), ..view },
            Stage::Searched(searched) => ExplorerView {
                findings: Some(searched.findings()),
                order: searched.order.as_ref().map(|order| searched.order_view(order)),
                ..view
            },
        }
    }
}

impl Searched {
    fn moves(&self, kind: OrderKind) -> Option<Vec<Move>> {
        match kind {
            OrderKind::Breaking => self.verdict.shortest.clone(),
            OrderKind::Outcome(place) => self.search.shortest_to(&self.verdict.outcomes.get(place)?.0),
        }
    }

    fn findings(&self) -> Findings {
        let Verdict { orders, states, is_whole, has_circles, never_ends, .. } = self.verdict;
        let rules = self.search.scenario().rules.iter().zip(&self.verdict.broken);
        let rules = rules.map(|(rule, broken)| RuleFinding {
            text: rule.text.clone(),
            verdict: match broken {
                0 if never_ends && rule.kind == RuleKind::EveryClientEnds => RuleVerdict::BreaksForEver,
                0 => RuleVerdict::Holds,
                broken => RuleVerdict::Breaks(*broken),
            },
        });
        let outcomes = self.verdict.outcomes.iter().map(|(outcome, count)| OutcomeFinding {
            outcome: outcome.clone(),
            orders: *count,
            percent: (count.saturating_mul(100) / orders.max(1)).min(100) as u8,
        });
        Findings {
            orders,
            states,
            is_whole,
            was_stopped: self.was_stopped && !is_whole,
            has_circles,
            bounds: self.search.bounds(),
            rules: rules.collect(),
            outcomes: outcomes.collect(),
            breaks: self.verdict.breaks(),
        }
    }

    fn order_view(&self, order: &ShownOrder) -> OrderView {
        let scenario = self.search.scenario();
        let mut lines = vec![""; scenario.clients.len()];
        let mut steps = Vec::new();
        let once = order.report.once();
        for (step, more) in &once {
            let line = match step.client {
                Some(client) if std::mem::replace(&mut lines[client], &step.line) == step.line => "",
                _ => &step.line,
            };
            let told = |(client, happening): &(Option<usize>, Happening)| Told {
                client: client.filter(|_| *client != step.client),
                rule: happening.broken_rule().map(|rule| scenario.rules[rule].text.clone()),
                happening: happening.clone(),
            };
            let told = step.happenings.iter().map(told).collect();
            steps.push(OrderStep { client: step.client, line: line.to_owned(), told, more: *more });
        }
        OrderView {
            kind: order.kind,
            clients: scenario.clients.iter().map(|client| client.name.clone()).collect(),
            standing: once.get(order.at).map(|(step, _)| step.after.clone()).unwrap_or_default(),
            at: order.at,
            steps,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOST_UPDATE: &str = include_str!("scenarios/lost-update-put.md");

    fn searched(markdown: &str) -> Explorer {
        let mut explorer = Explorer::default();
        explorer.begin(markdown);
        while explorer.is_searching() {
            explorer.advance(|| true);
        }
        explorer
    }

    #[test]
    fn a_search_in_slices_finds_what_it_finds_at_once() {
        let mut at_once = Explorer::default();
        at_once.begin(LOST_UPDATE);
        at_once.advance(|| false);
        let (sliced, whole) = (searched(LOST_UPDATE).view(), at_once.view());
        assert_eq!((sliced.findings, sliced.order), (whole.findings, whole.order));
    }

    #[test]
    fn an_order_is_looked_at_step_by_step() {
        let mut explorer = searched(LOST_UPDATE);
        let view = explorer.view();
        let findings = view.findings.expect("it was searched");
        assert_eq!((findings.orders, findings.is_whole, findings.breaks), (6, true, true));
        assert_eq!(findings.rules[0].verdict, RuleVerdict::Breaks(4));
        assert_eq!(findings.rules[2].verdict, RuleVerdict::Holds);
        let percents: Vec<u8> = findings.outcomes.iter().map(|it| it.percent).collect();
        assert_eq!(percents, [66, 33]);
        let order = view.order.expect("one that breaks a rule");
        assert_eq!((order.kind, order.at, order.clients.len()), (OrderKind::Breaking, 3, 2));
        assert_eq!(order.standing.keys[0].to_string(), "counter > visits: 1");
        assert_eq!(order.standing.keys[0].revision, 3);
        assert_eq!(order.standing.printed, ["1\n", "1\n"]);
        assert_eq!(
            order.steps[3].told[0].happening.to_string(),
            "writes counter > visits: revision 3, over revision 2, which it never knew"
        );
        assert_eq!(order.steps[3].told[1].rule.as_deref(), Some("no update lost counter visits"));

        explorer.turn_to(0);
        let before = explorer.view().order.expect("the same");
        assert_eq!((before.at, before.standing.keys[0].revision), (0, 1));
        assert_eq!(before.steps, order.steps);
        explorer.turn_to(99);
        assert_eq!(explorer.view().order.expect("the same").at, order.steps.len() - 1);
    }

    #[test]
    fn steps_that_repeat_themselves_are_shown_once() {
        let order =
            searched(include_str!("scenarios/lease-pause.md")).view().order.expect("one that breaks a rule");
        assert_eq!(order.steps.iter().map(|step| step.more).max(), Some(28));
        assert!(order.steps.len() < 20, "{:#?}", order.steps);
        assert!(order.steps[order.at].told.iter().any(|told| told.rule.is_some()));
    }

    #[test]
    fn each_outcome_has_an_order_that_comes_to_it() {
        let mut explorer = searched(LOST_UPDATE);
        explorer.show(OrderKind::Outcome(1));
        let order = explorer.view().order.expect("there is one");
        assert_eq!(order.kind, OrderKind::Outcome(1));
        assert_eq!(order.standing.keys[0].to_string(), "counter > visits: 2");
        let shown = explorer.view().order;
        explorer.show(OrderKind::Outcome(7));
        assert_eq!(explorer.view().order, shown, "there is no such outcome");
    }

    #[test]
    fn a_search_that_is_stopped_says_so_and_a_wrong_text_does_not_begin() {
        let mut explorer = Explorer::default();
        explorer.begin(LOST_UPDATE);
        explorer.advance(|| true);
        explorer.stop();
        let findings = explorer.view().findings.expect("what was found so far");
        assert_eq!((findings.is_whole, findings.was_stopped), (false, true));
        explorer.begin("# nothing");
        assert!(!explorer.is_searching());
        assert_eq!(explorer.view().error.expect("it is none").line, 1);
        explorer.begin(&LOST_UPDATE.replace("kv put counter visits 0", "kv get counter visits"));
        explorer.advance(|| false);
        let error = explorer.view().error.expect("the set-up fails");
        assert!(error.reason.starts_with("the set-up fails"), "{error}");
    }
}
