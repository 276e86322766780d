//! `sort.Slice`, for the order in which it leaves equal elements.
//!
//! It is a pattern-defeating quicksort and not stable, but deterministic: bucket and stream lists of more than twelve
//! rows show it. <https://arxiv.org/abs/2106.05123>

/// Shorter runs are sorted by insertion, which is stable.
const INSERTION: usize = 12;
/// From this length on the pivot is the median of three medians.
const NINTHER: usize = 50;

/// Sorts as `sort.Slice` does; `less` is asked as Go asks it.
pub fn sort_slice<T>(items: &mut [T], less: impl Fn(&T, &T) -> bool) {
    let length = items.len();
    let limit = usize::BITS - length.leading_zeros();
    Sort { items, less }.run(0, length, limit);
}

struct Sort<'a, T, F> {
    items: &'a mut [T],
    less: F,
}

/// What the choice of a pivot has seen of the order.
#[derive(PartialEq)]
enum Hint {
    Unknown,
    Increasing,
    Decreasing,
}

impl<T, F: Fn(&T, &T) -> bool> Sort<'_, T, F> {
    fn less(&self, a: usize, b: usize) -> bool {
        (self.less)(&self.items[a], &self.items[b])
    }

    /// Sorts `from..to`; after `limit` bad pivots by a heap.
    fn run(&mut self, mut from: usize, mut to: usize, mut limit: u32) {
        let (mut balanced, mut partitioned) = (true, true);
        loop {
            let length = to - from;
            if length <= INSERTION {
                return self.insertion(from, to);
            }
            if limit == 0 {
                return self.heap(from, to);
            }
            if !balanced {
                self.break_patterns(from, to);
                limit -= 1;
            }
            let (mut pivot, mut hint) = self.choose_pivot(from, to);
            if hint == Hint::Decreasing {
                self.items[from..to].reverse();
                pivot = (to - 1) - (pivot - from);
                hint = Hint::Increasing;
            }
            if balanced && partitioned && hint == Hint::Increasing && self.partial_insertion(from, to) {
                return;
            }
            if from > 0 && !self.less(from - 1, pivot) {
                from = self.partition_equal(from, to, pivot);
                continue;
            }
            let (middle, already) = self.partition(from, to, pivot);
            partitioned = already;
            let (left, right) = (middle - from, to - middle);
            balanced = left.min(right) >= length / 8;
            if left < right {
                self.run(from, middle, limit);
                from = middle + 1;
            } else {
                self.run(middle + 1, to, limit);
                to = middle;
            }
        }
    }

    fn insertion(&mut self, from: usize, to: usize) {
        for end in from + 1..to {
            let mut at = end;
            while at > from && self.less(at, at - 1) {
                self.items.swap(at, at - 1);
                at -= 1;
            }
        }
    }

    fn heap(&mut self, from: usize, to: usize) {
        let length = to - from;
        for root in (0..=(length - 1) / 2).rev() {
            self.sift_down(root, length, from);
        }
        for end in (0..length).rev() {
            self.items.swap(from, from + end);
            self.sift_down(0, end, from);
        }
    }

    fn sift_down(&mut self, mut root: usize, end: usize, first: usize) {
        loop {
            let mut child = 2 * root + 1;
            if child >= end {
                return;
            }
            if child + 1 < end && self.less(first + child, first + child + 1) {
                child += 1;
            }
            if !self.less(first + root, first + child) {
                return;
            }
            self.items.swap(first + root, first + child);
            root = child;
        }
    }

    /// Smaller elements before the pivot, the others behind it; its new place, and whether all stood right before.
    fn partition(&mut self, from: usize, to: usize, pivot: usize) -> (usize, bool) {
        self.items.swap(from, pivot);
        let (mut low, mut high) = (from + 1, to - 1);
        let mut already = true;
        loop {
            while low <= high && self.less(low, from) {
                low += 1;
            }
            while low <= high && !self.less(high, from) {
                high -= 1;
            }
            if low > high {
                self.items.swap(high, from);
                return (high, already);
            }
            already = false;
            self.items.swap(low, high);
            low += 1;
            high -= 1;
        }
    }

    /// Elements equal to the pivot before the greater ones, where there are no smaller ones.
    fn partition_equal(&mut self, from: usize, to: usize, pivot: usize) -> usize {
        self.items.swap(from, pivot);
        let (mut low, mut high) = (from + 1, to - 1);
        loop {
            while low <= high && !self.less(from, low) {
                low += 1;
            }
            while low <= high && self.less(from, high) {
                high -= 1;
            }
            if low > high {
                return low;
            }
            self.items.swap(low, high);
            low += 1;
            high -= 1;
        }
    }

    /// Moves a few elements of what is nearly sorted; whether all is sorted then.
    fn partial_insertion(&mut self, from: usize, to: usize) -> bool {
        let mut at = from + 1;
        for _ in 0..5 {
            while at < to && !self.less(at, at - 1) {
                at += 1;
            }
            if at == to {
                return true;
            }
            if to - from < NINTHER {
                return false;
            }
            self.items.swap(at, at - 1);
            if at - from >= 2 {
                let mut left = at - 1;
                while left >= 1 && self.less(left, left - 1) {
                    self.items.swap(left, left - 1);
                    left -= 1;
                }
            }
            if to - at >= 2 {
                let mut right = at + 1;
                while right < to && self.less(right, right - 1) {
                    self.items.swap(right, right - 1);
                    right += 1;
                }
            }
        }
        false
    }

    /// Scatters three elements, by a generator that only the length seeds.
    fn break_patterns(&mut self, from: usize, to: usize) {
        let length = to - from;
        if length < 8 {
            return;
        }
        let mut random = length as u64;
        let mask = (1_u64 << (usize::BITS - length.leading_zeros())) - 1;
        let middle = from + length / 4 * 2;
        for index in middle - 1..=middle + 1 {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let mut other = (random & mask) as usize;
            if other >= length {
                other -= length;
            }
            self.items.swap(index, from + other);
        }
    }

    fn choose_pivot(&self, from: usize, to: usize) -> (usize, Hint) {
        let quarter = (to - from) / 4;
        let (mut i, mut j, mut k) = (from + quarter, from + quarter * 2, from + quarter * 3);
        let mut swaps = 0;
        if to - from >= 8 {
            if to - from >= NINTHER {
                i = self.median(i - 1, i, i + 1, &mut swaps);
                j = self.median(j - 1, j, j + 1, &mut swaps);
                k = self.median(k - 1, k, k + 1, &mut swaps);
            }
            j = self.median(i, j, k, &mut swaps);
        }
        let hint = match swaps {
            0 => Hint::Increasing,
            12 => Hint::Decreasing,
            _ => Hint::Unknown,
        };
        (j, hint)
    }

    fn median(&self, a: usize, b: usize, c: usize, swaps: &mut u32) -> usize {
        let (a, b) = self.ordered(a, b, swaps);
        let (b, _) = self.ordered(b, c, swaps);
        self.ordered(a, b, swaps).1
    }

    fn ordered(&self, a: usize, b: usize, swaps: &mut u32) -> (usize, usize) {
        if self.less(b, a) {
            *swaps += 1;
            return (b, a);
        }
        (a, b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(length: u32, modulus: u32, want: &str) {
        let mut items: Vec<u32> = (0..length).collect();
        sort_slice(&mut items, |a, b| a * 7 % modulus < b * 7 % modulus);
        let got: Vec<String> = items.iter().map(u32::to_string).collect();
        assert_eq!(got.join(" "), want);
    }

    #[test]
    fn equal_elements_stand_as_in_go() {
        check(12, 3, "0 3 6 9 1 4 7 10 2 5 8 11");
        check(20, 4, "0 16 4 12 8 19 3 15 7 11 10 6 14 2 18 9 13 5 17 1");
        check(
            60,
            5,
            "40 25 55 30 20 5 0 10 15 45 35 50 58 13 38 8 48 33 18 43 53 3 28 23 31 36 26 1 56 51 21 6 \
         46 11 41 16 49 24 14 39 59 34 54 4 44 9 29 19 47 7 37 32 52 17 42 2 22 57 27 12",
        );
        check(
            100,
            97,
            "0 97 14 28 42 56 70 84 1 98 15 29 43 57 71 85 2 99 16 30 44 58 72 86 3 17 31 45 59 73 87 4 \
         18 32 46 60 74 88 5 19 33 47 61 75 89 6 20 34 48 62 76 90 7 21 35 49 63 77 91 8 22 36 50 \
         64 78 92 9 23 37 51 65 79 93 10 24 38 52 66 80 94 11 25 39 53 67 81 95 12 26 40 54 68 82 \
         96 13 27 41 55 69 83",
        );
    }
}
