# Jede Reihenfolge eines Szenarios.
every_order = Jede Reihenfolge
explorer_hint = Schreib auf, was jeder Client tut, mit den Befehlen, die du kennst. Jede Reihenfolge, in der das geschehen kann, wird gespielt, und die Regeln sagen, was gelten muss.
scenario = Das Szenario
scenario_ready = Fertige Szenarien
scenario_own = Dein eigenes
scenario_text = Das Szenario, in Markdown
scenario_wrong = Zeile { $line }: { $why }
explore = Jede Reihenfolge spielen
stop_exploring = Anhalten
race_of_terminals = Aus den Terminals
no_race_in_terminals = Führ zuerst in zwei Terminals Befehle aus: Die letzten eines jeden werden in jeder Reihenfolge gespielt.
exploring = Jede Reihenfolge wird gespielt.
states_so_far = Bisher gefundene Zustände: { $states }
explored_all = { $orders ->
    [1] Es gibt eine Reihenfolge, mit { $states } Zuständen.
   *[other] Es gibt { $orders } Reihenfolgen, die zu { $states } Zuständen führen. Alle wurden gespielt.
}
explored_stopped = Angehalten: { $orders } Reihenfolgen wurden zu Ende gespielt, { $states } Zustände gefunden.
explored_to_bound = Nicht alle Reihenfolgen wurden gespielt: Nach { $orders } Reihenfolgen und { $states } Zuständen war die Grenze von { $bound } Zuständen oder { $moves } Zügen erreicht.
explored_circles = Wer dahin zurückkommt, wo er schon war, wird einmal gezählt.
explored_breaks = Eine Regel wird verletzt.
explored_holds = Alle Regeln gelten.

rules = Die Regeln
rule_holds = gilt
rule_breaks = verletzt in { $broken } von { $orders }
rule_breaks_for_ever = verletzt in Reihenfolgen, die nie enden
shortest_breaking = Die kürzeste Reihenfolge zeigen, die eine Regel verletzt
how_orders_end = Wie sie enden
outcome_share = { $percent ->
    [0] { $count } von { $orders }
   *[other] { $count } von { $orders }, { $percent } %
}
outcome_value = { $key } ist { $value }
outcome_status = { $name } endet mit { $status }
outcome_died = { $name } ist ausgefallen
outcome_waits = { $name } wartet für immer

order = Eine Reihenfolge, Schritt für Schritt
step_before = Schritt zurück
step_after = Schritt weiter
step_of_order = Schritt { $step } von { $steps }.
lane_of_time = Zeit
told_of = { $name } { $what }
so_many_times_more = … und so noch { $times }-mal
keys_after_step = Was dann in den Schlüsseln steht
no_key_after_step = Kein Schlüssel hat einen Wert.
printed_after_step = Was die Clients bis dahin ausgegeben haben
column_key = Schlüssel
column_value = Wert
column_revision = Revision

happens_read = liest { $key }: Revision { $revision }
happens_not_found = liest { $key }: nicht gefunden
happens_wrote = schreibt { $key }: Revision { $revision }
happens_overwrote = schreibt { $key }: Revision { $revision } über Revision { $unread }, die er nie gelesen hat
happens_removed = entfernt { $key }: Revision { $revision }
happens_removed_unread = entfernt { $key }: Revision { $revision } über Revision { $unread }, die er nie gelesen hat
happens_refused_create = wird abgewiesen: { $key } hat schon einen Wert
happens_refused = wird abgewiesen: { $key } steht nicht bei Revision { $expected }
happens_refused_gone = wird abgewiesen: { $key } steht nicht bei Revision { $expected }, sondern hat keinen Wert
happens_refused_at = wird abgewiesen: { $key } steht nicht bei Revision { $expected }, sondern bei { $actual }
happens_expired = { $key }, Revision { $revision }, läuft ab
happens_delivered = erfährt von { $key }, Revision { $revision }
happens_entered = betritt { $section }
happens_left = verlässt { $section }
happens_paused = hält { $time } lang inne
happens_died = fällt aus
happens_reply_lost = hört die Antwort nie
happens_resumed = ist wieder da
happens_no_end = von hier an endet keine Reihenfolge mehr
rule_breaks_here = verletzt die Regel „{ $rule }“
