"""A short run of the fuzzer where it is installed, elsewhere mutations of the same corpus by hypothesis."""

from __future__ import annotations

import importlib.util

import fuzz
import invariants
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

SECONDS = 1.0
HAS_ATHERIS = importlib.util.find_spec("atheris") is not None
targets = pytest.mark.parametrize("target", fuzz.TARGETS)


@pytest.mark.skipif(not HAS_ATHERIS, reason="needs atheris (the extra fuzz)")
@targets
def test_fuzzer(target, tmp_path):
    executions, wrong = fuzz.run(target, SECONDS, tmp_path)
    assert not wrong
    assert executions > 10


@pytest.mark.skipif(HAS_ATHERIS, reason="the fuzzer itself runs")
@targets
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_mutations(target, data):
    name, longest = fuzz.TARGETS[target]
    page = data.draw(st.sampled_from(list(fuzz.corpus(target))))
    at = data.draw(st.integers(0, len(page)))
    page = page[:at] + data.draw(st.binary(max_size=12)) + page[at + data.draw(st.integers(0, 200)) :]
    getattr(invariants, name)(page[:longest])
