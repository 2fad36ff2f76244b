"""Defaults that a user has set once: in a file ``ingest.toml``, in environment variables ``INGEST_…``.

    date-order = "DMY"             # for each command that has the option
    [batch]
    jobs = 4                       # for one command
    [publishers]
    "roe.example" = "The Roe Times"    # by the host of a page's address, or by the name it prints

The file is the one in the working folder, else the user's own (``$XDG_CONFIG_HOME/ingest/ingest.toml``,
``~/.config`` by default). ``INGEST_CONFIG`` names another, or none when it is empty.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

PUBLISHERS = "ingest.publishers"  # where the command's context keeps their names
_NO_DEFAULTS = {"INGEST_CONFIG", "INGEST_TRACEBACK"}  # variables that are no option's value


class SettingsError(Exception):
    """A default that can't be used. ``str()`` names the file or variable, and the reason."""


def configured() -> bool:
    """Whether there are any defaults at all; made to be asked at each start, so it reads nothing."""
    return config_file() is not None or any(
        name.startswith("INGEST_") and name not in _NO_DEFAULTS for name in os.environ
    )


def config_file() -> str | None:
    """The file of defaults that holds, None where there is none."""
    given = os.environ.get("INGEST_CONFIG")
    if given is not None:
        return given or None
    home = os.environ.get("XDG_CONFIG_HOME", "")
    if not os.path.isabs(home):  # the standard asks to pass over others
        home = os.path.expanduser("~/.config")
    return next(filter(os.path.isfile, ("ingest.toml", os.path.join(home, "ingest", "ingest.toml"))), None)


def read_config(path: str) -> dict[str, Any]:
    """What a file of defaults says. Raises SettingsError."""
    import sys

    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    from ingest.write.text import printable

    try:
        with open(path, "rb") as file:
            config: dict[str, Any] = tomllib.load(file)
            return config
    except OSError as error:
        raise SettingsError(f"{printable(path)}: {(error.strerror or str(error)).lower()}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{printable(path)}: no TOML: {error}") from None


def publishers_in(config: Mapping[str, Any], path: str) -> dict[str, str]:
    """The table of publishers' names. Raises SettingsError."""
    names = config.get("publishers", {})
    if not isinstance(names, dict) or not all(isinstance(name, str) and name for name in names.values()):
        raise SettingsError(
            f'{path}: publishers: is no table of names, as "roe.example" = "The Roe Times" is'
        )
    return names


def from_environment(options: Sequence[str], command: str) -> Iterator[tuple[str, str, str]]:
    """The options of a command that variables set: name of the variable, of the option, value.

    Those of the command itself come last: ``INGEST_BATCH_JOBS`` goes before ``INGEST_JOBS``.
    """
    for prefix in ("INGEST_", f"INGEST_{command.upper()}_"):
        for option in options:
            variable = prefix + option.upper().replace("-", "_")
            value = os.environ.get(variable)
            if value is not None and variable not in _NO_DEFAULTS:
                yield variable, option, value
