//! What `cargo check` takes: from nothing, and after a file was touched.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use super::{Bench, Measured};
use crate::{
    Problem,
    program::{Client, cargo, run, target},
    statistics::median,
    table::{Goal, Row},
};

/// Who is checked. Progenitor's client is left out: its check makes it first.
const CLIENTS: [Client; 3] = [Client::Generated, Client::Guarded, Client::Barest];

/// Rounds of checks from nothing; each takes up to a minute of CPU time.
const ROUNDS: usize = 2;

/// Rounds of checks after a file was touched.
const ROUNDS_OF_TOUCHES: usize = 15;

pub(super) const HOW: &str = "the packages alone, in a copy of the workspace, with their default features (TLS by rustls and \
aws-lc-rs): CPU seconds of cargo and all that it starts, from an empty target folder (2 rounds in turn) and after `src/lib.rs` \
was touched (15 rounds, incremental, as cargo does it by default). Also without TLS. The medians, and the median of the \
rounds' ratios.";

pub(super) fn measure(bench: &Bench) -> Result<Measured, Problem> {
    let folder = target()?.join("bench").join("check");
    let measured = measure_in(bench, &folder);
    remove(&folder)?;
    Ok(measured?.into())
}

fn measure_in(bench: &Bench, folder: &Path) -> Result<Vec<Row>, Problem> {
    let copy = folder.join("workspace");
    copy_workspace(&bench.workspace, &copy)?;
    let mut rows = Vec::new();
    for (tls, features) in [("default features", &[][..]), ("no TLS", &["--no-default-features"][..])] {
        let check = |client: Client| {
            let mut check = cargo(&copy);
            check.env_remove("CARGO_INCREMENTAL").env_remove("RUSTFLAGS");
            check.args(["check", "--quiet", "--offline", "--package", client.package()]).args(features);
            check.arg("--target-dir").arg(folder.join(client.name()));
            check
        };
        let clean = in_turn(ROUNDS, |client| {
            remove(&folder.join(client.name()))?;
            computed(&mut check(client))
        })?;
        rows.push(row(format!("clean check, {tls}"), Goal::AtMostTimes(1.10), clean));
        let touched = in_turn(ROUNDS_OF_TOUCHES, |client| {
            touch(&copy.join(place(client)).join("src/lib.rs"))?;
            computed(&mut check(client))
        })?;
        rows.push(row(format!("check after a touch, {tls}"), Goal::AtMostTimes(1.5), touched));
        for client in CLIENTS {
            remove(&folder.join(client.name()))?;
        }
    }
    Ok(rows)
}

fn row(figure: String, goal: Goal, [generated, guarded, barest]: [Vec<f64>; 3]) -> Row {
    let paired = median(generated.iter().zip(&guarded).map(|(generated, guarded)| generated / guarded));
    let values = [median(generated), median(guarded), median(barest), None];
    Row { paired, ..Row::new(figure, "CPU seconds", values, goal) }
}

/// So many rounds, each of which begins with another client.
fn in_turn(rounds: usize, measure: impl Fn(Client) -> Result<f64, Problem>) -> Result<[Vec<f64>; 3], Problem> {
    let mut seconds: [Vec<f64>; 3] = Default::default();
    for round in 0..rounds {
        for place in (0..3).map(|place| (place + round) % 3) {
            seconds[place].push(measure(CLIENTS[place])?);
        }
    }
    Ok(seconds)
}

/// The seconds that a command and all that it starts compute, as a shell's `time` tells them.
fn computed(command: &mut Command) -> Result<f64, Problem> {
    let before = of_children()?;
    run(command)?;
    Ok(of_children()? - before)
}

/// The seconds that all commands so far have computed: fields 16 and 17 of `/proc/self/stat`, in hundredths.
fn of_children() -> Result<f64, Problem> {
    let stat = fs::read_to_string("/proc/self/stat").map_err(|error| format!("this figure needs Linux: {error}"))?;
    let (_, after_name) = stat.rsplit_once(") ").ok_or("/proc/self/stat has no name")?;
    let fields = after_name.split(' ').skip(13).take(2).map(str::parse::<u32>);
    let hundredths: u32 = fields.sum::<Result<_, _>>()?;
    Ok(f64::from(hundredths) / 100.0)
}

/// Where a package is, in the workspace.
fn place(client: Client) -> &'static str {
    match client {
        Client::Generated => "generated-client",
        Client::Guarded => "tests/bench/by-hand-guarded",
        Client::Barest | Client::Progenitor => "tests/bench/by-hand",
    }
}

/// The packages that are checked, in a workspace of their own with the same settings and the same versions of everything.
#[expect(clippy::disallowed_methods, reason = "writes into the folder that cargo builds in")]
fn copy_workspace(from: &Path, to: &Path) -> Result<(), Problem> {
    remove(to)?;
    for client in CLIENTS {
        copy(&from.join(place(client)), &to.join(place(client)))?;
    }
    let manifest = fs::read_to_string(from.join("Cargo.toml"))?;
    let members = CLIENTS.map(|client| format!("{:?}", place(client))).join(", ");
    let lines = manifest.lines().map(|line| match line.starts_with("members = ") {
        true => format!("members = [{members}]\n"),
        false => format!("{line}\n"),
    });
    fs::write(to.join("Cargo.toml"), lines.collect::<String>())?;
    fs::copy(from.join("Cargo.lock"), to.join("Cargo.lock"))?;
    Ok(())
}

/// Copies a folder, without those of other packages in it.
#[expect(clippy::disallowed_methods, reason = "writes into the folder that cargo builds in")]
fn copy(from: &Path, to: &Path) -> Result<(), Problem> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if !entry.file_type()?.is_dir() {
            fs::copy(path, to)?;
        } else if !path.join("Cargo.toml").is_file() {
            copy(&path, &to)?;
        }
    }
    Ok(())
}

fn touch(file: &PathBuf) -> Result<(), Problem> {
    #[expect(clippy::disallowed_methods, reason = "sets a time stamp in the folder that cargo builds in")]
    let file = fs::File::options().append(true).open(file)?;
    Ok(file.set_modified(SystemTime::now())?)
}

#[expect(clippy::disallowed_methods, reason = "removes from the folder that cargo builds in")]
fn remove(folder: &Path) -> Result<(), Problem> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}
