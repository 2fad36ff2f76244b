"""The compiled part of reading, where it was built; else None.

It answers None for a tree that it does not know, and then Python reads that.
"""

from typing import Any

tree: Any
try:
    from ingest.read import _tree as tree
except ImportError:
    tree = None
