//! What is stored in the account: its buckets with their keys, and its other streams.

use super::bucket::BucketCard;
use super::group::Group;
use super::kept::KeptCard;
use super::stream::StreamBeneath;
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{Rows, optional_projection};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn StorageColumn() -> impl IntoView {
    let account = use_ui().model.inspector;
    let buckets = optional_projection(account, |account| &account.buckets);
    let streams = optional_projection(account, |account| &account.streams);
    let kept = optional_projection(account, |account| &account.kept);
    let has_no_bucket = Signal::derive(move || buckets.with(Vec::is_empty) && kept.with(Vec::is_empty));
    view! {
        <div>
            <Group title=Words::buckets none=Words::no_bucket is_empty=has_no_bucket>
                <Rows each=buckets key=|bucket| bucket.name.clone() let:bucket>
                    <BucketCard bucket=bucket />
                </Rows>
                <Rows each=kept key=|kept| (kept.is_bucket, kept.name.clone()) let:kept>
                    <KeptCard kept=kept />
                </Rows>
            </Group>
            <Show when=move || streams.with(|streams| !streams.is_empty())>
                <Group title=Words::streams>
                    <Rows each=streams key=|stream| stream.name.clone() let:stream>
                        <article class="bucket" data-testid="bucket">
                            <StreamBeneath stream=stream />
                        </article>
                    </Rows>
                </Group>
            </Show>
        </div>
    }
}
