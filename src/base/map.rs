//! An ordered map for what is few: a sorted list. It has a fraction of a B-tree's code, which a program pays again for
//! every pair of types. Finding takes O(log n) steps; adding and removing move what stands behind, so adding in
//! order is as cheap as pushing. Where tens of thousands come and go out of order, [`Many`](super::Many) is right.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::{Index, RangeBounds};

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Map<K, V> {
    list: Vec<(K, V)>,
}

impl<K, V> Map<K, V> {
    pub const fn new() -> Map<K, V> {
        Map { list: Vec::new() }
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn clear(&mut self) {
        self.list.clear();
    }

    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter(self.list.iter())
    }

    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&K, &mut V)> {
        self.list.iter_mut().map(|(key, value)| (&*key, value))
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + ExactSizeIterator + Clone {
        self.list.iter().map(|(key, _)| key)
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator + Clone {
        self.list.iter().map(|(_, value)| value)
    }

    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut V> {
        self.list.iter_mut().map(|(_, value)| value)
    }

    pub fn into_keys(self) -> impl Iterator<Item = K> {
        self.list.into_iter().map(|(key, _)| key)
    }

    pub fn into_values(self) -> impl Iterator<Item = V> {
        self.list.into_iter().map(|(_, value)| value)
    }

    pub fn first_key_value(&self) -> Option<(&K, &V)> {
        self.iter().next()
    }

    pub fn last_key_value(&self) -> Option<(&K, &V)> {
        self.iter().next_back()
    }

    pub fn pop_first(&mut self) -> Option<(K, V)> {
        (!self.list.is_empty()).then(|| self.list.remove(0))
    }

    pub fn pop_last(&mut self) -> Option<(K, V)> {
        self.list.pop()
    }

    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        self.list.retain_mut(|(key, value)| keep(key, value));
    }
}

impl<K: Ord, V> Map<K, V> {
    /// Returns what stood there before.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(place) => Some(std::mem::replace(&mut self.list[place].1, value)),
            Err(place) => {
                self.list.insert(place, (key, value));
                None
            }
        }
    }

    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        let place = self.place(&key);
        Entry { list: &mut self.list, place, key }
    }

    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|place| &self.list[place].1)
    }

    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|place| &mut self.list[place].1)
    }

    /// As [`Map::get_mut`], but looked for first at the place `near` and behind it. It becomes where the key was found.
    pub fn get_near<Q: Ord + ?Sized>(&mut self, key: &Q, near: &mut usize) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let is_at = |place: usize| self.list.get(place).is_some_and(|(other, _)| other.borrow() == key);
        if !is_at(*near) {
            *near = if is_at(*near + 1) { *near + 1 } else { self.place(key).ok()? };
        }
        self.list.get_mut(*near).map(|(_, value)| value)
    }

    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|place| self.list.remove(place).1)
    }

    pub fn range(&self, range: impl RangeBounds<K>) -> Iter<'_, K, V> {
        let (from, to) = self.ends(&range);
        Iter(self.list[from..to].iter())
    }

    pub fn range_mut(&mut self, range: impl RangeBounds<K>) -> impl DoubleEndedIterator<Item = (&K, &mut V)> {
        let (from, to) = self.ends(&range);
        self.list[from..to].iter_mut().map(|(key, value)| (&*key, value))
    }

    /// Where a range begins and ends in the list.
    fn ends(&self, range: &impl RangeBounds<K>) -> (usize, usize) {
        use std::ops::Bound::{Excluded, Included, Unbounded};
        let from = match range.start_bound() {
            Unbounded => 0,
            Included(key) => self.list.partition_point(|(other, _)| other < key),
            Excluded(key) => self.list.partition_point(|(other, _)| other <= key),
        };
        let to = match range.end_bound() {
            Unbounded => self.list.len(),
            Included(key) => self.list.partition_point(|(other, _)| other <= key),
            Excluded(key) => self.list.partition_point(|(other, _)| other < key),
        };
        (from, to.max(from))
    }

    /// Where the key stands, or where it would. What comes after all others is found at once.
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        search(self.list.len(), &|place| self.list[place].0.borrow().cmp(key))
    }
}

/// Where in a sorted list of this length something stands, or would, that `compare` tells places from. One program for
/// all kinds of keys.
pub(super) fn search(len: usize, compare: &dyn Fn(usize) -> Ordering) -> Result<usize, usize> {
    let (mut low, mut high) = (0, len);
    // What comes after all others is found at once.
    let mut place = len.wrapping_sub(1);
    while low < high {
        match compare(place) {
            Ordering::Less => low = place + 1,
            Ordering::Equal => return Ok(place),
            Ordering::Greater => high = place,
        }
        place = usize::midpoint(low, high);
    }
    Err(low)
}

/// The place of a key, which may be empty.
pub struct Entry<'a, K, V> {
    list: &'a mut Vec<(K, V)>,
    place: Result<usize, usize>,
    key: K,
}

impl<'a, K, V> Entry<'a, K, V> {
    pub fn or_insert_with(self, make: impl FnOnce() -> V) -> &'a mut V {
        let place = match self.place {
            Ok(place) => place,
            Err(place) => {
                self.list.insert(place, (self.key, make()));
                place
            }
        };
        &mut self.list[place].1
    }

    pub fn or_insert(self, value: V) -> &'a mut V {
        self.or_insert_with(|| value)
    }

    pub fn or_default(self) -> &'a mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }
}

/// Pairs in the order of their keys.
pub struct Iter<'a, K, V>(std::slice::Iter<'a, (K, V)>);

impl<K, V> Clone for Iter<'_, K, V> {
    fn clone(&self) -> Self {
        Iter(self.0.clone())
    }
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<(&'a K, &'a V)> {
        self.0.next().map(|(key, value)| (key, value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<K, V> DoubleEndedIterator for Iter<'_, K, V> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|(key, value)| (key, value))
    }
}

impl<K, V> ExactSizeIterator for Iter<'_, K, V> {}

impl<K, V> Default for Map<K, V> {
    fn default() -> Map<K, V> {
        Map::new()
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, pairs: I) {
        for (key, value) in pairs {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Map<K, V> {
        let mut map = Map::new();
        map.extend(pairs);
        map
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for Map<K, V> {
    fn from(pairs: [(K, V); N]) -> Map<K, V> {
        pairs.into_iter().collect()
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<K: Ord + Borrow<Q>, Q: Ord + ?Sized, V> Index<&Q> for Map<K, V> {
    type Output = V;

    /// Panics where there is none, as lists do.
    fn index(&self, key: &Q) -> &V {
        self.get(key).expect("a key that is there")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::base::Rng;

    /// Both maps after the same operations.
    #[test]
    fn it_is_a_b_tree_to_its_user() {
        let mut rng = Rng::new(1);
        let (mut map, mut tree) = (Map::new(), BTreeMap::new());
        for step in 0..20_000u64 {
            let key = rng.below(200);
            match rng.below(8) {
                0 | 1 => assert_eq!(map.insert(key, step), tree.insert(key, step)),
                2 => assert_eq!(map.remove(&key), tree.remove(&key)),
                3 => {
                    *map.entry(key).or_default() += 1;
                    *tree.entry(key).or_default() += 1;
                }
                4 => assert_eq!(map.get(&key), tree.get(&key)),
                5 => {
                    let (low, high) = (key, key + rng.below(50));
                    assert!(map.range(low..high).eq(tree.range(low..high)));
                    assert!(map.range(low..=high).rev().eq(tree.range(low..=high).rev()));
                }
                6 => assert_eq!(map.last_key_value(), tree.last_key_value()),
                _ if step % 40 == 0 => assert_eq!(map.pop_first(), tree.pop_first()),
                _ => assert_eq!(map.contains_key(&key), tree.contains_key(&key)),
            }
            assert!(map.iter().eq(&tree), "after step {step}");
        }
        map.retain(|key, _| key % 2 == 0);
        tree.retain(|key, _| key % 2 == 0);
        assert!(map.into_iter().eq(tree));
    }

    #[test]
    fn the_last_of_equal_keys_stays() {
        let map: Map<&str, u8> = [("b", 1), ("a", 2), ("b", 3)].into_iter().collect();
        assert_eq!(format!("{map:?}"), "{\"a\": 2, \"b\": 3}");
        assert_eq!(map["a"], 2);
    }
}
