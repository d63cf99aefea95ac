//! The client of the served document, against the stand-in server: what a call does from its first byte to its result.

mod access_keys;
mod at_once;
mod blocking;
mod calls;
mod captures;
mod cbr;
mod corners;
mod credentials;
mod crowd;
mod deadlines;
mod dropped;
mod failures;
mod following;
mod jobs;
mod lost_answers;
mod made_again;
mod reads;
mod redirects;
mod relay;
mod sent_again;
mod suspicions;
mod taken_up_again;
