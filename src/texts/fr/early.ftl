# What stands in the page before its program does. tools/texts.sh writes this file into the page: a line a text, no arguments.
language_name = Français
title = NATS Key/Value en pratique
lesson = Leçon
terminals = Terminaux
inspector = Vue
early_lesson = Key/Value, pas à pas
early_loading = Chargement …
early_late = C’est plus long que d’habitude. Si rien ne vient, rechargez la page.
early_hint = Le programme se charge encore. Ce que vous tapez est conservé et s’exécutera ensuite.

# Where the program falls.
fallen_stopped = Le programme s’est arrêté
fallen_stopped_why = C’est notre faute, pas la vôtre. Ce que les terminaux affichaient figure ci-dessous : à conserver, ou à joindre à un rapport.
fallen_unloaded = Le programme n’a pas pu être chargé
fallen_unloaded_why = Si le réseau a été coupé, recommencez dès qu’il est rétabli. Ce que vous avez tapé figure ci-dessous.
fallen_forbidden_why = Ce navigateur, ou la politique de la page, n’autorise pas WebAssembly, dont ce playground est fait. Ce que vous avez tapé se trouve ci-dessous.
fallen_memory_why = La mémoire n’a pas suffi. Un nouveau bac à sable en demande peu ; ce que les terminaux ont montré se trouve ci-dessous.
fallen_transcript = Ce que les terminaux affichaient
fallen_again = Redémarrer
fallen_anew = Commencer un nouveau bac à sable
fallen_copy = Copier la transcription
fallen_copied = Copié
fallen_selected = Sélectionné : appuyez sur Ctrl-C
fallen_nothing = Rien n’a encore été tapé.
