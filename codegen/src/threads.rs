//! Work on several things at the same time, on as many threads as the machine runs at once.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// The work on a thing has panicked.
pub(crate) struct Panicked;

/// How many threads the machine runs at once.
pub(crate) fn number() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Does the same with each thing, in any order, and gives what comes of them in the order of the things. A panic ends the
/// work on one of them.
pub(crate) fn each<T: Send, R: Send>(things: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<Result<R, Panicked>> {
    let one = |thing: T| panic::catch_unwind(AssertUnwindSafe(|| work(thing))).map_err(|_| Panicked);
    let threads = number().min(things.len());
    if threads < 2 {
        return things.into_iter().map(one).collect();
    }
    let mut done: Vec<Option<Result<R, Panicked>>> = Vec::new();
    done.resize_with(things.len(), || None);
    let waiting = Mutex::new(things.into_iter().enumerate());
    let done = Mutex::new(done);
    let labour = || {
        loop {
            let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((number, thing)) = next else { break };
            let result = one(thing);
            if let Some(place) = done.lock().unwrap_or_else(PoisonError::into_inner).get_mut(number) {
                *place = Some(result);
            }
        }
    };
    thread::scope(|scope| {
        // This thread is one of them.
        (1..threads).for_each(|_| {
            scope.spawn(labour);
        });
        labour();
    });
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.into_iter().map(|result| result.unwrap_or(Err(Panicked))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_of_things_is_in_their_order_and_a_panic_is_that_of_one() {
        let results = each((0..100).collect(), |number| if number == 50 { panic!("at {number}") } else { number * 2 });
        for (number, result) in results.into_iter().enumerate() {
            assert_eq!(result.ok(), (number != 50).then_some(number * 2));
        }
    }
}
