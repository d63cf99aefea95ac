//! What a process has cost, and what it may have. `None` where the system does not say.

use std::fs::File;
use std::io::{Read, Seek};
use std::time::Duration;

/// The most memory that a process has held (`VmHWM`, Linux).
///
/// It is opened beforehand: later there may be no file left to be opened.
#[derive(Debug)]
pub struct PeakMemory(Option<File>);

impl PeakMemory {
    /// Of this process.
    #[must_use]
    pub fn own() -> Self {
        Self(File::open("/proc/self/status").ok())
    }

    /// Of the process with this id.
    #[must_use]
    pub fn of(process: u32) -> Self {
        Self(File::open(format!("/proc/{process}/status")).ok())
    }

    /// In bytes, as it is now.
    #[must_use]
    pub fn bytes(&self) -> Option<u64> {
        let mut file = self.0.as_ref()?;
        let mut status = String::new();
        file.rewind().and_then(|()| file.read_to_string(&mut status)).ok()?;
        kibibytes(&status, "VmHWM:").map(|kibibytes| kibibytes * 1024)
    }
}

/// The number of a line such as `VmHWM:    1234 kB`.
fn kibibytes(status: &str, name: &str) -> Option<u64> {
    let rest = status.lines().find_map(|line| line.strip_prefix(name))?;
    rest.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// How long this process has computed so far, on all cores together.
#[cfg(unix)]
#[must_use]
pub fn cpu_time() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(Duration::new(time.tv_sec.try_into().ok()?, time.tv_nsec.try_into().ok()?))
}

/// How long this process has computed so far, on all cores together.
#[cfg(not(unix))]
#[must_use]
pub fn cpu_time() -> Option<Duration> {
    None
}

/// Lets this process open as many files, connections among them, as the system lets it without asking an administrator.
/// Returns how many that is.
#[cfg(unix)]
#[must_use]
pub fn open_more_files() -> Option<u64> {
    use rustix::process::{Resource, getrlimit, setrlimit};

    let limit = getrlimit(Resource::Nofile);
    let raised = rustix::process::Rlimit { current: limit.maximum, maximum: limit.maximum };
    if setrlimit(Resource::Nofile, raised).is_ok() { limit.maximum } else { limit.current }
}

/// Lets this process open as many files, connections among them, as the system lets it without asking an administrator.
/// Returns how many that is.
#[cfg(not(unix))]
#[must_use]
pub fn open_more_files() -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn the_memory_of_this_process_is_read_again_and_grows() {
        let memory = PeakMemory::own();
        let before = memory.bytes().unwrap();
        let block = std::hint::black_box(vec![1_u8; 64 << 20]);
        assert!(memory.bytes().unwrap() >= before + (32 << 20), "{}", block.len());
    }

    #[test]
    fn a_line_of_the_status_is_read_as_a_number() {
        let status = "Name:\ttorture\nVmPeak:\t  999 kB\nVmHWM:\t   5124 kB\n";
        assert_eq!(kibibytes(status, "VmHWM:"), Some(5124));
        assert_eq!(kibibytes(status, "VmSwap:"), None);
    }
}
