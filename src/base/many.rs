//! An ordered map for what is many and comes and goes in any order: sorted lists of up to [`CHUNK`] entries, one behind
//! the other. It does what a B-tree does with a fourth of its program; see also [`Map`](super::Map), for what is few.

use std::borrow::Borrow;

use super::map::search;

/// Most entries of a list. Adding and removing move half as many on average, and nothing at the end.
const CHUNK: usize = 128;

#[derive(Clone, Debug)]
pub struct Many<K, V> {
    /// None is empty.
    chunks: Vec<Vec<(K, V)>>,
    len: usize,
}

impl<K, V> Default for Many<K, V> {
    fn default() -> Many<K, V> {
        Many { chunks: Vec::new(), len: 0 }
    }
}

impl<K, V> Many<K, V> {
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn clear(&mut self) {
        *self = Many::default();
    }

    pub fn first(&self) -> Option<&(K, V)> {
        self.chunks.first()?.first()
    }

    /// Every entry in order of the keys.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &(K, V)> {
        self.chunks.iter().flatten()
    }

    pub fn retain(&mut self, mut keep: impl FnMut(&K) -> bool) {
        self.chunks.iter_mut().for_each(|chunk| chunk.retain(|(key, _)| keep(key)));
        self.chunks.retain(|chunk| !chunk.is_empty());
        self.len = self.chunks.iter().map(Vec::len).sum();
    }
}

impl<K, V> IntoIterator for Many<K, V> {
    type Item = (K, V);
    type IntoIter = std::iter::Flatten<std::vec::IntoIter<Vec<(K, V)>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.chunks.into_iter().flatten()
    }
}

impl<K: Ord, V> Many<K, V> {
    /// Returns what stood there before.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let (mut chunk, mut at, there) = self.place(&key);
        if there {
            return Some(std::mem::replace(&mut self.chunks[chunk][at].1, value));
        }
        self.len += 1;
        match self.chunks.get_mut(chunk) {
            None => self.chunks.push(Vec::new()),
            Some(full) if full.len() == CHUNK => {
                // What grows at its end leaves full lists behind.
                let middle = if at == CHUNK { CHUNK } else { CHUNK / 2 };
                let tail = full.split_off(middle);
                self.chunks.insert(chunk + 1, tail);
                if at >= middle {
                    (chunk, at) = (chunk + 1, at - middle);
                }
            }
            Some(_) => {}
        }
        self.chunks[chunk].insert(at, (key, value));
        None
    }

    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let (chunk, at, there) = self.place(key);
        there.then(|| &self.chunks[chunk][at].1)
    }

    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let (chunk, at, there) = self.place(key);
        there.then(|| &mut self.chunks[chunk][at].1)
    }

    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).2
    }

    /// The entry of this key, or of the next one that there is.
    pub fn from(&self, key: &K) -> Option<&(K, V)> {
        let (chunk, at, _) = self.place(key);
        self.chunks.get(chunk)?.get(at).or_else(|| self.chunks.get(chunk + 1)?.first())
    }

    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let (chunk, at, there) = self.place(key);
        if !there {
            return None;
        }
        self.len -= 1;
        let (_, value) = self.chunks[chunk].remove(at);
        if self.chunks[chunk].is_empty() {
            self.chunks.remove(chunk);
        }
        Some(value)
    }

    /// In which list and where in it a key stands or would stand, and whether it does.
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> (usize, usize, bool)
    where
        K: Borrow<Q>,
    {
        let chunk = match search(self.chunks.len(), &|place| self.chunks[place][0].0.borrow().cmp(key)) {
            Ok(place) => return (place, 0, true),
            Err(after) => after.saturating_sub(1),
        };
        let Some(list) = self.chunks.get(chunk) else { return (0, 0, false) };
        match search(list.len(), &|place| list[place].0.borrow().cmp(key)) {
            Ok(at) => (chunk, at, true),
            Err(at) => (chunk, at, false),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::base::Rng;

    /// Both maps after the same operations, of which first most add and later most remove.
    #[test]
    fn it_is_a_b_tree_to_its_user() {
        let mut rng = Rng::new(1);
        let (mut many, mut tree) = (Many::default(), BTreeMap::new());
        for step in 0..60_000u64 {
            let key = if rng.below(4) == 0 { 1_000 + step } else { rng.below(3_000) };
            if rng.below(60_000) > step {
                assert_eq!(many.insert(key, step), tree.insert(key, step));
            } else {
                let key = tree.range(key..).next().map_or(key, |(next, _)| *next);
                assert_eq!(many.remove(&key), tree.remove(&key));
            }
            let key = rng.below(70_000);
            assert_eq!(many.get(&key), tree.get(&key));
            assert_eq!(many.get_mut(&(key / 20)), tree.get_mut(&(key / 20)));
            assert_eq!(many.from(&key).map(|(next, _)| next), tree.range(key..).next().map(|(next, _)| next));
            assert_eq!(many.first().map(|(first, _)| first), tree.keys().next());
            assert_eq!(many.len(), tree.len());
            if step % 1_000 == 0 {
                assert!(many.iter().map(|(key, value)| (key, value)).eq(&tree), "after step {step}");
            }
            if step == 30_000 {
                many.retain(|key| key % 3 > 0);
                tree.retain(|key, _| key % 3 > 0);
            }
        }
        many.clear();
        assert!(many.is_empty() && many.first().is_none() && many.from(&0).is_none());
    }
}
