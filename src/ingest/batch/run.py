"""A run from its inputs to its outputs: nothing is lost, nothing is written twice."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from ingest.batch.inputs import Inputs
from ingest.batch.item import Failure, Item, Outcome
from ingest.batch.journal import Journal
from ingest.batch.outputs import AppendedFile, Output, exists, open_output, remove_leftovers
from ingest.batch.pool import in_order
from ingest.batch.progress import Progress
from ingest.batch.repeats import Repeats
from ingest.batch.totals import Totals
from ingest.batch.work import Work, read_item
from ingest.version import VERSION
from ingest.write.output import complain, failed

EVERY = 100  # inputs between two commits: what a crash costs at the most, for each output the same


class Settings(NamedTuple):
    """What the user asked for."""

    inputs: Inputs
    output: str
    kind: str
    work: Work
    errors: str | None = None
    resume: bool = False
    workers: int = 1
    timeout: float = 60.0
    site_memory: bool = True
    dedupe: str | None = None
    link_teasers: bool = False
    quiet: bool = False
    summary: str | None = None


class Refusal(Exception):
    """A run that must not begin, and why."""


def run_batch(settings: Settings) -> int:
    """Do the run; return the exit status: 0, 1 when something failed, 130 after Ctrl-C, 143 after SIGTERM."""
    before = signal.signal(signal.SIGTERM, _leave)
    try:
        return _Run(settings).go()
    except Refusal as refusal:
        complain(settings.output, str(refusal))
        return 2
    except ImportError as error:
        complain(settings.output, f"needs a package that is not installed: {error.name}")
        return 1
    except OSError as error:
        return failed(settings.output if settings.output != "-" else "standard output", error)
    except KeyboardInterrupt:
        _advise(settings)
        return 130
    except _Terminated:
        _advise(settings)
        return 143
    finally:
        signal.signal(signal.SIGTERM, before)


class _Terminated(BaseException):
    pass


def _leave(number: int, frame: object) -> None:
    raise _Terminated


def _advise(settings: Settings) -> None:
    if settings.output != "-" and not settings.quiet:
        complain(settings.output, "interrupted; the same command with --resume goes on from here")


class _Run:
    """The files of a run, and its state."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.durable = settings.output != "-"
        self.journal = Journal(settings.output + ".journal")
        self.errors_path = settings.errors or (settings.output + ".errors.jsonl" if self.durable else None)

    def go(self) -> int:
        settings = self.settings
        state = self._state()
        done = state["done"] if state else 0
        totals = self.totals = Totals(state["totals"] if state else None)
        work = settings.work._replace(repeated=self._learned())
        self._open(state)
        try:
            with Progress(settings.inputs, totals, quiet=settings.quiet) as progress:
                results = in_order(
                    self._items(done),
                    read_item,
                    work,
                    workers=settings.workers,
                    timeout=settings.timeout,
                    memory=work.memory,
                )
                for number, (item, result) in enumerate(results, done):
                    self._take(number, item, result)
                    progress.step(item)
                    if (number + 1) % EVERY == 0:
                        self._commit(number + 1)
            self._finish()
        finally:
            self._close()
        return 1 if totals.errors else 0

    def _state(self) -> dict[str, Any] | None:
        """The state to go on from; refuses to write over what is there."""
        settings, path = self.settings, self.settings.output
        if not self.durable:
            return None
        begun = os.path.exists(self.journal.path)
        if exists(path) and not (settings.resume and begun):
            if settings.resume:
                raise Refusal("is whole already; there is nothing to resume")
            raise Refusal("exists; choose another name, or remove it")
        if self.errors_path is not None and os.path.lexists(self.errors_path) and not begun:
            raise Refusal(
                f"the error file {self.errors_path} exists; choose another with --errors, or remove it"
            )
        if begun and not settings.resume:
            raise Refusal("an earlier run stopped here; --resume goes on with it (or remove its .journal)")
        state = None
        if begun:
            try:
                state = self.journal.last(self._fingerprint())
            except ValueError as error:
                raise Refusal(f"can't resume: {error}") from None
        if state is None:
            remove_leftovers(path)
        return state

    def _fingerprint(self) -> str:
        """What makes two runs the same: inputs, version, and all options that a record depends on."""
        settings = self.settings
        work = settings.work._replace(memory=None, repeated={})
        parts = [VERSION, settings.inputs, settings.kind, work, settings.site_memory, settings.dedupe]
        return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def _learned(self) -> Any:
        settings = self.settings
        if not settings.site_memory or not _readable_twice(settings.inputs.names):
            return {}
        from ingest.batch.sites import repeated_lines

        memory = settings.work.memory
        items = settings.inputs.items()
        return repeated_lines(items, workers=settings.workers, timeout=settings.timeout, memory=memory)

    def _open(self, state: dict[str, Any] | None) -> None:
        settings = self.settings
        work = settings.work
        place = state["output"] if state else None
        self.output: Output = open_output(
            settings.output, settings.kind, place, only=work.only, select=work.select
        )
        self.errors = self.notes = None
        if self.errors_path is not None:
            self.errors = AppendedFile(self.errors_path, state["errors"] if state else None)
        self.repeats = Repeats(settings.dedupe) if settings.dedupe else None
        if self.repeats is not None and self.durable:
            self.notes = AppendedFile(settings.output + ".seen", state["notes"] if state else None)
            if state:
                with open(self.notes.partial, encoding="utf-8") as notes:
                    for note in notes:
                        self.repeats.again(note.strip())
        if self.durable:
            self.journal.begin(self._fingerprint(), state)

    def _items(self, done: int) -> Iterator[Item | Failure]:
        """The inputs from the first that is not done; those before are read over."""
        for number, item in enumerate(self.settings.inputs.items(self.totals.skipped)):
            if number >= done:
                yield item

    def _take(self, number: int, item: Item | Failure, result: Outcome | Failure) -> None:
        if isinstance(result, Failure):
            self.totals.add(result)
            if self.errors is not None:
                self.errors.write(number, json.dumps(result.to_dict(), ensure_ascii=False))
            else:
                where = result.name if result.position is None else f"{result.name}#{result.position}"
                complain(where, result.message)
            return
        record, earlier = result.record, None
        if self.repeats is not None:
            page = item.name if item.position is None else f"{item.name}#{item.position}"
            earlier, note = self.repeats.first(result.body, page)
            if note and self.notes is not None:
                self.notes.write(number, note)
            record = f'{record[:-1]},"duplicate_of":{json.dumps(earlier, ensure_ascii=False)}}}'
        self.totals.add(result, duplicate=earlier is not None)
        self.output.write(number, record)

    def _commit(self, done: int) -> None:
        """First the data, then the line that tells of them."""
        if not self.durable:
            return
        places = {
            "output": self.output.mark(),
            "errors": self.errors.mark() if self.errors is not None else 0,
            "notes": self.notes.mark() if self.notes is not None else 0,
        }
        self.journal.commit({"done": done, **places, "totals": self.totals.state()})

    def _finish(self) -> None:
        settings = self.settings
        if self.durable and settings.link_teasers:
            from ingest.batch.links import link_teasers

            self.output.mark()
            link_teasers(self.output)
        if self.errors is not None:
            if self.totals.errors:
                self.errors.finish()
            else:
                self.errors.close()
                os.unlink(self.errors.partial)
        self.output.finish()
        if self.durable:
            self.journal.remove()
            remove_leftovers(settings.output)
        if self.notes is not None:
            self.notes.close()
            os.unlink(self.notes.partial)
        if not settings.quiet:
            print(f"ingest: {self.totals}", file=sys.stderr)
        if settings.summary:
            with open(settings.summary, "w", encoding="utf-8") as file:
                json.dump(self.totals.summary(), file, ensure_ascii=False, indent=2)
                file.write("\n")

    def _close(self) -> None:
        for file in (self.output, self.errors, self.notes):
            close: Callable[[], None] | None = getattr(file, "close", None)
            if close is not None:
                close()


def _readable_twice(names: tuple[str, ...]) -> bool:
    """Whether all inputs are files or folders: a pipe gives its pages once."""
    return all(name != "-" and (os.path.isfile(name) or os.path.isdir(name)) for name in names)
