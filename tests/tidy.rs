//! The rules of the house that a machine can hold: who may import whom, and how long a file may be.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Lines in a file, tests inside included.
const LONGEST_FILE: usize = 600;

/// Module to what it may use, from the table in ARCHITECTURE.md.
fn may_use(architecture: &str) -> BTreeMap<String, Vec<String>> {
    let rows = architecture.lines().filter_map(|line| {
        let cells: Vec<&str> = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").collect();
        let [module, _, uses] = cells[..] else { return None };
        (module != "module").then(|| {
            let uses = uses.split(", ").filter(|used| *used != "nothing").map(str::to_owned).collect();
            (module.to_owned(), uses)
        })
    });
    rows.collect()
}

/// The modules of this crate that a line of source names.
fn imports(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or_default();
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let names = rest.strip_prefix('{').map_or(rest, |inside| inside.split('}').next().unwrap_or(inside));
        let names: Vec<&str> = if rest.starts_with('{') { names.split(',').collect() } else { vec![names] };
        for name in names {
            let name: String =
                name.trim().chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            if !name.is_empty() {
                found.push(name);
            }
        }
    }
    found
}

/// What is wrong with the imports of a file.
fn wrong_imports(module: &str, source: &str, may_use: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let Some(allowed) = may_use.get(module) else { return vec![format!("{module} is not in the table")] };
    let mut wrong = Vec::new();
    for (number, line) in source.lines().enumerate() {
        for used in imports(line) {
            if used != module && !allowed.contains(&used) {
                wrong.push(format!("line {}: {module} may not use {used}", number + 1));
            }
        }
    }
    wrong
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn imports_follow_the_table_of_the_architecture() {
    let table = may_use(&fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md"));
    assert!(!table.is_empty(), "the table has a row a module");
    let mut wrong = Vec::new();
    for path in sources(&root().join("src")) {
        let place = path.strip_prefix(root().join("src")).expect("below src");
        let mut parts = place.iter();
        let module = parts.next().and_then(|part| part.to_str()).expect("a name");
        if parts.next().is_none() || module == "bin" {
            continue; // lib.rs and the programs stand above the modules.
        }
        let source = fs::read_to_string(&path).expect("a source");
        wrong.extend(
            wrong_imports(module, &source, &table).iter().map(|what| format!("{}: {what}", place.display())),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_begin_with_a_heading_and_end_in_time() {
    let mut wrong = Vec::new();
    for path in sources(&root().join("src")) {
        let source = fs::read_to_string(&path).expect("a source");
        let place = path.strip_prefix(root()).expect("below the root").display().to_string();
        let lines = source.lines().count();
        if lines > LONGEST_FILE {
            wrong.push(format!("{place}: {lines} lines, {LONGEST_FILE} are enough"));
        }
        if !source.starts_with("//! ") {
            wrong.push(format!("{place}: does not say what it is for"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_check_itself_sees_what_is_wrong() {
    let table =
        may_use("| module | what | may use |\n|---|---|---|\n| a | x | nothing |\n| b | y | a, c |\n");
    assert!(wrong_imports("b", "use crate::a::X;\nuse crate::{b::Y, c};", &table).is_empty());
    assert_eq!(wrong_imports("a", "\nuse crate::b::Y;", &table), ["line 2: a may not use b"]);
    assert_eq!(wrong_imports("b", "let x = crate::d::y();", &table), ["line 1: b may not use d"]);
    assert_eq!(wrong_imports("z", "", &table).len(), 1);
}
