//! What may happen to what is kept, and what is said of it.

use playground::app::journal::{Act, Journal, Unreadable};
use playground::keep::{
    CannotOpen, FileForm, KeepEffect, KeepNotice, Keeper, Refusal, SandboxId, Start, StorageCommand,
};

use crate::disk::{Disk, Fate};
use crate::tab::Tab;

const NOW: u64 = 1_795_395_723_000;

/// A tab that has begun, over this storage.
fn tab(disk: &mut Disk, writer: u64, start: Start) -> Tab {
    let mut tab = Tab::open(disk, NOW, writer, start);
    tab.settle(disk, NOW);
    tab
}

/// Does this, and keeps it.
fn work(tab: &mut Tab, disk: &mut Disk, lines: &[&str]) {
    for line in lines {
        tab.act((*line).to_owned());
        tab.keep(NOW);
        tab.settle(disk, NOW);
    }
}

/// Does this without the storage taking it.
fn work_in_vain(tab: &mut Tab, disk: &mut Disk, now: u64, line: &str, why: Refusal) {
    tab.act(line.to_owned());
    refuse(tab, disk, now, why);
}

fn refuse(tab: &mut Tab, disk: &mut Disk, now: u64, why: Refusal) {
    tab.keep(now);
    tab.do_effects(disk, now, usize::MAX, true);
    while let Some((ticket, command)) = tab.pending.pop_front() {
        let answer = disk.execute(&command, Fate::Refused(why)).expect("an answer");
        tab.keeper.answer(now, ticket, answer);
        tab.do_effects(disk, now, usize::MAX, true);
    }
}

fn lines(journal: &Journal) -> Vec<&str> {
    let entries = journal.entries.iter();
    entries
        .filter_map(|entry| if let Act::Submit { line, .. } = &entry.act { Some(&line[..]) } else { None })
        .collect()
}

fn shown(tab: &Tab) -> Vec<&str> {
    lines(tab.journal.as_ref().expect("a world"))
}

/// All that is kept: names and lines.
fn all(disk: &mut Disk) -> Vec<(String, String)> {
    let all = Tab::read_all(disk, NOW, 99);
    let mut all: Vec<_> =
        all.into_iter().map(|(_, name, journal)| (name, lines(&journal).join(" "))).collect();
    all.sort();
    all
}

fn pair(name: &str, lines: &str) -> (String, String) {
    (name.to_owned(), lines.to_owned())
}

#[test]
fn an_act_costs_a_part_with_its_line() {
    let mut disk = Disk::default();
    let mut tab = tab(&mut disk, 1, Start::Latest);
    work(&mut tab, &mut disk, &["one", "two"]);
    tab.act("three".to_owned());
    tab.keep(NOW);
    let effects = tab.keeper.take_effects();
    let [KeepEffect::Storage(_, StorageCommand::Write(write))] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(write.parts, [(2, "2 1\n7 $1 three\n".to_owned())]);
    assert!(write.forget.is_empty());
    assert!(write.head.len() < 200, "{}", write.head);
}

#[test]
fn nothing_is_written_where_nothing_was_done() {
    let mut disk = Disk::default();
    let mut tab = tab(&mut disk, 1, Start::Latest);
    tab.keep(NOW);
    tab.leave(NOW);
    tab.settle(&mut disk, NOW);
    assert_eq!((disk.sandboxes.len(), disk.small.len()), (0, 0));
}

#[test]
fn the_next_visit_goes_on_where_this_one_ended() {
    let mut disk = Disk::default();
    let mut first = tab(&mut disk, 1, Start::Latest);
    work(&mut first, &mut disk, &["one", "two"]);
    let id = first.keeper.current().and_then(|(id, _)| id).expect("an id");
    let mut second = tab(&mut disk, 2, Start::Tab(id));
    assert_eq!(shown(&second), ["one", "two"]);
    assert_eq!(second.keeper.current(), Some((Some(id), "Sandbox 1")));
    work(&mut second, &mut disk, &["three"]);
    assert_eq!(all(&mut disk), [pair("Sandbox 1", "one two three")]);
}

#[test]
fn two_tabs_do_not_write_over_each_other() {
    let mut disk = Disk::default();
    let mut first = tab(&mut disk, 1, Start::Latest);
    work(&mut first, &mut disk, &["first"]);
    let mut second = tab(&mut disk, 2, Start::Latest);
    work(&mut second, &mut disk, &["second"]);
    work(&mut first, &mut disk, &["third"]);
    let told = KeepNotice::OtherTab { name: "Sandbox 1".to_owned(), copy: "Sandbox 1 (2)".to_owned() };
    assert_eq!(first.notices, [told]);
    work(&mut first, &mut disk, &["fourth"]);
    work(&mut second, &mut disk, &["fifth"]);
    assert_eq!(
        all(&mut disk),
        [pair("Sandbox 1", "first second fifth"), pair("Sandbox 1 (2)", "first third fourth")]
    );
}

#[test]
fn a_tab_that_only_looked_on_makes_no_copy() {
    let mut disk = Disk::default();
    let mut first = tab(&mut disk, 1, Start::Latest);
    work(&mut first, &mut disk, &["first"]);
    let mut second = tab(&mut disk, 2, Start::Latest);
    second.leave(NOW + 345);
    second.settle(&mut disk, NOW + 345);
    work(&mut first, &mut disk, &["second"]);
    assert_eq!((first.notices, all(&mut disk)), (vec![], vec![pair("Sandbox 1", "first second")]));
}

#[test]
fn what_is_left_behind_is_there_at_the_next_visit() {
    let mut disk = Disk::default();
    let mut first = tab(&mut disk, 1, Start::Latest);
    work(&mut first, &mut disk, &["one"]);
    first.act("two".to_owned());
    first.leave(NOW);
    first.do_effects(&mut disk, NOW, usize::MAX, false);
    drop(first);
    assert_eq!(disk.small.len(), 1);
    let second = tab(&mut disk, 2, Start::Latest);
    assert_eq!(shown(&second), ["one", "two"]);
    assert_eq!((disk.small.len(), all(&mut disk)), (0, vec![pair("Sandbox 1", "one two")]));
}

#[test]
fn what_is_left_behind_of_a_world_that_went_on_elsewhere_is_a_copy() {
    let mut disk = Disk::default();
    let mut first = tab(&mut disk, 1, Start::Latest);
    work(&mut first, &mut disk, &["one"]);
    let mut second = tab(&mut disk, 2, Start::Latest);
    first.act("two".to_owned());
    first.leave(NOW);
    first.do_effects(&mut disk, NOW, usize::MAX, false);
    work(&mut second, &mut disk, &["three"]);
    let third = tab(&mut disk, 3, Start::Latest);
    let told = KeepNotice::Recovered { name: "Sandbox 1".to_owned(), copy: "Sandbox 1 (2)".to_owned() };
    assert_eq!(third.notices, [told]);
    assert_eq!(all(&mut disk), [pair("Sandbox 1", "one three"), pair("Sandbox 1 (2)", "one two")]);
    assert_eq!(disk.small.len(), 0);
}

fn not_kept(why: Refusal, kept: usize, unkept: usize) -> KeepNotice {
    KeepNotice::NotKept { name: "Sandbox 1".to_owned(), why, kept, unkept }
}

#[test]
fn a_full_storage_is_told_of_whenever_it_matters_again() {
    let mut disk = Disk::default();
    let mut tab = tab(&mut disk, 1, Start::Latest);
    work(&mut tab, &mut disk, &["one", "two"]);
    let mut now = NOW;
    for count in 0..60 {
        now += 1000;
        work_in_vain(&mut tab, &mut disk, now, &format!("more {count}"), Refusal::Full);
    }
    let full = |unkept| not_kept(Refusal::Full, 2, unkept);
    assert_eq!(std::mem::take(&mut tab.notices), [full(1), full(26), full(51)]);
    // A little is told of after five minutes, and nothing new is not told of at all.
    for _ in 0..1000 {
        now += 1000;
        refuse(&mut tab, &mut disk, now, Refusal::Full);
    }
    assert_eq!(std::mem::take(&mut tab.notices), [full(60)]);
    // There is room again.
    now += 60_000;
    for _ in 0..60 {
        now += 1000;
        tab.keep(now);
        tab.settle(&mut disk, now);
    }
    assert_eq!(tab.notices, [KeepNotice::KeptAgain]);
    assert_eq!(all(&mut disk)[0].1.split(' ').count(), 2 + 60 * 2);
}

#[test]
fn what_was_written_in_spite_of_a_refusal_is_no_other_tab() {
    let mut disk = Disk::default();
    let mut tab = tab(&mut disk, 1, Start::Latest);
    let mut now = NOW;
    for line in ["one", "two", "three"] {
        tab.act(line.to_owned());
        for fate in [Fate::DoneInSecret, Fate::Honest, Fate::Honest] {
            now += 2000;
            tab.keep(now);
            tab.do_effects(&mut disk, now, usize::MAX, false);
            let Some((ticket, command)) = tab.pending.pop_front() else { continue };
            let answer = disk.execute(&command, fate).expect("an answer");
            tab.keeper.answer(now, ticket, answer);
        }
        tab.settle(&mut disk, now);
    }
    assert_eq!(all(&mut disk), [pair("Sandbox 1", "one two three")]);
    assert!(
        tab.notices.iter().all(|notice| !matches!(notice, KeepNotice::OtherTab { .. })),
        "{:?}",
        tab.notices
    );
}

#[test]
fn a_storage_that_does_not_answer_is_told_of_by_time_that_passed_not_by_the_clock() {
    let mut disk = Disk::default();
    let mut tab = tab(&mut disk, 1, Start::Latest);
    tab.act("one".to_owned());
    tab.keep(NOW);
    tab.do_effects(&mut disk, NOW, usize::MAX, true);
    tab.keep(NOW + 90 * 86_400_000);
    tab.do_effects(&mut disk, NOW, usize::MAX, true);
    assert_eq!(tab.notices, []);
    for second in 0..30 {
        tab.keep(NOW + second * 1000);
        tab.do_effects(&mut disk, NOW, usize::MAX, true);
    }
    assert_eq!(tab.notices, [not_kept(Refusal::NoAnswer, 0, 1)]);
    // The answer comes after all, and another one to what was tried again meanwhile.
    tab.settle(&mut disk, NOW);
    assert_eq!(all(&mut disk), [pair("Sandbox 1", "one")]);
}

#[test]
fn a_sandbox_over_the_limit_keeps_what_it_had() {
    let mut disk = Disk::default();
    let mut keeper = Keeper::new(1, false).with_most_bytes(40);
    keeper.start(NOW, Start::Latest, Vec::new());
    let mut tab = Tab::of(keeper, 1);
    tab.settle(&mut disk, NOW);
    work(&mut tab, &mut disk, &["ten ten", "ten ten", "ten ten", "ten ten", "over"]);
    assert_eq!(tab.notices, [not_kept(Refusal::OverLimit, 3, 1)]);
    assert_eq!(all(&mut disk), [pair("Sandbox 1", "ten ten ten ten ten ten")]);
    tab.keeper.file(tab.keeper.current().and_then(|(id, _)| id).expect("an id"), FileForm::Commands);
    tab.settle(&mut disk, NOW);
    assert_eq!(tab.files[0].text.lines().count(), 6, "the file has all of it");
}

#[test]
fn a_browser_that_keeps_nothing_is_told_of() {
    let mut disk = Disk::default();
    let mut keeper = Keeper::new(1, true);
    keeper.start(NOW, Start::Latest, Vec::new());
    let mut tab = Tab::of(keeper, 1);
    tab.settle(&mut disk, NOW);
    assert_eq!(tab.notices, []);
    work(&mut tab, &mut disk, &["one", "two"]);
    assert_eq!(tab.notices, [not_kept(Refusal::Forbidden, 0, 1)]);
}

/// The storage with one sandbox of three acts, and its id.
fn kept() -> (Disk, SandboxId) {
    let mut disk = Disk::default();
    let mut tab = tab(&mut disk, 1, Start::Latest);
    work(&mut tab, &mut disk, &["one", "two", "three"]);
    let id = tab.keeper.current().and_then(|(id, _)| id).expect("an id");
    (disk, id)
}

#[test]
fn one_that_is_cut_opens_up_to_there_and_stays_as_it_is() {
    let (mut disk, id) = kept();
    disk.sandboxes.get_mut(&id).expect("a sandbox").1.remove(&1);
    let before = disk.sandboxes[&id].clone();
    let mut tab = tab(&mut disk, 2, Start::Tab(id));
    assert_eq!(shown(&tab), ["one"]);
    assert_eq!(tab.keeper.current(), Some((None, "Sandbox 1 (2)")));
    work(&mut tab, &mut disk, &["again"]);
    assert_eq!(disk.sandboxes[&id], before);
    let names: Vec<String> = tab.keeper.sandboxes().into_iter().map(|listed| listed.name).collect();
    assert_eq!(names.len(), 2);
    tab.keeper.file(id, FileForm::Commands);
    tab.settle(&mut disk, NOW);
    assert_eq!(tab.files[0].text, "# terminal 1\none\nthree\n");
}

#[test]
fn one_that_cannot_be_opened_is_said_to_be_so_and_stays_as_it_is() {
    for (head, why) in [
        ("???".to_owned(), Unreadable::Foreign),
        ("sandbox 3 and who knows what".to_owned(), Unreadable::Newer),
        ("sandbox 1 5 6 From the future\nnats-kv 9 5\n".to_owned(), Unreadable::Newer),
    ] {
        let mut disk = Disk::default();
        disk.small.insert("sandbox.77".to_owned(), head.clone());
        let mut tab = tab(&mut disk, 1, Start::Latest);
        let [KeepEffect::CannotOpen { id: 77, why: said, .. }] = &tab.said[..] else {
            panic!("{:?}", tab.said)
        };
        assert_eq!(*said, CannotOpen::Unreadable(why.clone()));
        assert_eq!(tab.keeper.sandboxes()[0].trouble, Some(why));
        work(&mut tab, &mut disk, &["one"]);
        assert_eq!(disk.sandboxes[&77].0, head);
        tab.keeper.file(77, FileForm::Journal);
        tab.settle(&mut disk, NOW);
        assert!(head.ends_with(&tab.files[0].text), "{:?}", tab.files);
    }
}

#[test]
fn one_that_the_application_does_not_take_stays_as_it_is() {
    let (mut disk, id) = kept();
    let before = disk.sandboxes[&id].clone();
    let mut tab = Tab::open(&disk, NOW, 2, Start::Tab(id));
    tab.takes = |_| false;
    tab.settle(&mut disk, NOW);
    assert_eq!(shown(&tab), [""; 0]);
    work(&mut tab, &mut disk, &["one"]);
    assert_eq!(disk.sandboxes[&id], before);
    assert_eq!(disk.sandboxes.len(), 2);
    assert_eq!(tab.keeper.sandboxes()[1].trouble, Some(Unreadable::TooLong));
}

#[test]
fn one_that_was_not_waited_for_stays_as_it_is() {
    let (mut disk, id) = kept();
    let before = disk.sandboxes[&id].clone();
    let mut tab = Tab::open(&disk, NOW, 2, Start::Tab(id));
    tab.waits_for = 2;
    tab.settle(&mut disk, NOW);
    assert_eq!(shown(&tab), ["one", "two"]);
    work(&mut tab, &mut disk, &["otherwise"]);
    assert_eq!(disk.sandboxes[&id], before);
    assert_eq!(
        all(&mut disk),
        [pair("Sandbox 1", "one two three"), pair("Sandbox 1 (2)", "one two otherwise")]
    );
}

const OLD: &str = "sandbox 1 5 6 Old\nnats-kv 1 77\n7 $1 one\n3 $1 two\n9 >2\n";

#[test]
fn what_was_kept_in_the_old_way_moves_over() {
    let mut disk = Disk::default();
    disk.small.insert("sandbox.77".to_owned(), OLD.to_owned());
    let mut tab = Tab::open(&disk, NOW, 1, Start::Latest);
    tab.do_effects(&mut disk, NOW, usize::MAX, false);
    let (list, write) = (tab.pending.pop_front(), tab.pending.pop_front());
    assert!(list.is_some() && write.is_none(), "first the list");
    tab.pending.extend(list);
    assert_eq!(disk.small.len(), 1, "it stays until it is there");
    tab.settle(&mut disk, NOW);
    assert_eq!((disk.small.len(), disk.sandboxes[&77].0.as_str()), (0, OLD));
    assert_eq!(shown(&tab), ["one", "two"]);
    work(&mut tab, &mut disk, &["three"]);
    assert_eq!(all(&mut disk), [pair("Old", "one two three")]);
}

#[test]
fn what_was_kept_in_the_old_way_opens_also_where_it_cannot_move() {
    let mut disk = Disk::default();
    disk.small.insert("sandbox.77".to_owned(), OLD.to_owned());
    let mut tab = Tab::open(&disk, NOW, 1, Start::Latest);
    for _ in 0..10 {
        tab.do_effects(&mut disk, NOW, usize::MAX, true);
        let Some((ticket, command)) = tab.pending.pop_front() else { break };
        let fate = if command == StorageCommand::List { Fate::Honest } else { Fate::Refused(Refusal::Full) };
        let answer = disk.execute(&command, fate).expect("an answer");
        tab.keeper.answer(NOW, ticket, answer);
    }
    assert_eq!(shown(&tab), ["one", "two"]);
    work_in_vain(&mut tab, &mut disk, NOW, "three", Refusal::Full);
    assert_eq!(disk.small["sandbox.77"], OLD);
    let mut now = NOW;
    for _ in 0..5 {
        now += 1000;
        tab.keep(now);
        tab.settle(&mut disk, now);
    }
    assert_eq!((disk.small.len(), all(&mut disk)), (0, vec![pair("Old", "one two three")]));
}

#[test]
fn what_has_moved_before_does_not_move_twice() {
    let mut disk = Disk::default();
    disk.small.insert("sandbox.77".to_owned(), OLD.to_owned());
    let mut first = tab(&mut disk, 1, Start::Latest);
    work(&mut first, &mut disk, &["three"]);
    disk.small.insert("sandbox.77".to_owned(), OLD.to_owned());
    tab(&mut disk, 2, Start::Latest);
    assert_eq!((disk.small.len(), all(&mut disk)), (0, vec![pair("Old", "one two three")]));
    // A tab with the page of before has gone on there.
    disk.small.insert("sandbox.77".to_owned(), OLD.replace("two", "otherwise"));
    tab(&mut disk, 3, Start::Latest);
    let both = [pair("Old", "one otherwise"), pair("Old", "one two three")];
    assert_eq!((disk.small.len(), all(&mut disk)), (0, both.to_vec()));
}

#[test]
fn one_is_deleted_and_had_back() {
    let (mut disk, id) = kept();
    let mut tab = tab(&mut disk, 2, Start::Tab(id));
    tab.begin(NOW);
    work(&mut tab, &mut disk, &["other"]);
    tab.keeper.delete(NOW, id);
    tab.settle(&mut disk, NOW);
    assert_eq!(all(&mut disk), [pair("Sandbox 2", "other")]);
    assert!(tab.keeper.can_undelete());
    tab.keeper.undelete(NOW);
    tab.settle(&mut disk, NOW);
    assert_eq!(all(&mut disk), [pair("Sandbox 1", "one two three"), pair("Sandbox 2", "other")]);
    assert!(!tab.keeper.can_undelete());
    // That of this tab: then the one that was used last is shown.
    let current = tab.keeper.current().and_then(|(id, _)| id).expect("an id");
    tab.keeper.delete(NOW, current);
    tab.settle(&mut disk, NOW);
    assert_eq!(shown(&tab), ["one", "two", "three"]);
}

#[test]
fn one_is_had_back_before_the_storage_has_told_what_it_was() {
    let (mut disk, id) = kept();
    let mut tab = tab(&mut disk, 2, Start::Nothing);
    tab.begin(NOW);
    tab.keeper.delete(NOW, id);
    tab.keeper.undelete(NOW);
    assert!(!tab.keeper.can_undelete());
    tab.settle(&mut disk, NOW);
    assert_eq!(all(&mut disk), [pair("Sandbox 1", "one two three")]);
}

#[test]
fn one_is_renamed_and_duplicated() {
    let (mut disk, id) = kept();
    let mut tab = tab(&mut disk, 2, Start::Nothing);
    tab.begin(NOW);
    tab.keeper.rename(NOW, Some(id), " My\nlocks ");
    tab.settle(&mut disk, NOW);
    tab.keeper.duplicate(NOW, id);
    tab.settle(&mut disk, NOW);
    assert_eq!(all(&mut disk), [pair("My locks", "one two three"), pair("My locks (2)", "one two three")]);
    // That of this tab, before and after it is kept.
    tab.keeper.rename(NOW, None, "Ours");
    work(&mut tab, &mut disk, &["one"]);
    tab.keeper.rename(NOW, None, "Ours still");
    tab.settle(&mut disk, NOW);
    assert!(all(&mut disk).contains(&pair("Ours still", "one")));
}

#[test]
fn many_parts_become_one() {
    let mut disk = Disk::default();
    let mut first = tab(&mut disk, 1, Start::Latest);
    for count in 0..300 {
        work(&mut first, &mut disk, &[&format!("act{count}")]);
    }
    let id = first.keeper.current().and_then(|(id, _)| id).expect("an id");
    assert_eq!(disk.sandboxes[&id].1.len(), 300);
    let mut second = tab(&mut disk, 2, Start::Latest);
    work(&mut second, &mut disk, &["more", "and more"]);
    assert_eq!(disk.sandboxes[&id].1.len(), 2);
    assert_eq!(all(&mut disk)[0].1.split(' ').count(), 303);
}
