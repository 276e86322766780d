//! The build script: lists the folders of languages for `src/texts/mod.rs`, so that a language is added by adding its folder, and the
//! programs that lessons end with, which are the same in each language.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// Texts are written in this language first, and it is spoken where no other is asked for.
const ORIGINAL: &str = "en";

/// The folder with the programs of lessons, which are the same in each language.
const CODE: &str = "code";

fn main() {
    let texts =
        Path::new(&env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package")).join("src/texts");
    println!("cargo::rerun-if-changed={}", texts.display());
    let (code, mut folders): (Vec<PathBuf>, _) =
        entries(&texts).into_iter().filter(|path| path.is_dir()).partition(|path| path.ends_with(CODE));
    folders.sort_by_key(|folder| !folder.ends_with(ORIGINAL));
    let lessons: Vec<PathBuf> =
        code.iter().flat_map(|folder| entries(folder)).filter(|path| path.is_dir()).collect();
    let list = |paths: &[PathBuf], line: fn(&Path) -> String| {
        paths.iter().map(|path| line(path)).collect::<String>()
    };
    let source = format!(
        "static FOLDERS: [Folder; {}] = [\n{}];\nstatic CODE: [CodeFolder; {}] = [\n{}];\n",
        folders.len(),
        list(&folders, listed),
        lessons.len(),
        list(&lessons, listed_code),
    );
    let out = Path::new(&env::var_os("OUT_DIR").expect("cargo names a folder")).join("folders.rs");
    fs::write(out, source).expect("the list can be written");
}

/// A `CodeFolder`, in Rust.
fn listed_code(folder: &Path) -> String {
    let files: String = entries(folder)
        .iter()
        .map(|path| {
            let name = path.file_name().and_then(|name| name.to_str()).expect("names are UTF-8");
            format!("({name:?}, include_str!({path:?})), ")
        })
        .collect();
    format!("    CodeFolder {{ lesson: {:?}, files: &[{files}] }},\n", stem(folder))
}

/// A `Folder`, in Rust.
fn listed(folder: &Path) -> String {
    let messages: String =
        files(folder, "ftl").iter().map(|path| format!("include_str!({path:?}), ")).collect();
    let lessons = files(&folder.join("lessons"), "md");
    let lessons: String =
        lessons.iter().map(|path| format!("({:?}, include_str!({path:?})), ", stem(path))).collect();
    format!("    Folder {{ code: {:?}, messages: &[{messages}], lessons: &[{lessons}] }},\n", stem(folder))
}

/// The files of a folder with this ending, by name.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    entries(folder).into_iter().filter(|path| path.extension().is_some_and(|its| its == ending)).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// A file's name without its ending.
fn stem(path: &Path) -> &str {
    path.file_stem().and_then(|name| name.to_str()).expect("names are UTF-8")
}
