"""Compiles the labeller's C where there is a compiler; else Python and python-crfsuite do the same."""

from __future__ import annotations

import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_FOLDER = Path("src/ingest/label")
_SOURCES = ("_crf.c", "_page.c", "_features.c", "_shape.c")
_HEADERS = ("_crf.h", "_page.h")


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Puts the compiled module beside its source, and so into the wheel."""
        try:
            made = _compiled(Path(self.root))
        except Exception as error:  # no compiler, no headers: in whatever way they are missing
            self.app.display_warning(f"the labeller is not compiled, ingest will be slower: {error}")
            return
        build_data["artifacts"].append(made.as_posix())
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def _compiled(root: Path) -> Path:
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext

    made = _FOLDER / ("_crf" + str(sysconfig.get_config_var("EXT_SUFFIX")))
    folder = root / _FOLDER
    extension = Extension(
        "_crf", [str(folder / name) for name in _SOURCES], depends=[str(folder / name) for name in _HEADERS]
    )
    command = build_ext(Distribution({"ext_modules": [extension]}))
    command.build_lib = str(folder)
    command.build_temp = str(root / "build")
    command.ensure_finalized()
    command.run()
    return made
