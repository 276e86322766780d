//! The texts of the page about every order of a scenario.

use super::Words;
use crate::explore::{Ending, Findings, Outcome, RuleVerdict};
use crate::texts::Argument;

words! {
    every_order;
    explorer_hint;
    scenario;
    scenario_ready;
    scenario_own;
    scenario_text;
    scenario_wrong(line: usize, why: &str);
    explore;
    stop_exploring;
    race_of_terminals;
    no_race_in_terminals;
    exploring;
    states_so_far(states: usize);
    explored_all(orders: &str, states: usize);
    explored_stopped(orders: &str, states: usize);
    explored_to_bound(orders: &str, states: usize, bound: usize, moves: usize);
    explored_circles;
    explored_breaks;
    explored_holds;

    rules;
    rule_holds;
    rule_breaks(broken: &str, orders: &str);
    rule_breaks_for_ever;
    shortest_breaking;
    how_orders_end;
    outcome_share(count: &str, orders: &str, percent: usize);
    outcome_value(key: &str, value: &str);
    outcome_status(name: &str, status: i32);
    outcome_died(name: &str);
    outcome_waits(name: &str);

    order;
    step_before;
    step_after;
    step_of_order(step: usize, steps: usize);
    lane_of_time;
    told_of(name: &str, what: &str);
    so_many_times_more(times: usize);
    keys_after_step;
    no_key_after_step;
    printed_after_step;
    column_key;
    column_value;
    column_revision;

    happens_read(key: &str, revision: u64);
    happens_not_found(key: &str);
    happens_wrote(key: &str, revision: u64);
    happens_overwrote(key: &str, revision: u64, unread: u64);
    happens_removed(key: &str, revision: u64);
    happens_removed_unread(key: &str, revision: u64, unread: u64);
    happens_refused_create(key: &str);
    happens_refused(key: &str, expected: u64);
    happens_refused_gone(key: &str, expected: u64);
    happens_refused_at(key: &str, expected: u64, actual: u64);
    happens_expired(key: &str, revision: u64);
    happens_delivered(key: &str, revision: u64);
    happens_entered(section: &str);
    happens_left(section: &str);
    happens_paused(time: &str);
    happens_died;
    happens_reply_lost;
    happens_resumed;
    happens_no_end;
    rule_breaks_here(rule: &str);
}

impl Words {
    /// What came of a search, in a few sentences.
    pub(in crate::ui) fn explored(self, findings: &Findings) -> String {
        let (orders, states) = (findings.orders.to_string(), findings.states);
        let count = match findings {
            Findings { was_stopped: true, .. } => self.explored_stopped(&orders, states),
            Findings { is_whole: true, .. } => self.explored_all(&orders, states),
            Findings { bounds, .. } => self.explored_to_bound(&orders, states, bounds.states, bounds.moves),
        };
        let circles = findings.has_circles.then(|| self.explored_circles());
        let verdict = match (findings.breaks, findings.is_whole) {
            (true, _) => Some(self.explored_breaks()),
            (false, true) => Some(self.explored_holds()),
            (false, false) => None,
        };
        [Some(count.as_str()), circles, verdict].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    pub(in crate::ui) fn rule_verdict(self, verdict: RuleVerdict, orders: &str) -> String {
        match verdict {
            RuleVerdict::Holds => self.rule_holds().to_owned(),
            RuleVerdict::Breaks(broken) => self.rule_breaks(&broken.to_string(), orders),
            RuleVerdict::BreaksForEver => self.rule_breaks_for_ever().to_owned(),
        }
    }

    /// What has come of an order.
    pub(in crate::ui) fn outcome(self, outcome: &Outcome) -> String {
        let values = outcome.values.iter().map(|it| {
            let key = format!("{} > {}", it.bucket, it.key);
            self.outcome_value(&key, &it.value)
        });
        let endings = outcome.endings.iter().map(|(name, ending)| match ending {
            Ending::With(status) => self.outcome_status(name, *status),
            Ending::Died => self.outcome_died(name),
            Ending::Waits => self.outcome_waits(name),
        });
        values.chain(endings).collect::<Vec<_>>().join(", ")
    }
}
