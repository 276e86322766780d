"""Runs the tests of one file and prints a line for each: "ok 1 - name" or "not ok 1 - name" and why.

    run.py FILE.py [CLASS...] [-TEST...] [+TEST...]     only these classes; without these tests, only these
"""
import importlib.util
import sys
import unittest
from pathlib import Path


class Lines(unittest.TestResult):
    def line(self, word, test, why=""):
        print(f"{word} {self.testsRun} - {test.id().split('.', 1)[1]}")
        for row in why.splitlines():
            print(f"  {row}")
        sys.stdout.flush()

    def addSuccess(self, test):
        self.line("ok", test)

    def addSkip(self, test, reason):
        self.line("ok", test, f"# SKIP {reason}")

    def addError(self, test, err):
        self.line("not ok", test, self._exc_info_to_string(err, test))

    addFailure = addError


file = Path(sys.argv[1])
spec = importlib.util.spec_from_file_location(file.stem, file)
module = importlib.util.module_from_spec(spec)
sys.modules[file.stem] = module
spec.loader.exec_module(module)
loader = unittest.defaultTestLoader
classes = [getattr(module, word) for word in sys.argv[2:] if word[0] not in "+-"]
left_out = [word[1:] for word in sys.argv[2:] if word.startswith("-")]
only = [word[1:] for word in sys.argv[2:] if word.startswith("+")]
result = Lines()
tests = [loader.loadTestsFromTestCase(each) for each in classes] or loader.loadTestsFromModule(module)
for suite in tests:
    for test in suite:
        name = test.id().rsplit(".", 1)[1]
        if name not in left_out and (not only or name in only):
            unittest.TestSuite([test])(result)
