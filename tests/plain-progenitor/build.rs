//! Makes the client that progenitor makes by itself.

use std::{env, error::Error, fs, path::Path};

const DOCUMENT: &str = "../../spec/openapi.yaml";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={DOCUMENT}");
    let document: openapiv3::OpenAPI = serde_yaml::from_str(&fs::read_to_string(DOCUMENT)?)?;
    let mut settings = progenitor::GenerationSettings::new();
    settings.with_interface(progenitor::InterfaceStyle::Builder);
    let tokens = progenitor::Generator::new(&settings).generate_tokens(&document)?;
    let client = Path::new(&env::var("OUT_DIR")?).join("client.rs");
    #[expect(clippy::disallowed_methods, reason = "a build script's output belongs to cargo, which makes it anew")]
    fs::write(client, prettyplease::unparse(&syn::parse2(tokens)?))?;
    Ok(())
}
