//! The rules of the house that a machine can hold: who may import whom, that no files use each other in a circle, and how
//! long a file may be.
//!
//! Two lists in this folder, `still-circular` and `still-long`, name the files that do not keep to a rule yet. They only
//! become shorter: a file that keeps to the rule has to be struck off. `UPDATE=1 cargo test --test tidy` does that, and
//! follows files that moved.

mod circles;
mod imports;
mod modules;
mod remote;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use circles::{circles, ties, without_family};
use imports::imports;
use modules::{Links, Modules};

/// Lines in a file, tests inside included.
const LONGEST_FILE: usize = 500;

/// Lines that are enough for nine files of ten.
const LONG_FILE: usize = 350;

/// Where all our Rust is.
const FOLDERS: [&str; 3] = ["src", "tests", "benches"];

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

/// What is wrong with the imports of a file.
fn wrong_imports(module: &str, source: &str, may_use: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let Some(allowed) = may_use.get(module) else { return vec![format!("{module} is not in the table")] };
    let wrong = imports(source).into_iter().filter(|used| used != module && !allowed.contains(used));
    wrong.map(|used| format!("{module} may not use {used}")).collect()
}

/// All files of Rust in a folder and below, without those of others that were installed or made there.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if !path.ends_with("node_modules") && !path.ends_with("target") {
                found.extend(sources(&path));
            }
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
    let missing: Vec<&String> =
        table.keys().filter(|module| !root().join("src").join(module).exists()).collect();
    assert!(missing.is_empty(), "the table has rows for modules that are not there: {missing:?}");
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

/// Compares the files that break a rule with the list of those that may.
fn hold_against_list(list: &str, breaking: &BTreeSet<String>, reasons: &str) {
    let path = root().join("tests/tidy").join(list);
    let listed: BTreeSet<String> =
        fs::read_to_string(&path).expect("the list").lines().map(str::to_owned).collect();
    if std::env::var_os("UPDATE").is_some() && breaking.len() <= listed.len() {
        let lines: String = breaking.iter().map(|file| format!("{file}\n")).collect();
        fs::write(&path, lines).expect("the list can be written");
        return;
    }
    let new: Vec<&String> = breaking.difference(&listed).collect();
    assert!(new.is_empty(), "not in {list}, and not to be added: {new:#?}\n{reasons}");
    let kept: Vec<&String> = listed.difference(breaking).collect();
    assert!(kept.is_empty(), "keeps to the rule now, so UPDATE=1 strikes it off {list}: {kept:#?}");
}

/// The files at which a program, a library or a test begins.
fn root_files() -> Vec<PathBuf> {
    let alone = ["src/bin", "tests"].map(|folder| root().join(folder));
    let is_root = |path: &PathBuf| {
        path.ends_with("lib.rs")
            || path.ends_with("main.rs")
            || path.parent().is_some_and(|folder| alone.iter().any(|alone| alone == folder))
    };
    FOLDERS.iter().flat_map(|folder| sources(&root().join(folder))).filter(is_root).collect()
}

/// Which file uses which, with paths from the root.
fn links() -> Links {
    let mut links = Links::new();
    for root_file in root_files() {
        for (file, used) in Modules::read(&root_file).links() {
            let from_root = |path: PathBuf| path.strip_prefix(root()).expect("below the root").to_owned();
            let used = used.into_iter().map(|(other, names)| (from_root(other), names));
            links.entry(from_root(file)).or_default().extend(used);
        }
    }
    links
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let links = without_family(links());
    let circles = circles(&links);
    let reasons: Vec<String> = circles.iter().map(|group| ties(group, &links)).collect();
    let files = circles.into_iter().flatten().map(|file| file.display().to_string()).collect();
    hold_against_list("still-circular", &files, &reasons.join("\n\n"));
}

#[test]
fn files_begin_with_a_heading_and_end_in_time() {
    let mut without_heading = Vec::new();
    let mut lengths = BTreeMap::new();
    for path in FOLDERS.iter().flat_map(|folder| sources(&root().join(folder))) {
        let source = fs::read_to_string(&path).expect("a source");
        let place = path.strip_prefix(root()).expect("below the root").display().to_string();
        if !source.starts_with("//! ") {
            without_heading.push(place.clone());
        }
        lengths.insert(place, source.lines().count());
    }
    assert!(without_heading.is_empty(), "do not say what they are for: {without_heading:#?}");

    let longer_than = |limit| lengths.iter().filter(move |(_, lines)| **lines > limit);
    let too_long = longer_than(LONGEST_FILE).map(|(place, _)| place.clone()).collect();
    hold_against_list("still-long", &too_long, &format!("{LONGEST_FILE} lines are enough"));
    let long: Vec<_> = longer_than(LONG_FILE).collect();
    assert!(long.len() * 10 <= lengths.len(), "more than a tenth is over {LONG_FILE} lines: {long:#?}");
}

#[test]
fn the_check_itself_sees_what_is_wrong() {
    let table =
        may_use("| module | what | may use |\n|---|---|---|\n| a | x | nothing |\n| b | y | a, c |\n");
    assert!(wrong_imports("b", "use crate::a::X;\nuse crate::{b::Y, c};", &table).is_empty());
    assert_eq!(
        wrong_imports("a", "use crate::{\n    a::X,\n    b::{Y, Z},\n};", &table),
        ["a may not use b"]
    );
    assert_eq!(wrong_imports("b", "fn f() { let x = crate::d::y(); }", &table), ["b may not use d"]);
    assert_eq!(wrong_imports("b", "fn f() { println!(\"{}\", crate::d::Y) }", &table), ["b may not use d"]);
    assert!(wrong_imports("a", "/// [`crate::b::Y`]\nfn f() {} // crate::b::Y", &table).is_empty());
    assert_eq!(wrong_imports("z", "", &table).len(), 1);
}

#[test]
fn a_circle_is_seen_and_said() {
    let link = |file: &str, other: &str| {
        (PathBuf::from(file), BTreeMap::from([(PathBuf::from(other), BTreeSet::from(["name".to_owned()]))]))
    };
    let links = Links::from([link("a.rs", "b.rs"), link("b.rs", "a.rs"), link("c.rs", "a.rs")]);
    let found = circles(&links);
    assert_eq!(found, [BTreeSet::from([PathBuf::from("a.rs"), PathBuf::from("b.rs")])]);
    assert_eq!(
        ties(&found[0], &links),
        "a circle of 2 files:\n  a.rs uses b.rs: name\n  b.rs uses a.rs: name"
    );
    let family = Links::from([link("a/mod.rs", "a/b.rs"), link("a/b.rs", "a/mod.rs")]);
    assert!(circles(&without_family(family)).is_empty());
}

#[test]
fn a_name_leads_to_the_file_that_defines_it() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tidy");
    fs::create_dir_all(folder.join("shop")).expect("a folder");
    let files = [
        ("lib.rs", "mod shop;\nmod till;\nuse shop::till as unused;\nfn run() { till::pay(shop::PRICE) }"),
        ("till.rs", "use super::shop::*;\npub fn pay(_: Price) { println!(\"{}\", crate::shop::tax(1)) }"),
        ("shop/mod.rs", "mod tax;\npub use tax::{Price, tax};\npub const PRICE: u8 = 1;"),
        (
            "shop/tax.rs",
            "pub struct Price;\npub fn tax(_: u8) {}\n#[cfg(test)]\nmod tests { use crate::till::pay; }",
        ),
    ];
    for (name, source) in files {
        fs::write(folder.join(name), source).expect("a file");
    }
    let links = Modules::read(&folder.join("lib.rs")).links();
    let mut found = Vec::new();
    for (file, used) in &links {
        for (other, names) in used {
            let short = |path: &Path| path.strip_prefix(&folder).expect("below").display().to_string();
            found.push((short(file), short(other), names.iter().cloned().collect::<Vec<_>>().join(" ")));
        }
    }
    let wanted = [
        ("lib.rs", "shop/mod.rs", "PRICE"),
        ("lib.rs", "till.rs", "pay"),
        ("till.rs", "shop/tax.rs", "Price tax"),
    ];
    assert_eq!(found, wanted.map(|(file, other, names)| (file.into(), other.into(), names.into())));
}
