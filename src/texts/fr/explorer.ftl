# Tous les ordres d’un scénario.
every_order = Tous les ordres
explorer_hint = Écrivez ce que fait chaque client, avec les commandes que vous connaissez. Tous les ordres possibles sont joués, et les règles disent ce qui doit rester vrai.
scenario = Le scénario
scenario_ready = Scénarios prêts
scenario_own = Le vôtre
scenario_text = Le scénario, en Markdown
scenario_wrong = Ligne { $line } : { $why }
explore = Jouer tous les ordres
stop_exploring = Arrêter
race_of_terminals = Depuis les terminaux
no_race_in_terminals = Exécutez d’abord des commandes dans deux terminaux : les dernières de chacun sont jouées dans tous les ordres.
exploring = Tous les ordres sont joués.
states_so_far = États trouvés jusqu’ici : { $states }
explored_all = { $orders ->
    [1] Il y a un seul ordre, avec { $states } états.
   *[other] Il y a { $orders } ordres, qui mènent à { $states } états. Tous ont été joués.
}
explored_stopped = Arrêté : { $orders } ordres ont été joués jusqu’au bout, { $states } états trouvés.
explored_to_bound = Tous les ordres n’ont pas été joués : la limite de { $bound } états ou { $moves } coups a été atteinte après { $orders } ordres et { $states } états.
explored_circles = Qui revient là où il a été n’est compté qu’une fois.
explored_breaks = Une règle est enfreinte.
explored_holds = Toutes les règles tiennent.

rules = Les règles
rule_holds = tient
rule_breaks = enfreinte dans { $broken } sur { $orders }
rule_breaks_for_ever = enfreinte dans des ordres sans fin
shortest_breaking = Montrer l’ordre le plus court qui enfreint une règle
how_orders_end = Comment ils finissent
outcome_share = { $percent ->
    [0] { $count } sur { $orders }
   *[other] { $count } sur { $orders }, { $percent } %
}
outcome_value = { $key } vaut { $value }
outcome_status = { $name } finit avec { $status }
outcome_died = { $name } est tombé
outcome_waits = { $name } attend sans fin

order = Un ordre, pas à pas
step_before = Pas précédent
step_after = Pas suivant
step_of_order = Pas { $step } sur { $steps }.
lane_of_time = Temps
told_of = { $name } { $what }
so_many_times_more = … et ainsi { $times } fois encore
keys_after_step = Ce que contiennent alors les clés
no_key_after_step = Aucune clé n’a de valeur.
printed_after_step = Ce que les clients ont affiché jusque-là
column_key = Clé
column_value = Valeur
column_revision = Révision

happens_read = lit { $key } : révision { $revision }
happens_not_found = lit { $key } : introuvable
happens_wrote = écrit { $key } : révision { $revision }
happens_overwrote = écrit { $key } : révision { $revision } par-dessus la révision { $unread }, jamais lue
happens_removed = retire { $key } : révision { $revision }
happens_removed_unread = retire { $key } : révision { $revision } par-dessus la révision { $unread }, jamais lue
happens_refused_create = est refusé : { $key } a déjà une valeur
happens_refused = est refusé : { $key } n’est pas à la révision { $expected }
happens_refused_gone = est refusé : { $key } n’est pas à la révision { $expected }, mais n’a pas de valeur
happens_refused_at = est refusé : { $key } n’est pas à la révision { $expected }, mais à { $actual }
happens_expired = { $key }, révision { $revision }, expire
happens_delivered = apprend { $key }, révision { $revision }
happens_entered = entre dans { $section }
happens_left = quitte { $section }
happens_paused = s’arrête pendant { $time }
happens_died = tombe
happens_reply_lost = n’entend jamais la réponse
happens_resumed = est de retour
happens_no_end = à partir d’ici aucun ordre ne finit
rule_breaks_here = enfreint la règle « { $rule } »
