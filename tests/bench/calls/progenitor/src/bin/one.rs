//! One call, as a program for it alone: its size is what the client brings.

use plain_progenitor::types::RecoverDataVolumeRequest;
use reqwest::header::AUTHORIZATION;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), bench_caller::Problem> {
    let address = std::env::args().nth(1).ok_or("ADDRESS is missing")?;
    let zstack = call_progenitor::client(&address, AUTHORIZATION, &format!("OAuth {}", bench_caller::SESSION))?;
    let request = RecoverDataVolumeRequest { system_tags: None, user_tags: None };
    let answer = zstack.recover_data_volume().uuid(bench_caller::VOLUME).body(request).send().await?;
    println!("{:?}", answer.into_inner().inventory.and_then(|volume| volume.size));
    Ok(())
}
