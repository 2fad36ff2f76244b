"""The compiled part of reading, where it was built and lxml's elements are as it knows them; else None."""

from typing import Any

tree: Any
try:
    from ingest.read import _tree as tree
except ImportError:
    tree = None
