# What stands in the page before its program does. tools/texts.sh writes this file into the page: a line a text, no arguments.
language_name = English
title = NATS Key/Value playground
lesson = Lesson
terminals = Terminals
inspector = Picture
early_lesson = Key/Value walkthrough
early_loading = Loading …
early_late = This takes longer than usual. If nothing comes, load the page again.
early_hint = The playground is still loading. What you type is kept, and run then.

# Where the program falls.
fallen_stopped = The playground has stopped
fallen_stopped_why = That is our mistake, not yours. What the terminals showed is below, to be kept or sent along with a report.
fallen_unloaded = The playground could not be loaded
fallen_unloaded_why = If the network was lost, start again once it is back. What you have typed is below.
fallen_forbidden_why = This browser, or the policy of the page, does not let WebAssembly run, which the playground is made of. What you have typed is below.
fallen_memory_why = There was no memory left. A new sandbox needs little; what the terminals showed is below.
fallen_transcript = What the terminals showed
fallen_again = Start again
fallen_anew = Start a new sandbox
fallen_copy = Copy the transcript
fallen_copied = Copied
fallen_selected = Selected: press Ctrl-C
fallen_nothing = Nothing was typed yet.
