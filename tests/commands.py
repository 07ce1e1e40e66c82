"""Holds a written ``tijdig ...`` against the command line: it is parsed with its options and values, and not run."""

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
    try:
        command.make_context(said, rest).close()
    except Exception as error:
        # By its form: typer keeps a click of its own.
        if hasattr(error, "format_message"):
            raise NoSuchCommandError(f"{said} {' '.join(words)}: {error.format_message()}") from None
        raise
