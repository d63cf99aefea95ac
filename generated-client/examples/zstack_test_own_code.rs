//! A function of one's own that recovers data volumes of ZStack Cloud, and tests of it that need no ZStack: they run
//! against the simulator, which counts what it has really carried out.
//!
//! ```sh
//! ZSTACK_URL=https://zstack.example ZSTACK_SESSION=… \
//!   cargo run -p generated-client --example zstack_test_own_code -- VOLUME_UUID…
//! ```
//!
//! In a crate of your own the tests need `simulator` among the `dev-dependencies`. Here they are run by
//! `cargo test -p examples --bin zstack_test_own_code`.

use std::{env, error::Error};

use generated_client::zstack;

/// One's own code: recovers what can be recovered, and says what could not, and why.
async fn recover_all(zstack: &zstack::Client, volumes: &[String]) -> Vec<(String, generated_client::Error)> {
    let mut failed = Vec::new();
    for volume in volumes {
        if let Err(error) = zstack.recover_data_volume().uuid(volume).send().await {
            failed.push((volume.clone(), error));
        }
    }
    failed
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let volumes: Vec<String> = env::args().skip(1).collect();
    let zstack = zstack::Client::from_env()?;
    let failed = recover_all(&zstack, &volumes).await;
    failed.iter().for_each(|(volume, error)| eprintln!("{volume}: {error}"));
    println!("recovered {} of {}", volumes.len() - failed.len(), volumes.len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use generated_client::Outcome;
    use simulator::{Fault, FaultRule, Operation, Phase, Simulator, sample};

    use super::*;

    async fn simulator_and_client() -> Result<(Simulator, zstack::Client), Box<dyn Error>> {
        let simulator = Simulator::start().await?;
        let zstack = zstack::Client::new(simulator.url(), zstack::Session::new(sample::SESSION)?)?;
        Ok((simulator, zstack))
    }

    #[tokio::test]
    async fn a_volume_that_fails_does_not_keep_the_next_from_being_recovered() -> Result<(), Box<dyn Error>> {
        let (simulator, zstack) = simulator_and_client().await?;
        let failed = recover_all(&zstack, &[sample::READY_VOLUME.to_owned(), sample::VOLUME.to_owned()]).await;
        assert_eq!(failed.len(), 1);
        assert_eq!((failed[0].0.as_str(), failed[0].1.outcome()), (sample::READY_VOLUME, Outcome::Failed));
        assert_eq!(simulator.executions(sample::VOLUME), 1);
        Ok(())
    }

    #[tokio::test]
    async fn an_answer_that_is_lost_recovers_nothing_twice() -> Result<(), Box<dyn Error>> {
        let (simulator, zstack) = simulator_and_client().await?;
        let lost = FaultRule::once(Operation::RecoverDataVolume, Phase::BeforeAnswering, Fault::Reset);
        simulator.add_fault(lost);
        assert!(recover_all(&zstack, &[sample::VOLUME.to_owned()]).await.is_empty());
        assert_eq!(simulator.executions(sample::VOLUME), 1);
        Ok(())
    }
}
