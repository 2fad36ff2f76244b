"""Parts of the reference that are made from code: ``{{ commands }}``, ``{{ record }}`` …"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from typing import Any

import click

from ingest.cli import app
from ingest.errors import MEANINGS, WARNINGS
from ingest.write.schema import schema_text


def on_page_markdown(markdown: str, **context: Any) -> str:
    """mkdocs calls this for each page."""
    made = {"commands": commands, "record": record, "errors": errors, "warnings": warnings}
    return re.sub(r"\{\{ (\w+) \}\}", lambda match: made[match[1]](), markdown)


def commands() -> str:
    """All commands, as --help tells of them."""
    top = click.Context(app, info_name="ingest", **app.context_settings)
    told = [_command(app, top)]
    for name, command in app.commands.items():
        told.append(
            f"## ingest {name}\n\n{_command(command, click.Context(command, info_name=name, parent=top))}"
        )
    return "\n\n".join(told)


def _command(command: click.Command, context: click.Context) -> str:
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    parts = [f"```text\n{usage}\n```"]
    for text in inspect.cleandoc(command.help or "").split("\n\n"):
        kept = text.removeprefix("\b\n")  # click leaves the lines of such a paragraph as they are
        parts.append(f"```sh\n{re.sub(r'^[$] ', '', kept, flags=re.M)}\n```" if kept != text else text)
    rows = ["| option | |", "| --- | --- |"]
    for option in command.get_params(context):
        if isinstance(option, click.Option) and (shown := option.get_help_record(context)) is not None:
            meaning = shown[1].replace("|", "\\|")
            rows.append(f"| `{shown[0]}` | {meaning} |")
    return "\n\n".join([*parts, "\n".join(rows)])


def record() -> str:
    """The record's keys, a table for each object of the schema."""
    schema = json.loads(schema_text())
    parts = [_table(schema)]
    for name in ("source", "article", "dateline", "place", "teaser", "rest-line", "warning"):
        told = schema["$defs"][name]
        parts.append(f"## {name.replace('-', ' ').capitalize()}\n\n{told['description']}.\n\n{_table(told)}")
    return "\n\n".join(parts)


def _table(schema: dict[str, Any]) -> str:
    rows = ["| key | type | |", "| --- | --- | --- |"]
    for key, value in schema["properties"].items():
        rows.append(f"| `{key}` | {' or '.join(_types(value))} | {value.get('description', '')} |")
    return "\n".join(rows)


def _types(value: dict[str, Any]) -> Iterator[str]:
    if "anyOf" in value:
        for one in value["anyOf"]:
            yield from _types(one)
    elif "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        yield name if name in ("date", "time", "line-number") else f"[{name.replace('-', ' ')}](#{name})"
    elif "enum" in value:
        yield ", ".join(f"`{one}`" for one in value["enum"])
    else:
        kinds = value["type"] if isinstance(value["type"], list) else [value["type"]]
        for kind in kinds:
            yield f"array of {' or '.join(_types(value['items']))}" if kind == "array" else kind


def errors() -> str:
    """The codes of inputs that gave no record."""
    rows = [f"| `{code}` | {meaning} |" for code, meaning in MEANINGS.items()]
    return "\n".join(["| code | |", "| --- | --- |", *rows])


def warnings() -> str:
    """The codes of a record's warnings."""
    rows = [f"| `{code}` | {meaning} |" for code, meaning in WARNINGS.items()]
    return "\n".join(["| code | |", "| --- | --- |", *rows])
