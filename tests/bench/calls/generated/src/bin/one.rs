//! One call, as a program for it alone: its size is what the client brings.

use generated_client::zstack::{Client, Session};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::args().nth(1).ok_or("ADDRESS is missing")?;
    let zstack = Client::new(&address, Session::new(bench_caller::SESSION)?)?;
    let answer = zstack.recover_data_volume().uuid(bench_caller::VOLUME).send().await?;
    println!("{:?}", answer.inventory.as_ref().and_then(|volume| volume.size));
    Ok(())
}
