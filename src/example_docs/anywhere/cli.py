"""The command of a package of lessons: ``python -m PACKAGE``."""

from __future__ import annotations

import argparse
import ctypes
import locale
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError
from example_docs.files import write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from example_docs.anywhere.book import Book
    from example_docs.anywhere.summary import Run

DIFFERS, UNUSABLE, STOPPED = 1, 2, 130
"""The exit status: something differs, nothing could be run, Ctrl-C as shells say it."""


def main(book: Book, arguments: Sequence[str] | None = None) -> int:
    """Run examples, and say which of them do what their page shows.

    Args:
        book: The lessons.
        arguments: The words of the command; those of the process by default.

    Returns:
        The exit status; 0 if nothing differs.
    """
    options = _parser(book).parse_args(arguments)
    # A lesson that MPS cannot calculate must not be calculated by the CPU instead;
    # PyTorch reads this when it is imported.
    os.environ["PYTORCH_ENABLE_MPS_FALLBACK"] = "0"
    try:
        return _listed(book, options) if options.list else _verified(book, options)
    except ExampleError as error:
        sys.stderr.write(f"{book.distribution}: {error}\n")
        return UNUSABLE
    except BrokenPipeError:
        # Whoever reads has read enough; Python must not flush into a closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return STOPPED


def _parser(book: Book) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"python -m {book.package}",
        description=(
            "Run the examples on the installed PyTorch, and compare what they print "
            "with their pages."
        ),
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="a chapter, a lesson or an example, such as tensors, tensors/create or "
        "tensors.create:from_nested_list (default: all)",
    )
    parser.add_argument(
        "--device",
        default="all",
        metavar="cpu|cuda|mps|xpu|all",
        help="where to run them (default: every device that there is)",
    )
    parser.add_argument(
        "--language",
        choices=[*book.languages],
        default=reading_language([*book.languages]),
        help="the language of the pages to name (default: yours)",
    )
    parser.add_argument("--list", action="store_true", help="name them, run nothing")
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write every result into a file"
    )
    parser.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help="write environment and differences as Markdown, for an issue",
    )
    return parser


def reading_language(known: Sequence[str]) -> str:
    """Guess the language of the reader from the locale; the first one if it is none."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    found = next((os.environ[name] for name in names if os.environ.get(name)), "")
    if not found and sys.platform == "win32":
        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        found = locale.windows_locale.get(number, "")
    code = found.partition("_")[0].partition(".")[0].lower()
    return code if code in known else known[0]


def _listed(book: Book, options: argparse.Namespace) -> int:
    for example in book.chosen(options.names):
        sys.stdout.write(f"{example.short_name}\n")
    return 0


def _verified(book: Book, options: argparse.Namespace) -> int:
    examples = book.chosen(options.names)
    # They import torch: --help, --list and a mistyped name do not wait for it.
    from example_docs.anywhere.outcomes import environments, outcomes  # noqa: PLC0415
    from example_docs.anywhere.progress import shown  # noqa: PLC0415
    from example_docs.anywhere.summary import Run, heading, written  # noqa: PLC0415

    found = environments(options.device)
    out = sys.stdout  # the examples' own is captured
    out.write(heading(book, found, len(examples)) + "\n")
    out.flush()
    devices = [environment.kind for environment in found]
    planned = len(examples) * len(devices)
    done = []
    stopped = False
    try:
        for outcome in shown(outcomes(examples, devices), planned, out):
            done.append(outcome)  # noqa: PERF402 - what there is if it is stopped
    except KeyboardInterrupt:
        stopped = True
    run = Run(book, found, done, planned)
    out.write(written(run, options.language))
    _write_files(run, options)
    if stopped:
        return STOPPED
    return DIFFERS if run.failures else 0


def _write_files(run: Run, options: argparse.Namespace) -> None:
    if options.report is not None:
        from example_docs.anywhere.summary import markdown  # noqa: PLC0415 - as above

        write(options.report, markdown(run, options.language))
        sys.stdout.write(f"wrote {options.report}\n")
    if options.json is not None:
        from example_docs.anywhere.results import as_json  # noqa: PLC0415 - as above

        write(options.json, as_json(run))
        sys.stdout.write(f"wrote {options.json}\n")
