"""The commands of an upgrade: ``report``, ``fragile``, ``record``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence

    from example_docs.source import Example, Library

    Chosen = Callable[[Library, Sequence[str]], list[Example]]
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no public name


def add_commands(
    commands: Commands,
    open_library: Callable[[argparse.Namespace], Library],
    chosen: Chosen,
    languages: Mapping[str, str],
) -> None:
    """Add the three commands.

    Args:
        commands: To which they are added.
        open_library: Opens the lessons of a project.
        chosen: Finds the examples with some names.
        languages: The folder of each language within the site.
    """
    report = commands.add_parser(
        "report",
        help="run the examples on the installed PyTorch and sort what they do",
        description="Runs the examples and sorts them: raises, warns, really changed, "
        "as marked for this version, within the digits shown, text form only, same; "
        "with the pages concerned. Changes nothing.",
    )
    fragile = commands.add_parser(
        "fragile",
        help="name the examples whose output hangs on rounding",
        description="Runs the examples while each rounded result is moved by one unit "
        "in the last place, at random, and then in other ways in which this machine "
        "can compute. Names those whose output differs by more than is permitted.",
    )
    for parser in (report, fragile):
        parser.add_argument(
            "names",
            nargs="*",
            metavar="NAME",
            help="a lesson or an example (default: all)",
        )
    record = commands.add_parser(
        "record",
        help="write down what was run here, and what came of it",
        description="Runs all examples on a device and writes the record of this "
        "environment, which the pages show. Removes from all records what is no "
        "example any more.",
    )
    record.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    report.set_defaults(
        command=lambda options: _report(options, open_library, chosen, languages)
    )
    fragile.set_defaults(
        command=lambda options: _fragile(options, open_library, chosen)
    )
    record.set_defaults(command=lambda options: _record(options, open_library))


def _report(
    options: argparse.Namespace,
    open_library: Callable[[argparse.Namespace], Library],
    chosen: Chosen,
    languages: Mapping[str, str],
) -> int:
    from example_docs.environment import (  # noqa: PLC0415 - imports torch
        this_environment,
    )
    from example_docs.report import (  # noqa: PLC0415
        FAILURES,
        findings,
        places_of,
        written,
    )
    from example_docs.verification import verify  # noqa: PLC0415 - imports torch

    docs = options.root / "docs"
    places = places_of({folder: docs / name for name, folder in languages.items()})
    library = open_library(options)
    verdicts = (verify(example) for example in chosen(library, options.names))
    found = findings(verdicts, places, library.package)
    sys.stdout.write(written(found, str(this_environment("cpu"))))
    return 1 if any(finding.kind in FAILURES for finding in found) else 0


def _fragile(
    options: argparse.Namespace,
    open_library: Callable[[argparse.Namespace], Library],
    chosen: Chosen,
) -> int:
    from example_docs.fragility import (  # noqa: PLC0415 - imports torch
        edges,
        elsewhere,
    )

    count = 0
    for edge in edges(chosen(open_library(options), options.names)):
        count += 1
        sys.stdout.write(f"{edge}\n")
        sys.stdout.flush()  # a run of all takes minutes
    for text in elsewhere(options.root, options.names):
        count += 1
        sys.stdout.write(text)
    sys.stdout.write(f"{count} found\n")
    return 1 if count else 0


def _record(
    options: argparse.Namespace, open_library: Callable[[argparse.Namespace], Library]
) -> int:
    from example_docs.files import write  # noqa: PLC0415
    from example_docs.recording import recorded  # noqa: PLC0415 - imports torch

    folder = options.root / "docs" / "records"
    library = open_library(options)
    texts, counts = recorded(library, options.device, folder, options.root)
    for path, text in texts.items():
        write(path, text)
        sys.stdout.write(f"wrote {path.as_posix()}\n")
    sys.stdout.write(", ".join(f"{n} {what}" for what, n in counts.items()) + "\n")
    return 1 if counts.get("failed") else 0
