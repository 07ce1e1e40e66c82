"""Holds a written ``tijdig ...`` against the command line: it is parsed with its options and values, and not run."""

import os
import re

import typer

from flows.cli import app


class NoSuchCommandError(AssertionError):
    """What is written is no command, or has other options."""


def require_command(words):
    """Parse what comes after ``tijdig``.

    Raises:
        NoSuchCommandError: there is no such command, option or value, or something is missing.
    """
    command, rest, said = typer.main.get_command(app), list(words), "tijdig"
    while rest and rest[0] in getattr(command, "commands", {}):
        said = f"{said} {rest[0]}"
        command = command.commands[rest.pop(0)]
    if rest == ["--help"]:
        return
    if hasattr(command, "commands") and (not command.invoke_without_command or (rest and rest[0][0] != "-")):
        raise NoSuchCommandError(f"{said} has no {rest[:1]}")
    require_parsed(command, said, rest)


def require_parsed(command, said, rest):
    """Parse options and values; for a file or folder of an example another stands in."""
    try:
        command.make_context(said, list(rest)).close()
    except Exception as error:
        # By its form: typer keeps a click of its own.
        if not hasattr(error, "format_message"):
            raise
        told = error.format_message()
        absent = re.search(r"(file|directory|path) '(.*)' does not exist", told, re.IGNORECASE)
        if absent is None or absent[2] not in rest:
            raise NoSuchCommandError(f"{said}: {told}") from None
        there = "." if absent[1].lower() == "directory" else os.devnull
        require_parsed(command, said, [there if word == absent[2] else word for word in rest])
