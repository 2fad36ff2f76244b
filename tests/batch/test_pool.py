"""Limits of time and memory: a page that breaks them is an error, and the run goes on."""

from __future__ import annotations

import os
import time
from typing import Any

import pytest

from ingest.batch.item import Failure, Item
from ingest.batch.pool import in_order


def read(item: Item, work: Any) -> str:
    if item.data == "sleep":
        time.sleep(30)
    if item.data == "die":
        os._exit(3)
    if item.data == "eat":
        return "x" * 2**33
    return str(item.data)


def test_pages_that_break_limits_are_errors_in_their_places():
    items = [Item("a", n, data) for n, data in enumerate(["1", "sleep", "2", "die", "3", "eat", "4"])]
    items.insert(3, Failure("b", None, "empty", "nothing"))
    results = list(in_order(items, read, None, workers=2, timeout=1.0, memory=2 * 2**30))
    assert [item for item, _ in results] == items
    told = [result.code if isinstance(result, Failure) else result for _, result in results]
    assert told == ["1", "timeout", "2", "empty", "crashed", "3", "out-of-memory", "4"]


def test_items_are_taken_only_as_results_are():
    taken = []

    def source():
        for number in range(1000):
            taken.append(number)
            yield Item("a", number, str(number))

    results = in_order(source(), read, None, workers=1, timeout=10)
    assert [next(results)[1] for _ in range(3)] == ["0", "1", "2"]
    assert len(taken) < 50
    results.close()


def test_a_dead_worker_is_replaced():
    items = [Item("a", n, "die" if n % 2 else str(n)) for n in range(8)]
    results = [result for _, result in in_order(items, read, None, workers=1, timeout=10)]
    assert [r for r in results if not isinstance(r, Failure)] == ["0", "2", "4", "6"]


@pytest.mark.parametrize("workers", [1, 3])
def test_order_does_not_depend_on_workers(workers):
    items = [Item("a", n, str(n)) for n in range(50)]
    assert [r for _, r in in_order(items, read, None, workers=workers, timeout=10)] == [
        str(n) for n in range(50)
    ]
