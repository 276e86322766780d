//! A clock that stands still until it is set, and wakes those who sleep.
//!
//! One handle is shared by everything that waits in one world; whoever drives the world sets it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::{Pin, pin};
use std::ptr::NonNull;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::Time;

/// A shared handle on one clock.
#[derive(Clone)]
pub struct Clock(Rc<RefCell<State>>);

struct State {
    now: Time,
    /// Who sleeps, by the time of waking and then in the order of falling asleep.
    sleepers: BTreeMap<(Time, u64), Sleeper>,
    slept: u64,
}

struct Sleeper {
    waker: Waker,
    /// See [`Clock::wait`].
    is_asked: bool,
}

/// The time given to [`Clock::timeout`] has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed;

impl Clock {
    pub fn new(now: Time) -> Clock {
        Clock(Rc::new(RefCell::new(State { now, sleepers: BTreeMap::new(), slept: 0 })))
    }

    pub fn now(&self) -> Time {
        self.0.borrow().now
    }

    /// Moves the clock and wakes whoever is due. A clock never goes back: an earlier time is ignored.
    pub fn set(&self, now: Time) {
        let mut due = Vec::new();
        {
            let mut state = self.0.borrow_mut();
            state.now = state.now.max(now);
            let now = state.now;
            while state.sleepers.first_key_value().is_some_and(|((time, _), _)| *time <= now) {
                due.extend(state.sleepers.pop_first().map(|(_, sleeper)| sleeper.waker));
            }
        }
        due.into_iter().for_each(Waker::wake);
    }

    /// When the next sleeper has to be woken.
    pub fn next(&self) -> Option<Time> {
        self.0.borrow().sleepers.keys().next().map(|(time, _)| *time)
    }

    /// Waits until `wait` has passed on this clock.
    pub fn sleep(&self, wait: Duration) -> Sleep {
        self.sleeper(wait, false)
    }

    /// The same for somebody who was asked to let time pass, as `sleep` is, and does nothing else.
    pub fn wait(&self, wait: Duration) -> Sleep {
        self.sleeper(wait, true)
    }

    fn sleeper(&self, wait: Duration, is_asked: bool) -> Sleep {
        Sleep { clock: self.clone(), until: self.now() + wait, place: 0, waker: None, is_asked }
    }

    /// Whether whom `waker` wakes lets time pass because it was asked to.
    pub fn is_waited_for(&self, waker: &Waker) -> bool {
        self.0.borrow().sleepers.values().any(|sleeper| sleeper.is_asked && sleeper.waker.will_wake(waker))
    }

    /// The outcome of `work`, unless `wait` passes first.
    pub async fn timeout<T>(&self, wait: Duration, work: impl Future<Output = T>) -> Result<T, Elapsed> {
        self.sleep(wait).limit(work).await
    }
}

/// The future of [`Clock::sleep`].
pub struct Sleep {
    clock: Clock,
    until: Time,
    /// Its number among those who wake at the same time, once it sleeps.
    place: u64,
    /// Who is woken, once it sleeps.
    waker: Option<NonNull<()>>,
    is_asked: bool,
}

impl Sleep {
    /// How long it still takes.
    pub fn left(&self) -> Duration {
        self.until.since(self.clock.now())
    }

    /// The outcome of `work`, unless this ends first.
    pub async fn limit<T>(self, work: impl Future<Output = T>) -> Result<T, Elapsed> {
        let (mut work, mut sleep) = (pin!(work), pin!(self));
        std::future::poll_fn(|context| {
            if let Poll::Ready(value) = work.as_mut().poll(context) {
                return Poll::Ready(Ok(value));
            }
            sleep.as_mut().poll(context).map(|()| Err(Elapsed))
        })
        .await
    }

    fn forget(&mut self) {
        if self.waker.take().is_some() {
            self.clock.0.borrow_mut().sleepers.remove(&(self.until, self.place));
        }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.clock.now() >= self.until {
            self.forget();
            return Poll::Ready(());
        }
        let waker = context.waker();
        // The clock keeps the waker, so that nothing else can be where it is. One without a place is any of those.
        let known = NonNull::new(waker.data().cast_mut()).unwrap_or(NonNull::dangling());
        if self.waker == Some(known) {
            return Poll::Pending; // It sleeps already, and is asked whenever its program has something else to do.
        }
        let Sleep { clock, until, place, waker: before, is_asked } = &mut *self;
        let mut state = clock.0.borrow_mut();
        if before.is_none() {
            *place = state.slept;
            state.slept += 1;
        }
        let sleeper = Sleeper { waker: waker.clone(), is_asked: *is_asked };
        state.sleepers.insert((*until, *place), sleeper);
        *before = Some(known);
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.forget();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poll<T>(work: &mut Pin<Box<dyn Future<Output = T>>>) -> Poll<T> {
        work.as_mut().poll(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn wakes_when_it_is_set_and_never_goes_back() {
        let clock = Clock::new(Time::from_secs(100));
        let mut sleep: Pin<Box<dyn Future<Output = ()>>> = Box::pin(clock.sleep(Duration::from_secs(2)));
        assert_eq!(poll(&mut sleep), Poll::Pending);
        assert_eq!(clock.next(), Some(Time::from_secs(102)));
        clock.set(Time::from_secs(1));
        assert_eq!(clock.now(), Time::from_secs(100));
        clock.set(Time::from_secs(102));
        assert_eq!(poll(&mut sleep), Poll::Ready(()));
        assert_eq!(clock.next(), None);
    }

    #[test]
    fn a_dropped_sleeper_is_forgotten() {
        let clock = Clock::new(Time::default());
        let waiting = clock.clone();
        let mut work: Pin<Box<dyn Future<Output = Result<u8, Elapsed>>>> =
            Box::pin(async move { waiting.timeout(Duration::from_secs(1), std::future::pending()).await });
        assert!(poll(&mut work).is_pending());
        assert_eq!(clock.next(), Some(Time::from_secs(1)));
        clock.set(Time::from_secs(1));
        assert_eq!(poll(&mut work), Poll::Ready(Err(Elapsed)));
        drop(work);
        assert_eq!(clock.next(), None);
    }
}
