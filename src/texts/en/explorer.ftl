# Every order of a scenario.
every_order = Every order
explorer_hint = Write what each client does, with the commands that you know. Every order in which that can happen is played, and the rules say what must hold.
scenario = The scenario
scenario_ready = Ready scenarios
scenario_own = Your own
scenario_text = The scenario, in Markdown
scenario_wrong = Line { $line }: { $why }
explore = Play every order
stop_exploring = Stop
race_of_terminals = From the terminals
no_race_in_terminals = Run commands in two terminals first: the last ones of each are played in every order.
exploring = Every order is being played.
states_so_far = States found so far: { $states }
explored_all = { $orders ->
    [1] There is one order, with { $states } states.
   *[other] There are { $orders } orders, which come to { $states } states. All of them were played.
}
explored_stopped = Stopped: { $orders } orders were played to their end, { $states } states were found.
explored_to_bound = Not all orders were played: a bound of { $bound } states or { $moves } moves was reached after { $orders } orders and { $states } states.
explored_circles = Who comes back to where they have been is counted once.
explored_breaks = A rule breaks.
explored_holds = All rules hold.

rules = The rules
rule_holds = holds
rule_breaks = breaks in { $broken } of { $orders }
rule_breaks_for_ever = breaks in orders that never end
shortest_breaking = Show the shortest order that breaks a rule
how_orders_end = How they end
outcome_share = { $percent ->
    [0] { $count } of { $orders }
   *[other] { $count } of { $orders }, { $percent } %
}
outcome_value = { $key } is { $value }
outcome_status = { $name } ends with { $status }
outcome_died = { $name } died
outcome_waits = { $name } waits for ever

order = One order, step by step
step_before = Step back
step_after = Step on
step_of_order = Step { $step } of { $steps }.
lane_of_time = Time
told_of = { $name } { $what }
so_many_times_more = … and so { $times } times more
keys_after_step = What the keys hold then
no_key_after_step = No key has a value.
printed_after_step = What the clients have printed by then
column_key = Key
column_value = Value
column_revision = Revision

happens_read = reads { $key }: revision { $revision }
happens_not_found = reads { $key }: not found
happens_wrote = writes { $key }: revision { $revision }
happens_overwrote = writes { $key }: revision { $revision } over revision { $unread }, which it had never read
happens_removed = removes { $key }: revision { $revision }
happens_removed_unread = removes { $key }: revision { $revision } over revision { $unread }, which it had never read
happens_refused_create = is refused: { $key } has a value already
happens_refused = is refused: { $key } is not at revision { $expected }
happens_refused_gone = is refused: { $key } is not at revision { $expected }, it has no value
happens_refused_at = is refused: { $key } is not at revision { $expected }, but at { $actual }
happens_expired = { $key }, revision { $revision }, expires
happens_delivered = is told of { $key }, revision { $revision }
happens_entered = enters { $section }
happens_left = leaves { $section }
happens_paused = pauses for { $time }
happens_died = dies
happens_reply_lost = never hears the answer
happens_resumed = is back
happens_no_end = from here on no order ends
rule_breaks_here = breaks the rule “{ $rule }”
