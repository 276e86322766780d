# What stands in the page before its program does. tools/texts.sh writes this file into the page: a line a text, no arguments.
language_name = Deutsch
title = NATS Key/Value zum Ausprobieren
lesson = Lektion
terminals = Terminals
inspector = Bild
early_lesson = Key/Value, Schritt für Schritt
early_loading = Wird geladen …
early_late = Das dauert länger als sonst. Kommt nichts, lade die Seite neu.
early_hint = Der Playground wird noch geladen. Was du tippst, bleibt und läuft danach.

# Where the program falls.
fallen_stopped = Der Playground ist stehen geblieben
fallen_stopped_why = Das ist unser Fehler, nicht deiner. Was die Terminals gezeigt haben, steht unten: zum Aufheben, oder um es mit einer Fehlermeldung zu schicken.
fallen_unloaded = Der Playground konnte nicht geladen werden
fallen_unloaded_why = Falls das Netz weg war, fang noch einmal an, sobald es wieder da ist. Was du getippt hast, steht unten.
fallen_forbidden_why = Dieser Browser oder die Richtlinie der Seite lässt WebAssembly nicht zu, aus dem der Playground besteht. Was du getippt hast, steht unten.
fallen_memory_why = Der Speicher hat nicht gereicht. Ein neuer Sandkasten braucht wenig; was die Terminals gezeigt haben, steht unten.
fallen_transcript = Was die Terminals gezeigt haben
fallen_again = Noch einmal starten
fallen_anew = Einen neuen Sandkasten beginnen
fallen_copy = Mitschrift kopieren
fallen_copied = Kopiert
fallen_selected = Ausgewählt: Strg-C drücken
fallen_nothing = Noch wurde nichts getippt.
