# The bar.
simulated_here = simulated in this page
colours = Colours
colours_auto = Colours as the device has them
colours_light = Light colours
colours_dark = Dark colours
colours_contrast = High contrast
language = Language
present = Present: large letters, and Page Down for the next step
present_no_more = Leave the presentation (Escape)
help = Help
help_lesson = The lesson says what to type; its buttons do it for you, and Play does all of it. A step is done when the server shows that it is.
help_terminals = Each terminal is a client of its own. What runs in one goes on while you work in others; Stop or Ctrl-C ends it. A double click on a tab renames it, dragging moves it.
help_keyboard = Tab completes while there is something to complete, and then leaves the terminal; Escape and then Tab always does. Alt with Up and Down goes through what was printed. In a presentation, Page Down does the next thing and Escape leaves.
help_commands = In a terminal, help lists the commands of the shell, and nats --help those of nats.
help_all_keys = Keys
help_all_commands = Commands of nats that are simulated
verbosity = What is read aloud by a screen reader
verbosity_all = All output
verbosity_some = The first lines, and how many
verbosity_nothing = No output
help_refused = Every other command is refused by name; nothing is silently ignored.
help_checked = What is printed was compared, byte for byte, with nats { $command } on nats-server { $server }.

further = More
share = Share
share_hint = Share this sandbox: a link, text, a file
share_link = A link to this sandbox
link_length = { $length ->
    [one] { $length } character.
   *[other] { $length } characters.
}
link_long = Some mail and chat programs cut links as long as that.
link_too_long = Most programs cut links as long as that: send the file below instead.
link_holds = The link itself holds everything that was done here; nothing is stored elsewhere.
copy_link = Copy link
link_title = NATS Key/Value playground: { $sandbox }
copy_markdown_link = Copy as Markdown
qr_code = QR code of the link
qr_code_of_link = The link as a QR code
qr_too_long = The link is too long for a code that a phone can read. Begin a step anew and share that, or send the link or the file.
embed = Embed this
embed_hint = This text shows the playground in a page of your own.
embed_what = What it shows
embed_sandbox = This sandbox as it is
embed_step = Step { $step } of the lesson, set up
embed_all_panes = All parts
embed_readers_language = The reader's language
embed_colours_around = Colours of the page around
embed_frame = Text of the frame
embed_copy = Copy the frame
share_text = What the terminals showed
all_terminals = All
format = Format
format_markdown = Markdown transcript
format_text = Plain text
format_film = Film (asciicast)
copy_text = Copy
save = Save as a file
save_commands = Save its commands as text
share_file = The sandbox as a file
share_file_hint = It can be opened again here, in this version of the page and all later ones.
save_sandbox = Save the sandbox

sandboxes = Sandboxes
sandboxes_open = Sandboxes: { $name }
sandboxes_hint = Your sandboxes: keep several, open a file
kept_here = Kept in this browser
another = Another one
drop_hint = A file that was saved here can also be dropped on the page.
new_sandbox = New sandbox
open_file = Open a file
open_unused = Open now. Kept from the first command on.
used = Used { $when }
open_used = Open now. Used { $when }
cannot_be_read = Damaged: it cannot be opened, but saved as it is.
name_of_sandbox = Name of the sandbox
open = Open
duplicate = Duplicate
delete = Delete
deleted = It is deleted.
undelete = Bring it back
imported = The file is open as “{ $name }”.
file_wrong = “{ $file }” cannot be opened: { $why }.
started_over = A fresh start.
take_back = Take it back
new_version = A new version of this page is ready. Nothing is lost by loading it.
reload = Reload

sandbox_number = Sandbox { $number }
copy_of = { $name } ({ $number })
brought_by_link = From a link { $number }
linked = This is what the link holds. Your own sandbox is kept as it was.
linked_first = This is what the link holds, a world that somebody has shared. What you do here is yours alone, and kept as “{ $name }”.
link_wrong = The link cannot be opened: { $why }. This is an empty sandbox.
sandbox_damaged = “{ $name }” cannot be opened: { $why }. It is left as it is, and this is a new sandbox.
two_tabs = “{ $name }” was changed in another tab. What you do here is kept as “{ $copy }”.
cannot_be_opened = It cannot be opened, but saved as it is: { $why }.
sandbox_not_opened = “{ $name }” cannot be opened: { $why }. It is left as it is.
sandbox_cut = “{ $name }” is damaged. This is what was done in it up to there ({ $entries } acts); it is left as it is, and what you do here is kept beside it.
recovered = What was done last in a tab that is gone is kept as “{ $copy }”, since “{ $name }” had gone on without it.
sandbox_not_done = “{ $name }”: that is not done, since { $why }.
kept_until = The first { $kept } acts are kept, the { $unkept } after them are not, since { $why }. Save the sandbox as a file to have all of it.
kept_again = All of it is kept again.
is_full = this browser has no more room for this page
is_forbidden = this browser keeps nothing for this page
is_over_limit = it is longer than what is kept
is_silent = this browser's storage does not answer
has_failed = this browser's storage has failed
is_missing = it is not there any more
opening_title = A sandbox is being opened
opening_about = Everything that was done in “{ $name }” is done again. It is long, so this takes a while.
opening_stop = Stop here
opening_stopped = This is “{ $name }” after { $done } of { $all } acts, as a copy. The whole of it is kept as it was.
not_opened = “{ $name }” was not opened.
is_too_heavy = it is too heavy (more than { $limit } { $what })
cost_acts = acts
cost_turns = turns of programs and servers
cost_commands = commands
cost_bytes = bytes of words and output
cost_held = bytes in variables and pipes
cost_stored = bytes in streams
cost_connections = connections
cost_jobs = jobs
cost_terminals = terminals
cost_time = milliseconds
to_my_sandbox = To my sandbox
is_foreign = it is damaged, or not from this playground
is_newer = it is from a newer version of this page; reload to get that
is_too_long = it is longer than this page takes
is_damaged = it is damaged in line { $line }

nothing_kept_of_it = Nothing of this sandbox is kept, since { $why }. Save it as a file to open it again later.
nothing_kept = This browser keeps nothing for this page: what you do here is gone when you leave.
not_all_kept = Programs around this page have written more than is kept: from here on that is in no link, and gone when you leave.
dismiss = Dismiss

# The panes.
panes = Parts of the page
new_lines = new lines

# The lesson.
no_lesson = No lesson is open.
lessons = Lessons
lessons_hint = A lesson begins in a sandbox of its own; the one that is open is kept as it is.
lesson_steps = { $count ->
    [one] { $count } step.
   *[other] { $count } steps.
}
lesson_steps_open = { $count ->
    [one] { $count } step. Open now.
   *[other] { $count } steps. Open now.
}
lesson_begin = Begin
lesson_begun = The lesson begins in a sandbox of its own. The other one is kept as it was.
lesson_wrong = “{ $name }” is no lesson yet. { $count ->
        [one] One thing is wrong
       *[other] { $count } things are wrong
    }, first: { $why }
lesson_text = The lesson, in Markdown
lesson_check = Check it
lesson_is_none = It is no lesson yet; with the number of the line:
lesson_not_checked = It can be begun. Checking does the whole lesson, and takes a moment.
lesson_is_right = Nothing is wrong with it.
lesson_has_findings = It can be begun, but something is wrong; with the number of the line:
lesson_editor_hint = The link holds the whole lesson. A file of it (.md) can be dropped on the page, too.
write_lesson = Write a lesson
open_lesson = Open a lesson’s file
own_lesson = An author’s own lesson. It did not come with this page.
your_lesson = Your lesson
lesson_following = Next: { $title }
in_code = In code
in_code_hint = What this lesson does, as a small program. It makes buckets of its own and removes them again.
code_language = Programming language
code_program = Program in { $language }
code_file = Save it as { $file } in an empty folder and start nats-server -js. Another server is named by the variable NATS_URL. Then:
code_commands = Commands that run the program
code_prints = It prints:
code_output = What the program prints
steps_done_label = Steps done
steps_done = { $done } of { $count } steps done
done = done
hint = A hint
show_solution = Show the solution
question = What do you expect?
question_choose = Choose before you run anything. What happens then is the answer.
question_run_it = Now run it, and see.
question_as_expected = As you expected.
question_not_as_expected = It was otherwise than you expected.
question_answered = This is what happened.
question_right = This happened
next_step = Next step
in_the_documentation = In the documentation:
opens_elsewhere = opens in a new tab
differs = Differs from the official page
run = Run
answer = Answer
press_ctrl_c = Press Ctrl-C
move_clock = Move the clock
put = Put into the terminal
clock_simulated = clock, simulated
command_at = { $target }: { $command }
is_so = so
not_yet = not yet
step_is_done = This step is done
to_be_done = To be done
player = Play the walkthrough
play = Play
pause = Pause
next_command = Next command
pace = How quickly it plays
pace_slow = Slowly
pace_normal = At reading speed
pace_fast = Fast
pace_step_by_step = Step by step
start_over = Start over
coach = Next in the walkthrough
step_done_sentence = This step is done.
set_up_step = Set this step up again
step_set_up = A new sandbox, set up for step { $step }.
will_be_opened = will be opened
that_was_all = That was all.
to_the_lesson = To the lesson
to_the_terminal = To the terminal

# The terminals.
terminal_line = Terminal { $name }:
in_parentheses = ({ $word })
output_of = Output of { $name }
close = Close { $name }
open_another = Open another terminal
side_by_side = Terminals side by side
one_terminal = 1 terminal
two_terminals = 2 side by side
three_terminals = 3 side by side
is_running = running
stop = Stop
four_terminals = 4 side by side
all_side_by_side = All side by side
about_terminal = Rename or move { $name }
rename = Rename
name_of = New name of { $name }
move_left = Move left
move_right = Move right
ends_what_runs = Something runs in { $name }. Closing it ends that.
end_and_close = End it and close
closed = Terminal { $name } is closed.
take_back_terminal = Take back { $name }
width_before = Where { $name } begins
room_of_terminals = Room of the terminals above the picture

# What is said to those who do not see it.
said_ready = Ready.
said_step = Step done. { $done } of { $steps }.
said_busy = { $name } is busy: stop what runs there first.
said_no_question = Nothing asks in { $name } now.
said_most = { $most } terminals are the most.
said_no_name = A name has 1 to 20 characters, and no two terminals have the same.
said_done = { $name }: done.
said_failed = { $name }: failed.
said_printed = { $name }: { $text }
said_begins = { $name }: { $text } … { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
} of output, Alt and Up to read them.
said_meant = Did you mean: { $line }? Shift and Tab to take it.
said_news = New lines in { $name }: { $lines }.
said_asks = { $name } asks: { $question }
said_candidates = { $count ->
    [one] { $count } suggestion.
   *[other] { $count } suggestions; Tab goes through them.
}
did_you_mean = Did you mean
copy_block = Copy this command and its output
copied = Copied.
not_copied = The browser did not let this be copied.
exit_status = exit status { $status }
interrupted = ended with Ctrl-C (exit status { $status })
search = search:
not_found = not found:
candidates = What could stand here
touch_keys = Keys
leaving_hint = Tab completes a command. Escape and then Tab leaves the terminal. Alt and Up reads what was printed.

pasted = Pasted commands
pasted_next = Run the next one
pasted_all = Run all
pasted_drop = Drop the list
nothing_to_end = Nothing reads here: Ctrl-D has nothing to end.
nothing_to_complete = Nothing completes this.
typed_ahead = A command is running: Enter sends this to it, Ctrl-C stops it.
not_stopped = Ctrl-Z cannot stop this: it stops programs, but no server and no $(…). Ctrl-C ends what runs; with & behind a command it runs in the background.
waits_for_clock = The simulated clock stands still, and what runs here waits for it.

# What can be done with output.
use_output = Use keys, values, revisions and files of this output
reference_revision = { $name }, revision { $revision }
nothing_to_use = There is no key and no bucket in this output.
use_get = Get this
use_get_revision = Get revision { $revision }
use_history = History
use_update = Update from revision { $revision }
use_info = Settings
use_list = List its keys
use_watch = Watch
use_show = Show the file
use_list_folder = List its files
copy = Copy { $what }

# Why a command failed.
why = Why?
puts = Puts { $command } into the terminal
in_the_lesson = In the lesson:
try_this = Look for yourself:
what_happened = What was written
this_command = this command
follows = wanted to follow revision { $revision }: refused
wants_new = wanted to be the first: refused
why_exists = create writes only where there is no value. { $key } has one since revision { $actual }, so nothing was written: whoever came first keeps it.
why_later = The command was to follow revision { $expected } of { $key }, but the newest is { $actual }: somebody has written in between. Nothing was overwritten. Read the value again and update from { $actual }.
why_sooner = The command was to follow revision { $expected } of { $key }, but the newest is { $actual }. Revisions count all writes to the bucket; only the newest one of the key can be followed.
why_of_other_key = { $key } never had revision { $expected }: that is a write to { $other }, since revisions count all writes to the bucket. The newest of { $key } is { $actual }: read its value and update from { $actual }.
why_of_other_key_without_value = { $key } never had revision { $expected }: that is a write to { $other }, since revisions count all writes to the bucket. { $key } has no value: create or put makes one.
why_unwritten = There is no revision { $expected } yet: the newest of the bucket is { $last }, and that of { $key } is { $actual }. Read its value and update from { $actual }.
why_unwritten_without_value = There is no revision { $expected } yet: the newest of the bucket is { $last }. { $key } has no value: create or put makes one.
why_missing = The command was to follow revision { $expected } of { $key }, but nothing is stored there. Use create or put for the first value.
why_never = Nothing is stored under { $key }.
why_gone = { $key } has no value any more: the last entry is a marker, { $word }.
why_gone_since = The command was to follow revision { $expected } of { $key }, but since then there was a { $word }: there is no value to read again. create or put makes a new one.
why_expired = { $key } expired at { $at }: values in this bucket live only for a time, and nobody wrote it anew before that. Whoever held it as a lock has lost it; create makes it anew, if nobody else was faster.
why_no_revision = { $key } has no such revision. A revision belongs to one key, and only the newest few are kept, as the bucket's history says.
why_no_bucket = There is no such bucket. There are: { $others }.
why_no_bucket_at_all = There is no bucket yet: make one first.
why_no_jetstream = nats-server runs without JetStream, and buckets need it. Stop it with Ctrl-C and start nats-server -js.
why_no_server = No nats-server runs. Start nats-server -js in another terminal.
why_nobody = Nobody listens to this subject.
why_key = A key is made of letters, digits and - _ . / =, and neither begins nor ends with a dot.
why_bucket_name = The name of a bucket is made of letters, digits, - and _ only.
why_api = The server refused with error { $code }.

# The inspector.
account = Account
inspector_label = Picture of the account
clock = Simulated clock
simulated = simulated
hold = Hold
let_run = Let it run
seconds_more = +{ $count } s
minutes_more = +{ $count } min
hours_more = +{ $count } h
on_the_clock = on the simulated clock
next_expiry = To next expiry in { $left }
nothing_expires = Nothing expires
move_clock_by = Move the clock by, such as 90s or 1h30m
amount_not_a_time = Write an amount of time with its unit, such as 90s, 1h30m or 2d.
amount_not_onward = The clock goes on only.
amount_too_far = At most a year at a time: 366d.
account_empty = Nothing is here yet. Buckets with their keys and revisions, who watches them and who is connected are shown here as they come.
account_needs_jetstream = Buckets need a server that runs with JetStream.
first_bucket = To make the first one:
server = Server
server_runs = nats-server is running
server_stopped = nats-server is stopped
jetstream_on = JetStream is on
jetstream_off = JetStream is off
buckets = Buckets
no_bucket = No bucket yet.
no_key = No key yet.
keys_total = { $total } keys; the one that changed last is the first
keys_found = { $found } of { $total } keys
expired_at = expired at { $time }
key_expired = { $key } expired at { $time }
kept_without_server = Kept in files. The server is stopped: when it runs again, it is there.
kept_without_jetstream = Kept in files. The server runs without JetStream: with it, it is there.
kept_values = { $count ->
    [one] { $count } value
   *[other] { $count } values
}
history = history
stream = Stream
streams = Streams
messages = Messages, newest first
headers = Headers
part_of_name = part of a name
find_keys = Find keys of { $bucket }
no_value = no value
left = { $left } left
revisions = Revisions
revision = revision { $number }, { $word }
revision_value = revision { $number }, { $word }: { $value }
revision_by = revision { $number }, { $word }, by { $author }
revision_value_by = revision { $number }, { $word }: { $value }, by { $author }
fresh = new
watchers = Watchers
nobody_watches = Nobody watches.
watches = watches
left_behind = Left behind:
watched = a watcher of
all_keys = all keys
removed_in = Nobody listens any more: the server removes it in { $left }.
has_seen = has seen
has_seen_nothing = Has seen nothing yet.
at_revision = { $waiting ->
    [0] at revision { $revision }
   *[other] at revision { $revision }, { $waiting } waiting
}
clients = Clients
nobody_connected = Nobody is connected.
client_does = client { $number }, subscriptions: { $subscriptions }, sent { $came }, got { $went }
locks = Locks
in_bucket = in { $bucket }
lock_held = Held by { $who } since { $at }, now with revision { $revision }
lock_expired = Free. It expired at { $at }: { $who } did not renew it in time
lock_given_back = Free. Given back by { $who } at { $at }
lock_deleted = Free. Deleted by { $by } at { $at }, held by { $who } before
refused = Refused
contended = Who read and wrote what
access_read = read revision { $revision }
access_put = put revision { $revision }, whatever was there
access_lost = put revision { $revision } over { $lost }, which it had not read: what that said is lost
access_created = created it, revision { $revision }
access_updated = updated from { $expected }: revision { $revision }
access_deleted = deleted it, revision { $revision }
access_purged = purged it, revision { $revision }
access_expired = it expired
refused_create = wanted to create it: refused, it has a value since revision { $actual }
refused_update = wanted to update from { $expected }: refused, the newest is { $actual }
refused_gone = wanted to update from { $expected }: refused, there is no value any more

# What passes.
protocol_log = Wire
nothing_passed = Nothing has passed since you look. Run a command: what its client and the server say to each other is shown here.
go_on = Go on
clear = Clear
all = All
kinds = Kinds of messages
api_calls = JetStream API
pings = PING PONG
server_says = from the server
client_says = to the server
answered = answered
becomes = becomes revision { $revision }
delivered_revision = { $waiting ->
    [0] revision { $revision }
   *[other] revision { $revision }, { $waiting } waiting
}

# Going along what was done.
past = Time travel
past_hint = Go back and forth over everything that was done here
past_close = Leave time travel, for the present
past_back = Undo
past_onward = Redo
past_slider = Moment
past_to_present = To the present
past_moment = { $moment } of { $count }: { $what }
past_beginning = the beginning
past_nothing_done = Nothing was done here yet.
past_made = { $percent } % of the past can be shown so far.
past_not_yet = The world of this moment is still being made: wait a moment, and do it again.
past_branch = { $name }, from { $moment }
past_branched = You have gone on from an earlier moment, in a sandbox of its own, “{ $branch }”. What came after is kept in “{ $name }”.

deed_line = { $line }, in { $terminal }
deed_empty_line = an empty line, in { $terminal }
deed_interrupt = Ctrl-C in { $terminal }
deed_stop = Ctrl-Z in { $terminal }
deed_open = terminal { $name } opened
deed_close = terminal { $name } closed
deed_reopen = terminal { $name } taken back
deed_rename = terminal { $terminal } renamed to { $name }
deed_move = tab of { $name } moved
deed_skip = clock moved on by { $time }
deed_step = step { $step } of the lesson opened
deed_hold = clock held
deed_let_run = clock let go on
deed_width = terminals of { $columns } columns
deed_outside = { $messages ->
    [one] a program of the page around said something
   *[other] a program of the page around said { $messages } things
}
deed_file = file { $name } taken in

past_changed = What it has changed
past_changed_nothing = It has changed nothing that is compared.
past_more = { $count ->
    [one] { $count } more change.
   *[other] { $count } more changes.
}
past_came = { $what }: new
past_went = { $what }: gone
past_became = { $what }: { $before } → { $after }
past_terminal = Terminal { $name }
past_bucket = Bucket { $name }
past_stream = Stream { $name }
past_watcher = Watcher of { $of }
past_watcher_in = Watcher of { $of } in { $terminal }
past_there = there
past_not_there = not there
past_older = older, or not there
past_revision = revision { $number }, { $value }
past_messages = { $count ->
    [one] { $count } message up to { $last }
   *[other] { $count } messages up to { $last }
}

past_compare = Compare from here
past_compare_hint = Go to another moment to compare it with moment { $moment }.
past_comparison = Comparison of two moments
past_comparing = Being compared …
past_alike = Keys, revisions, watchers and terminals are the same.
past_compared = What differs between moment { $earlier } and moment { $later }
past_what = What
past_at = Moment { $moment }
