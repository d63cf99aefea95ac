//! From arguments to an exit code, and what Ctrl-C does.

use std::{
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    args::{Cli, Command},
    cbr,
    exit::Exit,
    failure::Failure,
    job,
    output::Format,
    pages,
    terminal::Settings,
    voice::Voice,
    zstack,
};

/// What all commands share.
pub(crate) struct Run {
    pub(crate) output: Format,
    pub(crate) voice: Arc<Voice>,
    under_way: Arc<Mutex<UnderWay>>,
}

/// What would be interrupted now.
#[derive(Debug, Clone)]
pub(crate) enum UnderWay {
    /// Nothing: nothing was sent yet.
    Nothing,
    /// A question that changes nothing.
    Read,
    /// A restore of CBR.
    Restore,
    /// A job, with the line that takes it up again.
    Job(String),
}

impl Run {
    /// Notes what would be interrupted from now on.
    pub(crate) fn begin(&self, what: UnderWay) {
        note(&self.under_way, what);
    }

    /// The same, for a client's callbacks.
    pub(crate) fn beginner(&self) -> impl Fn(UnderWay) + Send + Sync + use<> {
        let under_way = Arc::clone(&self.under_way);
        move |what| note(&under_way, what)
    }

    /// Says what was interrupted.
    fn interrupted(&self) {
        self.voice.still();
        let under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.voice.say(&match under_way {
            UnderWay::Nothing => "\nInterrupted. Nothing was sent.".to_owned(),
            UnderWay::Read => "\nInterrupted. It was a question only, nothing was changed.".to_owned(),
            UnderWay::Restore => {
                "\nInterrupted. It is not known whether the restore was accepted: look at the target before it is sent again."
                    .to_owned()
            }
            UnderWay::Job(line) => format!(
                "\nInterrupted. The server may have the job, and goes on with it. Take it up again before anything is sent \
                 again:\n  {line}"
            ),
        });
    }
}

fn note(under_way: &Mutex<UnderWay>, what: UnderWay) {
    *under_way.lock().unwrap_or_else(PoisonError::into_inner) = what;
}

/// Does what the arguments ask for.
pub(crate) fn main(cli: Cli) -> ExitCode {
    let run = Run {
        output: cli.view.output,
        voice: Arc::new(Voice::new(cli.view.verbose)),
        under_way: Arc::new(Mutex::new(UnderWay::Nothing)),
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(problem) => {
            run.voice.complain(&Failure::other(format!("the program could not be set up: {problem}")));
            return Exit::Other.into();
        }
    };
    let settings = Settings::now();
    let exit = runtime.block_on(async {
        tokio::select! {
            biased;
            done = commanded(&cli.command, &run) => match done {
                Ok(()) => Exit::Done,
                Err(failure) => {
                    run.voice.still();
                    run.voice.complain(&failure);
                    failure.exit
                }
            },
            never = run.voice.break_silences() => match never {},
            Ok(()) = tokio::signal::ctrl_c() => {
                settings.put_back();
                run.interrupted();
                Exit::Interrupted
            }
        }
    });
    // A prompt that nobody answers is not waited for.
    runtime.shutdown_background();
    exit.into()
}

async fn commanded(command: &Command, run: &Run) -> Result<(), Failure> {
    // So that Ctrl-C is listened for before anything is begun.
    tokio::task::yield_now().await;
    match command {
        Command::RecoverBackupFromImageStoreBackupStorage(asked) => zstack::job(asked, run).await,
        Command::SyncDatabaseBackupFromImageStoreBackupStorage(asked) => zstack::job(asked, run).await,
        Command::RecoverDataVolume(asked) => zstack::job(asked, run).await,
        Command::GetDatabaseBackupFromImageStore(asked) => zstack::list(asked, run).await,
        Command::RestoreBackup(asked) => cbr::restore(asked, run).await,
        Command::Job(asked) => job::job(asked, run).await,
        Command::Completions { shell } => pages::completions(*shell),
        Command::Man { command } => pages::man(command),
    }
}
