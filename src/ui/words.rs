//! Every word of the page's own, in each language. What the terminals print is the real tool's and stays as it is.

/// A language that the page speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Words(pub(super) Language);

pub(super) use crate::app::Language;
use crate::app::journal::Unreadable;
use crate::term::keymap::KEYS;

/// A line a text: its name, English, German. Names in braces are its arguments.
macro_rules! words {
    ($($name:ident $(($($arg:ident: $type:ty),*))?: $english:literal, $german:literal;)*) => {
        impl Words {
            $(words!(@one $name $(($($arg: $type),*))? $english $german);)*
        }
    };
    (@one $name:ident $english:literal $german:literal) => {
        pub(super) fn $name(self) -> &'static str {
            match self.0 {
                Language::English => $english,
                Language::German => $german,
            }
        }
    };
    (@one $name:ident ($($arg:ident: $type:ty),*) $english:literal $german:literal) => {
        pub(super) fn $name(self, $($arg: $type),*) -> String {
            match self.0 {
                Language::English => format!($english),
                Language::German => format!($german),
            }
        }
    };
}

words! {
    // The bar.
    title: "NATS Key/Value playground", "NATS Key/Value zum Ausprobieren";
    simulated_here: "simulated in this page", "auf dieser Seite simuliert";
    colours: "Colours", "Farben";
    colours_auto: "Colours as the device has them", "Farben wie auf dem Gerät";
    colours_light: "Light colours", "Helle Farben";
    colours_dark: "Dark colours", "Dunkle Farben";
    colours_contrast: "High contrast", "Hoher Kontrast";
    language: "Language", "Sprache";
    present: "Present: large letters, and Page Down for the next step", "Vorführen: große Schrift, und Bild ab für den nächsten Schritt";
    present_no_more: "Leave the presentation (Escape)", "Vorführung beenden (Escape)";
    help: "Help", "Hilfe";
    help_lesson:
        "The lesson says what to type; its buttons do it for you, and Play does all of it. A step is done when the server shows that it is.",
        "Die Lektion sagt, was zu tippen ist; ihre Knöpfe tun es für dich, und Abspielen tut alles. Ein Schritt ist erledigt, wenn der Server es zeigt.";
    help_terminals:
        "Each terminal is a client of its own. What runs in one goes on while you work in others; Stop or Ctrl-C ends it. A double click on a tab renames it, dragging moves it.",
        "Jedes Terminal ist ein eigener Client. Was in einem läuft, läuft weiter, während du in anderen arbeitest; Stopp oder Strg-C beendet es. Ein Doppelklick auf einen Reiter benennt ihn um, Ziehen verschiebt ihn.";
    help_keyboard:
        "Tab completes while there is something to complete, and then leaves the terminal; Escape and then Tab always does. Alt with Up and Down goes through what was printed. In a presentation, Page Down does the next thing and Escape leaves.",
        "Tab ergänzt, solange es etwas zu ergänzen gibt, und verlässt dann das Terminal; Escape und dann Tab tut das immer. Alt mit Aufwärts und Abwärts geht durch das Ausgegebene. Beim Vorführen tut Bild ab das Nächste, und Escape beendet.";
    help_commands:
        "In a terminal, help lists the commands of the shell, and nats --help those of nats.",
        "In einem Terminal zeigt help die Befehle der Shell und nats --help die von nats.";
    help_all_keys: "Keys", "Tasten";
    help_all_commands: "Commands of nats that are simulated", "Befehle von nats, die simuliert sind";
    voice: "What is read aloud by a screen reader", "Was ein Vorleseprogramm vorliest";
    voice_all: "All output", "Alle Ausgaben";
    voice_some: "The first lines, and how many", "Die ersten Zeilen, und wie viele";
    voice_nothing: "No output", "Keine Ausgaben";
    help_refused:
        "Every other command is refused by name; nothing is silently ignored.",
        "Jeder andere Befehl wird mit Namen abgelehnt; nichts wird stillschweigend übergangen.";
    help_checked(command: &str, server: &str):
        "What is printed was compared, byte for byte, with nats {command} on nats-server {server}.",
        "Was ausgegeben wird, wurde Byte für Byte mit nats {command} an nats-server {server} verglichen.";

    further: "More", "Mehr";
    share: "Share", "Teilen";
    share_hint: "Share this sandbox: a link, text, a file", "Diesen Sandkasten teilen: Link, Text, Datei";
    share_link: "A link to this sandbox", "Ein Link auf diesen Sandkasten";
    link_length(length: usize): "{length} characters.", "{length} Zeichen.";
    link_long: "Some mail and chat programs cut links as long as that.", "Manche Mail- und Chatprogramme kürzen so lange Links.";
    link_too_long: "Most programs cut links as long as that: send the file below instead.", "Die meisten Programme kürzen so lange Links: besser die Datei unten schicken.";
    link_holds:
        "The link itself holds everything that was done here; nothing is stored elsewhere.",
        "Der Link selbst enthält alles, was hier geschehen ist; anderswo wird nichts gespeichert.";
    copy_link: "Copy link", "Link kopieren";
    copy_markdown_link: "Copy as Markdown", "Als Markdown kopieren";
    share_text: "What the terminals showed", "Was die Terminals gezeigt haben";
    all_terminals: "All", "Alle";
    format: "Format", "Format";
    format_markdown: "Markdown transcript", "Markdown-Mitschrift";
    format_text: "Plain text", "Reiner Text";
    format_film: "Film (asciicast)", "Film (asciicast)";
    copy_text: "Copy", "Kopieren";
    save: "Save as a file", "Als Datei sichern";
    share_file: "The sandbox as a file", "Der Sandkasten als Datei";
    share_file_hint:
        "It can be opened again here, in this version of the page and all later ones.",
        "Sie lässt sich hier wieder öffnen, in dieser und jeder späteren Version der Seite.";
    save_sandbox: "Save the sandbox", "Sandkasten sichern";

    sandboxes: "Sandboxes", "Sandkästen";
    sandboxes_open(name: &str): "Sandboxes: {name}", "Sandkästen: {name}";
    sandboxes_hint: "Your sandboxes: keep several, open a file", "Die eigenen Sandkästen: mehrere aufheben, Datei öffnen";
    kept_here: "Kept in this browser", "In diesem Browser aufgehoben";
    another: "Another one", "Ein weiterer";
    drop_hint: "A file that was saved here can also be dropped on the page.", "Eine hier gesicherte Datei lässt sich auch auf die Seite ziehen.";
    new_sandbox: "New sandbox", "Neuer Sandkasten";
    open_file: "Open a file", "Datei öffnen";
    is_open: "Open now.", "Jetzt geöffnet.";
    kept_once_used: "Kept from the first command on.", "Aufgehoben ab dem ersten Befehl.";
    used(when: &str): "Used {when}", "Benutzt {when}";
    cannot_be_read: "Damaged: it cannot be opened, but saved as it is.", "Beschädigt: lässt sich nicht öffnen, aber sichern, wie er ist.";
    name_of_sandbox: "Name of the sandbox", "Name des Sandkastens";
    open: "Open", "Öffnen";
    duplicate: "Duplicate", "Verdoppeln";
    delete: "Delete", "Löschen";
    deleted: "It is deleted.", "Er ist gelöscht.";
    undelete: "Bring it back", "Zurückholen";
    imported(name: &str): "The file is open as “{name}”.", "Die Datei ist als „{name}“ geöffnet.";
    file_wrong(file: &str, why: &str): "“{file}” cannot be opened: {why}.", "„{file}“ lässt sich nicht öffnen: {why}.";
    started_over: "A fresh start.", "Von vorn begonnen.";
    take_back: "Take it back", "Zurücknehmen";
    new_version: "A new version of this page is ready. Nothing is lost by loading it.", "Eine neue Version dieser Seite ist da. Beim Laden geht nichts verloren.";
    reload: "Reload", "Neu laden";

    sandbox_number(number: usize): "Sandbox {number}", "Sandkasten {number}";
    copy_of(name: &str, number: usize): "{name} ({number})", "{name} ({number})";
    brought_by_link(number: usize): "From a link {number}", "Aus einem Link {number}";
    linked:
        "This is what the link holds. Your own sandbox is kept as it was.",
        "Das steckt im Link. Der eigene Sandkasten ist aufgehoben, wie er war.";
    link_wrong(why: &str): "The link cannot be opened: {why}. This is an empty sandbox.", "Der Link lässt sich nicht öffnen: {why}. Dies ist ein leerer Sandkasten.";
    sandbox_damaged(name: &str, why: &str):
        "“{name}” cannot be opened: {why}. It is left as it is, and this is a new sandbox.",
        "„{name}“ lässt sich nicht öffnen: {why}. Er bleibt, wie er ist, und dies ist ein neuer Sandkasten.";
    two_tabs(name: &str, copy: &str):
        "“{name}” was changed in another tab. What you do here is kept as “{copy}”.",
        "„{name}“ wurde in einem anderen Tab geändert. Was hier geschieht, wird als „{copy}“ aufgehoben.";
    to_my_sandbox: "To my sandbox", "Zu meinem Sandkasten";
    is_foreign: "it is damaged, or not from this playground", "er ist beschädigt oder nicht von hier";
    is_newer: "it is from a newer version of this page; reload to get that", "er stammt von einer neueren Version dieser Seite; Neuladen holt sie";
    is_too_long: "it is longer than this page takes", "er ist länger, als diese Seite verträgt";
    is_damaged(line: usize): "it is damaged in line {line}", "er ist in Zeile {line} beschädigt";

    nothing_kept:
        "This browser keeps nothing for this page: what you do here is gone when you leave.",
        "Dieser Browser hebt für diese Seite nichts auf: Was hier geschieht, ist beim Verlassen weg.";
    not_all_kept:
        "Programs around this page have written more than is kept: from here on that is in no link, and gone when you leave.",
        "Programme um diese Seite herum haben mehr geschrieben, als aufgehoben wird: Ab hier steht es in keinem Link und ist beim Verlassen weg.";
    dismiss: "Dismiss", "Schließen";

    // The parts of the page.
    parts: "Parts of the page", "Teile der Seite";
    lesson: "Lesson", "Lektion";
    terminals: "Terminals", "Terminals";
    picture: "Picture", "Bild";
    new_lines: "new lines", "neue Zeilen";

    // The lesson.
    no_lesson: "No lesson is open.", "Es ist keine Lektion geöffnet.";
    steps_done_label: "Steps done", "Erledigte Schritte";
    steps_done(done: usize, count: usize): "{done} of {count} steps done", "{done} von {count} Schritten erledigt";
    done: "done", "erledigt";
    hint: "A hint", "Ein Tipp";
    next_step: "Next step", "Nächster Schritt";
    in_the_documentation: "In the documentation:", "In der Dokumentation:";
    opens_elsewhere: "opens in a new tab", "öffnet sich in einem neuen Tab";
    differs: "Differs from the official page", "Anders als auf der offiziellen Seite";
    run: "Run", "Ausführen";
    answer: "Answer", "Antworten";
    press_ctrl_c: "Press Ctrl-C", "Strg-C drücken";
    move_clock: "Move the clock", "Uhr vorstellen";
    put: "Put into the terminal", "Ins Terminal einsetzen";
    clock_simulated: "clock, simulated", "Uhr, simuliert";
    is_so: "so", "erfüllt";
    not_yet: "not yet", "noch nicht";
    step_is_done: "This step is done", "Dieser Schritt ist erledigt";
    to_be_done: "To be done", "Zu tun";
    player: "Play the walkthrough", "Den Rundgang abspielen";
    play: "Play", "Abspielen";
    pause: "Pause", "Pause";
    next_command: "Next command", "Nächster Befehl";
    start_over: "Start over", "Von vorn";
    coach: "Next in the walkthrough", "Als Nächstes im Rundgang";
    step_done_sentence: "This step is done.", "Dieser Schritt ist erledigt.";
    something_missing: "Something is still to be done.", "Noch ist nicht alles getan.";
    that_was_all: "That was all.", "Das war alles.";
    to_the_lesson: "To the lesson", "Zur Lektion";

    // The terminals.
    terminal(name: &str): "Terminal {name}", "Terminal {name}";
    output_of(name: &str): "Output of {name}", "Ausgabe von {name}";
    close(name: &str): "Close {name}", "{name} schließen";
    open_another: "Open another terminal", "Ein weiteres Terminal öffnen";
    side_by_side: "Terminals side by side", "Terminals nebeneinander";
    one_terminal: "1 terminal", "1 Terminal";
    two_terminals: "2 side by side", "2 nebeneinander";
    three_terminals: "3 side by side", "3 nebeneinander";
    is_running: "running", "läuft";
    stop: "Stop", "Stopp";
    four_terminals: "4 side by side", "4 nebeneinander";
    all_side_by_side: "All side by side", "Alle nebeneinander";
    about_terminal(name: &str): "Rename or move {name}", "{name} umbenennen oder verschieben";
    rename: "Rename", "Umbenennen";
    name_of(name: &str): "New name of {name}", "Neuer Name von {name}";
    move_left: "Move left", "Nach links";
    move_right: "Move right", "Nach rechts";

    // What is said to those who do not see it.
    said_ready: "Ready.", "Bereit.";
    said_step(done: usize, steps: usize): "Step done. {done} of {steps}.", "Schritt erledigt. {done} von {steps}.";
    said_busy(name: &str):
        "{name} is busy: stop what runs there first.",
        "{name} ist beschäftigt: Beende zuerst, was dort läuft.";
    said_no_question(name: &str): "Nothing asks in {name} now.", "In {name} wird gerade nichts gefragt.";
    said_most(most: usize): "{most} terminals are the most.", "Mehr als {most} Terminals gibt es nicht.";
    said_no_name:
        "A name has 1 to 20 characters, and no two terminals have the same.",
        "Ein Name hat 1 bis 20 Zeichen, und keine zwei Terminals haben denselben.";
    said_done(name: &str): "{name}: done.", "{name}: fertig.";
    said_failed(name: &str): "{name}: failed.", "{name}: fehlgeschlagen.";
    said_printed(name: &str, text: &str): "{name}: {text}", "{name}: {text}";
    said_begins(name: &str, text: &str, lines: usize):
        "{name}: {text} … {lines} lines of output, Alt and Up to read them.",
        "{name}: {text} … {lines} Zeilen Ausgabe, Alt und Aufwärts zum Lesen.";
    said_meant(line: &str):
        "Did you mean: {line}? Shift and Tab to take it.",
        "War das gemeint: {line}? Umschalt und Tab zum Übernehmen.";
    said_news(name: &str, lines: usize): "New lines in {name}: {lines}.", "Neue Zeilen in {name}: {lines}.";
    did_you_mean: "Did you mean", "War das gemeint:";
    copy_block: "Copy this command and its output", "Diesen Befehl und seine Ausgabe kopieren";
    copied: "Copied.", "Kopiert.";
    not_copied: "The browser did not let this be copied.", "Der Browser hat das Kopieren nicht erlaubt.";
    earlier_lines: "Show earlier lines", "Frühere Zeilen zeigen";
    exit_status(status: i32): "exit status {status}", "Exit-Status {status}";
    search: "search:", "Suche:";
    not_found: "not found:", "nicht gefunden:";
    candidates: "What could stand here", "Was hier stehen könnte";
    touch_keys: "Keys", "Tasten";
    leaving_hint:
        "Tab completes a command. Escape and then Tab leaves the terminal. Alt and Up reads what was printed.",
        "Tab ergänzt einen Befehl. Escape und danach Tab verlässt das Terminal. Alt und Aufwärts liest, was ausgegeben wurde.";

    pasted: "Pasted commands", "Eingefügte Befehle";
    pasted_next: "Run the next one", "Den nächsten ausführen";
    pasted_all: "Run all", "Alle ausführen";
    pasted_drop: "Drop the list", "Liste verwerfen";
    nothing_to_end: "Nothing reads here: Ctrl-D has nothing to end.", "Hier liest nichts: Strg-D hat nichts zu beenden.";
    nothing_to_complete: "Nothing completes this.", "Das lässt sich nicht ergänzen.";
    typed_ahead: "A command is running: Enter sends this to it, Ctrl-C stops it.", "Ein Befehl läuft: Enter schickt ihm das, Strg-C beendet ihn.";

    // What can be done with output.
    use_output: "Use keys, values and revisions of this output", "Schlüssel, Werte und Revisionen dieser Ausgabe verwenden";
    nothing_to_use: "There is no key and no bucket in this output.", "In dieser Ausgabe ist kein Schlüssel und kein Bucket.";
    use_get: "Get this", "Lesen";
    use_get_revision(revision: u64): "Get revision {revision}", "Revision {revision} lesen";
    use_history: "History", "Verlauf";
    use_update(revision: u64): "Update from revision {revision}", "Ab Revision {revision} ändern";
    use_info: "Settings", "Einstellungen";
    use_list: "List its keys", "Schlüssel auflisten";
    use_watch: "Watch", "Beobachten";
    copy(what: &str): "Copy {what}", "{what} kopieren";

    // Why a command failed.
    why: "Why?", "Warum?";
    puts(command: &str): "Puts {command} into the terminal", "Setzt {command} ins Terminal ein";
    in_the_lesson: "In the lesson:", "In der Lektion:";
    try_this: "Look for yourself:", "Selbst nachsehen:";
    what_happened: "What was written", "Was geschrieben wurde";
    this_command: "this command", "dieser Befehl";
    follows(revision: u64): "wanted to follow revision {revision}: refused", "wollte auf Revision {revision} folgen: abgelehnt";
    wants_new: "wanted to be the first: refused", "wollte der erste sein: abgelehnt";
    why_exists(key: &str, actual: u64):
        "create writes only where there is no value. {key} has one since revision {actual}, so nothing was written: whoever came first keeps it.",
        "create schreibt nur, wo es keinen Wert gibt. {key} hat seit Revision {actual} einen, also wurde nichts geschrieben: Wer zuerst kam, behält ihn.";
    why_later(key: &str, expected: u64, actual: u64):
        "The command was to follow revision {expected} of {key}, but the newest is {actual}: somebody has written in between. Nothing was overwritten. Read the value again and update from {actual}.",
        "Der Befehl sollte auf Revision {expected} von {key} folgen, die neueste ist aber {actual}: Dazwischen hat jemand geschrieben. Nichts wurde überschrieben. Lies den Wert neu und ändere ihn ab {actual}.";
    why_sooner(key: &str, expected: u64, actual: u64):
        "The command was to follow revision {expected} of {key}, but the newest is {actual}. Revisions count all writes to the bucket; only the newest one of the key can be followed.",
        "Der Befehl sollte auf Revision {expected} von {key} folgen, die neueste ist aber {actual}. Revisionen zählen alle Schreibvorgänge im Bucket; folgen kann man nur der neuesten des Schlüssels.";
    why_missing(key: &str, expected: u64):
        "The command was to follow revision {expected} of {key}, but nothing is stored there. Use create or put for the first value.",
        "Der Befehl sollte auf Revision {expected} von {key} folgen, dort ist aber nichts gespeichert. Den ersten Wert schreiben create oder put.";
    why_never(key: &str): "Nothing is stored under {key}.", "Unter {key} ist nichts gespeichert.";
    why_gone(key: &str, word: &str):
        "{key} has no value any more: the last entry is a marker, {word}.",
        "{key} hat keinen Wert mehr: Der letzte Eintrag ist ein Marker, {word}.";
    why_no_revision(key: &str):
        "{key} has no such revision. A revision belongs to one key, and only the newest few are kept, as the bucket's history says.",
        "{key} hat diese Revision nicht. Eine Revision gehört zu einem Schlüssel, und nur die neuesten bleiben, so viele, wie der Verlauf des Buckets erlaubt.";
    why_no_bucket(others: &str): "There is no such bucket. There are: {others}.", "Diesen Bucket gibt es nicht. Es gibt: {others}.";
    why_no_bucket_at_all: "There is no bucket yet: make one first.", "Es gibt noch keinen Bucket: Lege zuerst einen an.";
    why_no_jetstream:
        "nats-server runs without JetStream, and buckets need it. Stop it with Ctrl-C and start nats-server -js.",
        "nats-server läuft ohne JetStream, das Buckets brauchen. Beende ihn mit Strg-C und starte nats-server -js.";
    why_no_server:
        "No nats-server runs. Start nats-server -js in another terminal.",
        "Es läuft kein nats-server. Starte nats-server -js in einem anderen Terminal.";
    why_nobody: "Nobody listens to this subject.", "Niemand hört auf dieses Subject.";
    why_key:
        "A key is made of letters, digits and - _ . / =, and neither begins nor ends with a dot.",
        "Ein Schlüssel besteht aus Buchstaben, Ziffern und - _ . / = und beginnt und endet nicht mit einem Punkt.";
    why_bucket_name:
        "The name of a bucket is made of letters, digits, - and _ only.",
        "Der Name eines Buckets besteht nur aus Buchstaben, Ziffern, - und _.";
    why_api(code: u64): "The server refused with error {code}.", "Der Server hat mit Fehler {code} abgelehnt.";

    // The picture of the account.
    account: "Account", "Konto";
    picture_label: "Picture of the account", "Bild des Kontos";
    clock: "Simulated clock", "Simulierte Uhr";
    simulated: "simulated", "simuliert";
    hold: "Hold", "Anhalten";
    let_run: "Let it run", "Laufen lassen";
    on_the_clock: "on the simulated clock", "auf der simulierten Uhr";
    next_expiry(left: &str): "To next expiry, in {left}", "Zum Ablauf, in {left}";
    nothing_expires: "Nothing expires", "Nichts läuft ab";
    server: "Server", "Server";
    server_runs: "nats-server is running", "nats-server läuft";
    server_stopped: "nats-server is stopped", "nats-server läuft nicht";
    jetstream_on: "JetStream is on", "JetStream ist an";
    jetstream_off: "JetStream is off", "JetStream ist aus";
    buckets: "Buckets", "Buckets";
    no_bucket: "No bucket yet.", "Noch kein Bucket.";
    no_key: "No key yet.", "Noch kein Schlüssel.";
    keys_shown(shown: usize, total: usize):
        "{shown} of {total} keys, those that changed last", "{shown} von {total} Schlüsseln, die zuletzt geänderten";
    more: "Show more", "Mehr zeigen";
    history: "history", "Verlauf";
    stream: "Stream", "Stream";
    streams: "Streams", "Streams";
    messages: "Messages, newest first", "Nachrichten, neueste zuerst";
    headers: "Headers", "Header";
    part_of_name: "part of a name", "Teil des Namens";
    find_keys(bucket: &str): "Find keys of {bucket}", "Schlüssel von {bucket} finden";
    no_value: "no value", "kein Wert";
    left(left: &str): "{left} left", "noch {left}";
    revisions: "Revisions", "Revisionen";
    revision(number: u64, word: &str): "revision {number}, {word}", "Revision {number}, {word}";
    by(author: &str): "by {author}", "von {author}";
    fresh: "new", "neu";
    watchers: "Watchers", "Beobachter";
    nobody_watches: "Nobody watches.", "Niemand beobachtet.";
    watches: "watches", "beobachtet";
    has_seen: "has seen", "hat gesehen";
    has_seen_nothing: "Has seen nothing yet.", "Hat noch nichts gesehen.";
    at_revision(revision: u64): "at revision {revision}", "bei Revision {revision}";
    waiting(count: u64): "{count} waiting", "{count} warten noch";
    clients: "Clients", "Clients";
    nobody_connected: "Nobody is connected.", "Niemand ist verbunden.";
    client_does(number: u64, subscriptions: usize, came: u64, went: u64):
        "client {number}, subscriptions: {subscriptions}, sent {came}, got {went}",
        "Client {number}, Abonnements: {subscriptions}, gesendet {came}, bekommen {went}";

    // What passes.
    wire: "Wire", "Leitung";
    nothing_passed:
        "Nothing has passed since you look. Run a command: what its client and the server say to each other is shown here.",
        "Seit du hinsiehst, ist nichts gelaufen. Führe einen Befehl aus: Hier steht, was sein Client und der Server einander sagen.";
    go_on: "Go on", "Weiter";
    clear: "Clear", "Leeren";
    all: "All", "Alle";
    kinds: "Kinds of messages", "Arten von Nachrichten";
    api_calls: "JetStream API", "JetStream-API";
    server_says: "from the server", "vom Server";
    client_says: "to the server", "zum Server";
    answered: "answered", "beantwortet";
    becomes(revision: u64): "becomes revision {revision}", "wird Revision {revision}";
    of_revision(revision: u64): "revision {revision}", "Revision {revision}";
}

impl Words {
    /// Why a text is no journal.
    pub(super) fn wrong(self, wrong: &Unreadable) -> String {
        match wrong {
            Unreadable::Foreign => self.is_foreign().to_owned(),
            Unreadable::Newer => self.is_newer().to_owned(),
            Unreadable::TooLong => self.is_too_long().to_owned(),
            Unreadable::Damaged(line) => self.is_damaged(*line),
        }
    }

    /// The names of keys.
    pub(super) fn keys(self, english: &str) -> String {
        match self.0 {
            Language::English => english.to_owned(),
            Language::German => english.replace("Ctrl", "Strg"),
        }
    }

    /// What a key does, by its place in the table of keys.
    pub(super) fn key_help(self, place: usize) -> &'static str {
        match self.0 {
            Language::English => KEYS[place].help,
            Language::German => GERMAN_KEYS[place],
        }
    }

    /// The name of a setting or of a use, as the application has it.
    pub(super) fn fact(self, name: &'static str) -> &'static str {
        let german = match name {
            "Storage" => "Dateien",
            "Memory" => "Speicher",
            "History" => "Verlauf",
            "Values" => "Werte",
            "Size" => "Größe",
            "Max age" => "Höchstalter",
            "Marker TTL" => "Marker-TTL",
            "Max size" => "Höchstgröße",
            "Max value" => "Größter Wert",
            "Max messages" => "Höchstzahl",
            "Description" => "Beschreibung",
            "Compression" => "Kompression",
            "Replicas" => "Repliken",
            "Mirror" => "Spiegel von",
            "Sources" => "Quellen",
            "Republish" => "Weitergabe",
            "API calls" => "API-Aufrufe",
            "API errors" => "API-Fehler",
            "Messages" => "Nachrichten",
            "Sequences" => "Sequenzen",
            "Retention" => "Aufbewahrung",
            "Discard" => "Verworfen wird",
            "Per subject" => "Je Subject",
            "Duplicates" => "Duplikate",
            same => same,
        };
        if self.0 == Language::German { german } else { name }
    }

    /// A further word in parentheses, for ears only.
    pub(super) fn aside(word: &str) -> String {
        format!(" ({word})")
    }
}

/// What the keys do, in the order of their table.
const GERMAN_KEYS: [&str; KEYS.len()] = [
    "führt die Zeile aus; in offenen Anführungszeichen geht es in der nächsten weiter",
    "geht in der nächsten Zeile weiter",
    "nach links",
    "nach rechts; am Ende wird der blasse Vorschlag übernommen",
    "nach links",
    "nach rechts; am Ende wird der blasse Vorschlag übernommen",
    "ein Wort nach links",
    "ein Wort nach rechts; am Ende ein Wort des Vorschlags",
    "an den Anfang der Zeile",
    "an den Anfang der Zeile",
    "ans Ende der Zeile; dort wird der Vorschlag übernommen",
    "ans Ende der Zeile; dort wird der Vorschlag übernommen",
    "an den Anfang aller Zeilen",
    "ans Ende aller Zeilen",
    "löscht nach links",
    "löscht nach links",
    "löscht nach rechts",
    "löscht nach rechts; auf leerer Zeile endet die Eingabe eines Programms",
    "schneidet das Wort davor aus, bis zum Leerzeichen",
    "schneidet die Buchstaben davor aus",
    "schneidet das Wort danach aus",
    "schneidet bis zum Anfang der Zeile aus",
    "schneidet bis zum Ende der Zeile aus",
    "setzt das Ausgeschnittene ein",
    "danach: stattdessen das, was früher ausgeschnitten wurde",
    "macht rückgängig",
    "vertauscht zwei Zeichen",
    "vertauscht zwei Wörter",
    "Wort in Großbuchstaben",
    "Wort in Kleinbuchstaben",
    "Wort mit großem Anfang",
    "älterer Befehl, der so beginnt wie diese Zeile",
    "neuerer Befehl; am Ende die eigene Zeile",
    "ältester Befehl",
    "zurück zur eigenen Zeile",
    "sucht einen älteren Befehl; noch einmal: einen noch älteren",
    "beim Suchen: einen neueren",
    "letztes Wort des Befehls davor; noch einmal: eines älteren",
    "ergänzt; noch einmal: der nächste Vorschlag",
    "der Vorschlag davor; ohne offene Liste wird das Terminal verlassen",
    "verwirft die Zeile oder beendet, was läuft; wo Text ausgewählt ist: kopiert",
    "leert die Ansicht",
    "schließt die Liste oder die Suche; dann verlässt Tab das Terminal",
    "schließt die Liste oder die Suche",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_stand_where_they_belong() {
        assert_eq!(Words(Language::English).steps_done(2, 9), "2 of 9 steps done");
        assert_eq!(Words(Language::German).steps_done(2, 9), "2 von 9 Schritten erledigt");
    }
}
