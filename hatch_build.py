"""Compiles what is slow in Python where there is a compiler; else Python and python-crfsuite do the same."""

from __future__ import annotations

import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_CODE = Path("src/ingest")
_MODULES = {  # by their places, the module's own source first
    "dates": ("_scan.c", "_terms.c", "_cut.c"),
    "label": (
        "_crf.c",
        "_model.c",
        "_page.c",
        "_features.c",
        "_markup.c",
        "_sight.c",
        "_headline.c",
        "_shape.c",
        "_context.c",
        "_stems.c",
        "_told.c",
    ),
    "read": ("_tree.c", "_lines.c", "_about.c"),
    "vocabulary": ("_words.c",),
}


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Puts the compiled modules beside their sources, and so into the wheel."""
        try:
            made = _compiled(Path(self.root))
        except Exception as error:  # no compiler, no headers: in whatever way they are missing
            self.app.display_warning(f"nothing is compiled, ingest will be slower: {error}")
            return
        build_data["artifacts"] += [path.as_posix() for path in made]
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def _compiled(root: Path) -> list[Path]:
    return [_module(root, _CODE / place, sources) for place, sources in _MODULES.items()]


def _module(root: Path, place: Path, sources: tuple[str, ...]) -> Path:
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext

    name, folder = Path(sources[0]).stem, root / place
    extension = Extension(
        name, [str(folder / source) for source in sources], depends=[str(path) for path in folder.glob("*.h")]
    )
    command = build_ext(Distribution({"ext_modules": [extension]}))
    command.build_lib = str(folder)
    command.build_temp = str(root / "build")
    command.ensure_finalized()
    command.run()
    return place / (name + str(sysconfig.get_config_var("EXT_SUFFIX")))
