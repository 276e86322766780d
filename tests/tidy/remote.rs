//! Structs that write another one with its fields in another order (`#[serde(remote)]`). Serde takes it silently if such a
//! struct has no field for one of the other; here each is present, or listed as left out.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use syn::{Attribute, Item, ItemStruct, LitStr};

use crate::{root, sources};

/// Fields that a struct does not write.
const LEFT_OUT: [(&str, &[&str]); 2] = [
    // nats.go does not know of it.
    ("GoPlacement", &["preferred"]),
    // Only ordered consumers are made, which have none of these.
    (
        "GoConsumerConfig",
        &[
            "backoff",
            "rate_limit_bps",
            "sample_freq",
            "max_waiting",
            "max_ack_pending",
            "max_batch",
            "max_expires",
            "max_bytes",
            "deliver_group",
            "direct",
            "sourcing",
            "metadata",
            "pause_until",
            "priority_groups",
            "priority_policy",
            "priority_timeout",
        ],
    ),
];

fn structs(file: &Path) -> Vec<ItemStruct> {
    let source = fs::read_to_string(file).expect("a source");
    let file = syn::parse_file(&source).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let items = file.items.into_iter();
    items.filter_map(|item| if let Item::Struct(item) = item { Some(item) } else { None }).collect()
}

fn fields(item: &ItemStruct) -> Vec<String> {
    item.fields.iter().filter_map(|field| Some(field.ident.as_ref()?.to_string())).collect()
}

/// The struct that another one stands for.
fn remote(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("serde")).find_map(|attribute| {
        let mut found = None;
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("remote") {
                found = Some(meta.value()?.parse::<LitStr>()?.value());
            }
            Ok(())
        });
        found
    })
}

#[test]
fn structs_in_another_order_have_all_fields() {
    let files = sources(&root().join("src"));
    let all: Vec<ItemStruct> = files.iter().flat_map(|file| structs(file)).collect();
    let known: BTreeMap<String, Vec<String>> =
        all.iter().map(|item| (item.ident.to_string(), fields(item))).collect();
    let (mut count, mut wrong) = (0, Vec::new());
    for item in &all {
        let Some(of) = remote(&item.attrs) else { continue };
        count += 1;
        let name = item.ident.to_string();
        let own = fields(item);
        let listed = LEFT_OUT.iter().find(|(other, _)| *other == name).map_or(&[][..], |(_, fields)| fields);
        let missing: Vec<&String> = known[&of].iter().filter(|field| !own.contains(field)).collect();
        wrong.extend((missing != listed).then(|| format!("{name} writes {of} without {missing:?}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 4, "{count} structs are found");
}
