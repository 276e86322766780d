//! Who listens to what: a tree of subscriptions, token by token, with queue groups.

use std::rc::Rc;

use hashbrown::HashTable;
use slotmap::{Key, SlotMap};

use crate::server::hash_seed::HashSeed;
use crate::server::keys::{SessionKey, StreamKey, SubscriptionKey};
use crate::wire::subject;

/// Who has subscribed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    Session(SessionKey),
    Stream(StreamKey),
}

#[derive(Clone, Debug)]
pub(crate) struct Subscription {
    pub(crate) owner: Owner,
    /// The client's own name for it; empty for a stream's.
    pub(crate) sid: Box<str>,
    pub(crate) subject: Box<str>,
    pub(crate) queue: Option<Box<str>>,
    /// Messages that it has got.
    pub(crate) delivered: u64,
    /// It ends after so many messages.
    pub(crate) max: Option<u64>,
}

/// The subscriptions that get a message.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matches {
    pub(crate) plain: Vec<SubscriptionKey>,
    /// The members of each queue group.
    pub(crate) queues: Vec<(Box<str>, Vec<SubscriptionKey>)>,
}

#[derive(Debug)]
pub(crate) struct Router {
    seed: HashSeed,
    subscriptions: SlotMap<SubscriptionKey, Subscription>,
    /// The tree of tokens.
    nodes: SlotMap<NodeKey, Node>,
    root: NodeKey,
    /// The nodes by parent and token.
    index: HashTable<NodeKey>,
    /// How often subscriptions have changed, so that others can keep what they found until the next change.
    version: u64,
    /// Matches that were found since the last change.
    cache: Vec<CachedMatches>,
}

/// Matches of all subjects that begin with `prefix`, since no subscription names a token behind it: the keys of a
/// bucket, the replies to requests.
#[derive(Debug)]
struct CachedMatches {
    prefix: Box<[u8]>,
    /// Whether one token follows the prefix, or several.
    is_one_token: bool,
    matches: Rc<Matches>,
}

/// Entries of the cache; to search more would take longer than to walk the tree.
const CACHE_MAX: usize = 8;

slotmap::new_key_type! {
    struct NodeKey;
}

#[derive(Debug, Default)]
struct Node {
    /// Null for the root.
    parent: NodeKey,
    token: Box<str>,
    plain: Vec<SubscriptionKey>,
    queues: Vec<(Box<str>, Vec<SubscriptionKey>)>,
    /// How many nodes have this one as parent.
    children: u32,
    /// The child of the token `*`.
    star: Option<NodeKey>,
    /// The child of the token `>`.
    rest: Option<NodeKey>,
}

impl Node {
    fn is_unused(&self) -> bool {
        self.children == 0 && self.plain.is_empty() && self.queues.is_empty()
    }
}

/// Whether a subject has an empty token, and so reaches nobody.
pub(crate) fn has_empty_token(subject: &[u8]) -> bool {
    let pairs = subject.iter().zip(subject.get(1..).unwrap_or_default());
    // Without an early end, so that the compiler compares many bytes at a time.
    let has_double_dot = pairs.fold(false, |found, (one, next)| found | (*one == b'.' && *next == b'.'));
    has_double_dot || matches!(subject, [] | [b'.', ..] | [.., b'.'])
}

impl Router {
    pub(crate) fn new(seed: HashSeed) -> Router {
        let mut nodes = SlotMap::with_key();
        let root = nodes.insert(Node::default());
        Router {
            seed,
            subscriptions: SlotMap::with_key(),
            nodes,
            root,
            index: HashTable::new(),
            version: 0,
            cache: Vec::new(),
        }
    }

    /// A number that changes with every subscription that comes or goes.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    pub(crate) fn get(&self, key: SubscriptionKey) -> Option<&Subscription> {
        self.subscriptions.get(key)
    }

    pub(crate) fn get_mut(&mut self, key: SubscriptionKey) -> Option<&mut Subscription> {
        self.subscriptions.get_mut(key)
    }

    /// Adds a subscription, whose subject must be a valid pattern.
    pub(crate) fn add(&mut self, subscription: Subscription) -> SubscriptionKey {
        self.note_change();
        let mut node = self.root;
        for token in subscription.subject.split('.') {
            node = self.child(node, token.as_bytes()).unwrap_or_else(|| self.add_child(node, token));
        }
        let queue = subscription.queue.clone();
        let key = self.subscriptions.insert(subscription);
        let node = &mut self.nodes[node];
        match queue {
            None => node.plain.push(key),
            Some(queue) => match node.queues.iter_mut().find(|(name, _)| *name == queue) {
                Some((_, members)) => members.push(key),
                None => node.queues.push((queue, vec![key])),
            },
        }
        key
    }

    pub(crate) fn remove(&mut self, key: SubscriptionKey) -> Option<Subscription> {
        let subscription = self.subscriptions.remove(key)?;
        self.note_change();
        let mut at = self.root;
        for token in subscription.subject.split('.') {
            at = self.child(at, token.as_bytes())?;
        }
        let node = &mut self.nodes[at];
        node.plain.retain(|each| *each != key);
        for (_, members) in &mut node.queues {
            members.retain(|each| *each != key);
        }
        node.queues.retain(|(_, members)| !members.is_empty());
        self.prune(at);
        Some(subscription)
    }

    fn note_change(&mut self) {
        self.version += 1;
        self.cache.clear();
    }

    /// Who gets a message on `subject`, from the cache where possible. `None` for a subject with an empty token, which
    /// reaches nobody.
    pub(crate) fn matches(&mut self, subject: &str) -> Option<Rc<Matches>> {
        let bytes = subject.as_bytes();
        for CachedMatches { prefix, is_one_token, matches } in &self.cache {
            if let Some(tail) = bytes.strip_prefix(&**prefix) {
                match *is_one_token {
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
        self.walk(self.root, bytes, &mut matches);
        let matches = Rc::new(matches);
        if let Some(length) = self.cacheable_prefix(bytes) {
            if self.cache.len() == CACHE_MAX {
                self.cache.clear();
            }
            let (prefix, tail) = bytes.split_at(length);
            let is_one_token = !tail.contains(&b'.');
            self.cache.push(CachedMatches { prefix: prefix.into(), is_one_token, matches: matches.clone() });
        }
        Some(matches)
    }

    /// The length of the prefix of a subject behind which only the number of tokens decides who gets the message;
    /// `None` where that is not easily told.
    fn cacheable_prefix(&self, subject: &[u8]) -> Option<usize> {
        let (mut at, mut start) = (self.root, 0);
        loop {
            let node = &self.nodes[at];
            let wildcards = u32::from(node.star.is_some()) + u32::from(node.rest.is_some());
            if node.children == wildcards {
                let goes_on = node.star.is_some_and(|star| self.nodes[star].children > 0);
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

    /// Finds who gets a message on `subject`.
    pub(crate) fn find(&self, subject: &str, matches: &mut Matches) {
        matches.plain.clear();
        matches.queues.clear();
        if !has_empty_token(subject.as_bytes()) {
            self.walk(self.root, subject.as_bytes(), matches);
        }
    }

    /// Whether anybody would get a message on `subject`.
    pub(crate) fn has_interest(&self, subject: &str) -> bool {
        let mut matches = Matches::default();
        self.find(subject, &mut matches);
        !matches.plain.is_empty() || !matches.queues.is_empty()
    }

    /// Whether anybody has subscribed to this very subject, not by a wildcard; with `queue`, as a member of that group.
    pub(crate) fn is_subscribed(&self, subject: &str, queue: Option<&str>) -> bool {
        let mut at = self.root;
        for token in subject.split('.') {
            let Some(child) = self.child(at, token.as_bytes()) else { return false };
            at = child;
        }
        let node = &self.nodes[at];
        match queue {
            None => !node.plain.is_empty(),
            Some(queue) => node.queues.iter().any(|(name, _)| **name == *queue),
        }
    }

    fn walk(&self, mut at: NodeKey, subject: &[u8], matches: &mut Matches) {
        let mut left = Some(subject);
        while let Some(subject) = left {
            let node = &self.nodes[at];
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

    fn collect(&self, at: NodeKey, matches: &mut Matches) {
        let node = &self.nodes[at];
        matches.plain.extend_from_slice(&node.plain);
        for (queue, members) in &node.queues {
            match matches.queues.iter_mut().find(|(name, _)| name == queue) {
                Some((_, all)) => all.extend_from_slice(members),
                None => matches.queues.push((queue.clone(), members.clone())),
            }
        }
    }

    fn hash(&self, parent: NodeKey, token: &[u8]) -> u64 {
        self.seed.hash(parent.data().as_ffi(), token)
    }

    fn child(&self, parent: NodeKey, token: &[u8]) -> Option<NodeKey> {
        let is_child = |key: &NodeKey| {
            let node = &self.nodes[*key];
            node.parent == parent && node.token.as_bytes() == token
        };
        self.index.find(self.hash(parent, token), is_child).copied()
    }

    fn add_child(&mut self, parent: NodeKey, token: &str) -> NodeKey {
        let key = self.nodes.insert(Node { parent, token: token.into(), ..Node::default() });
        let Router { seed, nodes, index, .. } = self;
        let hash = |parent: NodeKey, token: &str| seed.hash(parent.data().as_ffi(), token.as_bytes());
        index.insert_unique(hash(parent, token), key, |key| hash(nodes[*key].parent, &nodes[*key].token));
        let parent = &mut nodes[parent];
        parent.children += 1;
        match token {
            "*" => parent.star = Some(key),
            ">" => parent.rest = Some(key),
            _ => {}
        }
        key
    }

    /// Removes an unused node, and each ancestor that it leaves unused.
    fn prune(&mut self, mut at: NodeKey) {
        while at != self.root && self.nodes[at].is_unused() {
            let Some(Node { parent, token, .. }) = self.nodes.remove(at) else { return };
            if let Ok(entry) = self.index.find_entry(self.hash(parent, token.as_bytes()), |key| *key == at) {
                entry.remove();
            }
            let node = &mut self.nodes[parent];
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
            owner: Owner::Session(SessionKey::default()),
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
        let mut router = Router::new(HashSeed(1));
        let mut plain: Vec<(SubscriptionKey, String)> = Vec::new();
        for round in 0..3000 {
            if round % 3 == 2 && !plain.is_empty() {
                let (key, _) = plain.swap_remove(round % plain.len());
                assert!(router.remove(key).is_some());
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
            // Also from the cache, which other subjects of the same prefix have filled.
            for last in [&["a", "b", "c"][..], &["d", "a.", "."]] {
                let subject = text(last).replace('*', "x");
                let mut want = Matches::default();
                router.find(&subject, &mut want);
                let got = router.matches(&subject).map(|got| got.plain.clone());
                assert_eq!(got.unwrap_or_default(), want.plain, "{subject}");
            }
        }
        for (key, _) in plain {
            router.remove(key);
        }
        assert_eq!((router.nodes.len(), router.index.len()), (1, 0));
    }

    #[test]
    fn queue_groups_are_gathered() {
        let mut router = Router::new(HashSeed(1));
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
