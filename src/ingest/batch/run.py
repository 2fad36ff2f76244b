"""A run from its inputs to its outputs: nothing is lost, nothing is written twice."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from ingest.batch import sites
from ingest.batch.inputs import Inputs, Survey
from ingest.batch.item import Failure, Item, Outcome
from ingest.batch.journal import Journal
from ingest.batch.memory import give_back_memory
from ingest.batch.outputs import (
    LEARNED,
    LEFTOVERS,
    AppendedFile,
    Output,
    is_durable,
    open_output,
    remove_leftovers,
)
from ingest.batch.pool import in_order
from ingest.batch.progress import Progress
from ingest.batch.repeats import Repeats
from ingest.batch.shape import Shape
from ingest.batch.streams import Meter
from ingest.batch.totals import Totals
from ingest.batch.work import Work, read_item
from ingest.version import VERSION
from ingest.write.output import complain, failed
from ingest.write.text import utf_8

EVERY = 100  # inputs between two commits: what a crash costs at the most, for each output the same


class Settings(NamedTuple):
    """What the user asked for."""

    inputs: Inputs
    output: str
    kind: str
    work: Work
    shape: Shape = Shape()
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
    except BlockingIOError:
        complain(settings.output, "another run is writing to it")
        return 2
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
    if is_durable(settings.output):
        complain(settings.output, "interrupted; the same command with --resume goes on from here")


class _Run:
    """The files of a run, and its state."""

    def __init__(self, settings: Settings) -> None:
        self.durable = is_durable(settings.output)
        output = settings.output
        self.errors_path = settings.errors or (output + ".errors.jsonl" if self.durable else None)
        own = [path for path in (output, self.errors_path, settings.summary) if path and path != "-"]
        inputs = settings.inputs._replace(own=tuple(map(os.path.realpath, own)))
        self.settings = settings._replace(inputs=inputs)
        self.journal = Journal(output)
        self.output: Output | None = None
        self.errors: AppendedFile | None = None
        self.notes: AppendedFile | None = None
        self.repeats = Repeats(settings.dedupe) if settings.dedupe else None

    def go(self) -> int:
        settings = self.settings
        self._refuse()
        self.survey = settings.inputs.survey()
        self.fingerprint = _fingerprint(settings, self.survey)
        state = self._state()
        totals = self.totals = Totals(state["totals"] if state else None)
        try:
            if self.durable:
                self.journal.begin(self.fingerprint, state)
            work = settings.work._replace(repeated=self._learned())
            self._open(state)
            self._read(state["done"] if state else 0, work)
            self._finish()
        finally:
            self._close()
        return self._told() or (1 if totals.errors else 0)

    def _refuse(self) -> None:
        """Nothing that is there is written over."""
        if not self.durable:
            return
        path, resume = self.settings.output, self.settings.resume
        begun = os.path.exists(self.journal.path)
        if begun and not resume:
            raise Refusal("an earlier run stopped here; --resume goes on with it (or remove its .journal)")
        if os.path.lexists(path) and not begun:
            whole = "is whole already; there is nothing to resume"
            raise Refusal(whole if resume else "exists; choose another name, or remove it")
        errors = self.errors_path
        if errors is not None and not begun and os.path.lexists(errors) and os.path.getsize(errors):
            raise Refusal(f"the error file {errors} exists; choose another with --errors, or remove it")

    def _state(self) -> dict[str, Any] | None:
        """The state to go on from, None at the beginning."""
        if not self.durable:
            return None
        try:
            state = self.journal.last(self.fingerprint)
        except ValueError as error:
            raise Refusal(f"can't resume: {error}") from None
        if state is None:
            remove_leftovers(self.settings.output)
        return state

    def _learned(self) -> Mapping[str, sites.Repeated]:
        """What publishers repeat, from a first pass through all pages."""
        settings = self.settings
        few = self.survey.pages and self.survey.files <= sites.ENOUGH_PAGES
        if not settings.site_memory or few:
            return {}
        path = settings.output + ".learned"
        known = sites.load(path, self.fingerprint) if self.durable else None
        if known is not None:
            return known
        learned = self._first_pass()
        give_back_memory()  # what was counted goes before there are workers, who would be born with it
        if self.durable:
            sites.save(path, self.fingerprint, learned)
        return learned

    def _first_pass(self) -> Mapping[str, sites.Repeated]:
        settings, meter, lines = self.settings, Meter(), sites.Lines()
        with Progress("learning", self.survey.bytes, meter, quiet=settings.quiet) as progress:
            pages = sites.sampled(settings.inputs.items_to_learn_from(meter))
            for _, result in in_order(pages, sites.lines_of, settings.work.max_lines, **self._limits):
                if not isinstance(result, Failure):
                    lines.add(result)
                progress.step(0)
        return lines.repeated()

    @property
    def _limits(self) -> dict[str, Any]:
        settings = self.settings
        return {"workers": settings.workers, "timeout": settings.timeout, "memory": settings.work.memory}

    def _open(self, state: dict[str, Any] | None) -> None:
        settings = self.settings

        def opened(place: int | None = None) -> Output:
            return open_output(settings.output, settings.kind, place, settings.shape)

        place = state["output"] if state else None
        if settings.link_teasers:
            from ingest.batch.links import Linked

            self.output = Linked(settings.output, place, settings.shape, opened)
        else:
            self.output = opened(place)
        if self.errors_path is not None:
            self.errors = AppendedFile(self.errors_path, state["errors"] if state else None)
        if self.repeats is not None and self.durable:
            self.notes = AppendedFile(settings.output + ".seen", state["notes"] if state else None)
            with open(self.notes.partial, encoding="utf-8") as notes:
                for note in notes:
                    self.repeats.again(note)

    def _read(self, done: int, work: Work) -> None:
        """Read what is not done yet, and write it."""
        settings, totals, meter = self.settings, self.totals, Meter()
        totals.skipped = meter.skipped
        items = settings.inputs.items(meter, done)
        with Progress("reading", self.survey.bytes, meter, quiet=settings.quiet) as progress:
            results = in_order(items, read_item, work, **self._limits)
            for number, (item, result) in enumerate(results, done):
                self._take(number, item, result)
                progress.step(sum(totals.errors.values()))
                if (number + 1) % EVERY == 0:
                    self._commit(number + 1)

    def _take(self, number: int, item: Item | Failure, result: Outcome | Failure) -> None:
        if isinstance(result, Failure):
            self.totals.add(result)
            if self.errors is not None:
                self.errors.write(number, json.dumps(result.to_dict(), ensure_ascii=False))
            else:
                complain(_place(result), result.message)
            return
        record, earlier = result.record, None
        if self.repeats is not None:
            earlier, note = self.repeats.first(result.story, _place(item))
            if note and self.notes is not None:
                self.notes.write(number, note)
            record = f'{record[:-1]},"duplicate_of":{json.dumps(earlier, ensure_ascii=False)}}}'
        self.totals.add(result, duplicate=earlier is not None)
        assert self.output is not None
        self.output.write(number, utf_8(record).decode())

    def _commit(self, done: int) -> None:
        """First the data, then the line that tells of them."""
        places = {
            name: file.mark() if file is not None else 0
            for name, file in (("output", self.output), ("errors", self.errors), ("notes", self.notes))
        }
        if self.durable:
            self.journal.commit({"done": done, **places, "totals": self.totals.state()})

    def _finish(self) -> None:
        settings = self.settings
        assert self.output is not None
        self.output.finish()
        if self.errors is not None:
            self.errors.finish()
        if self.durable:
            self.journal.remove()
            remove_leftovers(settings.output, (*LEFTOVERS, *LEARNED))

    def _told(self) -> int:
        """Tell the totals; the exit status of that. The output is whole by then, so its name is kept out."""
        settings = self.settings
        if not settings.quiet:
            print(f"ingest: {self.totals}", file=sys.stderr)
        if settings.summary:
            try:
                with open(settings.summary, "w", encoding="utf-8") as file:
                    json.dump(self.totals.summary(), file, ensure_ascii=False, indent=2)
                    file.write("\n")
            except OSError as error:
                return failed(settings.summary, error)
        return 0

    def _close(self) -> None:
        for file in (self.output, self.errors, self.notes, self.journal):
            if file is not None:
                file.close()


def _fingerprint(settings: Settings, survey: Survey) -> str:
    """What makes two runs the same: inputs, version, and all options that a record depends on."""
    work = settings.work._replace(memory=None, repeated={})
    inputs = settings.inputs._replace(listed=None, own=())
    parts = (
        *(VERSION, inputs, survey.digest, settings.kind, work, settings.shape, settings.errors),
        *(settings.site_memory, settings.dedupe, settings.link_teasers),
    )
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _place(item: Item | Failure) -> str:
    """A page as people find it: NAME, or NAME#POSITION within a container."""
    return item.name if item.position is None else f"{item.name}#{item.position}"
