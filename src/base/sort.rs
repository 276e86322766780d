//! Sorting, compiled once for all types: an order of places is sorted by questions about two places, then the list is
//! put into it. `slice::sort` is some four kilobytes of program again for every type and every comparison.

use std::cmp::Ordering;

/// Sorts; equal elements stay in the order in which they were.
pub fn by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let order = sorted(items.len(), &|a, b| compare(&items[a], &items[b]).is_gt());
    arrange(items, order);
}

/// Sorts by what the elements themselves are.
pub fn sort<T: Ord>(items: &mut [T]) {
    by(items, T::cmp);
}

/// Puts the element of each place in `order` where that place stands in it.
pub fn arrange<T>(items: &mut [T], order: Vec<usize>) {
    for (to, &place) in order.iter().enumerate() {
        let mut from = place;
        while from < to {
            from = order[from]; // it was moved when its place was filled
        }
        items.swap(to, from);
    }
}

/// The places of a list of `length` in order, merged from runs of twice the length each time.
fn sorted(length: usize, after: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    let mut merged = Vec::with_capacity(length);
    let mut run = 1;
    while run < length {
        for pair in order.chunks(2 * run) {
            let (mut left, mut right) = pair.split_at(run.min(pair.len()));
            while let ([a, left_rest @ ..], [b, right_rest @ ..]) = (left, right) {
                if after(*a, *b) {
                    merged.push(*b);
                    right = right_rest;
                } else {
                    merged.push(*a);
                    left = left_rest;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        std::mem::swap(&mut order, &mut merged);
        merged.clear();
        run *= 2;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Rng;

    #[test]
    fn it_sorts_as_the_standard_library_does() {
        let mut rng = Rng::new(1);
        for length in 0..200_u64 {
            let mut items: Vec<(u64, u64)> = (0..length).map(|place| (rng.below(20), place)).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            by(&mut items, |a, b| a.0.cmp(&b.0));
            assert_eq!(items, expected);
            expected.sort_by_key(|item| std::cmp::Reverse(item.1));
            by(&mut items, |a, b| b.1.cmp(&a.1));
            assert_eq!(items, expected);
        }
    }
}
