//! The client of the served document, against the stand-in server: what a call does from its first byte to its result.

mod access_keys;
mod at_once;
mod calls;
mod captures;
mod cbr;
mod credentials;
mod failures;
mod following;
mod jobs;
mod lost_answers;
mod made_again;
mod reads;
mod relay;
mod taken_up_again;
