//! A copy of the workspace, to which something is added.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Instant, SystemTime},
};

use corpus::copy_folder;
use xtask::{
    generator,
    regenerate::{self, Options},
    workspace::Workspace,
    write::unwatched,
};

/// What an addition is called.
pub(crate) struct Names {
    /// The operation: `operationId`.
    pub(crate) operation: &'static str,
    /// The function that it becomes.
    pub(crate) function: &'static str,
    /// Its method, in capitals.
    pub(crate) method: &'static str,
    /// The service that it belongs to: its tag.
    pub(crate) service: &'static str,
    /// The type of the service's credentials.
    pub(crate) credentials: &'static str,
}

impl Names {
    /// A text of `data` with the names filled in.
    fn fill(&self, text: &str) -> String {
        text.replace("OPERATION", self.operation)
            .replace("METHOD", self.method)
            .replace("VERB", &self.method.to_lowercase())
            .replace("FUNCTION", self.function)
            .replace("SERVICE", self.service)
            .replace("CREDENTIALS", self.credentials)
    }
}

/// A copy of the parts of the workspace that an addition touches. One at a time: the copies share what their
/// dependencies compile to, and cargo takes their packages for one.
pub(crate) struct Copy {
    root: PathBuf,
    _guard: MutexGuard<'static, ()>,
}

impl Copy {
    /// A copy with this name.
    pub(crate) fn new(name: &str) -> Self {
        static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
        let guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _absent = fs::remove_dir_all(&root);
        let copy = Self { root, _guard: guard };
        for folder in
            ["spec", "generated-client/src", "tests/contract/src", "tests/contract/tests", "tests/contract/data"]
        {
            copy_folder(&repository().join(folder), &copy.root.join(folder));
        }
        for file in ["Cargo.lock", "README.md"] {
            fs::copy(repository().join(file), copy.root.join(file)).unwrap();
        }
        // Where the stand-in server's copy of the served document goes.
        fs::create_dir_all(copy.root.join("tests/simulator/data")).unwrap();
        let members = "members = [\"generated-client\", \"tests/contract\", \"caller\"]";
        copy.manifest("Cargo.toml", |line| match line {
            line if line.starts_with("members") => Some(members.to_owned()),
            line => Some(line.to_owned()),
        });
        // Its examples stay behind.
        copy.manifest("generated-client/Cargo.toml", |line| {
            let of_examples = ["[[example]]", "name = \"zstack_", "required-features"];
            (!of_examples.iter().any(|begin| line.starts_with(begin))).then(|| line.to_owned())
        });
        copy.without_other_tests();
        copy
    }

    /// A manifest of the repository, line by line.
    fn manifest(&self, path: &str, line: impl Fn(&str) -> Option<String>) {
        let text = fs::read_to_string(repository().join(path)).unwrap();
        fs::write(self.root.join(path), text.lines().filter_map(line).collect::<Vec<_>>().join("\n")).unwrap();
    }

    /// Leaves of the contract tests those that hold document, ledger and recorded examples to each other. The others call
    /// the five operations by their names, ask other people's tools, or test the tests.
    fn without_other_tests(&self) {
        let path = "tests/contract/Cargo.toml";
        let text = fs::read_to_string(repository().join(path)).unwrap();
        let (before, after) = text.split_once("[dev-dependencies]").unwrap();
        let (_, lints) = after.split_once("[lints.rust]").unwrap();
        fs::write(self.root.join(path), format!("{before}[lints.rust]{lints}")).unwrap();
        for entry in fs::read_dir(self.root.join("tests/contract/tests")).unwrap() {
            let path = entry.unwrap().path();
            let others = [
                "client_is_fresh.rs",
                "document_is_openapi.rs",
                "ledger_check_notices_every_alteration.rs",
                "printed_words_are_those_of_the_pages.rs",
            ];
            if path.is_dir() {
                fs::remove_dir_all(&path).unwrap();
            } else if others.iter().any(|other| path.ends_with(other)) {
                fs::remove_file(&path).unwrap();
            }
        }
    }

    /// Adds the document's part, the ledger and the recorded example of an operation, and a program that calls it.
    pub(crate) fn add(&self, names: &Names) {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let read = |path: &str| names.fill(&fs::read_to_string(data.join(path)).unwrap());
        let document = self.root.join("spec/openapi.yaml");
        let text = fs::read_to_string(&document).unwrap();
        let (before, components) = text.split_once("\ncomponents:\n").unwrap();
        let (paths, schemas) = (read("added-operation/paths.yaml"), read("added-operation/schemas.yaml"));
        // The schemas are the last of the components.
        fs::write(&document, format!("{before}\n{paths}components:\n{components}{schemas}")).unwrap();
        let example = format!("spec/examples/{}", names.operation);
        self.write(&format!("spec/ledger/{}.yaml", names.operation), &read("added-operation/ledger.yaml"));
        for file in ["example.yaml", "request.txt", "response.json"] {
            self.write(&format!("{example}/{file}"), &read(&format!("added-operation/{file}")));
        }
        self.write("caller/Cargo.toml", &read("caller/Cargo.toml"));
        self.write("caller/src/main.rs", &read("caller/main.rs"));
    }

    /// Adds the hand-written half of a service: its credentials, and what its errors say.
    pub(crate) fn add_hand_written_half(&self, names: &Names) {
        let halves = [include_str!("../../data/service.rs"), include_str!("../../data/errors.rs")];
        let half = names.fill(&halves.join("\n"));
        self.write(&format!("generated-client/src/service/{}.rs", names.service), &half);
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// `cargo xtask regenerate`.
    pub(crate) fn regenerate(&self) {
        let (options, workspace) = (Options::default(), Workspace { root: self.root.clone() });
        regenerate::run(&options, &workspace, &generator::codegen, Instant::now(), &mut unwatched)
            .unwrap_or_else(|failure| panic!("{failure}"));
    }

    /// Runs cargo, and returns what it prints: if it fails, what it says of that.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Result<String, String> {
        // Without a file that is newer than the last time, cargo would give the answer that it gave for another copy.
        for file in ["generated-client/src/lib.rs", "tests/contract/src/lib.rs", "caller/src/main.rs"] {
            let file = fs::File::options().append(true).open(self.root.join(file)).unwrap();
            file.set_modified(SystemTime::now()).unwrap();
        }
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--offline", "--quiet"])
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("target"))
            .current_dir(&self.root)
            .output()
            .unwrap();
        let (said, printed) = (String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
        if output.status.success() { Ok(printed.into_owned()) } else { Err(format!("{said}\n{printed}")) }
    }
}

/// The folder of this repository.
fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
