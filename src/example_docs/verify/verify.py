"""Hold what examples promise to what they do; write new promises where they differ."""

from __future__ import annotations

import contextlib
import importlib
import re
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError
from example_docs.files import write
from example_docs.marks import (
    UNMARKED,
    OnCuda,
    OnTorch,
    mark_of,
    time_limit_of,
    version_marks_of,
)
from example_docs.outputs.compare import compare
from example_docs.outputs.expected import Output, as_doctest
from example_docs.records.record import NAMES
from example_docs.verify.prepare import make_importable, prepare_of
from example_docs.verify.run import run, run_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

    from example_docs.code.library import Example
    from example_docs.outputs.compare import Mode


@dataclass(frozen=True)
class Verdict:
    """What came of running an example.

    Attributes:
        example: The example that ran.
        promised: What its docstring says.
        found: What it did.
        complaint: Why they do not agree, or ``None`` if they do.
        mark: The mark that stands for the docstring in this version of PyTorch, if
            one does; what it promises is what ``promised`` says then.
        device_mark: The mark that held on the device; on the CPU none does.
    """

    example: Example
    promised: Output
    found: Output
    complaint: str | None
    mark: OnTorch | None = None
    device_mark: OnCuda = UNMARKED

    @property
    def explanation(self) -> str:
        """The complaint with its place and both outputs, for a person to read."""
        example = self.example
        if self.refusal is not None:
            return str(example.error(self.refusal))
        try:
            _ = example.expected
        except ExampleError as error:
            return str(error)  # it waits for its first output
        return (
            f"{example.error(f'{example.name}(): {self.complaint}')}\n"
            f"--- promised\n{self.promised.text}\n--- found\n{self.found.text}\n"
            "If what was found is right, 'example-docs accept' writes it into the "
            "docstring."
        )

    @property
    def refusal(self) -> str | None:
        """Why this can never be the output of a lesson, or ``None``."""
        example, found = self.example, self.found
        name, _, reason = (found.exception or "").partition(": ")
        call = f"{example.name}()"
        if name == "TimeoutError" and reason.startswith("still computing"):
            return f"{call} is {reason}"
        if name in _NEVER and found.exception != self.promised.exception:
            return f"{call} {_NEVER[name].format(reason)}"
        if not found.text and "plt.show()" not in example.program.text:
            return f"{call} neither prints nor draws; let it show something"
        return None


_NEVER = {
    "EOFError": "waits for somebody to type ({}); give it what it needs in its code",
    "FileNotFoundError": (
        "reads a file that is not there ({}); examples run in an empty folder, so let "
        "it write what it reads"
    ),
    "ModuleNotFoundError": (
        "imports what is not installed ({}); use what this project depends on"
    ),
    "SystemExit": "ends the whole process (status {}); let it return",
}
"""The exceptions that show a mistake of the author, unless they are written down."""


def load(example: Example) -> Callable[[], object]:
    """Import the function of an example.

    Raises:
        ExampleError: Its module cannot be imported.
    """
    make_importable(example.library)
    try:
        module = importlib.import_module(example.module.name)
    except Exception as error:
        path = example.module.path
        frames = traceback.extract_tb(error.__traceback__)
        here = path.resolve()
        lines = [f.lineno for f in frames if Path(f.filename).resolve() == here]
        message = (
            f"this module cannot be imported ({type(error).__name__}: {error}); mend it"
        )
        raise ExampleError(message, path, lines[-1] if lines else None) from error
    function: Callable[[], object] = getattr(module, example.name)
    return function


def verify(
    example: Example,
    device: str = "cpu",
    around: Callable[[], AbstractContextManager[object]] = contextlib.nullcontext,
) -> Verdict:
    """Run an example on a device and hold its promise to what it does there.

    Args:
        example: The example.
        device: The device on which it runs.
        around: Makes what holds while it runs, such as other rounding.
    """
    function = load(example)

    def call() -> None:
        with around():
            function()

    prepare = prepare_of(example.library)
    seconds = time_limit_of(function)
    with _named(example):
        found = run(call, _target(function, device), prepare=prepare, seconds=seconds)
    return _judge(example, device, found)


def verify_program(example: Example, device: str = "cpu") -> Verdict:
    """Run the program that readers copy, and hold the example's promise to it.

    The promise was written with another seed, so what is random must be seeded.

    Args:
        example: The example.
        device: The device on which it runs.
    """
    function = load(example)
    text = example.program.text
    target = _target(function, device)
    seconds = time_limit_of(function)
    with _named(example):
        found = run_program(
            text, example.library, seed=1, device=target, seconds=seconds
        )
    return _judge(example, device, found)


@contextlib.contextmanager
def _named(example: Example) -> Iterator[None]:
    """Let Ctrl-C say which example it ended."""
    try:
        yield
    except KeyboardInterrupt as error:
        place = example.error(f"{example.name}() was running")
        raise KeyboardInterrupt(str(place)) from error


def _target(function: Callable[..., object], device: str) -> str:
    """The device on which an example runs when it is verified on a device."""
    is_elsewhere = device != "cpu" and mark_of(function).runs == "cpu"
    return "cpu" if is_elsewhere else device


def _judge(example: Example, device: str, found: Output) -> Verdict:
    """Hold what an example promises to what it did on a device."""
    function = load(example)
    mark = UNMARKED if device == "cpu" else mark_of(function)
    if device.startswith("mps") and wants_float64(found):
        mark = NO_FLOAT64
    promise = example.noted
    version = version_mark(function)
    if version is not None:
        promise = _as_marked(version, found)
    if mark.raises is not None:
        name = mark.raises.__name__
        ended_so = (found.exception or "").partition(":")[0] == name
        kind = device.partition(":")[0]
        where = NAMES.get(kind, kind)
        refusal = f"must raise {name} on {where}, {mark.because}"
        complaint = None if ended_so else refusal
    else:
        structure_only = mark.runs != "cpu" and mark.compare == "structure"
        complaint = disagreement(promise, found, structure_only=structure_only)
    return Verdict(example, promise, found, complaint, version, mark)


NO_FLOAT64 = OnCuda(raises=TypeError, because="MPS has no float64")
"""What holds on MPS for each example that makes a tensor of 64-bit floats.

Which ones do is not written next to them: the device says it, in so many words, and an
example that is changed to float32 needs nobody to remember a mark.
"""


def wants_float64(found: Output) -> bool:
    """Whether an output ends in the refusal of MPS to make a 64-bit float."""
    exception = found.exception or ""
    return exception.startswith("TypeError:") and "float64" in exception


def version_mark(
    function: Callable[..., object], version: str | None = None
) -> OnTorch | None:
    """The mark that holds for a version of PyTorch, the installed one by default."""
    marks = version_marks_of(function)
    if marks and version is None:
        import torch  # noqa: PLC0415 - only examples with such marks need it

        version = torch.__version__
    return next((mark for mark in marks if mark.applies(str(version))), None)


def _as_marked(mark: OnTorch, found: Output) -> Output:
    """What a mark promises; where it names only a type, any message of that type."""
    exception = mark.raises or None
    if found.exception and found.exception.partition(":")[0] == exception:
        exception = found.exception
    return Output(mark.prints, exception)


def disagreement(
    promise: Output, found: Output, *, structure_only: bool = False
) -> str | None:
    """Say how an output differs from its promise, or return ``None``."""
    if promise.exception is None and found.exception is not None:
        return f"raised {found.exception.splitlines()[0]!r}, which is not promised"
    if promise.exception is not None and found.exception is None:
        return f"did not raise the promised {promise.exception.splitlines()[0]!r}"
    mode: Mode = "structure" if structure_only else "numbers"
    difference = compare(promise.text, found.text, mode)
    return None if difference is None else str(difference)


def accept(verdicts: Iterable[Verdict]) -> list[Path]:
    """Rewrite the doctests whose outputs really differ, and nothing else.

    Every file is written once, whole, after all its new promises are known.

    Returns:
        The files that changed.

    Raises:
        ExampleError: A docstring has no place for the promise.
    """
    wrong: dict[Path, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.complaint is not None or verdict.refusal is not None:
            wrong.setdefault(verdict.example.module.path, []).append(verdict)
    texts = {path: _rewritten(found) for path, found in wrong.items()}
    for path, text in texts.items():
        write(path, text)
    return list(texts)


def _rewritten(verdicts: list[Verdict]) -> str:
    for verdict in verdicts:
        if verdict.mark is not None:
            message = (
                f"{verdict.example.name}() is marked by @on_torch for this version of "
                "PyTorch; write what was found into its mark, or remove the mark"
            )
            raise verdict.example.error(message)
        if verdict.refusal is not None:
            raise verdict.example.error(verdict.refusal)
    module = verdicts[0].example.module
    lines = module.text.splitlines()
    # From the bottom up, so that the line numbers of the syntax tree stay true.
    for verdict in sorted(verdicts, key=lambda v: -v.example.node.lineno):
        first, last = _promise_lines(verdict.example, lines)
        line = lines[verdict.example.node.body[0].lineno - 1]
        indent = line[: len(line) - len(line.lstrip())]
        promise = [(indent + line).rstrip() for line in as_doctest(verdict.found)]
        _check_writable(verdict.example, promise)
        lines[first:last] = promise
    return "\n".join(lines) + "\n"


def _promise_lines(example: Example, lines: list[str]) -> tuple[int, int]:
    """The half-open range of lines between the call and the end of its promise."""
    docstring = example.node.body[0]
    end = (docstring.end_lineno or docstring.lineno) - 1
    for index in range(docstring.lineno - 1, end + 1):
        if lines[index].strip() == f">>> {example.name}()":
            last = index + 1
            while last < end and lines[last].strip():
                last += 1
            return index + 1, last
    message = (
        f"the docstring of {example.name}() must have '>>> {example.name}()' on a "
        "line of its own, and its closing quotes below it"
    )
    raise example.error(message)


def _check_writable(example: Example, promise: list[str]) -> None:
    text = "\n".join(promise)
    line = example.module.text.splitlines()[example.node.body[0].lineno - 1]
    is_raw = re.match(r"\s*[rR]['\"]", line) is not None
    if '"""' in text or ("\\" in text and not is_raw):
        message = (
            f"the output of {example.name}() contains a backslash or three quotes; "
            'begin its docstring with r""" and avoid printing three quotes'
        )
        raise example.error(message)
