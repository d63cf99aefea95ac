//! `RestoreBackup`, as the reference shows it.

use std::env;

use generated_client::cbr;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = cbr::Token::new(&env::var("CBR_TOKEN")?)?;
    let cbr = cbr::Client::new(&env::var("CBR_URL")?, token)?;
    let answer = cbr
        .restore_backup()
        .project_id("f841e01fd2b14e7fa41b6ae7aa6b0594")
        .backup_id("a5200268-74a5-4806-acc6-95793ab0228b")
        .volume_id("eccbcfdd-f843-4bbb-b2c0-a5ce861f9376")
        .power_on(false)
        .send()
        .await?;
    println!("{}: accepted, which is not finished", answer.status());
    Ok(())
}
