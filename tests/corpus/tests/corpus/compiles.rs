//! Every client that is made of the corpus compiles, and clippy has nothing to say.

use corpus::{Outcome, all, outcome};

use crate::copy;

#[test]
fn what_is_made_of_the_corpus_compiles_without_a_warning() {
    let copy = copy::new();
    for document in all() {
        if let Outcome::Made(files) = outcome(&document.file, &document.text) {
            copy::add(&copy, &files);
        }
    }
    copy::clippy(&copy).unwrap_or_else(|said| panic!("{said}"));
}
