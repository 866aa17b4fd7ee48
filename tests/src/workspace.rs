//! The workspace as cargo sees it: who depends on whom, and what is built.

use std::{
    env,
    error::Error,
    path::{Path, PathBuf},
    process::Command,
};

use serde::Deserialize;

/// The members of the workspace.
#[derive(Debug, Clone, Deserialize)]
pub struct Workspace {
    /// Its folder.
    #[serde(rename = "workspace_root")]
    pub root: PathBuf,
    /// Its members, in no order that matters.
    pub packages: Vec<Package>,
}

/// A member.
#[derive(Debug, Clone, Deserialize)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its manifest.
    pub manifest_path: PathBuf,
    /// What it depends on, whatever for.
    pub dependencies: Vec<Dependency>,
    /// What is built of it.
    pub targets: Vec<Target>,
}

/// A dependency as declared.
#[derive(Debug, Clone, Deserialize)]
pub struct Dependency {
    /// The package depended on.
    pub name: String,
    /// `None` for a normal dependency, else `"dev"` or `"build"`.
    pub kind: Option<String>,
    /// Whether a feature must ask for it.
    pub optional: bool,
    /// Its folder, if it is a member.
    pub path: Option<PathBuf>,
}

/// A library, binary, test, example or bench.
#[derive(Debug, Clone, Deserialize)]
pub struct Target {
    /// Its name.
    pub name: String,
    /// `"lib"`, `"bin"`, `"test"`, `"example"`, `"bench"` …
    pub kind: Vec<String>,
    /// Its root file.
    pub src_path: PathBuf,
    /// Whether its documentation is built.
    pub doc: bool,
}

impl Workspace {
    /// Asks cargo, without resolving dependencies and so without a network.
    ///
    /// # Errors
    /// If cargo cannot be run or refuses a manifest.
    pub fn read() -> Result<Self, Box<dyn Error>> {
        let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args([
                "metadata",
                "--no-deps",
                "--offline",
                "--format-version",
                "1",
            ])
            .arg("--manifest-path")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
            .output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// The members that are libraries for others to use, by name: those under `crates/`.
    #[must_use]
    pub fn libraries(&self) -> Vec<&Package> {
        let folder = self.root.join("crates");
        let mut libraries: Vec<&Package> = self
            .packages
            .iter()
            .filter(|package| package.manifest_path.starts_with(&folder))
            .filter(|package| package.library().is_some())
            .collect();
        libraries.sort_by(|a, b| a.name.cmp(&b.name));
        libraries
    }
}

impl Package {
    /// The folder of its manifest.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.manifest_path.parent().unwrap_or(&self.manifest_path)
    }

    /// Its library, if it has one.
    #[must_use]
    pub fn library(&self) -> Option<&Target> {
        self.targets
            .iter()
            .find(|target| target.kind.iter().any(|kind| kind == "lib"))
    }
}
