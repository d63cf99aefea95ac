//! Many calls, and how long they took.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{sync::Barrier, task::JoinSet};

use crate::{Calls, Operation, Problem, arguments::Arguments, call, runtime};

/// How many calls each caller makes before the clock runs: connections are open then.
const WARM_UP: usize = 3;

/// Makes the calls that the arguments ask for, and prints one line of JSON: what the answers sum up to (`checksum`), the
/// time that the process has computed (`cpu`), the time that passed (`wall`), and of the calls the median, the 99th and the
/// 99.9th percentile and the longest (`p50`, `p99`, `p999`, `max`). All times are nanoseconds.
///
/// # Errors
/// Those of the client, and bad arguments.
pub fn many<C: Calls>() -> Result<(), Problem> {
    let Arguments { address, operation, calls, concurrent } = Arguments::read()?;
    let client = Arc::new(C::new(&address)?);
    let (checksum, cpu, wall, mut latencies) = runtime()?.block_on(run(client, operation, calls, concurrent))?;
    latencies.sort_unstable();
    let [p50, p99, p999, max] = [500, 990, 999, 1000].map(|part| at(&latencies, part).as_nanos());
    let (cpu, wall) = (cpu.as_nanos(), wall.as_nanos());
    println!(
        r#"{{"checksum":{checksum},"cpu":{cpu},"wall":{wall},"p50":{p50},"p99":{p99},"p999":{p999},"max":{max}}}"#
    );
    Ok(())
}

async fn run<C: Calls>(
    client: Arc<C>,
    operation: Operation,
    calls: usize,
    concurrent: usize,
) -> Result<(i64, Duration, Duration, Vec<Duration>), Problem> {
    let ready = Arc::new(Barrier::new(concurrent + 1));
    let mut callers = JoinSet::new();
    for _ in 0..concurrent {
        let (client, ready) = (Arc::clone(&client), Arc::clone(&ready));
        callers.spawn(async move {
            let mut checksum = 0_i64;
            let mut latencies = Vec::with_capacity(calls / concurrent);
            for _ in 0..WARM_UP {
                checksum = checksum.wrapping_add(call(&*client, operation).await?);
            }
            ready.wait().await;
            for _ in 0..calls / concurrent {
                let begun = Instant::now();
                checksum = checksum.wrapping_add(call(&*client, operation).await?);
                latencies.push(begun.elapsed());
            }
            Ok::<_, Problem>((checksum, latencies))
        });
    }
    // A caller that has failed never comes: its error is told in place of waiting for it.
    let mut checksum = 0_i64;
    let mut latencies = Vec::with_capacity(calls);
    tokio::select! {
        biased;
        _ = ready.wait() => {}
        Some(ended) = callers.join_next() => { ended??; }
    }
    let (begun, computed) = (Instant::now(), computed());
    while let Some(ended) = callers.join_next().await {
        let (sum, of_one) = ended??;
        checksum = checksum.wrapping_add(sum);
        latencies.extend(of_one);
    }
    Ok((checksum, self::computed() - computed, begun.elapsed(), latencies))
}

/// How long this process has computed; nothing where the system does not say.
fn computed() -> Duration {
    #[cfg(unix)]
    if let Ok(time) = nix::time::clock_gettime(nix::time::ClockId::CLOCK_PROCESS_CPUTIME_ID) {
        return time.into();
    }
    Duration::ZERO
}

/// The latency below which so many of a thousand calls lie.
fn at(sorted: &[Duration], part: usize) -> Duration {
    let place = (sorted.len() * part).div_ceil(1000).saturating_sub(1);
    sorted.get(place).copied().unwrap_or_default()
}
