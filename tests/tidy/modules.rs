//! The module tree of a program or library, read from its source, and which file uses which.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{
    Attribute, Expr, ExprLit, ForeignItem, Item, ItemMod, Lit, Meta, MetaNameValue, UseTree, Visibility,
};

/// The index of a module in [`Modules`].
type ModuleId = usize;

/// How many `use` declarations may lead from one to the next, in case some lead in a circle.
const LONGEST_CHAIN: usize = 16;

#[derive(Default)]
struct Module {
    file: PathBuf,
    parent: Option<ModuleId>,
    children: BTreeMap<String, ModuleId>,
    /// The items that are defined here.
    items: BTreeSet<String>,
    /// The names that `use` brings here, with their paths.
    imports: BTreeMap<String, Vec<String>>,
    /// The paths of `use …::*`.
    globs: Vec<Vec<String>>,
    /// The paths in code and in private `use` declarations.
    paths: BTreeSet<Vec<String>>,
}

/// What a path leads to.
enum Target {
    Module(ModuleId),
    /// An item, by the module that defines it and its name there.
    Item(ModuleId, String),
}

/// All modules below one root file, without those for tests.
pub(crate) struct Modules {
    modules: Vec<Module>,
}

/// For each file, the files that it uses, each with the names that it uses of them.
pub(crate) type Links = BTreeMap<PathBuf, BTreeMap<PathBuf, BTreeSet<String>>>;

impl Modules {
    pub(crate) fn read(root: &Path) -> Modules {
        let mut modules = Modules { modules: vec![Module { file: root.to_owned(), ..Module::default() }] };
        let folder = root.parent().expect("a root file is in a folder").to_owned();
        modules.read_file(0, &folder);
        modules
    }

    /// `folder` is where the files of its children are.
    fn read_file(&mut self, id: ModuleId, folder: &Path) {
        let path = &self.modules[id].file;
        let source = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let file = syn::parse_file(&source).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        self.read_items(id, folder, &file.items);
    }

    fn read_items(&mut self, id: ModuleId, folder: &Path, items: &[Item]) {
        for item in items {
            match item {
                Item::Mod(item) if is_for_tests(&item.attrs) => {}
                Item::Mod(item) => {
                    let name = item.ident.to_string();
                    let below = folder.join(&name);
                    let file = match &item.content {
                        Some(_) => self.modules[id].file.clone(),
                        None => file_of(item, &self.modules[id].file, folder),
                    };
                    let child = self.modules.len();
                    self.modules.push(Module { file, parent: Some(id), ..Module::default() });
                    self.modules[id].children.insert(name, child);
                    match &item.content {
                        Some((_, items)) => self.read_items(child, &below, items),
                        None => self.read_file(child, &below),
                    }
                }
                Item::Use(item) => {
                    let is_private = matches!(item.vis, Visibility::Inherited);
                    self.read_use(id, &mut Vec::new(), &item.tree, is_private);
                }
                item => {
                    let module = &mut self.modules[id];
                    module.items.extend(names_of(item));
                    Paths { found: &mut module.paths }.visit_item(item);
                }
            }
        }
    }

    fn read_use(&mut self, id: ModuleId, before: &mut Vec<String>, tree: &UseTree, is_private: bool) {
        let module = &mut self.modules[id];
        let (name, path) = match tree {
            UseTree::Path(tree) => {
                before.push(tree.ident.to_string());
                self.read_use(id, before, &tree.tree, is_private);
                before.pop();
                return;
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.read_use(id, before, tree, is_private);
                }
                return;
            }
            UseTree::Glob(_) => {
                module.globs.push(before.clone());
                return;
            }
            UseTree::Name(tree) if tree.ident == "self" => {
                (before.last().expect("`self` stands in a group").clone(), before.clone())
            }
            UseTree::Name(tree) => (tree.ident.to_string(), joined(before, tree.ident.to_string())),
            UseTree::Rename(tree) => (tree.rename.to_string(), joined(before, tree.ident.to_string())),
        };
        if is_private {
            module.paths.insert(path.clone());
        }
        // `use x::Trait as _` brings no name, and must not hide another one that does not either.
        if name != "_" {
            module.imports.insert(name, path);
        }
    }

    /// Where a path leads that is written in the module `from`; nowhere if it leaves the crate.
    fn resolve(&self, from: ModuleId, path: &[String], chain: usize) -> Option<Target> {
        if chain > LONGEST_CHAIN {
            return None;
        }
        let mut target = Target::Module(from);
        for (at, name) in path.iter().enumerate() {
            let Target::Module(module) = target else { break };
            target = match name.as_str() {
                "crate" => Target::Module(0),
                "self" => target,
                "super" => Target::Module(self.modules[module].parent?),
                name => self.named(module, name, at + 1 == path.len(), chain)?,
            };
        }
        Some(target)
    }

    /// What a name means within a module. Where a module and an item have the same name, the end of a path is the item.
    fn named(&self, id: ModuleId, name: &str, is_end: bool, chain: usize) -> Option<Target> {
        let module = &self.modules[id];
        let child = module.children.get(name).map(|&child| Target::Module(child));
        if !is_end && child.is_some() {
            return child;
        }
        if module.items.contains(name) {
            return Some(Target::Item(id, name.to_owned()));
        }
        if let Some(path) = module.imports.get(name)
            // `use name::…` of another crate would lead to itself.
            && path.first().is_some_and(|first| first != name || module.children.contains_key(name))
            && let Some(target) = self.resolve(id, path, chain + 1)
        {
            return Some(target);
        }
        child.or_else(|| {
            module.globs.iter().find_map(|glob| match self.resolve(id, glob, chain + 1)? {
                Target::Module(other) if other != id => self.named(other, name, is_end, chain + 1),
                _ => None,
            })
        })
    }

    pub(crate) fn links(&self) -> Links {
        let mut links = Links::new();
        for (id, module) in self.modules.iter().enumerate() {
            for path in &module.paths {
                let Some(Target::Item(used, name)) = self.resolve(id, path, 0) else { continue };
                let used = &self.modules[used];
                if used.file != module.file {
                    let links = links.entry(module.file.clone()).or_default();
                    links.entry(used.file.clone()).or_default().insert(name);
                }
            }
        }
        links
    }
}

fn joined(before: &[String], name: String) -> Vec<String> {
    before.iter().cloned().chain([name]).collect()
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || (attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Path>().is_ok_and(|flag| flag.is_ident("test")))
    })
}

/// The file of a module that is declared in the file `parent`, whose children's files are in `folder`.
fn file_of(module: &ItemMod, parent: &Path, folder: &Path) -> PathBuf {
    let named = module.attrs.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(MetaNameValue {
            path,
            value: Expr::Lit(ExprLit { lit: Lit::Str(file), .. }),
            ..
        }) => path.is_ident("path").then(|| parent.with_file_name(file.value())),
        _ => None,
    });
    let name = module.ident.to_string();
    let usual = [folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs")];
    let file = named.or_else(|| usual.into_iter().find(|file| file.exists()));
    file.unwrap_or_else(|| panic!("{}: the file of `mod {}` is not there", parent.display(), module.ident))
}

/// The names that an item defines; some for a block of functions of another language.
fn names_of(item: &Item) -> Vec<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::ForeignMod(block) => {
            let functions = block.items.iter().filter_map(|item| match item {
                ForeignItem::Fn(item) => Some(item.sig.ident.to_string()),
                _ => None,
            });
            return functions.collect();
        }
        Item::Macro(item) => return item.ident.iter().map(ToString::to_string).collect(),
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return Vec::new(),
    };
    vec![name.to_string()]
}

/// Collects the paths in an item, also those between the brackets of a macro.
struct Paths<'a> {
    found: &'a mut BTreeSet<Vec<String>>,
}

impl Paths<'_> {
    fn read_tokens(&mut self, tokens: TokenStream) {
        let mut path = Vec::new();
        let mut colons = 0;
        let mut after_dot = false;
        for token in tokens {
            match &token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.end(&mut path);
                    }
                    if !after_dot {
                        path.push(ident.to_string());
                    }
                    (colons, after_dot) = (0, false);
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                _ => {
                    self.end(&mut path);
                    after_dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
                    colons = 0;
                }
            }
            if let TokenTree::Group(group) = token {
                self.read_tokens(group.stream());
            }
        }
        self.end(&mut path);
    }

    fn end(&mut self, path: &mut Vec<String>) {
        if !path.is_empty() {
            self.found.insert(std::mem::take(path));
        }
    }
}

impl<'ast> Visit<'ast> for Paths<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !is_for_tests(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.found.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.visit_path(&item.path);
        self.read_tokens(item.tokens.clone());
    }
}
