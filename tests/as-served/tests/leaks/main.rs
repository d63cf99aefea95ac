//! Nothing leaks, and nothing gets in: secrets in what a call can print, and in memory; headers in what it sends.

mod calls;
mod capture;
mod echoes;
mod encodings;
mod faults;
mod formats;
mod injection;
mod memory;
mod planted;
mod prints;
mod secrets;
mod server;
mod silence;
