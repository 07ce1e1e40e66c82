"""Facts of one made-up case in a YAML file, for a consulent or jurist; errors name fields and never their values."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from contracts.errors import TijdigError


class _Loader(yaml.SafeLoader):
    """YAML that leaves dates as text: the facts say which of them are days, months or years."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, shape) for tag, shape in shapes if tag != "tag:yaml.org,2002:timestamp"]
    for first, shapes in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
F = TypeVar("F", bound=BaseModel)


def read_facts(path: Path, example: str) -> object:
    """What a file says, with dates as they are written.

    Args:
        path: the file.
        example: the command that shows one.

    Raises:
        TijdigError: it can't be read, or is no YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a safe loader
    except OSError as error:
        raise TijdigError("A file can't be read.", where=path.name, todo="Name a file that exists.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise TijdigError("A file is no YAML.", where=path.name, todo=f"Start from `{example}`.") from error


def fitting(model: type[F], facts: object, where: str, todo: str) -> F:
    """The facts in their model.

    Raises:
        TijdigError: they do not fit; it names the fields.
    """
    try:
        return model.model_validate(facts)
    except ValidationError as error:
        fields = dict.fromkeys(".".join(map(str, one["loc"])) or "alles" for one in error.errors(include_input=False))
        raise TijdigError(f"Facts that do not fit: {', '.join(fields)}.", where=where, todo=todo) from error
