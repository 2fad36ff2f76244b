"""The command ``ingest``, by the shortest path.

Loading click takes twice as long as starting Python, and two kinds of call have no use for it:
``ingest --version``, and ``ingest parse`` with file names alone, the way find and xargs call it.
They are answered from here, the second by the very function that click's command calls. Anything
with an option in it, ``--help``, every mistake and the defaults that a user has set go to click.
"""

from __future__ import annotations

import os
import sys

from ingest.settings import configured


def main(args: list[str] | None = None) -> int:
    """Run the command; ``args`` are those after its name, by default the process's own.

    Returns the exit status: 0, 1 when an input or the output failed, 2 for a usage error (click
    leaves with ``SystemExit`` for that), 130 after Ctrl-C, 141 when the reader of a pipe has gone.
    """
    args = sys.argv[1:] if args is None else args
    try:
        if args == ["--version"]:
            from ingest.version import version_line
            from ingest.write.output import print_text

            return print_text(version_line() + "\n")
        if args[:1] == ["parse"] and _only_names(args[1:]) and not configured():
            from ingest.startup import start_quickly

            start_quickly()
            from ingest.write.run import parse_files

            return parse_files(args[1:])

        from ingest.cli import app

        app.main(args, prog_name="ingest")
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # ours to mend, and nothing that a user can read a traceback for
        if os.environ.get("INGEST_TRACEBACK"):
            raise
        from ingest.write.output import complain

        complain("internal error", f"{type(error).__name__}: {error} (INGEST_TRACEBACK=1 shows where)")
        return 1


def run() -> None:
    """The command as a process of its own: what ``main`` says, without Python's tidying up at the end.

    All files are closed by then, and the system takes back memory faster than Python gives it.
    """
    status = main()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            try:
                stream.flush()
            except (OSError, ValueError):  # the reader has gone, or the stream was closed
                status = status or 1
    os._exit(status)


def _only_names(args: list[str]) -> bool:
    if not args:
        return sys.stdin is not None and not sys.stdin.isatty()  # at a terminal it is a mistake
    return all(arg == "-" or not arg.startswith("-") for arg in args)


if __name__ == "__main__":
    run()
