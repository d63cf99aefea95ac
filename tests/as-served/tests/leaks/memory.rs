//! Secrets are zeroed when nobody has them any more: a process looks for them in its own memory.
#![cfg(target_os = "linux")]

use std::{
    env,
    fs::File,
    hint::black_box,
    io::{self, Read as _},
    os::unix::fs::FileExt as _,
    process::{Command, Stdio},
    time::Duration,
};

use generated_client::{
    JobUuid, cbr,
    jiff::{Timestamp, tz::TimeZone},
    zstack,
};

use crate::server::{Answer, Server};

/// How much of a text is looked for: so many digits at its end.
const END: usize = 12;

/// A text of 32 hexadecimal digits that is nowhere in memory before it is made: only its recipe is.
#[derive(Clone, Copy)]
struct Recipe(usize);

impl Recipe {
    /// One digit of the text, with all its bits turned over.
    fn masked(self, at: usize) -> u8 {
        let mixed = (at + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_mul(2 * self.0 + 3);
        !b"0123456789abcdef"[(mixed >> 40) % 16]
    }

    fn make(self) -> String {
        let mut text = String::with_capacity(32);
        text.extend((0..32).map(|at| char::from(!self.masked(at))));
        text
    }

    /// How often the text stands in the memory of this process that can be written to. Its end is looked for: who frees
    /// memory writes to its beginning.
    ///
    /// Nothing small is allocated here, which could take the place of what was freed.
    fn copies(self) -> usize {
        const STEP: usize = 1 << 16;
        // What is read comes to stand here as well, and is not counted.
        let mut read = vec![0; STEP + END - 1];
        let own = read.as_ptr() as usize..read.as_ptr() as usize + read.len();
        let memory = File::open("/proc/self/mem").unwrap();
        let mut maps = String::with_capacity(4 * STEP);
        File::open("/proc/self/maps").unwrap().read_to_string(&mut maps).unwrap();
        let end: [u8; END] = std::array::from_fn(|at| self.masked(32 - END + at));
        let is_end =
            |bytes: &[u8]| !bytes[0] == end[0] && bytes.iter().zip(&end).all(|(byte, masked)| !byte == *masked);
        let mut copies = 0;
        for map in maps.lines().filter(|map| map.split(' ').nth(1).is_some_and(|may| may.starts_with("rw"))) {
            let (begin, behind) = map.split(' ').next().and_then(|place| place.split_once('-')).unwrap();
            let [begin, behind] = [begin, behind].map(|at| usize::from_str_radix(at, 16).unwrap());
            for at in (begin..behind).step_by(STEP) {
                let length = read.len().min(behind - at);
                // Some of it can't be read, such as the pages of the kernel's clock.
                let Ok(length) = memory.read_at(&mut read[..length], at as u64) else { continue };
                let places = read[..length].windows(END).enumerate().filter(|(_, bytes)| is_end(bytes));
                copies += places.filter(|(place, _)| !own.contains(&(at + place))).count();
            }
        }
        copies
    }
}

/// Overwrites the caller's own copy.
fn erase(text: String) {
    let mut bytes = text.into_bytes();
    bytes.fill(0);
    black_box(&bytes);
}

/// How many copies there are while something lives that was made from the text, and when it is gone.
fn copies_of<T>(recipe: usize, make: impl FnOnce(&str) -> T) -> (usize, usize) {
    let recipe = Recipe(recipe);
    let text = recipe.make();
    let made = make(&text);
    erase(text);
    let living = recipe.copies();
    drop(made);
    (living, recipe.copies())
}

/// Runs this test again, in a process of its own: other tests' memory is not looked at. True in that process.
fn alone(test: &str, variables: &[(&str, &str)]) -> bool {
    const ALONE: &str = "LEAKS_TEST_ALONE";
    if env::var_os(ALONE).is_some() {
        return true;
    }
    let mut itself = Command::new(env::current_exe().unwrap());
    itself.args(["--exact", &format!("memory::{test}"), "--nocapture"]).env(ALONE, "1").stdout(Stdio::null());
    itself.envs(variables.iter().copied());
    assert!(itself.status().unwrap().success(), "see above");
    false
}

#[test]
fn the_search_finds_every_copy_and_what_was_freed_without_being_zeroed() {
    if alone("the_search_finds_every_copy_and_what_was_freed_without_being_zeroed", &[]) {
        assert_eq!(copies_of(1, str::to_owned), (1, 1));
        assert_eq!(copies_of(2, |text| [text.to_owned(), format!("OAuth {text}")]).0, 2);
        assert_eq!(copies_of(3, |_| ()), (0, 0));
    }
}

#[test]
fn credentials_are_zeroed_with_their_last_clone() {
    if alone("credentials_are_zeroed_with_their_last_clone", &[]) {
        assert_eq!(copies_of(1, |text| zstack::Session::new(text).unwrap()), (1, 0));
        assert_eq!(copies_of(2, |text| cbr::Token::new(text).unwrap()), (1, 0));
        let cloned = |text: &str| {
            let session = zstack::Session::new(text).unwrap();
            let credentials = zstack::Credentials::from(session.clone());
            let zstack = zstack::Client::new("http://127.0.0.1:9", credentials.clone()).unwrap();
            (session, credentials, zstack.clone(), zstack)
        };
        assert_eq!(copies_of(3, cloned), (1, 0));
    }
}

#[test]
fn the_secret_of_an_access_key_is_not_kept() {
    if alone("the_secret_of_an_access_key_is_not_kept", &[]) {
        let clock = || Timestamp::now().to_zoned(TimeZone::UTC);
        assert_eq!(copies_of(1, |text| zstack::AccessKey::new("id", text, clock).unwrap()), (0, 0));
    }
}

#[test]
fn the_name_of_a_job_is_zeroed() {
    if alone("the_name_of_a_job_is_zeroed", &[]) {
        let parsed = |text: &str| text.parse::<JobUuid>().unwrap();
        assert_eq!(copies_of(1, parsed), (1, 0));
        assert_eq!(copies_of(2, |text| [parsed(text), parsed(text).clone()]), (2, 0));
        assert_eq!(copies_of(3, |text| serde_json::from_value::<JobUuid>(text.into()).unwrap()), (1, 0));
        assert_eq!(copies_of(4, |text| serde_json::to_writer(io::sink(), &parsed(text)).unwrap()), (0, 0));
    }
}

/// How often the session stands in the memory of a process that made calls in it: while client and runtime live, and when
/// they are gone.
#[cfg(target_env = "gnu")]
fn copies_after_calls(base_url: &str) -> (usize, usize) {
    copies_of(1, |text| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let zstack = zstack::Client::builder(base_url, zstack::Session::new(text).unwrap())
            .poll_interval(Duration::from_millis(1), Duration::from_millis(1))
            .build()
            .unwrap();
        for _ in 0..3 {
            let read = zstack.get_database_backup_from_image_store().url("ssh://10.0.0.1/bs").send();
            runtime.block_on(read).unwrap_err();
            let job = zstack.recover_data_volume().uuid("70820c8ead5144ebaf603b88e63a4d17").send();
            runtime.block_on(job).unwrap_err();
        }
        (zstack, runtime)
    })
}

/// The address of the server, for the process that makes the calls.
#[cfg(target_env = "gnu")]
const BASE_URL: &str = "LEAKS_TEST_BASE_URL";

#[cfg(target_env = "gnu")]
#[tokio::test(flavor = "multi_thread")]
async fn after_calls_nothing_is_left_but_in_memory_that_was_freed() {
    const NAME: &str = "after_calls_nothing_is_left_but_in_memory_that_was_freed";
    if let Ok(base_url) = env::var(BASE_URL) {
        let copies = tokio::task::spawn_blocking(move || copies_after_calls(&base_url)).await.unwrap();
        // That of the client.
        assert_eq!(copies, (1, 0));
        return;
    }
    // It does not know the session, and repeats it: what was made of that for the error has to go as well.
    let server = Server::start(|request| {
        let status = if request.head.contains("/api-jobs/") { 404 } else { 500 };
        Answer(status, String::new(), request.head.clone())
    });
    let server = server.await;
    // glibc overwrites what is freed, when it is told to.
    let variables =
        [(BASE_URL, server.url.as_str()), ("GLIBC_TUNABLES", "glibc.malloc.perturb=1:glibc.malloc.tcache_count=0")];
    let variables = variables.map(|(name, value)| (name, value.to_owned()));
    let again = move || alone(NAME, &variables.each_ref().map(|(name, value)| (*name, value.as_str())));
    tokio::task::spawn_blocking(again).await.unwrap();
}
