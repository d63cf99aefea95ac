//! Calls without `async`, for scripts and for programs that have no runtime. Needs the feature `blocking`.
//!
//! ```no_run
//! use generated_client::{blocking::Block as _, zstack};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let zstack = zstack::Client::from_env()?;
//! let recovered = zstack.recover_data_volume().uuid("70820c8ead5144ebaf603b88e63a4d17").send().block()?;
//! println!("{:?}", recovered.inventory);
//! # Ok(())
//! # }
//! ```
//!
//! Every call can be made this way, a job's `poll` and `wait` as well: there is no second client. The connections are served by
//! one thread, which all clients of the program share and which is started with the first call.

use std::{io, sync::LazyLock};

use tokio::runtime::{Builder, Handle, Runtime};

use crate::{Error, operation::Operation};

/// Serves the connections, also while nobody waits.
static RUNTIME: LazyLock<io::Result<Runtime>> = LazyLock::new(|| {
    Builder::new_multi_thread().worker_threads(1).thread_name("generated-client").enable_all().build()
});

/// Stands for the call in errors that come before it.
const BLOCKING: Operation = Operation { service: "", id: "blocking", success: &[] };

/// A call that can be waited for without `async`.
pub trait Block<T> {
    /// Waits for the end of the call, on this thread.
    ///
    /// # Errors
    /// As the call; and when it is used within async code, where nothing else could run meanwhile: `.await` the call there.
    /// Nothing is sent then.
    fn block(self) -> Result<T, Error>;
}

impl<T, F: Future<Output = Result<T, Error>>> Block<T> for F {
    fn block(self) -> Result<T, Error> {
        if Handle::try_current().is_ok() {
            let problem = "this is async code, where a thread must not wait: use `.await` instead of `.block()`";
            return Err(Error::invalid(&BLOCKING, problem.to_owned()));
        }
        match &*RUNTIME {
            Ok(runtime) => runtime.block_on(self),
            Err(problem) => Err(Error::invalid(&BLOCKING, format!("no thread can be started: {problem}"))),
        }
    }
}
