//! What the default client does differently from the client of the document alone is what the overlay's actions say: no
//! less, and nothing else. `data/differences.yaml` has an entry for each action.

mod answers;
mod call;
mod compare;
mod entries;
mod listener;
mod offers;
mod overlay;
mod pages_words;
mod requests;
