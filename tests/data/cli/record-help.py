#!/usr/bin/env python3
"""Record the help pages of the real command at three widths, for the commands that are in the tables.

    tests/data/cli/record-help.py        writes help-60.txt, help-80.txt and help-120.txt beside this file
"""
import os, re, subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
WHOLE = ("", "kv", "kv put", "stream ls", "subscribe", "errors ls")  # these also with the flags that hold everywhere
TABLES = os.path.join(HERE, "../../../src/cli/table")


def paths():
    yield ""
    for name in ["kv", "stream", "consumer", "messages", "server", "other", "global"]:
        for line in open(os.path.join(TABLES, name + ".txt")):
            if line[0] not in " \t|>!\n":
                path = line.split("\t")[0].lstrip(".").split(",")[0]
                if path != "help":
                    yield path


for width in (60, 80, 120):
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "COLUMNS": str(width)}
    with open(os.path.join(HERE, "help-%d.txt" % width), "w") as out:
        for path in paths():
            forms = [["help"] + path.split()] + ([path.split() + ["--help"]] if path in WHOLE else [])
            for words in forms:
                page = subprocess.run(["nats"] + words, env=env, stdout=subprocess.PIPE).stdout.decode()
                # An example in it is the present time.
                page = re.sub(r"\(eg(\s+)\d{4}-\d\d-\d\d(\s+)\d\d:\d\d:\d\d\)", r"(eg\g<1>2006-01-02\g<2>15:04:05)", page)
                out.write("$ nats %s\n%s" % (" ".join(words), page))
