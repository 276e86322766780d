//! Files that use each other in a circle.
//!
//! The rule: a file *uses* another one when its code names an item that the other one defines. A `mod` and a `pub use`
//! only pass names on, so they are no use; a name that is passed on counts for the file that defines it. Tests are
//! left out. No file may use another one which, directly or through others, uses it.
//!
//! What stands in a module file (`mod.rs`) and what stands in the files of its folder may be parts of one thing, such as a
//! type and its children, so a link between a module file and a file directly below it does not count, in either
//! direction. A circle among the files below, or with another folder, does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::modules::Links;

/// Takes out the links between a module file and the files directly below it.
pub(crate) fn without_family(mut links: Links) -> Links {
    for (file, used) in &mut links {
        used.retain(|other, _| !is_parent(file, other) && !is_parent(other, file));
    }
    links
}

/// Is `parent` the file of the module that declares `child`?
fn is_parent(parent: &Path, child: &Path) -> bool {
    module_folder(child).parent() == Some(&module_folder(parent))
}

/// The folder where the files of a module's children are.
fn module_folder(file: &Path) -> PathBuf {
    match file.file_name().and_then(|name| name.to_str()) {
        Some("lib.rs" | "main.rs" | "mod.rs") => file.with_file_name(""),
        _ => file.with_extension(""),
    }
}

/// The groups of files of which each uses each other one, directly or through others.
pub(crate) fn circles(links: &Links) -> Vec<BTreeSet<PathBuf>> {
    let reached: BTreeMap<&PathBuf, BTreeSet<&PathBuf>> =
        links.keys().map(|file| (file, reached_from(file, links))).collect();
    let mut found = BTreeSet::new();
    for (&file, others) in &reached {
        let group: BTreeSet<PathBuf> = others
            .iter()
            .filter(|other| reached.get(*other).is_some_and(|back| back.contains(file)))
            .map(|other| (*other).clone())
            .collect();
        if group.len() > 1 {
            found.insert(group);
        }
    }
    found.into_iter().collect()
}

fn reached_from<'a>(file: &PathBuf, links: &'a Links) -> BTreeSet<&'a PathBuf> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&PathBuf> = links.get(file).into_iter().flat_map(BTreeMap::keys).collect();
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(links.get(next).into_iter().flat_map(BTreeMap::keys));
        }
    }
    reached
}

/// The links within a group, one a line, with the names that make them.
pub(crate) fn ties(group: &BTreeSet<PathBuf>, links: &Links) -> String {
    let mut lines = vec![format!("a circle of {} files:", group.len())];
    for file in group {
        for (other, names) in links[file].iter().filter(|(other, _)| group.contains(*other)) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            lines.push(format!("  {} uses {}: {}", file.display(), other.display(), names.join(", ")));
        }
    }
    lines.join("\n")
}
