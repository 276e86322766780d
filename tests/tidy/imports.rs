//! The modules of this crate that a file names, whether it is a test or not.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::UseTree;
use syn::visit::{self, Visit};

/// The names behind `crate::` in a source.
pub(crate) fn imports(source: &str) -> BTreeSet<String> {
    let file = syn::parse_file(source).unwrap_or_else(|error| panic!("{error} in {source}"));
    let mut found = Imports(BTreeSet::new());
    found.visit_file(&file);
    found.0
}

struct Imports(BTreeSet<String>);

impl Imports {
    /// Reads what stands behind `crate::` in a `use`.
    fn read_use(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Path(tree) => _ = self.0.insert(tree.ident.to_string()),
            UseTree::Name(tree) => _ = self.0.insert(tree.ident.to_string()),
            UseTree::Rename(tree) => _ = self.0.insert(tree.ident.to_string()),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.read_use(tree)),
            UseTree::Glob(_) => {}
        }
    }

    /// Reads what stands between the brackets of a macro.
    fn read_tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match (token, tokens.get(at + 3)) {
                (TokenTree::Ident(first), Some(TokenTree::Ident(name))) if first == "crate" => {
                    self.0.insert(name.to_string());
                }
                (TokenTree::Group(group), _) => self.read_tokens(group.stream()),
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Imports {
    fn visit_use_tree(&mut self, tree: &'ast UseTree) {
        match tree {
            UseTree::Path(path) if path.ident == "crate" => self.read_use(&path.tree),
            tree => visit::visit_use_tree(self, tree),
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let mut names = path.segments.iter().map(|segment| &segment.ident);
        if names.next().is_some_and(|first| first == "crate") {
            self.0.extend(names.next().map(ToString::to_string));
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.visit_path(&item.path);
        self.read_tokens(item.tokens.clone());
    }
}
