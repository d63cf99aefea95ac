//! The operation of CBR.

use generated_client::{
    ConfigError,
    cbr::{
        Client, Credentials, builder,
        types::{BackupRestoreDetails, BackupRestoreServerMapping},
    },
};

use crate::{
    args::{Cbr, Mapping, RestoreBackup},
    confirm::confirm,
    credentials::Secrets,
    dry_run,
    failure::{Called, Failure},
    output,
    run::{Run, UnderWay},
};

/// Makes a client of this server.
pub(crate) fn client(server: &Cbr, credentials: impl Into<Credentials>) -> Result<Client, ConfigError> {
    server.connection.apply(Client::builder(&server.url, credentials)).build()
}

/// Fails where no client of this server can be made: nobody is asked for a secret then.
pub(crate) fn check(server: &Cbr) -> Result<(), Failure> {
    client(server, dry_run::no_token()?).map(drop).map_err(|problem| Failure::config(&problem))
}

/// Restores a backup.
pub(crate) async fn restore(asked: &RestoreBackup, run: &Run) -> Result<(), Failure> {
    if asked.consent.rehearsal.dry_run {
        let send = |client: Client| async move { call(asked, &client).send().await.map(drop) };
        return dry_run::cbr(&asked.server, send).await;
    }
    check(&asked.server)?;
    let credentials = Secrets::of(&asked.server.connection)?.cbr().await?;
    let client = client(&asked.server, credentials).map_err(|problem| Failure::config(&problem))?;
    confirm(asked.consent, &plan(asked), run).await?;
    run.begin(UnderWay::Restore);
    run.voice.wait();
    let accepted = call(asked, &client).send().await.map_err(|error| Failure::call(&error, Called::Restore))?;
    run.voice.still();
    run.voice.say("The restore was accepted, which is not finished: look at the target's own state, or the job's.");
    let printed = output::value(&*accepted).and_then(|accepted| output::print(&accepted, run.output));
    printed.map_err(|failure| failure.after("the restore was accepted"))
}

/// Makes the call.
fn call<'a>(asked: &RestoreBackup, client: &'a Client) -> builder::RestoreBackup<'a> {
    let mut call = client.restore_backup().project_id(asked.project_id.clone()).backup_id(asked.backup_id.clone());
    if let Some(server) = &asked.server_id {
        call = call.server_id(server);
    }
    if let Some(volume) = &asked.volume_id {
        call = call.volume_id(volume);
    }
    if let Some(resource) = &asked.resource_id {
        call = call.resource_id(resource);
    }
    if !asked.mappings.is_empty() {
        let mapping =
            |Mapping { backup_id, volume_id }: &Mapping| BackupRestoreServerMapping::new(backup_id, volume_id);
        call = call.mappings(asked.mappings.iter().map(mapping).collect::<Vec<_>>());
    }
    if let Some(path) = &asked.destination_path {
        call = call.details(BackupRestoreDetails::new(path));
    }
    match asked.power.wanted() {
        Some(wanted) => call.power_on(wanted),
        None => call,
    }
}

/// What it does, and to what: for a person to agree to.
fn plan(asked: &RestoreBackup) -> Vec<String> {
    let RestoreBackup { project_id, backup_id, server_id, volume_id, resource_id, mappings, destination_path, .. } =
        asked;
    let mut lines = vec![
        format!("Restore backup {backup_id} of project {project_id}"),
        format!("at {}", asked.server.url),
        "This overwrites, and nothing stops it once it is accepted:".to_owned(),
    ];
    let named = lines.len();
    lines.extend(server_id.iter().map(|server| format!("  the disks of server {server}")));
    lines.extend(volume_id.iter().map(|volume| format!("  disk {volume}")));
    lines.extend(resource_id.iter().map(|resource| format!("  resource {resource}")));
    lines.extend(
        mappings.iter().map(|mapping| format!("  disk {} with backup {}", mapping.volume_id, mapping.backup_id)),
    );
    if lines.len() == named {
        lines.push("  what the service chooses: no target is named".to_owned());
    }
    lines.extend(destination_path.iter().map(|path| format!("The data goes to {path}.")));
    lines.extend(server_id.iter().map(|_| match asked.power.wanted() {
        Some(false) => "The server stays powered off.".to_owned(),
        _ => "The server is powered on afterwards.".to_owned(),
    }));
    lines
}
