//! Who listens to what: subscriptions by subject, token by token, with queue groups.

use std::rc::Rc;

use crate::server::hash_index::{Names, Seed};
use crate::wire::subject;

/// A subscription's number in the router; used again after it has ended.
pub(crate) type SubNumber = u32;

/// Who has subscribed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A connection, by its place in the server's list.
    Session(u32),
    /// A stream, by its place.
    Stream(u32),
}

#[derive(Clone, Debug)]
pub(crate) struct Subscription {
    pub(crate) owner: Owner,
    pub(crate) sid: Box<str>,
    pub(crate) subject: Box<str>,
    pub(crate) queue: Option<Box<str>>,
    pub(crate) delivered: u64,
    /// It ends after so many messages.
    pub(crate) max: Option<u64>,
}

/// Whom a message goes to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matches {
    pub(crate) plain: Vec<SubNumber>,
    /// Of each queue group, all members.
    pub(crate) queues: Vec<(Box<str>, Vec<SubNumber>)>,
}

#[derive(Debug)]
pub(crate) struct Router {
    seed: Seed,
    subscriptions: Vec<Option<Subscription>>,
    free: Vec<SubNumber>,
    /// The tree of tokens; the first node is its root.
    nodes: Vec<Node>,
    free_nodes: Vec<u32>,
    index: Names,
    /// Counts the changes, so that what was found can be kept until the next one.
    changes: u64,
    /// What was found since the last change.
    known: Vec<CachedMatches>,
}

/// What is found for all subjects that begin with some tokens, since none that follows is named by any subscription: the
/// keys of a bucket, the answers to requests.
#[derive(Debug)]
struct CachedMatches {
    stem: Box<[u8]>,
    /// Whether one token follows, or several.
    is_one: bool,
    matches: Rc<Matches>,
}

/// How many of them are kept; more would take longer to look through than the tree.
const KNOWN_MAX: usize = 8;

#[derive(Debug, Default)]
struct Node {
    parent: u32,
    token: Box<str>,
    plain: Vec<SubNumber>,
    queues: Vec<(Box<str>, Vec<SubNumber>)>,
    /// How many nodes have this one as parent.
    children: u32,
    star: Option<u32>,
    rest: Option<u32>,
}

/// Whether a subject reaches nobody, since one of its tokens is empty.
pub(crate) fn has_empty_token(subject: &[u8]) -> bool {
    let pairs = subject.iter().zip(subject.get(1..).unwrap_or_default());
    // All of them are looked at, which is many at a time.
    let is_any = pairs.fold(false, |found, (one, next)| found | (*one == b'.' && *next == b'.'));
    is_any || matches!(subject, [] | [b'.', ..] | [.., b'.'])
}

impl Router {
    pub(crate) fn new(seed: Seed) -> Router {
        Router {
            seed,
            subscriptions: Vec::new(),
            free: Vec::new(),
            nodes: vec![Node::default()],
            free_nodes: Vec::new(),
            index: Names::default(),
            changes: 0,
            known: Vec::new(),
        }
    }

    pub(crate) fn changes(&self) -> u64 {
        self.changes
    }

    pub(crate) fn get(&self, number: SubNumber) -> Option<&Subscription> {
        self.subscriptions.get(number as usize)?.as_ref()
    }

    pub(crate) fn get_mut(&mut self, number: SubNumber) -> Option<&mut Subscription> {
        self.subscriptions.get_mut(number as usize)?.as_mut()
    }

    /// Adds a subscription, whose subject must be a valid pattern.
    pub(crate) fn add(&mut self, subscription: Subscription) -> SubNumber {
        self.changed();
        let mut node = 0;
        for token in subscription.subject.split('.') {
            node = self.child(node, token.as_bytes()).unwrap_or_else(|| self.grow(node, token));
        }
        let number = self.free.pop().unwrap_or(self.subscriptions.len() as SubNumber);
        let node = &mut self.nodes[node as usize];
        match &subscription.queue {
            None => node.plain.push(number),
            Some(queue) => match node.queues.iter_mut().find(|(name, _)| name == queue) {
                Some((_, members)) => members.push(number),
                None => node.queues.push((queue.clone(), vec![number])),
            },
        }
        if number as usize == self.subscriptions.len() {
            self.subscriptions.push(None);
        }
        self.subscriptions[number as usize] = Some(subscription);
        number
    }

    pub(crate) fn remove(&mut self, number: SubNumber) -> Option<Subscription> {
        let subscription = self.subscriptions.get_mut(number as usize)?.take()?;
        self.changed();
        self.free.push(number);
        let mut at = 0;
        for token in subscription.subject.split('.') {
            at = self.child(at, token.as_bytes())?;
        }
        let node = &mut self.nodes[at as usize];
        node.plain.retain(|each| *each != number);
        for (_, members) in &mut node.queues {
            members.retain(|each| *each != number);
        }
        node.queues.retain(|(_, members)| !members.is_empty());
        self.prune(at);
        Some(subscription)
    }

    fn changed(&mut self) {
        self.changes += 1;
        self.known.clear();
    }

    /// Who a message on `subject` goes to, from memory if it is known there. `None` for a subject with an empty token, which
    /// reaches nobody.
    pub(crate) fn matches(&mut self, subject: &str) -> Option<Rc<Matches>> {
        let bytes = subject.as_bytes();
        for CachedMatches { stem, is_one, matches } in &self.known {
            if let Some(tail) = bytes.strip_prefix(&**stem) {
                match *is_one {
                    true if tail.contains(&b'.') => continue,
                    true => return (!tail.is_empty()).then(|| matches.clone()),
                    false if !tail.contains(&b'.') => continue,
                    false => return (!has_empty_token(tail)).then(|| matches.clone()),
                }
            }
        }
        if has_empty_token(bytes) {
            return None;
        }
        let mut matches = Matches::default();
        self.walk(0, bytes, &mut matches);
        let matches = Rc::new(matches);
        if let Some(stem) = self.stem(bytes) {
            if self.known.len() == KNOWN_MAX {
                self.known.clear();
            }
            let (stem, tail) = bytes.split_at(stem);
            let is_one = !tail.contains(&b'.');
            self.known.push(CachedMatches { stem: stem.into(), is_one, matches: matches.clone() });
        }
        Some(matches)
    }

    /// Where in a subject the tokens begin of which only the number counts; `None` if that is not easily said.
    fn stem(&self, subject: &[u8]) -> Option<usize> {
        let (mut at, mut start) = (0, 0);
        loop {
            let node = &self.nodes[at as usize];
            let wildcards = u32::from(node.star.is_some()) + u32::from(node.rest.is_some());
            if node.children == wildcards {
                let goes_on = node.star.is_some_and(|star| self.nodes[star as usize].children > 0);
                return (!goes_on).then_some(start);
            }
            let (token, tail) = subject::first_token(&subject[start..]);
            if node.star.is_some() || tail.is_none() || token == b">" {
                return None;
            }
            start += token.len() + 1;
            match self.child(at, token) {
                Some(child) => at = child,
                None => return Some(start),
            }
        }
    }

    /// Finds who a message on `subject` goes to.
    pub(crate) fn find(&self, subject: &str, matches: &mut Matches) {
        matches.plain.clear();
        matches.queues.clear();
        if !has_empty_token(subject.as_bytes()) {
            self.walk(0, subject.as_bytes(), matches);
        }
    }

    /// Whether anybody would get a message on `subject`.
    pub(crate) fn has_interest(&self, subject: &str) -> bool {
        let mut matches = Matches::default();
        self.find(subject, &mut matches);
        !matches.plain.is_empty() || !matches.queues.is_empty()
    }

    /// Whether anybody has subscribed to this very subject, not with wildcards; with `queue`, as a member of that group.
    pub(crate) fn is_subscribed(&self, subject: &str, queue: Option<&str>) -> bool {
        let mut at = 0;
        for token in subject.split('.') {
            let Some(child) = self.child(at, token.as_bytes()) else { return false };
            at = child;
        }
        let node = &self.nodes[at as usize];
        match queue {
            None => !node.plain.is_empty(),
            Some(queue) => node.queues.iter().any(|(name, _)| **name == *queue),
        }
    }

    fn walk(&self, mut at: u32, subject: &[u8], matches: &mut Matches) {
        let mut left = Some(subject);
        while let Some(subject) = left {
            let node = &self.nodes[at as usize];
            if let Some(rest) = node.rest {
                self.collect(rest, matches);
            }
            let (token, tail) = subject::first_token(subject);
            let literal = if node.children == 0 { None } else { self.child(at, token) };
            // A literal token that looks like a wildcard is the wildcard's own node.
            let star = node.star.filter(|star| Some(*star) != literal);
            at = match (literal.filter(|_| token != b">"), star) {
                (None, None) => return,
                (Some(next), None) | (None, Some(next)) => next,
                (Some(next), Some(star)) => {
                    match tail {
                        Some(tail) => self.walk(next, tail, matches),
                        None => self.collect(next, matches),
                    }
                    star
                }
            };
            left = tail;
        }
        self.collect(at, matches);
    }

    fn collect(&self, at: u32, matches: &mut Matches) {
        let node = &self.nodes[at as usize];
        matches.plain.extend_from_slice(&node.plain);
        for (queue, members) in &node.queues {
            match matches.queues.iter_mut().find(|(name, _)| name == queue) {
                Some((_, all)) => all.extend_from_slice(members),
                None => matches.queues.push((queue.clone(), members.clone())),
            }
        }
    }

    fn child(&self, parent: u32, token: &[u8]) -> Option<u32> {
        self.index.find(self.seed.hash(parent, token), |number| {
            let node = &self.nodes[number as usize];
            node.parent == parent && node.token.as_bytes() == token
        })
    }

    fn grow(&mut self, parent: u32, token: &str) -> u32 {
        let node = Node { parent, token: token.into(), ..Node::default() };
        let number = match self.free_nodes.pop() {
            Some(number) => {
                self.nodes[number as usize] = node;
                number
            }
            None => {
                self.nodes.push(node);
                (self.nodes.len() - 1) as u32
            }
        };
        self.index.insert(self.seed.hash(parent, token.as_bytes()), number);
        let parent = &mut self.nodes[parent as usize];
        parent.children += 1;
        match token {
            "*" => parent.star = Some(number),
            ">" => parent.rest = Some(number),
            _ => {}
        }
        number
    }

    /// Takes a node that nobody needs away, and its parents after it.
    fn prune(&mut self, mut at: u32) {
        while at != 0 {
            let node = &mut self.nodes[at as usize];
            if node.children > 0 || !node.plain.is_empty() || !node.queues.is_empty() {
                return;
            }
            let (parent, token) = (node.parent, std::mem::take(&mut node.token));
            self.index.remove(self.seed.hash(parent, token.as_bytes()), at);
            self.free_nodes.push(at);
            let node = &mut self.nodes[parent as usize];
            node.children -= 1;
            match &*token {
                "*" => node.star = None,
                ">" => node.rest = None,
                _ => {}
            }
            at = parent;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Rng;

    fn subscription(subject: &str, queue: Option<&str>) -> Subscription {
        Subscription {
            owner: Owner::Session(0),
            sid: "1".into(),
            subject: subject.into(),
            queue: queue.map(Into::into),
            delivered: 0,
            max: None,
        }
    }

    #[test]
    fn it_agrees_with_asking_each() {
        let mut rng = Rng::new(3);
        let tokens = ["a", "b", "c", "*", "d"];
        let mut text = |last: &[&str]| {
            let mut parts: Vec<_> = (0..rng.below(3)).map(|_| tokens[rng.below(4) as usize]).collect();
            parts.push(last[rng.below(last.len() as u64) as usize]);
            parts.join(".")
        };
        let mut router = Router::new(Seed(1));
        let mut plain: Vec<(SubNumber, String)> = Vec::new();
        for round in 0..3000 {
            if round % 3 == 2 && !plain.is_empty() {
                let (number, _) = plain.swap_remove(round % plain.len());
                assert!(router.remove(number).is_some());
            } else {
                let pattern = text(&["a", "b", "*", ">"]);
                plain.push((router.add(subscription(&pattern, None)), pattern));
            }
            let subject = text(&["a", "b", "c"]).replace('*', "x");
            let mut want: Vec<_> =
                plain.iter().filter(|(_, p)| subject::matches(p, &subject)).map(|(n, _)| *n).collect();
            let mut got = Matches::default();
            router.find(&subject, &mut got);
            want.sort_unstable();
            got.plain.sort_unstable();
            assert_eq!(got.plain, want, "{subject}");
            // From memory too, which other subjects of the same beginning have filled.
            for last in [&["a", "b", "c"][..], &["d", "a.", "."]] {
                let subject = text(last).replace('*', "x");
                let mut want = Matches::default();
                router.find(&subject, &mut want);
                let got = router.matches(&subject).map(|got| got.plain.clone());
                assert_eq!(got.unwrap_or_default(), want.plain, "{subject}");
            }
        }
        for (number, _) in plain {
            router.remove(number);
        }
        assert_eq!(router.free_nodes.len() + 1, router.nodes.len());
    }

    #[test]
    fn queue_groups_are_gathered() {
        let mut router = Router::new(Seed(1));
        let one = router.add(subscription("a.*", Some("q")));
        let two = router.add(subscription("a.b", Some("q")));
        let mut got = Matches::default();
        router.find("a.b", &mut got);
        assert_eq!(got.queues.len(), 1);
        let mut members = got.queues[0].1.clone();
        members.sort_unstable();
        assert_eq!(members, [one, two]);
        assert!(router.is_subscribed("a.b", Some("q")) && !router.is_subscribed("a.c", Some("q")));
        assert!(router.has_interest("a.c") && !router.is_subscribed("a.c", None));
    }
}
