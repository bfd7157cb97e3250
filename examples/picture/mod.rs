//! Where the examples draw.

use std::path::{Path, PathBuf};

/// A file in the target directory.
pub fn path(name: &str) -> std::io::Result<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root.join("target"), |directory| root.join(directory));
    std::fs::create_dir_all(&target)?;
    Ok(target.join(name))
}
