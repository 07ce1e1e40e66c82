"""Mutation testing: change one thing in a function, and see whether a test notices. ``python -m bench.mutation rules``.

The changes are those of mutmut. It leaves decorated functions alone, and every rule is one; here each changed module
is loaded as a whole, so that they are changed too. A process loads the packages once and forks for each change.
"""

import argparse
import difflib
import importlib.abc
import importlib.util
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, SourceFileLoader
from multiprocessing import get_context
from pathlib import Path
from types import CodeType, ModuleType

import libcst as cst
from mutmut.mutation.file_mutation import MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode

ROOT = Path(__file__).parents[1]
#: A test run that takes longer is one in which the change keeps the code from ending.
_SECONDS = 120
_PASSED, _FAILED = 0, 1


@dataclass(frozen=True)
class Target:
    """What is changed, and the tests that must notice: pytest arguments for a file."""

    files: str
    tests: Callable[[Path], list[str]]


TARGETS = {
    "rules": Target("matching/rules/r*.py", lambda file: ["tests/rules", "-k", file.stem[:3].upper()]),
    "norm": Target("matching/norm/[a-z]*.py", lambda _: ["tests/matching/norm", "-m", "not slow"]),
}


@dataclass(frozen=True)
class Mutant:
    """One change of one file."""

    file: Path
    code: str

    def difference(self) -> str:
        """The changed lines."""
        before, after = self.file.read_text(encoding="utf-8").splitlines(), self.code.splitlines()
        lines = list(difflib.unified_diff(before, after, n=0, lineterm=""))[3:]
        return "\n".join(lines)


class _Visitor(MutationVisitor):
    """Mutmut's visitor, in decorated functions too; what the decorator says is left as it is."""

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef) and node.decorators:
            return False
        return bool(super()._skip_node_and_children(node))


def mutants(file: Path) -> list[Mutant]:
    """Every change of a file's functions, in the order of the text, each once."""
    wrapper = cst.MetadataWrapper(cst.parse_module(file.read_text(encoding="utf-8")))
    visitor = _Visitor(mutation_operators, IgnoredCode(set(), set(), set()))
    wrapper.visit(visitor)
    found = [
        Mutant(file, _replaced(wrapper.module, change.original_node, change.mutated_node))
        for change in visitor.mutations
        if change.contained_by_top_level_function is not None
    ]
    return list(dict.fromkeys(found))


def _replaced(module: cst.Module, old: cst.CSTNode, new: cst.CSTNode) -> str:
    changed = module.deep_replace(old, new)
    return changed.code if isinstance(changed, cst.Module) else module.code


class _Changed(SourceFileLoader):
    """Loads a module from changed text; nothing of it is kept on disk."""

    def __init__(self, name: str, mutant: Mutant) -> None:
        super().__init__(name, str(mutant.file))
        self._mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._mutant.code, fullname, "exec")


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, mutant: Mutant) -> None:
        self._name = ".".join(mutant.file.relative_to(ROOT).with_suffix("").parts)
        self._mutant = mutant

    def find_spec(self, fullname: str, *_: Sequence[str] | ModuleType | None) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_loader(fullname, _Changed(fullname, self._mutant))


def survives(mutant: Mutant, tests: list[str]) -> bool:
    """Whether every test passes on the changed code, in a process of its own."""
    child = os.fork()
    if child == 0:
        _run(mutant, tests)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return code == _PASSED


def _run(mutant: Mutant, tests: list[str]) -> None:
    import pytest  # noqa: PLC0415 - in the child, where the changed module is the one that is found

    signal.alarm(_SECONDS)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    sys.dont_write_bytecode = True
    sys.meta_path.insert(0, _Finder(mutant))
    code = _FAILED
    try:
        code = int(pytest.main([*tests, "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]))
    finally:
        os._exit(code)


def _work(job: tuple[Mutant, list[str]]) -> tuple[Mutant, bool]:
    return job[0], survives(*job)


def _jobs(target: Target, only: str | None) -> Iterator[tuple[Mutant, list[str]]]:
    for file in sorted(ROOT.glob(target.files)):
        if only is None or only in file.name:
            for mutant in mutants(file):
                yield mutant, target.tests(file)


def _unchanged(jobs: list[tuple[Mutant, list[str]]]) -> list[tuple[Mutant, list[str]]]:
    """Each file once as it is, with its tests: they have to pass, or every change would seem to be noticed."""
    files = {mutant.file: tests for mutant, tests in jobs}
    return [(Mutant(file, file.read_text(encoding="utf-8")), tests) for file, tests in files.items()]


def _load_packages() -> None:
    """What every child needs and no change touches; none of it starts threads by being loaded."""
    for name in ("dataframely", "duckdb", "polars", "pydantic", "pytest", "sqlalchemy", "yaml"):
        importlib.import_module(name)


def main() -> None:
    """Run the tests against every change and print those that no test noticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--only", help="part of a file's name")
    parser.add_argument("--processes", type=int, default=2)
    wanted = parser.parse_args()
    jobs = list(_jobs(TARGETS[wanted.target], wanted.only))
    survivors = []
    with get_context("spawn").Pool(wanted.processes, initializer=_load_packages) as pool:
        broken = [job for job, passes in pool.imap(_work, _unchanged(jobs)) if not passes]
        if broken:
            sys.exit(f"The tests do not pass on {broken[0].file.name} as it is: nothing can be said of changes.")
        for done, (mutant, survived) in enumerate(pool.imap(_work, jobs), start=1):
            if survived:
                survivors.append(mutant)
                print(f"{mutant.file.relative_to(ROOT)}\n{mutant.difference()}\n", flush=True)
            if sys.stderr.isatty():
                print(f"\r{done} of {len(jobs)}, {len(survivors)} unnoticed", end="", file=sys.stderr)
    share = 100 * len(survivors) / len(jobs) if jobs else 0
    print(f"{len(jobs)} changes, {len(survivors)} unnoticed ({share:.1f} %)")


if __name__ == "__main__":
    main()
