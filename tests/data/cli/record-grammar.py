#!/usr/bin/env python3
"""Record what the real command says of many command lines, good and bad, where no server runs.

    tests/data/cli/record-grammar.py     writes grammar.txt beside this file, from the lines of lines.txt

Of an error that shows a help page only its first line is kept, since the pages have a test of their own.
"""
import os, shlex, subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
ENV = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "COLUMNS": "80"}

with open(os.path.join(HERE, "grammar.txt"), "w") as out:
    for line in open(os.path.join(HERE, "lines.txt")):
        words = shlex.split(line)
        env = dict(ENV)
        while words and "=" in words[0] and words[0][0].isupper():
            name, value = words.pop(0).split("=", 1)
            env[name] = value
        run = subprocess.run(["nats"] + words, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        error, output = run.stderr.decode(), run.stdout.decode()
        first = output.split("\n")[0] if output else ""
        if "no servers available" in error or "interactive stream paging" in error:
            error, first = "runs\n", ""
        out.write("$ nats %s\n%s%s\n? %d\n" % (line.strip(), error.replace("\n\n", "\n"), first, run.returncode))
