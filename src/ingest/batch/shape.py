"""What of a record is written: all of it, its article, its teasers, or chosen keys."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, NamedTuple


class Shape(NamedTuple):
    """``only`` is "all", "articles" or "teasers"; ``select`` are dotted keys, which come in their order.

    ``added`` are the keys that this run adds to a record: they stay, whatever is chosen.

    >>> Shape("all", ("source.name", "teasers.title")).of({"source": {"name": "a"}, "teasers": []})
    {'source.name': 'a', 'teasers.title': []}
    """

    only: str = "all"
    select: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether records stay as they are."""
        return self.only == "all" and not self.select

    def of(self, record: dict[str, Any]) -> dict[str, Any]:
        """A record in this shape."""
        if self.select:
            keys = (*self.select, *self.added)
            return {key: at(record, key) for key in keys if "." in key or key in record}
        left_out = {"articles": "teasers", "teasers": "article"}.get(self.only)
        return {key: value for key, value in record.items() if key != left_out}


def at(record: Any, key: str) -> Any:
    """The value at a dotted key; of a list the values of its members.

    >>> at({"teasers": [{"title": "a"}, {"title": "b"}]}, "teasers.title")
    ['a', 'b']
    """
    for name in key.split("."):
        if isinstance(record, list):
            record = [one.get(name) for one in record]
        else:
            record = record.get(name) if record is not None else None
    return record


@lru_cache(maxsize=1)
def _schema() -> dict[str, Any]:
    from ingest.write.schema import schema_text

    schema: dict[str, Any] = json.loads(schema_text())
    return schema


def resolved(sub: dict[str, Any]) -> dict[str, Any]:
    """A part of the record's JSON Schema, without references, and without null as a choice."""
    while True:
        choices = sub.get("anyOf") or sub.get("oneOf")
        if "$ref" in sub:
            sub = _schema()["$defs"][sub["$ref"].rpartition("/")[2]]
        elif choices:
            sub = next(one for one in choices if one.get("type") != "null")
        else:
            return sub


def schema_at(key: str) -> dict[str, Any]:
    """The JSON Schema of what `at` gives for a dotted key ("" is the record). Raises KeyError for no key.

    >>> schema_at("teasers.title")["type"]
    'array'
    """
    sub, lists = resolved(_schema()), 0
    for name in key.split(".") if key else ():
        if sub.get("type") == "array":
            sub, lists = resolved(sub["items"]), lists + 1
        sub = resolved(sub.get("properties", {})[name])
    for _ in range(lists):
        sub = {"type": "array", "items": sub}
    return sub


def kind_of(sub: dict[str, Any]) -> str:
    """The type of a part of the schema, without null.

    >>> kind_of(schema_at("source.position"))
    'integer'
    """
    kinds = sub.get("type", "string")
    return str(next(one for one in kinds if one != "null") if isinstance(kinds, list) else kinds)
