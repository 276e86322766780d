//! The picture of the account as a still keeps it: it shares with the still before whatever is alike.

use std::rc::Rc;

use crate::app::model::{
    Bucket, Client, ContendedKey, Inspector, KeptStream, Key, ListWindow, Lock, Revision, Server, Stream,
    Watcher,
};

/// The picture of the account.
pub(super) struct Picture {
    server: Rc<Server>,
    buckets: Vec<Rc<BucketPicture>>,
    others: Rc<Others>,
    watchers: Vec<Rc<Watcher>>,
    clients: Vec<Rc<Client>>,
}

/// What changes rarely.
#[derive(PartialEq)]
struct Others {
    streams: Vec<Stream>,
    kept: Vec<KeptStream>,
    locks: Vec<Lock>,
    contended: Vec<ContendedKey>,
}

#[derive(PartialEq)]
struct BucketPicture {
    /// Without its keys.
    about: Bucket,
    keys: Vec<Rc<KeyPicture>>,
}

#[derive(PartialEq)]
struct KeyPicture {
    /// Without its revisions.
    about: Key,
    revisions: Vec<Rc<Revision>>,
}

/// Shares values with those of a still before, and counts about how many bytes the others take.
#[derive(Default)]
pub(super) struct Sharing {
    pub(super) bytes: usize,
}

impl Sharing {
    /// The value, or one like it. `text` is how many bytes of text it holds.
    pub(super) fn share<T: PartialEq>(&mut self, value: T, text: usize, before: Option<&Rc<T>>) -> Rc<T> {
        match before.filter(|before| ***before == value) {
            Some(before) => before.clone(),
            None => {
                self.bytes += size_of::<T>() + text;
                Rc::new(value)
            }
        }
    }

    fn share_each<T: PartialEq>(
        &mut self,
        values: Vec<T>,
        text: usize,
        before: Option<&[Rc<T>]>,
    ) -> Vec<Rc<T>> {
        let before = before.unwrap_or_default();
        let shared: Vec<Rc<T>> = values
            .into_iter()
            .map(|value| {
                let like = before.iter().find(|before| ***before == value);
                self.share(value, text, like)
            })
            .collect();
        self.bytes += shared.len() * size_of::<Rc<T>>();
        shared
    }
}

impl Picture {
    pub(super) fn new(inspector: Inspector, before: Option<&Picture>, sharing: &mut Sharing) -> Picture {
        let Inspector { server, buckets, streams, kept, locks, contended, watchers, clients } = inspector;
        /// Lines of text that these hold, of some tens of bytes each.
        const FEW: usize = 200;
        const MANY: usize = 600;
        let others = Others { streams, kept, locks, contended };
        let buckets = buckets.into_iter().map(|bucket| {
            let known =
                before.and_then(|before| before.buckets.iter().find(|it| it.about.name == bucket.name));
            let bucket = BucketPicture::new(bucket, known, sharing);
            sharing.share(bucket, MANY, known)
        });
        Picture {
            buckets: buckets.collect(),
            server: sharing.share(server, FEW, before.map(|before| &before.server)),
            others: sharing.share(others, MANY, before.map(|before| &before.others)),
            watchers: sharing.share_each(watchers, FEW, before.map(|before| &*before.watchers)),
            clients: sharing.share_each(clients, FEW, before.map(|before| &*before.clients)),
        }
    }

    /// As it is drawn.
    pub(super) fn to_inspector(&self) -> Inspector {
        let Others { streams, kept, locks, contended } = &*self.others;
        Inspector {
            server: (*self.server).clone(),
            buckets: self.buckets.iter().map(|bucket| bucket.to_bucket()).collect(),
            streams: streams.clone(),
            kept: kept.clone(),
            locks: locks.clone(),
            contended: contended.clone(),
            watchers: self.watchers.iter().map(|watcher| (**watcher).clone()).collect(),
            clients: self.clients.iter().map(|client| (**client).clone()).collect(),
        }
    }
}

impl BucketPicture {
    fn new(mut bucket: Bucket, before: Option<&Rc<BucketPicture>>, sharing: &mut Sharing) -> BucketPicture {
        let rows = std::mem::take(&mut bucket.keys.rows);
        let keys: Vec<Rc<KeyPicture>> = rows
            .into_iter()
            .map(|key| {
                let known = before.and_then(|before| before.keys.iter().find(|it| it.about.name == key.name));
                let key = KeyPicture::new(key, known, sharing);
                let text = key.about.name.len() + key.about.value.as_ref().map_or(0, String::len);
                sharing.share(key, text, known)
            })
            .collect();
        sharing.bytes += keys.len() * size_of::<Rc<KeyPicture>>();
        BucketPicture { about: bucket, keys }
    }

    fn to_bucket(&self) -> Bucket {
        let rows = self.keys.iter().map(|key| key.to_key()).collect();
        Bucket { keys: ListWindow { rows, ..self.about.keys.clone() }, ..self.about.clone() }
    }
}

impl KeyPicture {
    fn new(mut key: Key, before: Option<&Rc<KeyPicture>>, sharing: &mut Sharing) -> KeyPicture {
        let revisions: Vec<Rc<Revision>> = std::mem::take(&mut key.revisions)
            .into_iter()
            .map(|revision| {
                let known = before.and_then(|before| {
                    before.revisions.iter().rev().find(|known| known.number == revision.number)
                });
                let text = [&revision.value, &revision.author].into_iter().flatten().map(String::len).sum();
                sharing.share(revision, text, known)
            })
            .collect();
        KeyPicture { about: key, revisions }
    }

    fn to_key(&self) -> Key {
        Key {
            revisions: self.revisions.iter().map(|revision| (**revision).clone()).collect(),
            ..self.about.clone()
        }
    }
}
