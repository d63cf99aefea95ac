//! The client of the served document, against the stand-in server: what a call does from its first byte to its result.

mod access_keys;
mod at_once;
mod blocking;
mod broken_answers;
mod calls;
mod captures;
mod cbr;
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
mod second_requests;
mod sent_again;
mod spoilt_answers;
mod taken_up_again;
mod time_to_ask;
mod trouble;
