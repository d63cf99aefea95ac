//! One call, as a program for it alone: its size is what the client brings.

use by_hand_guarded::{Limits, ZStack, requests::Recover};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::args().nth(1).ok_or("ADDRESS is missing")?;
    let zstack = ZStack::new(&address, bench_caller::SESSION, Limits::default())?;
    let answer = zstack.recover_data_volume(bench_caller::VOLUME, &Recover::default()).await?;
    println!("{:?}", answer.inventory.and_then(|volume| volume.size));
    Ok(())
}
