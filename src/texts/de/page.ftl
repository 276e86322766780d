# The bar.
simulated_here = auf dieser Seite simuliert
colours = Farben
colours_auto = Farben wie auf dem Gerät
colours_light = Helle Farben
colours_dark = Dunkle Farben
colours_contrast = Hoher Kontrast
language = Sprache
present = Vorführen: große Schrift, „Bild ab“ für den nächsten Schritt
present_no_more = Vorführung beenden (Escape)
help = Hilfe
help_lesson = Die Lektion sagt, was zu tippen ist; ihre Knöpfe tippen es für dich, und „Abspielen“ erledigt alles. Ein Schritt ist erledigt, wenn der Server es zeigt.
help_terminals = Jedes Terminal ist ein eigener Client. Was in einem läuft, läuft weiter, während du in anderen arbeitest; Stopp oder Strg-C beendet es. Ein Doppelklick auf einen Reiter benennt ihn um, Ziehen verschiebt ihn.
help_keyboard = Tab ergänzt, solange es etwas zu ergänzen gibt, und verlässt dann das Terminal; Escape und dann Tab tut das immer. Alt mit Aufwärts und Abwärts geht durch das Ausgegebene. Beim Vorführen führt „Bild ab“ den nächsten Befehl aus, und Escape beendet die Vorführung.
help_commands = In einem Terminal zeigt help die Befehle der Shell und nats --help die von nats.
help_all_keys = Tasten
help_all_commands = Befehle von nats, die simuliert sind
verbosity = Was ein Screenreader vorliest
verbosity_all = Alle Ausgaben
verbosity_some = Die ersten Zeilen, und wie viele
verbosity_nothing = Keine Ausgaben
help_refused = Jeder andere Befehl wird mit Namen abgelehnt; nichts wird stillschweigend übergangen.
help_checked = Was ausgegeben wird, wurde Byte für Byte mit nats { $command } an nats-server { $server } verglichen.

further = Mehr
share = Teilen
share_hint = Diesen Sandkasten teilen: Link, Text, Datei
share_link = Ein Link auf diesen Sandkasten
link_length = { $length } Zeichen.
link_long = Manche Mail- und Chatprogramme kürzen so lange Links.
link_too_long = Die meisten Programme kürzen so lange Links: besser die Datei unten schicken.
link_holds = Der Link selbst enthält alles, was hier geschehen ist; anderswo wird nichts gespeichert.
copy_link = Link kopieren
link_title = NATS Key/Value zum Ausprobieren: { $sandbox }
copy_markdown_link = Als Markdown kopieren
qr_code = QR-Code des Links
qr_code_of_link = Der Link als QR-Code
qr_too_long = Der Link ist zu lang für einen Code, den ein Telefon lesen kann. Bereite einen Schritt neu vor und teile den, oder schick den Link oder die Datei.
embed = Einbetten
embed_hint = Mit diesem Text lässt sich der Playground in eine eigene Seite einbetten.
embed_what = Was zu sehen ist
embed_sandbox = Dieser Sandkasten, wie er ist
embed_step = Schritt { $step } der Lektion, vorbereitet
embed_all_panes = Alle Teile
embed_readers_language = Die Sprache des Lesers
embed_colours_around = Farben der Seite ringsum
embed_frame = Text des Rahmens
embed_copy = Rahmen kopieren
share_text = Was die Terminals gezeigt haben
all_terminals = Alle
format = Format
format_markdown = Markdown-Mitschrift
format_text = Reiner Text
format_film = Film (asciicast)
copy_text = Kopieren
save = Als Datei sichern
save_commands = Seine Befehle als Text sichern
share_file = Der Sandkasten als Datei
share_file_hint = Sie lässt sich hier wieder öffnen, in dieser und jeder späteren Version der Seite.
save_sandbox = Sandkasten sichern

sandboxes = Sandkästen
sandboxes_open = Sandkästen: { $name }
sandboxes_hint = Die eigenen Sandkästen: mehrere aufheben, Datei öffnen
kept_here = In diesem Browser aufgehoben
another = Ein weiterer
drop_hint = Eine hier gesicherte Datei lässt sich auch auf die Seite ziehen.
new_sandbox = Neuer Sandkasten
open_file = Datei öffnen
open_unused = Jetzt geöffnet. Aufgehoben ab dem ersten Befehl.
used = Benutzt { $when }
open_used = Jetzt geöffnet. Benutzt { $when }
cannot_be_read = Beschädigt: Er lässt sich nicht öffnen, aber sichern, wie er ist.
name_of_sandbox = Name des Sandkastens
open = Öffnen
duplicate = Duplizieren
delete = Löschen
deleted = Er ist gelöscht.
undelete = Zurückholen
imported = Die Datei ist als „{ $name }“ geöffnet.
file_wrong = „{ $file }“ lässt sich nicht öffnen: { $why }.
started_over = Von vorn begonnen.
take_back = Zurücknehmen
new_version = Eine neue Version dieser Seite ist da. Beim Laden geht nichts verloren.
reload = Neu laden

sandbox_number = Sandkasten { $number }
copy_of = { $name } ({ $number })
brought_by_link = Aus einem Link { $number }
linked = Das steckt im Link. Der eigene Sandkasten ist aufgehoben, wie er war.
linked_first = Das steckt in dem Link: eine Welt, die jemand geteilt hat. Was hier geschieht, bleibt bei dir und wird als „{ $name }“ aufgehoben.
link_wrong = Der Link lässt sich nicht öffnen: { $why }. Dies ist ein leerer Sandkasten.
sandbox_damaged = „{ $name }“ lässt sich nicht öffnen: { $why }. Er bleibt, wie er ist, und dies ist ein neuer Sandkasten.
two_tabs = „{ $name }“ wurde in einem anderen Tab geändert. Was hier geschieht, wird als „{ $copy }“ aufgehoben.
cannot_be_opened = Er lässt sich nicht öffnen, aber sichern, wie er ist: { $why }.
sandbox_not_opened = „{ $name }“ lässt sich nicht öffnen: { $why }. Er bleibt, wie er ist.
sandbox_cut = „{ $name }“ ist beschädigt. Dies ist, was bis dahin geschah ({ $entries } Handlungen); er bleibt, wie er ist, und was hier geschieht, wird daneben aufgehoben.
recovered = Was zuletzt in einem geschlossenen Tab geschah, ist als „{ $copy }“ aufgehoben, denn „{ $name }“ ging ohne es weiter.
sandbox_not_done = „{ $name }“: Das ist nicht geschehen, denn { $why }.
kept_until = Die ersten { $kept } Handlungen sind aufgehoben, die { $unkept } danach nicht, denn { $why }. Als Datei gesichert, bleibt alles.
kept_again = Alles ist wieder aufgehoben.
is_full = dieser Browser hat für diese Seite keinen Platz mehr
is_forbidden = dieser Browser hebt für diese Seite nichts auf
is_over_limit = er ist länger, als aufgehoben wird
is_silent = der Speicher dieses Browsers antwortet nicht
has_failed = der Speicher dieses Browsers hat versagt
is_missing = er ist nicht mehr da
opening_title = Ein Sandkasten wird geöffnet
opening_about = Alles, was in „{ $name }“ geschehen ist, geschieht noch einmal. Das ist viel und dauert etwas.
opening_stop = Hier anhalten
opening_stopped = Das ist „{ $name }“ nach { $done } von { $all } Handlungen, als Kopie. Der ganze ist aufgehoben, wie er war.
not_opened = „{ $name }“ wurde nicht geöffnet.
is_too_heavy = er ist zu umfangreich (mehr als { $limit } { $what })
cost_acts = Handlungen
cost_turns = Schritte von Programmen und Servern
cost_commands = Befehle
cost_bytes = Bytes an Wörtern und Ausgaben
cost_held = Bytes in Variablen und Pipes
cost_stored = Bytes in Streams
cost_connections = Verbindungen
cost_jobs = Jobs
cost_terminals = Terminals
cost_time = Millisekunden
to_my_sandbox = Zu meinem Sandkasten
is_foreign = er ist beschädigt oder nicht von hier
is_newer = er stammt von einer neueren Version dieser Seite; Neuladen holt sie
is_too_long = er ist länger, als diese Seite verträgt
is_damaged = er ist in Zeile { $line } beschädigt

nothing_kept_of_it = Von diesem Sandkasten ist nichts aufgehoben, denn { $why }. Als Datei gesichert, lässt er sich später wieder öffnen.
nothing_kept = Dieser Browser hebt für diese Seite nichts auf: Was hier geschieht, ist beim Verlassen weg.
not_all_kept = Programme um diese Seite herum haben mehr geschrieben, als aufgehoben wird: Ab hier steht es in keinem Link und ist beim Verlassen weg.
dismiss = Schließen

# The panes.
panes = Teile der Seite
new_lines = neue Zeilen

# The lesson.
no_lesson = Es ist keine Lektion geöffnet.
lessons = Lektionen
lessons_hint = Eine Lektion beginnt in einem eigenen Sandkasten; der offene bleibt, wie er ist.
lesson_steps = { $count ->
    [one] { $count } Schritt.
   *[other] { $count } Schritte.
}
lesson_steps_open = { $count ->
    [one] { $count } Schritt. Jetzt geöffnet.
   *[other] { $count } Schritte. Jetzt geöffnet.
}
lesson_begin = Anfangen
lesson_begun = Die Lektion beginnt in einem eigenen Sandkasten. Der andere bleibt, wie er war.
lesson_wrong = „{ $name }“ ist noch keine Lektion. { $count ->
        [one] Eine Stelle ist falsch
       *[other] { $count } Stellen sind falsch
    }, zuerst: { $why }
lesson_text = Die Lektion, in Markdown
lesson_check = Prüfen
lesson_is_none = Es ist noch keine Lektion; mit der Nummer der Zeile:
lesson_not_checked = Sie kann beginnen. Die Prüfung macht die ganze Lektion durch und dauert einen Augenblick.
lesson_is_right = Nichts ist daran falsch.
lesson_has_findings = Sie kann beginnen, aber etwas stimmt nicht; mit der Nummer der Zeile:
lesson_editor_hint = Der Link enthält die ganze Lektion. Auch eine Datei davon (.md) lässt sich auf die Seite ziehen.
write_lesson = Eine Lektion schreiben
open_lesson = Datei einer Lektion öffnen
own_lesson = Die eigene Lektion eines Autors. Sie gehört nicht zu dieser Seite.
your_lesson = Deine Lektion
lesson_following = Weiter: { $title }
in_code = Als Programm
in_code_hint = Was diese Lektion tut, als kleines Programm. Es legt eigene Buckets an und entfernt sie wieder.
code_language = Programmiersprache
code_program = Programm in { $language }
code_file = Speichere es als { $file } in einem leeren Ordner und starte nats-server -js. Einen anderen Server nennt die Variable NATS_URL. Dann:
code_commands = Befehle, die das Programm ausführen
code_prints = Es gibt aus:
code_output = Was das Programm ausgibt
steps_done_label = Erledigte Schritte
steps_done = { $done } von { $count } Schritten erledigt
done = erledigt
hint = Ein Tipp
show_solution = Lösung zeigen
question = Was erwartest du?
question_choose = Wähle, bevor du etwas ausführst. Was dann geschieht, ist die Antwort.
question_run_it = Führ es nun aus, und sieh nach.
question_as_expected = Wie du erwartet hast.
question_not_as_expected = Es kam anders, als du erwartet hast.
question_answered = Das ist geschehen.
question_right = Das ist geschehen
next_step = Nächster Schritt
in_the_documentation = In der Dokumentation:
opens_elsewhere = öffnet sich in einem neuen Tab
differs = Anders als auf der offiziellen Seite
run = Ausführen
answer = Antworten
press_ctrl_c = Strg-C drücken
move_clock = Uhr vorstellen
put = Ins Terminal einsetzen
clock_simulated = Uhr, simuliert
command_at = { $target }: { $command }
is_so = erfüllt
not_yet = noch nicht
step_is_done = Dieser Schritt ist erledigt
to_be_done = Zu tun
player = Den Rundgang abspielen
play = Abspielen
pause = Pause
next_command = Nächster Befehl
pace = Wie schnell abgespielt wird
pace_slow = Langsam
pace_normal = Im Lesetempo
pace_fast = Schnell
pace_step_by_step = Schritt für Schritt
start_over = Von vorn
coach = Als Nächstes im Rundgang
step_done_sentence = Dieser Schritt ist erledigt.
set_up_step = Diesen Schritt neu vorbereiten
step_set_up = Ein neuer Sandkasten, vorbereitet für Schritt { $step }.
will_be_opened = wird geöffnet
that_was_all = Das war alles.
to_the_lesson = Zur Lektion
to_the_terminal = Zum Terminal

# The terminals.
terminal_line = Terminal { $name }:
in_parentheses = ({ $word })
output_of = Ausgabe von { $name }
close = { $name } schließen
open_another = Ein weiteres Terminal öffnen
side_by_side = Terminals nebeneinander
one_terminal = 1 Terminal
two_terminals = 2 nebeneinander
three_terminals = 3 nebeneinander
is_running = läuft
stop = Stopp
four_terminals = 4 nebeneinander
all_side_by_side = Alle nebeneinander
about_terminal = { $name } umbenennen oder verschieben
rename = Umbenennen
name_of = Neuer Name von { $name }
move_left = Nach links
move_right = Nach rechts
ends_what_runs = In { $name } läuft etwas. Schließen beendet es.
end_and_close = Beenden und schließen
closed = Terminal { $name } ist geschlossen.
take_back_terminal = { $name } zurückholen
width_before = Wo { $name } beginnt
room_of_terminals = Platz der Terminals über dem Bild

# What is said to those who do not see it.
said_ready = Bereit.
said_step = Schritt erledigt. { $done } von { $steps }.
said_busy = Im Terminal { $name } läuft noch etwas: Beende das zuerst.
said_no_question = In { $name } wird gerade nichts gefragt.
said_most = Mehr als { $most } Terminals gibt es nicht.
said_no_name = Ein Name hat 1 bis 20 Zeichen, und keine zwei Terminals haben denselben.
said_done = { $name }: fertig.
said_failed = { $name }: fehlgeschlagen.
said_printed = { $name }: { $text }
said_begins = { $name }: { $text } … { $lines ->
    [one] { $lines } Zeile
   *[other] { $lines } Zeilen
} Ausgabe, Alt und Aufwärts zum Lesen.
said_meant = War das gemeint: { $line }? Umschalt und Tab zum Übernehmen.
said_news = Neue Zeilen in { $name }: { $lines }.
said_asks = { $name } fragt: { $question }
said_candidates = { $count ->
    [one] { $count } Vorschlag.
   *[other] { $count } Vorschläge; Tab geht sie durch.
}
did_you_mean = War das gemeint:
copy_block = Diesen Befehl und seine Ausgabe kopieren
copied = Kopiert.
not_copied = Der Browser hat das Kopieren nicht erlaubt.
exit_status = Exit-Status { $status }
interrupted = mit Strg-C beendet (Exit-Status { $status })
search = Suche:
not_found = nicht gefunden:
candidates = Was hier stehen könnte
touch_keys = Tasten
leaving_hint = Tab ergänzt einen Befehl. Escape und danach Tab verlässt das Terminal. Alt und Aufwärts liest, was ausgegeben wurde.

pasted = Eingefügte Befehle
pasted_next = Den nächsten ausführen
pasted_all = Alle ausführen
pasted_drop = Liste verwerfen
nothing_to_end = Hier liest nichts: Strg-D hat nichts zu beenden.
nothing_to_complete = Das lässt sich nicht ergänzen.
typed_ahead = Ein Befehl läuft: Enter schickt ihm das, Strg-C beendet ihn.
not_stopped = Strg-Z kann das nicht anhalten: Es hält Programme an, aber keinen Server und kein $(…). Strg-C beendet, was läuft; mit & hinter einem Befehl läuft er im Hintergrund.
waits_for_clock = Die simulierte Uhr steht still, und was hier läuft, wartet auf sie.

# What can be done with output.
use_output = Schlüssel, Werte, Revisionen und Dateien dieser Ausgabe verwenden
reference_revision = { $name }, Revision { $revision }
nothing_to_use = In dieser Ausgabe kommt weder ein Schlüssel noch ein Bucket vor.
use_get = Lesen
use_get_revision = Revision { $revision } lesen
use_history = Verlauf
use_update = Ab Revision { $revision } ändern
use_info = Einstellungen
use_list = Schlüssel auflisten
use_watch = Beobachten
use_show = Datei anzeigen
use_list_folder = Dateien auflisten
copy = { $what } kopieren

# Why a command failed.
why = Warum?
puts = Setzt { $command } ins Terminal ein
in_the_lesson = In der Lektion:
try_this = Selbst nachsehen:
what_happened = Was geschrieben wurde
this_command = dieser Befehl
follows = sollte auf Revision { $revision } folgen: abgelehnt
wants_new = sollte den ersten Wert schreiben: abgelehnt
why_exists = create schreibt nur, wo es keinen Wert gibt. { $key } hat seit Revision { $actual } einen, also wurde nichts geschrieben: Wer zuerst kam, behält ihn.
why_later = Der Befehl sollte auf Revision { $expected } von { $key } folgen, die neueste ist aber { $actual }: Dazwischen hat jemand geschrieben. Nichts wurde überschrieben. Lies den Wert neu und ändere ihn ab { $actual }.
why_sooner = Der Befehl sollte auf Revision { $expected } von { $key } folgen, die neueste ist aber { $actual }. Revisionen zählen alle Schreibvorgänge im Bucket; folgen kann man nur der neuesten des Schlüssels.
why_of_other_key = { $key } hatte nie die Revision { $expected }: Mit ihr wurde { $other } geschrieben, denn Revisionen zählen alle Schreibvorgänge im Bucket. Die neueste von { $key } ist { $actual }: Lies den Wert und ändere ihn ab { $actual }.
why_of_other_key_without_value = { $key } hatte nie die Revision { $expected }: Mit ihr wurde { $other } geschrieben, denn Revisionen zählen alle Schreibvorgänge im Bucket. { $key } hat keinen Wert: create oder put legt einen an.
why_unwritten = Die Revision { $expected } gibt es noch nicht: Die neueste im Bucket ist { $last }, die von { $key } ist { $actual }. Lies den Wert und ändere ihn ab { $actual }.
why_unwritten_without_value = Die Revision { $expected } gibt es noch nicht: Die neueste im Bucket ist { $last }. { $key } hat keinen Wert: create oder put legt einen an.
why_missing = Der Befehl sollte auf Revision { $expected } von { $key } folgen, dort ist aber nichts gespeichert. Den ersten Wert schreibt man mit create oder put.
why_never = Unter { $key } ist nichts gespeichert.
why_gone = { $key } hat keinen Wert mehr: Der letzte Eintrag ist eine Marke, { $word }.
why_gone_since = Der Befehl sollte auf Revision { $expected } von { $key } folgen, aber er wurde inzwischen gelöscht ({ $word }): Es gibt keinen Wert, der neu zu lesen wäre. create oder put legt einen neuen an.
why_expired = { $key } ist um { $at } abgelaufen: Werte in diesem Bucket leben nur eine Zeit lang, und niemand hat ihn vorher neu geschrieben. Wer ihn als Sperre hielt, hat sie verloren; create legt ihn neu an, wenn niemand schneller war.
why_no_revision = { $key } hat diese Revision nicht. Eine Revision gehört zu einem Schlüssel, und nur die neuesten bleiben, so viele, wie der Verlauf des Buckets erlaubt.
why_no_bucket = Diesen Bucket gibt es nicht. Es gibt: { $others }.
why_no_bucket_at_all = Es gibt noch keinen Bucket: Lege zuerst einen an.
why_no_jetstream = nats-server läuft ohne JetStream, das Buckets brauchen. Beende ihn mit Strg-C und starte nats-server -js.
why_no_server = Es läuft kein nats-server. Starte nats-server -js in einem anderen Terminal.
why_nobody = Niemand hat dieses Subject abonniert.
why_key = Ein Schlüssel besteht aus Buchstaben, Ziffern und - _ . / = und beginnt und endet nicht mit einem Punkt.
why_bucket_name = Der Name eines Buckets besteht nur aus Buchstaben, Ziffern, - und _.
why_api = Der Server hat mit Fehler { $code } abgelehnt.

# The inspector.
account = Konto
inspector_label = Bild des Kontos
clock = Simulierte Uhr
simulated = simuliert
hold = Anhalten
let_run = Laufen lassen
seconds_more = +{ $count } s
minutes_more = +{ $count } min
hours_more = +{ $count } h
on_the_clock = auf der simulierten Uhr
next_expiry = Zum Ablauf in { $left }
nothing_expires = Nichts läuft ab
move_clock_by = Die Uhr vorstellen um, etwa 90s oder 1h30m
amount_not_a_time = Schreib eine Zeitspanne mit Einheit, etwa 90s, 1h30m oder 2d.
amount_not_onward = Die Uhr geht nur vorwärts.
amount_too_far = Höchstens ein Jahr auf einmal: 366d.
account_empty = Hier ist noch nichts. Buckets mit ihren Schlüsseln und Revisionen, wer sie beobachtet und wer verbunden ist, all das erscheint hier, sobald es das gibt.
account_needs_jetstream = Buckets brauchen einen Server, der mit JetStream läuft.
first_bucket = Den ersten legt an:
server = Server
server_runs = nats-server läuft
server_stopped = nats-server läuft nicht
jetstream_on = JetStream ist an
jetstream_off = JetStream ist aus
buckets = Buckets
no_bucket = Noch kein Bucket.
no_key = Noch kein Schlüssel.
keys_total = { $total } Schlüssel; der zuletzt geänderte steht zuerst
keys_found = { $found } von { $total } Schlüsseln
expired_at = abgelaufen um { $time }
key_expired = { $key } ist um { $time } abgelaufen
kept_without_server = In Dateien aufbewahrt. Der Server steht still: Läuft er wieder, ist alles da.
kept_without_jetstream = In Dateien aufbewahrt. Der Server läuft ohne JetStream: Mit JetStream ist alles da.
kept_values = { $count ->
    [one] { $count } Wert
   *[other] { $count } Werte
}
history = Verlauf
stream = Stream
streams = Streams
messages = Nachrichten, neueste zuerst
headers = Header
part_of_name = Teil des Namens
find_keys = Schlüssel von { $bucket } finden
no_value = kein Wert
left = noch { $left }
revisions = Revisionen
revision = Revision { $number }, { $word }
revision_value = Revision { $number }, { $word }: { $value }
revision_by = Revision { $number }, { $word }, von { $author }
revision_value_by = Revision { $number }, { $word }: { $value }, von { $author }
fresh = neu
watchers = Beobachter
nobody_watches = Niemand beobachtet.
watches = beobachtet
left_behind = Zurückgeblieben:
watched = ein Beobachter von
all_keys = alle Schlüssel
removed_in = Niemand hört mehr zu: In { $left } entfernt ihn der Server.
has_seen = hat gesehen
has_seen_nothing = Hat noch nichts gesehen.
at_revision = { $waiting ->
    [0] bei Revision { $revision }
   *[other] bei Revision { $revision }, { $waiting } stehen noch aus
}
clients = Clients
nobody_connected = Niemand ist verbunden.
client_does = Client { $number }, Abonnements: { $subscriptions }, gesendet { $came }, bekommen { $went }
locks = Sperren
in_bucket = in { $bucket }
lock_held = Gehalten von { $who } seit { $at }, jetzt mit Revision { $revision }
lock_expired = Frei. Um { $at } abgelaufen: { $who } hat sie nicht rechtzeitig erneuert
lock_given_back = Frei. Um { $at } zurückgegeben von { $who }
lock_deleted = Frei. Um { $at } gelöscht von { $by }, zuvor gehalten von { $who }
refused = Abgelehnt
contended = Wer hat was gelesen und geschrieben
access_read = hat Revision { $revision } gelesen
access_put = hat Revision { $revision } geschrieben, was auch immer dort stand
access_lost = hat Revision { $revision } über { $lost } geschrieben, ohne { $lost } gelesen zu haben: Was dort stand, ist verloren
access_created = hat ihn angelegt, Revision { $revision }
access_updated = hat von { $expected } aus geändert: Revision { $revision }
access_deleted = hat ihn gelöscht, Revision { $revision }
access_purged = hat ihn bereinigt, Revision { $revision }
access_expired = er ist abgelaufen
refused_create = wollte ihn anlegen: abgelehnt, seit Revision { $actual } gibt es einen Wert
refused_update = wollte von { $expected } aus ändern: abgelehnt, die neueste ist { $actual }
refused_gone = wollte von { $expected } aus ändern: abgelehnt, es gibt keinen Wert mehr

# What passes.
protocol_log = Leitung
nothing_passed = Seit du hier zusiehst, wurde nichts übertragen. Führe einen Befehl aus: Dann steht hier, was sein Client und der Server einander sagen.
go_on = Weiter
clear = Leeren
all = Alle
kinds = Arten von Nachrichten
api_calls = JetStream-API
pings = PING PONG
server_says = vom Server
client_says = zum Server
answered = beantwortet
becomes = wird Revision { $revision }
delivered_revision = { $waiting ->
    [0] Revision { $revision }
   *[other] Revision { $revision }, { $waiting } stehen noch aus
}

# Entlang dem, was getan wurde.
past = Zeitreise
past_hint = Vor und zurück über alles, was hier getan wurde
past_close = Zeitreise beenden, zurück in die Gegenwart
past_back = Rückgängig
past_onward = Wiederholen
past_slider = Zeitpunkt
past_to_present = In die Gegenwart
past_moment = { $moment } von { $count }: { $what }
past_beginning = der Anfang
past_nothing_done = Hier wurde noch nichts getan.
past_made = { $percent } % der Vergangenheit sind bisher zu sehen.
past_not_yet = Die Welt dieses Zeitpunkts entsteht noch: kurz warten und noch einmal versuchen.
past_branch = { $name }, ab { $moment }
past_branched = Es geht von einem früheren Zeitpunkt an weiter, in einer eigenen Sandbox, „{ $branch }“. Was danach kam, bleibt in „{ $name }“.

deed_line = { $line }, in { $terminal }
deed_empty_line = eine leere Zeile, in { $terminal }
deed_interrupt = Strg-C in { $terminal }
deed_stop = Strg-Z in { $terminal }
deed_open = Terminal { $name } geöffnet
deed_close = Terminal { $name } geschlossen
deed_reopen = Terminal { $name } zurückgeholt
deed_rename = Terminal { $terminal } in { $name } umbenannt
deed_move = Reiter von { $name } verschoben
deed_skip = Uhr um { $time } vorgestellt
deed_step = Schritt { $step } der Lektion geöffnet
deed_hold = Uhr angehalten
deed_let_run = Uhr laufen gelassen
deed_width = Terminals mit { $columns } Spalten
deed_outside = { $messages ->
    [one] ein Programm der Seite ringsum hat etwas gesagt
   *[other] ein Programm der Seite ringsum hat { $messages } Dinge gesagt
}
deed_file = Datei { $name } aufgenommen

past_changed = Was das geändert hat
past_changed_nothing = Das hat nichts geändert, was verglichen wird.
past_more = { $count ->
    [one] { $count } weitere Änderung.
   *[other] { $count } weitere Änderungen.
}
past_came = { $what }: neu
past_went = { $what }: fort
past_became = { $what }: { $before } → { $after }
past_terminal = Terminal { $name }
past_bucket = Bucket { $name }
past_stream = Stream { $name }
past_watcher = Beobachter von { $of }
past_watcher_in = Beobachter von { $of } in { $terminal }
past_there = da
past_not_there = nicht da
past_older = älter oder nicht da
past_revision = Revision { $number }, { $value }
past_messages = { $count ->
    [one] { $count } Nachricht bis { $last }
   *[other] { $count } Nachrichten bis { $last }
}

past_compare = Ab hier vergleichen
past_compare_hint = Ein anderer Zeitpunkt wird mit Zeitpunkt { $moment } verglichen.
past_comparison = Vergleich zweier Zeitpunkte
past_comparing = Wird verglichen …
past_alike = Keys, Revisionen, Beobachter und Terminals sind dieselben.
past_compared = Was sich zwischen Zeitpunkt { $earlier } und Zeitpunkt { $later } unterscheidet
past_what = Was
past_at = Zeitpunkt { $moment }
