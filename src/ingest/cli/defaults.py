"""The user's defaults, as click wants them: for each command a map from parameters to values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import click

from ingest.settings import (
    PUBLISHERS,
    SettingsError,
    config_file,
    from_environment,
    publishers_in,
    read_config,
)


def configure(context: click.Context, option: click.Parameter, path: str | None) -> None:
    """Takes the defaults into a context: from the file that --config names, or from where they lie.

    The option may stand before the command or behind it; without it there, what is known already holds.
    """
    app = context.find_root().command
    if context.resilient_parsing or (path is None and context.command is not app):
        return  # a shell asks for completions, or there is nothing new
    path = path or config_file()
    try:
        config = read_config(path) if path is not None else {}
        context.meta[PUBLISHERS] = publishers_in(config, path or "")
        defaults = _default_map(app, config, path or "")
    except SettingsError as error:
        raise click.UsageError(str(error), context) from None
    context.default_map = defaults if context.command is app else defaults[context.info_name or ""]


def _default_map(app: click.Command, config: Mapping[str, Any], path: str) -> dict[str, Any]:
    if not isinstance(app, click.Group):  # a command that is run by itself
        return {}
    options = _with_defaults(app)
    general = {key: value for key, value in config.items() if key not in (*options, "publishers")}
    for key in general:
        if not any(_spelt(key) in known for known in options.values()):
            raise SettingsError(f"{path}: {key}: no command has such an option{_perhaps(key, options)}")
    return {
        name: dict(_values(app.commands[name], known, _settings(name, known, general, config, path)))
        for name, known in options.items()
    }


def _settings(
    command: str,
    known: Mapping[str, click.Option],
    general: Mapping[str, Any],
    config: Mapping[str, Any],
    path: str,
) -> Iterator[tuple[str, str, Any]]:
    """What is set for a command, weakest first: where that is said, which option, which value."""
    for key, value in general.items():
        if _spelt(key) in known:
            yield f"{path}: {key}", _spelt(key), value
    own = config.get(command, {})
    if not isinstance(own, dict):
        raise SettingsError(f"{path}: {command}: is a command, so this must be a table: [{command}]")
    for key, value in own.items():
        if _spelt(key) not in known:
            hint = _perhaps(key, {command: known})
            raise SettingsError(f"{path}: {command}.{key}: the command has no such option{hint}")
        yield f"{path}: {command}.{key}", _spelt(key), value
    yield from from_environment([name for name in known if not _names_a_file(known[name])], command)


def _values(
    command: click.Command, known: Mapping[str, click.Option], settings: Iterator[tuple[str, str, Any]]
) -> Iterator[tuple[str, Any]]:
    """Parameters and their values, each tried out, so that a bad one is told with the place it comes from."""
    for where, key, value in settings:
        option = known[key]
        if _names_a_file(option):
            raise SettingsError(f"{where}: --{key} names a file, which only the command line may")
        if option.multiple:
            value = value.split() if isinstance(value, str) else value
        elif hasattr(value, "isoformat"):  # a date of TOML's own
            value = value.isoformat()
        try:
            if isinstance(value, dict) or (isinstance(value, list) and not option.multiple):
                raise click.BadParameter("this is not one value.")
            if option.is_flag:
                value = click.BOOL.convert(value, option, None) != (f"--{key}" in option.secondary_opts)
            with click.Context(command) as context:
                option.process_value(context, value)
        except click.BadParameter as error:
            raise SettingsError(f"{where}: {error.message}") from None
        assert option.name is not None
        yield option.name, value


def _with_defaults(app: click.Group) -> dict[str, dict[str, click.Option]]:
    """The options of each command that can have a default: none that is called as a command, as --date is.

    In a file such a name is the command's table.
    """
    return {
        name: {key: option for key, option in _options(command).items() if key not in app.commands}
        for name, command in app.commands.items()
    }


def _options(command: click.Command) -> dict[str, click.Option]:
    """A command's options by their long names, without the dashes."""
    return {
        name.removeprefix("--"): option
        for option in command.params
        if isinstance(option, click.Option) and option.expose_value
        for name in (*option.opts, *option.secondary_opts)
        if name.startswith("--")
    }


def _names_a_file(option: click.Option) -> bool:
    """Whether a default could make the command read or write a file.

    ingest.toml may lie in a folder of other people's pages: it must not choose what is written over.
    """
    return isinstance(option.type, click.Path) or (option.metavar or "").startswith(("FILE", "OUT"))


def _spelt(key: str) -> str:
    return key.replace("_", "-")


def _perhaps(key: str, options: Mapping[str, Mapping[str, Any]]) -> str:
    near = get_close_matches(
        _spelt(key), [*options, *(name for known in options.values() for name in known)], 1
    )
    return f"; did you mean {near[0]}?" if near else ""
