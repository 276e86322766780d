//! How much memory a thread holds and held at most, counted where it is taken and given back.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

struct Counting;

fn count(bytes: isize) {
    // A thread that ends gives back memory when its count is gone already.
    let _ = HELD.try_with(|held| {
        held.set(held.get() + bytes);
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(held.get())));
    });
}

#[expect(unsafe_code, reason = "what counts allocations has to be an allocator")]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // For a moment both may be there.
        count(size as isize);
        count(-(layout.size() as isize));
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// A moment, from which on it is counted.
pub(crate) struct Mark(isize);

impl Mark {
    pub(crate) fn set() -> Mark {
        let held = HELD.get();
        PEAK.set(held);
        Mark(held)
    }

    /// How many bytes more than then this thread holds now, and held at most since a mark was set last.
    pub(crate) fn grown(&self) -> (usize, usize) {
        let more = |bytes: isize| usize::try_from(bytes - self.0).unwrap_or(0);
        (more(HELD.get()), more(PEAK.get()))
    }
}
