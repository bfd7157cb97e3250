//! A fresh copy of the project to plant mistakes in, without what is not asked.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const COPIED: [&str; 6] = ["Cargo.toml", "Cargo.lock", "src", "derive", "docs", "tests"];
/// What other tests need.
const UNUSED: [&str; 4] = ["criterion", "num-dual", "plotters", "trybuild"];

/// Where the copy is, and where it is compiled.
pub struct ProjectCopy {
    pub root: PathBuf,
    pub target: PathBuf,
}

/// Writes the copy into a folder beside this program; `profiles` stands at the end of its manifest.
pub fn write(folder: &str, profiles: &str) -> ProjectCopy {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let program = std::env::current_exe().expect("this program's place");
    let folder = program.parent().expect("a folder").join(folder);
    let root = folder.join("chainrule");
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(&root).expect("a folder for the copy");
    for name in COPIED {
        let status = Command::new("cp")
            .arg("-r")
            .arg(project.join(name))
            .arg(root.join(name))
            .status();
        assert!(status.expect("cp").success(), "{name} cannot be copied");
    }
    let manifest = root.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    let (head, rest) = text.split_once("[[bench]]").expect("benches");
    let (_, tail) = rest.split_once("[lints]").expect("lints");
    let is_used = |line: &&str| {
        let is_named = |name: &&str| line.starts_with(&format!("{name} ="));
        !UNUSED.iter().any(is_named)
    };
    let head: Vec<_> = head.lines().filter(is_used).collect();
    let text = format!("{}\n[lints]{tail}{profiles}", head.join("\n"));
    fs::write(&manifest, text).expect("a manifest to change");
    ProjectCopy {
        root,
        target: folder.join("target"),
    }
}
