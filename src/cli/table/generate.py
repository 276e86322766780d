#!/usr/bin/env python3
"""Write the tables beside this file, and the cheats, from what the real command says of itself.

    nats --fisk-introspect | src/cli/table/generate.py [ERRORS.JSON]

With the file schemas/server/errors.json of the Go module github.com/nats-io/jsm.go also the table of error codes.

The command does not tell everything: INT64, FILES and PATTERNS name the flags whose kind has to be known from its source.
"""
import json, os, re, sys

DETAILED = {"kv": "kv", "stream": "stream", "consumer": "consumer", "context": "other", "account": "other", "errors": "other", "server": "server", "publish": "messages", "reply": "messages",
            "request": "messages", "rtt": "messages", "subscribe": "messages"}
CHEATS = ["account", "consumer", "context", "errors", "kv", "publish", "reply", "server", "stream", "subscribe"]
ERROR = ["error_code", "code", "constant", "description", "comment", "help", "url"]
INT64 = {"--values-critical", "--values-warn", "--history", "--replicas", "--max-msgs", "--max-msgs-per-subject", "<id>"}
FILES = {"--tlscert", "--tlskey", "--tlsca", "--errors", "--config", "<file>"}
PATTERNS = {"--content", "--match-payload"}
OWN = """.help\tShow help.
 [<command>]\ttext...\t\tShow help on command.
.cheat\tShows cheats for nats
>These cheats are compatible with the 'cheat' CLI tool
>and by saving the output using --save these cheats become accessible within that application.
>
>See https://github.com/cheat/cheat for more details
 [<label>]\ttext\t\tThe cheat to show
 --list\tswitch\t\tList available cheats
 --save\ttext\tDIRECTORY\tSaves the cheats to the given directory""".split("\n")  # not in the model
BOUNDS = {(None, None): "int", (0, None): "uint", (0, 65535): "u16", (0, 4294967295): "uint"}


def kind(name, item, schema):
    if item.get("boolean"):
        return "bool" if item.get("negatable") else "switch"
    if name in FILES:
        return "file"
    if name in PATTERNS:
        return "pattern"
    if name == "--timeout":
        return "duration"
    schema = schema.get("properties", {}).get(item["name"], {})
    if schema.get("type") == "array":
        schema = schema["items"]
    if "enum" in schema or name == "--colors":
        return "enum(%s)" % ",".join(schema.get("enum") or item["completions"])
    if schema.get("type") == "integer":
        number = BOUNDS[schema.get("minimum"), schema.get("maximum")]
        return "i64" if number == "int" and name in INT64 else number
    if schema.get("type") == "object":
        return "map"
    return "duration" if "ns|us" in schema.get("pattern", "") else "text"


def value(name, item, schema):
    text = kind(name, item, schema) + ("..." if item.get("cumulative") else "")
    if item.get("default"):
        text += "=" + ",".join(item["default"])
    return text + ("\t" + item["place_holder"] if item.get("place_holder") else "\t")


def flags(command):
    for flag in command.get("flags") or []:
        name = "--" + flag["name"]
        spec = "--" + ("[no-]" if flag.get("negatable") else "") + flag["name"]
        if flag.get("short"):
            spec = "-%c, " % flag["short"] + spec
        help = flag["help"] + (" ($%s)" % flag["envar"] if flag.get("envar") else "")
        yield "\t".join([("." if flag.get("hidden") else "") + spec, value(name, flag, command.get("schema") or {}), help])


def lines(command, path=""):
    path = (path + " " + command["name"]).strip()
    help = command["help"].split("\n")
    yield ("." if command.get("hidden") else "") + ",".join([path] + (command.get("aliases") or [])) + "\t" + help[0]
    yield from ("|" + line.rstrip() for line in help[1:])
    yield from (">" + line.rstrip() for line in command.get("help_long", "").split("\n") if command.get("help_long"))
    for arg in command.get("args") or []:
        name = "<%s>" % arg["name"]
        spec = name if arg.get("required") else "[%s]" % name
        yield "\t".join([" " + spec, value(name, arg, command.get("schema") or {}), arg["help"]])
    yield from (" " + line for line in flags(command))
    for sub in command.get("commands") or []:
        yield from lines(sub, path)


def main():
    model = json.load(sys.stdin)
    here = os.path.dirname(os.path.abspath(__file__))
    files = {"kv": [], "server": [], "stream": [], "consumer": [], "messages": [], "other": []}
    for command in model["commands"]:
        if command["name"] in DETAILED:
            files[DETAILED[command["name"]]] += lines(command)
        else:
            files["other"].append("!" + next(lines(command)))
    own = ["-h, --help\tswitch\t\tShow context-sensitive help"]
    own += ["!.--" + name + "\tswitch\t\t" for name in
            ["help-long", "help-compact", "help-man", "help-llm", "completion-bash", "completion-script-bash",
             "completion-script-zsh", "completion-zsh-menu", "fisk-introspect"]]
    own += ["--version\tswitch\t\tShow application version."]
    files["global"] = ["\t" + model["help"].split("\n")[0]] + ["|" + line for line in model["help"].split("\n")[1:]]
    files["global"] += [" " + line for line in own + list(flags(model))]
    files["global"] += OWN
    commands = os.path.join(here, "..", "command")
    with open(os.path.join(commands, "cheats.txt"), "w") as out:
        out.write("".join("=%s\n%s\n" % (label, model["cheats"][label]) for label in CHEATS))
    if len(sys.argv) > 1:
        with open(os.path.join(commands, "errors.txt"), "w") as out:
            for error in json.load(open(sys.argv[1])):
                out.write("\t".join(str(error[field]) for field in ERROR).rstrip("\t") + "\n")
    for name, text in files.items():
        with open(os.path.join(here, name + ".txt"), "w") as out:
            # An example in the help is the present time.
            out.write(re.sub(r"\(eg \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\)", "(eg 2006-01-02 15:04:05)", "\n".join(text)) + "\n")


main()
