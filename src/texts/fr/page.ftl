# The bar.
simulated_here = simulé dans cette page
colours = Couleurs
colours_auto = Couleurs de l’appareil
colours_light = Couleurs claires
colours_dark = Couleurs sombres
colours_contrast = Contraste élevé
language = Langue
present = Présenter : grands caractères, et Page suivante pour l’étape suivante
present_no_more = Quitter la présentation (Échap)
help = Aide
help_lesson = La leçon dit quoi taper ; ses boutons le font pour vous, et Lecture fait tout. Une étape est faite quand le serveur le montre.
help_terminals = Chaque terminal est un client à part. Ce qui tourne dans l’un continue pendant que vous travaillez dans les autres ; Arrêter ou Ctrl-C y met fin. Un double clic sur un onglet le renomme, le faire glisser le déplace.
help_keyboard = Tab complète tant qu’il y a quelque chose à compléter, puis quitte le terminal ; Échap puis Tab le quitte toujours. Alt avec Haut et Bas parcourt ce qui a été affiché. En présentation, Page suivante fait la suite et Échap quitte.
help_commands = Dans un terminal, help donne les commandes du shell, et nats --help celles de nats.
help_all_keys = Touches
help_all_commands = Commandes de nats simulées
verbosity = Ce que lit un lecteur d’écran
verbosity_all = Toute la sortie
verbosity_some = Les premières lignes, et leur nombre
verbosity_nothing = Aucune sortie
help_refused = Toute autre commande est refusée nommément ; rien n’est ignoré en silence.
help_checked = Ce qui s’affiche a été comparé, octet par octet, avec nats { $command } sur nats-server { $server }.

further = Plus
share = Partager
share_hint = Partager ce bac à sable : lien, texte, fichier
share_link = Un lien vers ce bac à sable
link_length = { $length ->
    [one] { $length } caractère.
   *[other] { $length } caractères.
}
link_long = Certaines messageries coupent des liens aussi longs.
link_too_long = La plupart des programmes coupent des liens aussi longs : envoyez plutôt le fichier ci-dessous.
link_holds = Le lien contient à lui seul tout ce qui s’est fait ici ; rien n’est stocké ailleurs.
copy_link = Copier le lien
link_title = NATS Key/Value en pratique : { $sandbox }
copy_markdown_link = Copier en Markdown
qr_code = Code QR du lien
qr_code_of_link = Le lien sous forme de code QR
qr_too_long = Le lien est trop long pour un code qu’un téléphone puisse lire. Préparez une étape de nouveau et partagez-la, ou envoyez le lien ou le fichier.
embed = Intégrer ceci
embed_hint = Ce texte montre le tout dans une page à vous.
embed_what = Ce que l’on voit
embed_sandbox = Ce bac à sable tel quel
embed_step = L’étape { $step } de la leçon, préparée
embed_all_panes = Toutes les parties
embed_readers_language = La langue du lecteur
embed_colours_around = Couleurs de la page autour
embed_frame = Texte du cadre
embed_copy = Copier le cadre
share_text = Ce que les terminaux ont affiché
all_terminals = Tous
format = Format
format_markdown = Transcription Markdown
format_text = Texte brut
format_film = Film (asciicast)
copy_text = Copier
save = Enregistrer dans un fichier
save_commands = Enregistrer ses commandes en texte
share_file = Le bac à sable dans un fichier
share_file_hint = Il pourra être rouvert ici, dans cette version de la page et toutes les suivantes.
save_sandbox = Enregistrer le bac à sable

sandboxes = Bacs à sable
sandboxes_open = Bacs à sable : { $name }
sandboxes_hint = Vos bacs à sable : en garder plusieurs, ouvrir un fichier
kept_here = Conservés dans ce navigateur
another = Un autre
drop_hint = Un fichier enregistré ici peut aussi être déposé sur la page.
new_sandbox = Nouveau bac à sable
open_file = Ouvrir un fichier
open_unused = Ouvert en ce moment. Conservé dès la première commande.
used = Utilisé { $when }
open_used = Ouvert en ce moment. Utilisé { $when }
cannot_be_read = Endommagé : il ne peut pas être ouvert, mais enregistré tel quel.
name_of_sandbox = Nom du bac à sable
open = Ouvrir
duplicate = Dupliquer
delete = Supprimer
deleted = Il est supprimé.
undelete = Le rétablir
imported = Le fichier est ouvert sous le nom « { $name } ».
file_wrong = Impossible d’ouvrir « { $file } » : { $why }.
started_over = Tout est repris du début.
take_back = Revenir en arrière
new_version = Une nouvelle version de cette page est prête. Rien ne se perd en la chargeant.
reload = Recharger

sandbox_number = Bac à sable { $number }
copy_of = { $name } ({ $number })
brought_by_link = Reçu par un lien { $number }
linked = Voici ce que contient le lien. Votre propre bac à sable est conservé tel qu’il était.
linked_first = Voici ce que contient le lien, un monde que quelqu’un a partagé. Ce que vous faites ici reste à vous, conservé sous « { $name } ».
link_wrong = Impossible d’ouvrir le lien : { $why }. Voici un bac à sable vide.
sandbox_damaged = Impossible d’ouvrir « { $name } » : { $why }. Il reste tel quel, et voici un nouveau bac à sable.
two_tabs = « { $name } » a été modifié dans un autre onglet. Ce que vous faites ici est conservé sous le nom « { $copy } ».
cannot_be_opened = Impossible de l’ouvrir, mais il peut être enregistré tel quel : { $why }.
sandbox_not_opened = Impossible d’ouvrir « { $name } » : { $why }. Il reste tel quel.
sandbox_cut = « { $name } » est endommagé. Voici ce qui y a été fait jusque-là ({ $entries } actions) ; il reste tel quel, et ce que vous faites ici est conservé à côté.
recovered = Ce qui a été fait en dernier dans un onglet disparu est conservé sous le nom « { $copy } », car « { $name } » avait continué sans cela.
sandbox_not_done = « { $name } » : cela n’a pas été fait, car { $why }.
opening_title = Un bac à sable s’ouvre
opening_about = Tout ce qui a été fait dans « { $name } » est refait. C’est long, et prend donc un moment.
opening_stop = S’arrêter ici
opening_stopped = Voici « { $name } » après { $done } actions sur { $all }, en copie. L’original entier est conservé tel qu’il était.
not_opened = « { $name } » n’a pas été ouvert.
is_too_heavy = il est trop lourd (plus de { $limit } { $what })
cost_acts = actions
cost_turns = tours de programmes et de serveurs
cost_commands = commandes
cost_bytes = octets de mots et de sorties
cost_held = octets dans des variables et des tubes
cost_stored = octets dans des streams
cost_connections = connexions
cost_jobs = tâches
cost_terminals = terminaux
cost_time = millisecondes
kept_until = Les { $kept } premières actions sont conservées, les { $unkept } suivantes ne le sont pas, car { $why }. Enregistrez le bac à sable dans un fichier pour tout avoir.
kept_again = Tout est de nouveau conservé.
is_full = ce navigateur n’a plus de place pour cette page
is_forbidden = ce navigateur ne conserve rien pour cette page
is_over_limit = il est plus long que ce qui est conservé
is_silent = le stockage de ce navigateur ne répond pas
has_failed = le stockage de ce navigateur a échoué
is_missing = il n’est plus là
to_my_sandbox = Vers mon bac à sable
is_foreign = il est endommagé ou ne vient pas d’ici
is_newer = il vient d’une version plus récente de cette page ; rechargez pour l’obtenir
is_too_long = il est plus long que cette page ne l’accepte
is_damaged = il est endommagé à la ligne { $line }

nothing_kept_of_it = Rien de ce bac à sable n’est conservé, car { $why }. Enregistrez-le dans un fichier pour le rouvrir plus tard.
nothing_kept = Ce navigateur ne conserve rien pour cette page : ce que vous faites ici sera perdu quand vous partirez.
not_all_kept = Des programmes autour de cette page ont écrit plus qu’il n’en est conservé : à partir d’ici, cela ne figure dans aucun lien et sera perdu quand vous partirez.
dismiss = Fermer

# The panes.
panes = Parties de la page
new_lines = nouvelles lignes

# The lesson.
no_lesson = Aucune leçon n’est ouverte.
lessons = Leçons
lessons_hint = Une leçon commence dans un bac à sable à elle ; celui qui est ouvert reste tel quel.
lesson_steps = { $count ->
    [one] { $count } étape.
   *[other] { $count } étapes.
}
lesson_steps_open = { $count ->
    [one] { $count } étape. Ouverte en ce moment.
   *[other] { $count } étapes. Ouverte en ce moment.
}
lesson_begin = Commencer
lesson_begun = La leçon commence dans un bac à sable à elle. L’autre reste tel qu’il était.
lesson_wrong = « { $name } » n’est pas encore une leçon. { $count ->
        [one] Une erreur
       *[other] { $count } erreurs
    }, d’abord : { $why }
lesson_text = La leçon, en Markdown
lesson_check = Vérifier
lesson_is_none = Ce n’est pas encore une leçon ; avec le numéro de la ligne :
lesson_not_checked = Elle peut commencer. La vérification fait toute la leçon, et prend un instant.
lesson_is_right = Rien n’y est faux.
lesson_has_findings = Elle peut commencer, mais quelque chose ne va pas ; avec le numéro de la ligne :
lesson_editor_hint = Le lien contient toute la leçon. On peut aussi déposer son fichier (.md) sur la page.
write_lesson = Écrire une leçon
open_lesson = Ouvrir le fichier d’une leçon
own_lesson = La leçon d’un auteur, qui ne vient pas de cette page.
your_lesson = Votre leçon
lesson_following = Ensuite : { $title }
in_code = En code
in_code_hint = Ce que fait cette leçon, sous forme d’un petit programme. Il crée ses propres buckets et les supprime ensuite.
code_language = Langage de programmation
code_program = Programme en { $language }
code_file = Enregistrez-le sous { $file } dans un dossier vide et démarrez nats-server -js. La variable NATS_URL désigne un autre serveur. Ensuite :
code_commands = Commandes qui exécutent le programme
code_prints = Il affiche :
code_output = Ce que le programme affiche
steps_done_label = Étapes faites
steps_done = { $done ->
    [one] { $done } étape faite sur { $count }
   *[other] { $done } étapes faites sur { $count }
}
done = fait
hint = Un indice
show_solution = Montrer la solution
question = À quoi vous attendez-vous ?
question_choose = Choisissez avant d’exécuter quoi que ce soit. Ce qui se passe ensuite est la réponse.
question_run_it = Exécutez maintenant, et voyez.
question_as_expected = Comme vous l’attendiez.
question_not_as_expected = Il en a été autrement que vous ne l’attendiez.
question_answered = Voilà ce qui s’est passé.
question_right = C’est arrivé
next_step = Étape suivante
in_the_documentation = Dans la documentation :
opens_elsewhere = s’ouvre dans un nouvel onglet
differs = Différent de la page officielle
run = Exécuter
answer = Répondre
press_ctrl_c = Appuyer sur Ctrl-C
move_clock = Avancer l’horloge
put = Mettre dans le terminal
clock_simulated = horloge, simulée
command_at = { $target } : { $command }
is_so = vrai
not_yet = pas encore
step_is_done = Cette étape est faite
to_be_done = À faire
player = Dérouler la visite guidée
play = Lecture
pause = Pause
next_command = Commande suivante
pace = Vitesse de lecture
pace_slow = Lentement
pace_normal = À vitesse de lecture
pace_fast = Vite
pace_step_by_step = Étape par étape
start_over = Reprendre du début
coach = La suite de la visite guidée
step_done_sentence = Cette étape est faite.
set_up_step = Préparer de nouveau cette étape
step_set_up = Un nouveau bac à sable, préparé pour l’étape { $step }.
will_be_opened = sera ouvert
that_was_all = C’est tout.
to_the_lesson = Vers la leçon
to_the_terminal = Aller au terminal

# The terminals.
terminal_line = Terminal { $name } :
in_parentheses = ({ $word })
output_of = Sortie de { $name }
close = Fermer { $name }
open_another = Ouvrir un autre terminal
side_by_side = Terminaux côte à côte
one_terminal = 1 terminal
two_terminals = 2 côte à côte
three_terminals = 3 côte à côte
is_running = en cours
stop = Arrêter
four_terminals = 4 côte à côte
all_side_by_side = Tous côte à côte
about_terminal = Renommer ou déplacer { $name }
rename = Renommer
name_of = Nouveau nom de { $name }
move_left = Vers la gauche
move_right = Vers la droite
ends_what_runs = Quelque chose tourne dans { $name }. Fermer l’arrête.
end_and_close = Arrêter et fermer
closed = Le terminal { $name } est fermé.
take_back_terminal = Rouvrir { $name }
width_before = Où commence { $name }
room_of_terminals = Place des terminaux au-dessus de l’image

# What is said to those who do not see it.
said_ready = Prêt.
said_step = Étape faite. { $done } sur { $steps }.
said_busy = { $name } est occupé : arrêtez d’abord ce qui y tourne.
said_no_question = Aucune question n’est posée dans { $name } en ce moment.
said_most = Il ne peut y avoir plus de { $most } terminaux.
said_no_name = Un nom a de 1 à 20 caractères, et deux terminaux ne peuvent porter le même.
said_done = { $name } : terminé.
said_failed = { $name } : échec.
said_printed = { $name } : { $text }
said_begins = { $name } : { $text } … { $lines ->
    [one] { $lines } ligne
   *[other] { $lines } lignes
} de sortie, Alt et Haut pour les lire.
said_meant = Vouliez-vous dire : { $line } ? Maj et Tab pour l’accepter.
said_news = Nouvelles lignes dans { $name } : { $lines }.
said_asks = { $name } demande : { $question }
said_candidates = { $count ->
    [one] { $count } proposition.
   *[other] { $count } propositions ; Tab les parcourt.
}
did_you_mean = Vouliez-vous dire
copy_block = Copier cette commande et sa sortie
copied = Copié.
not_copied = Le navigateur n’a pas permis la copie.
exit_status = code de sortie { $status }
interrupted = terminé par Ctrl-C (code de sortie { $status })
search = recherche :
not_found = introuvable :
candidates = Ce qui pourrait figurer ici
touch_keys = Touches
leaving_hint = Tab complète une commande. Échap puis Tab quitte le terminal. Alt et Haut lit ce qui a été affiché.

pasted = Commandes collées
pasted_next = Exécuter la suivante
pasted_all = Tout exécuter
pasted_drop = Abandonner la liste
nothing_to_end = Rien ne lit ici : Ctrl-D n’a rien à terminer.
nothing_to_complete = Rien ne complète ceci.
typed_ahead = Une commande est en cours : Entrée lui envoie ceci, Ctrl-C l’arrête.
not_stopped = Ctrl-Z ne peut pas arrêter cela : il arrête des programmes, mais ni serveur ni $(…). Ctrl-C termine ce qui tourne ; avec & derrière une commande, elle tourne en arrière-plan.
waits_for_clock = L’horloge simulée est suspendue, et ce qui s’exécute ici l’attend.

# What can be done with output.
use_output = Utiliser les clés, valeurs, révisions et fichiers de cette sortie
reference_revision = { $name }, révision { $revision }
nothing_to_use = Cette sortie ne contient ni clé ni bucket.
use_get = Lire
use_get_revision = Lire la révision { $revision }
use_history = Historique
use_update = Mettre à jour depuis la révision { $revision }
use_info = Paramètres
use_list = Lister ses clés
use_watch = Observer
use_show = Afficher le fichier
use_list_folder = Lister ses fichiers
copy = Copier { $what }

# Why a command failed.
why = Pourquoi ?
puts = Met { $command } dans le terminal
in_the_lesson = Dans la leçon :
try_this = Voyez par vous-même :
what_happened = Ce qui a été écrit
this_command = cette commande
follows = voulait succéder à la révision { $revision } : refusé
wants_new = voulait être la première : refusé
why_exists = create n’écrit que là où il n’y a pas de valeur. { $key } en a une depuis la révision { $actual }, rien n’a donc été écrit : le premier arrivé la garde.
why_later = La commande devait succéder à la révision { $expected } de { $key }, mais la plus récente est { $actual } : quelqu’un a écrit entre-temps. Rien n’a été écrasé. Relisez la valeur et mettez-la à jour depuis { $actual }.
why_sooner = La commande devait succéder à la révision { $expected } de { $key }, mais la plus récente est { $actual }. Les révisions comptent toutes les écritures du bucket ; on ne peut succéder qu’à la plus récente de la clé.
why_of_other_key = { $key } n’a jamais eu la révision { $expected } : c’est une écriture de { $other }, car les révisions comptent toutes les écritures du bucket. La plus récente de { $key } est { $actual } : lisez sa valeur et mettez-la à jour depuis { $actual }.
why_of_other_key_without_value = { $key } n’a jamais eu la révision { $expected } : c’est une écriture de { $other }, car les révisions comptent toutes les écritures du bucket. { $key } n’a pas de valeur : create ou put en crée une.
why_unwritten = La révision { $expected } n’existe pas encore : la plus récente du bucket est { $last }, et celle de { $key } est { $actual }. Lisez sa valeur et mettez-la à jour depuis { $actual }.
why_unwritten_without_value = La révision { $expected } n’existe pas encore : la plus récente du bucket est { $last }. { $key } n’a pas de valeur : create ou put en crée une.
why_missing = La commande devait succéder à la révision { $expected } de { $key }, mais rien n’y est stocké. Pour la première valeur, utilisez create ou put.
why_never = Rien n’est stocké sous { $key }.
why_gone = { $key } n’a plus de valeur : la dernière entrée est un marqueur, { $word }.
why_gone_since = La commande devait suivre la révision { $expected } de { $key }, mais il y a eu un { $word } depuis : il n’y a plus de valeur à relire. create ou put en crée une nouvelle.
why_expired = { $key } a expiré à { $at } : les valeurs de ce bucket ne vivent qu’un temps, et personne ne l’a réécrite avant. Qui la détenait comme verrou l’a perdu ; create la recrée, si personne n’a été plus rapide.
why_no_revision = { $key } n’a pas cette révision. Une révision appartient à une seule clé, et seules les plus récentes sont conservées, selon l’historique du bucket.
why_no_bucket = Ce bucket n’existe pas. Il y a : { $others }.
why_no_bucket_at_all = Il n’y a encore aucun bucket : créez-en d’abord un.
why_no_jetstream = nats-server tourne sans JetStream, dont les buckets ont besoin. Arrêtez-le avec Ctrl-C et lancez nats-server -js.
why_no_server = Aucun nats-server ne tourne. Lancez nats-server -js dans un autre terminal.
why_nobody = Personne n’écoute ce subject.
why_key = Une clé se compose de lettres, de chiffres et de - _ . / =, et ne commence ni ne finit par un point.
why_bucket_name = Le nom d’un bucket ne contient que des lettres, des chiffres, - et _.
why_api = Le serveur a refusé avec l’erreur { $code }.

# The inspector.
account = Compte
inspector_label = Vue du compte
clock = Horloge simulée
simulated = simulée
hold = Suspendre
let_run = Laisser courir
seconds_more = +{ $count } s
minutes_more = +{ $count } min
hours_more = +{ $count } h
on_the_clock = sur l’horloge simulée
next_expiry = À l’expiration, { $left }
nothing_expires = Rien n’expire
move_clock_by = Avancer l’horloge de, par exemple 90s ou 1h30m
amount_not_a_time = Écrivez une durée avec son unité, par exemple 90s, 1h30m ou 2d.
amount_not_onward = L’horloge ne fait qu’avancer.
amount_too_far = Un an au plus à la fois : 366d.
account_empty = Il n’y a encore rien ici. Les buckets avec leurs clés et révisions, qui les observe et qui est connecté s’affichent ici dès qu’il y en a.
account_needs_jetstream = Les buckets demandent un serveur avec JetStream.
first_bucket = Pour créer le premier :
server = Serveur
server_runs = nats-server tourne
server_stopped = nats-server est arrêté
jetstream_on = JetStream est activé
jetstream_off = JetStream est désactivé
buckets = Buckets
no_bucket = Encore aucun bucket.
no_key = Encore aucune clé.
keys_total = { $total } clés ; la dernière modifiée est la première
keys_found = { $found } clés sur { $total }
expired_at = expirée à { $time }
key_expired = { $key } a expiré à { $time }
kept_without_server = Conservé dans des fichiers. Le serveur est arrêté : quand il tournera de nouveau, tout sera là.
kept_without_jetstream = Conservé dans des fichiers. Le serveur tourne sans JetStream : avec lui, tout sera là.
kept_values = { $count ->
    [one] { $count } valeur
   *[other] { $count } valeurs
}
history = historique
stream = Stream
streams = Streams
messages = Messages, les plus récents d’abord
headers = En-têtes
part_of_name = partie du nom
find_keys = Chercher des clés de { $bucket }
no_value = aucune valeur
left = encore { $left }
revisions = Révisions
revision = révision { $number }, { $word }
revision_value = révision { $number }, { $word } : { $value }
revision_by = révision { $number }, { $word }, par { $author }
revision_value_by = révision { $number }, { $word } : { $value }, par { $author }
fresh = nouveau
watchers = Observateurs
nobody_watches = Personne n’observe.
watches = observe
left_behind = Resté là :
watched = un observateur de
all_keys = toutes les clés
removed_in = Plus personne n’écoute : le serveur l’enlève dans { $left }.
has_seen = a vu
has_seen_nothing = N’a encore rien vu.
at_revision = { $waiting ->
    [0] à la révision { $revision }
   *[other] à la révision { $revision }, { $waiting } en attente
}
clients = Clients
nobody_connected = Personne n’est connecté.
client_does = client { $number }, abonnements : { $subscriptions }, envoyés { $came }, reçus { $went }
locks = Verrous
in_bucket = dans { $bucket }
lock_held = Tenu par { $who } depuis { $at }, maintenant avec la révision { $revision }
lock_expired = Libre. Il a expiré à { $at } : { $who } ne l’a pas renouvelé à temps
lock_given_back = Libre. Rendu par { $who } à { $at }
lock_deleted = Libre. Supprimé par { $by } à { $at }, tenu avant par { $who }
refused = Refusés
contended = Qui a lu et écrit quoi
access_read = a lu la révision { $revision }
access_put = a écrit la révision { $revision }, quoi qu’il y ait eu
access_lost = a écrit la révision { $revision } par-dessus { $lost }, sans l’avoir lue : ce qu’elle disait est perdu
access_created = l’a créée, révision { $revision }
access_updated = a mis à jour depuis { $expected } : révision { $revision }
access_deleted = l’a supprimée, révision { $revision }
access_purged = l’a purgée, révision { $revision }
access_expired = elle a expiré
refused_create = voulait la créer : refusé, elle a une valeur depuis la révision { $actual }
refused_update = voulait mettre à jour depuis { $expected } : refusé, la dernière est { $actual }
refused_gone = voulait mettre à jour depuis { $expected } : refusé, il n’y a plus de valeur

# What passes.
protocol_log = Échanges
nothing_passed = Rien n’est passé depuis que vous regardez. Exécutez une commande : ce que son client et le serveur se disent s’affichera ici.
go_on = Continuer
clear = Vider
all = Tous
kinds = Types de messages
api_calls = API JetStream
pings = PING PONG
server_says = du serveur
client_says = au serveur
answered = répondu
becomes = devient la révision { $revision }
delivered_revision = { $waiting ->
    [0] révision { $revision }
   *[other] révision { $revision }, { $waiting } en attente
}

# Le long de ce qui a été fait.
past = Voyage dans le temps
past_hint = Avancer et reculer dans tout ce qui a été fait ici
past_close = Quitter le voyage dans le temps, pour le présent
past_back = Annuler
past_onward = Rétablir
past_slider = Moment
past_to_present = Vers le présent
past_moment = { $moment } sur { $count } : { $what }
past_beginning = le début
past_nothing_done = Rien n'a encore été fait ici.
past_made = { $percent } % du passé peuvent être montrés pour l'instant.
past_not_yet = Le monde de ce moment est encore en préparation : attendez un instant et recommencez.
past_branch = { $name }, à partir de { $moment }
past_branched = Vous continuez à partir d'un moment antérieur, dans un bac à sable à part, « { $branch } ». La suite est conservée dans « { $name } ».

deed_line = { $line }, dans { $terminal }
deed_empty_line = une ligne vide, dans { $terminal }
deed_interrupt = Ctrl-C dans { $terminal }
deed_stop = Ctrl-Z dans { $terminal }
deed_open = terminal { $name } ouvert
deed_close = terminal { $name } fermé
deed_reopen = terminal { $name } rouvert
deed_rename = terminal { $terminal } renommé en { $name }
deed_move = onglet de { $name } déplacé
deed_skip = horloge avancée de { $time }
deed_step = étape { $step } de la leçon ouverte
deed_hold = horloge arrêtée
deed_let_run = horloge remise en marche
deed_width = terminaux de { $columns } colonnes
deed_outside = { $messages ->
    [one] un programme de la page autour a dit quelque chose
   *[other] un programme de la page autour a dit { $messages } choses
}
deed_file = fichier { $name } ajouté

past_changed = Ce que cela a changé
past_changed_nothing = Rien de ce qui est comparé n'a changé.
past_more = { $count ->
    [one] { $count } autre changement.
   *[other] { $count } autres changements.
}
past_came = { $what } : nouveau
past_went = { $what } : disparu
past_became = { $what } : { $before } → { $after }
past_terminal = Terminal { $name }
past_bucket = Bucket { $name }
past_stream = Stream { $name }
past_watcher = Observateur de { $of }
past_watcher_in = Observateur de { $of } dans { $terminal }
past_there = présent
past_not_there = absent
past_older = plus ancien, ou absent
past_revision = révision { $number }, { $value }
past_messages = { $count ->
    [one] { $count } message jusqu'à { $last }
   *[other] { $count } messages jusqu'à { $last }
}

past_compare = Comparer d'ici
past_compare_hint = Allez à un autre moment pour le comparer avec le moment { $moment }.
past_comparison = Comparaison de deux moments
past_comparing = Comparaison en cours …
past_alike = Clés, révisions, observateurs et terminaux sont les mêmes.
past_compared = Ce qui diffère entre le moment { $earlier } et le moment { $later }
past_what = Quoi
past_at = Moment { $moment }
