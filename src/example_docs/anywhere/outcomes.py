"""Run examples one after the other, and sort what they do. Imports torch."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from example_docs.errors import ExampleError
from example_docs.marks import UNMARKED
from example_docs.outputs.expected import Output
from example_docs.records.record import NAMES
from example_docs.verify.environment import this_environment
from example_docs.verify.pytorch import all_devices
from example_docs.verify.verify import Verdict, verify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from example_docs.code.library import Example
    from example_docs.verify.environment import Environment

Kind = Literal["printed", "version", "device", "differs", "broken"]
"""What came of an example, the worst last."""

KINDS: tuple[Kind, ...] = get_args(Kind)
FAILURES: frozenset[Kind] = frozenset({"differs", "broken"})


@dataclass(frozen=True)
class Outcome:
    """What came of an example on a device.

    Attributes:
        verdict: What it should have done, and what it did.
        device: The kind of device, such as ``cpu``.
        kind: Under which heading it belongs.
    """

    verdict: Verdict
    device: str
    kind: Kind

    @property
    def example(self) -> Example:
        """The example."""
        return self.verdict.example


def environments(asked: str) -> list[Environment]:
    """Find the devices that were asked for.

    Args:
        asked: The kind of one device, or ``all``.

    Raises:
        ExampleError: There is no such device, or it calculates nothing.
    """
    if asked == "meta":
        message = (
            "tensors on 'meta' have a shape and no numbers, so there is nothing to "
            "compare; choose another device"
        )
        raise ExampleError(message)
    if asked not in {*NAMES, "all"}:
        message = f"unknown device {asked!r}; known are {', '.join(NAMES)} and all"
        raise ExampleError(message)
    kinds = all_devices() if asked == "all" else [asked]
    return [this_environment(kind) for kind in kinds]


def outcomes(examples: Iterable[Example], devices: Iterable[str]) -> Iterator[Outcome]:
    """Run each example on each device."""
    examples = list(examples)
    for device in devices:
        for example in examples:
            verdict = _verdict(example, device)
            yield Outcome(verdict, device, kind_of(verdict))


def _verdict(example: Example, device: str) -> Verdict:
    try:
        return verify(example, device)
    except Exception as error:  # noqa: BLE001 - one lesson must not end the run
        # Such as a package that a lesson imports and that is missing here.
        said = "".join(traceback.format_exception_only(error)).rstrip("\n")
        complaint = "the lesson cannot be imported"
        return Verdict(example, example.noted, Output("", said), complaint)


def kind_of(verdict: Verdict) -> Kind:
    """Sort one verdict."""
    if verdict.complaint is None:
        if verdict.device_mark != UNMARKED:
            return "device"
        return "printed" if verdict.mark is None else "version"
    expected, found = verdict.promised.exception, verdict.found.exception
    return "broken" if found is not None and expected is None else "differs"
