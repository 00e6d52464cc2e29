"""The ``example-docs`` command."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from example_docs.errors import ExampleError
from example_docs.source import Library
from example_docs.upgrading import add_commands

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from example_docs.equivalents import Counts
    from example_docs.publishing import Edition
    from example_docs.source import Example

PACKAGE = "torch_by_example"
LANGUAGES = {"en": "", "zh": "zh"}
"""The languages of the site and the folder of each within it."""

CONFIGURATIONS = {"en": "mkdocs.yml", "zh": "mkdocs.zh.yml"}
"""The configuration of each language's site."""

ADDRESSES = {"en": "SITE_URL", "zh": "SITE_URL_ZH"}
"""The variables that say where each language is published, as for MkDocs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: The words after ``example-docs``; those of the process by default.

    Returns:
        The exit status: 0, or 1 after a sentence on standard error.
    """
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except ExampleError as error:
        sys.stderr.write(f"example-docs: {error}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="example-docs",
        description="Turns the functions of the lessons into verified pages.",
    )
    parser.add_argument(
        "--root",
        type=Path,
        default=Path(),
        help="the project's folder (default: the current one)",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    accept = commands.add_parser(
        "accept",
        help="run the examples and write what they print into their docstrings",
        description="Runs the examples on the CPU. Where an output really differs "
        "from its docstring, the docstring is rewritten; nothing else is touched.",
    )
    accept.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="a lesson or an example (default: all)",
    )
    accept.add_argument(
        "--check",
        action="store_true",
        help="say what differs, but change nothing",
    )
    accept.set_defaults(command=_accept)
    add_commands(commands, _library, _chosen, LANGUAGES)
    _add_check(commands.add_parser("check", help="check the examples of lessons"))
    program = commands.add_parser(
        "program",
        help="print the complete program of an example, as a reader copies it",
        description="Prints the complete program of an example.",
    )
    program.add_argument("name", metavar="CHAPTER.LESSON:FUNCTION")
    program.add_argument("--language", choices=sorted(LANGUAGES), default="en")
    program.set_defaults(command=_program)
    draw = commands.add_parser(
        "draw",
        help="draw the figures whose programs changed",
        description="Runs the examples that draw, unless their figure is kept already.",
    )
    draw.add_argument(
        "names", nargs="*", metavar="NAME", help="a lesson or an example (default: all)"
    )
    draw.set_defaults(command=_draw)
    labs = commands.add_parser(
        "labs",
        help="run the notebooks whose code changed",
        description="Runs each lab in a kernel, unless its outputs are kept already, "
        "and holds what the cells show to what their functions promise.",
    )
    labs.set_defaults(command=_labs)
    publish = commands.add_parser(
        "publish",
        help="write what readers can download into a built site",
        description="Writes every page as Markdown, complete with programs and "
        "outputs, every lesson and lab as a notebook, and llms.txt, beside the HTML, "
        "and the links to them into it.",
    )
    publish.add_argument("site", type=Path, help="the folder of the built site")
    publish.set_defaults(command=_publish)
    parity = commands.add_parser(
        "parity",
        help="say where the two languages of the pages part",
        description="Compares each page with its twin, block by block.",
    )
    parity.add_argument(
        "--fix",
        action="store_true",
        help="repair from the other side what needs no knowledge of the language",
    )
    parity.add_argument(
        "--from",
        dest="source",
        choices=sorted(LANGUAGES),
        default="en",
        help="the language that is right (default: en)",
    )
    parity.set_defaults(command=_parity)
    translated = commands.add_parser(
        "translated",
        help="record that pages have been read side by side in both languages",
        description="Shows each block that changed in one language, with its "
        "counterpart, and records the pair as current.",
    )
    translated.add_argument(
        "pages", nargs="*", metavar="PAGE", help="such as tensors/create (default: all)"
    )
    translated.add_argument(
        "--check", action="store_true", help="show what is not recorded, record nothing"
    )
    translated.set_defaults(command=_translated)
    terms = commands.add_parser(
        "terms",
        help="say where the Chinese text uses a banned translation of a term",
        description="Checks the glossary, the Chinese pages and the catalogue: no "
        "banned translation is used, and each term occurs in both languages.",
    )
    terms.set_defaults(command=_terms)
    numbers = commands.add_parser(
        "numbers",
        help="say which numbers in the prose no example prints",
        description="Holds each number in the prose of both languages to the output, "
        "the code or the calculation that it names, and finds those that name nothing.",
    )
    numbers.add_argument(
        "pages", nargs="*", metavar="PAGE", help="such as tensors/create (default: all)"
    )
    numbers.set_defaults(command=_numbers)
    typography = commands.add_parser(
        "typography",
        help="say where the Chinese text has wrong spaces or punctuation",
        description="Checks the Chinese pages, the catalogue, the glossary and the "
        "README: spaces between Han and words, full-width punctuation.",
    )
    typography.add_argument(
        "--fix", action="store_true", help="correct what was found, and still report it"
    )
    typography.set_defaults(command=_typography)
    catalogue = commands.add_parser(
        "catalogue",
        help="bring the catalogue of translations up to date with the code",
        description="Adds an empty entry for each new comment and docstring, drops "
        "those that nothing uses, and keeps every translation.",
    )
    catalogue.set_defaults(command=_catalogue)
    _add_offline(commands.add_parser("offline", help="pack a site to read from a disk"))
    _add_mutate(commands.add_parser("mutate", help="change one thing at a time"))
    return parser


def _add_offline(offline: argparse.ArgumentParser) -> None:
    offline.description = (
        "Packs a published site into an archive whose index.html opens from a disk, "
        "with search."
    )
    offline.add_argument("site", type=Path, help="the folder of the published site")
    offline.add_argument("archive", type=Path, help="the archive to write, a .zip")
    offline.set_defaults(command=_offline)


def _add_check(check: argparse.ArgumentParser) -> None:
    check.description = (
        "Runs the examples of the lessons that are named, and the programs that "
        "readers copy; reads and runs nothing else. 'make test' checks everything."
    )
    check.add_argument(
        "lessons", nargs="+", metavar="LESSON", help="such as tensors/create"
    )
    check.set_defaults(command=_check)


def _add_mutate(mutate: argparse.ArgumentParser) -> None:
    mutate.description = (
        "Changes one thing at a time in the examples, their helpers and what they "
        "promise, in memory, and says what no verification notices."
    )
    mutate.add_argument(
        "names", nargs="*", metavar="NAME", help="a lesson or an example (default: all)"
    )
    mutate.add_argument("--sample", type=int, help="try so many, picked by chance")
    mutate.add_argument("--seed", type=int, default=0, help="of the sample")
    mutate.add_argument("--jobs", type=int, default=1, help="processes (default: 1)")
    mutate.add_argument(
        "--patience",
        type=float,
        default=3.0,
        help="leave out what only examples use that take longer (default: 3 seconds)",
    )
    mutate.add_argument(
        "--only",
        choices=("output", "code"),
        help="only what is promised, or only what is done",
    )
    mutate.add_argument(
        "--as-if-none-listed",
        action="store_true",
        help="name also what tests/equivalent_mutants/ gives a reason for",
    )
    mutate.set_defaults(command=_mutate)


def _library(options: argparse.Namespace) -> Library:
    return Library(options.root / "src", PACKAGE)


def _accept(options: argparse.Namespace) -> int:
    from example_docs.verification import accept, verify  # noqa: PLC0415 - imports torch

    verdicts = [
        verify(example) for example in _chosen(_library(options), options.names)
    ]
    wrong = [verdict for verdict in verdicts if verdict.complaint is not None]
    if options.check:
        for verdict in wrong:
            sys.stdout.write(verdict.explanation + "\n\n")
        return 1 if wrong else 0
    for path in accept(verdicts):
        sys.stdout.write(f"rewrote {path.as_posix()}\n")
    sys.stdout.write(
        f"{len(verdicts)} examples ran, {len(wrong)} outputs were accepted\n"
    )
    return 0


def _check(options: argparse.Namespace) -> int:
    from example_docs.checking import complaints, lesson  # noqa: PLC0415 - imports torch
    from example_docs.edition import catalogue_at  # noqa: PLC0415

    library = _library(options)
    catalogue = catalogue_at(_catalogue_path(options))
    assert catalogue is not None  # noqa: S101 - the path is not empty
    examples = [e for name in options.lessons for e in lesson(library, name)]
    found = [c for example in examples for c in complaints(library, example, catalogue)]
    for complaint in found:
        sys.stdout.write(f"{complaint}\n\n")
    sys.stdout.write(f"{len(examples)} examples ran, {len(found)} complaints\n")
    return 1 if found else 0


def _mutate(options: argparse.Namespace) -> int:
    from example_docs.equivalents import read_equivalents  # noqa: PLC0415
    from example_docs.mutation import sample, units  # noqa: PLC0415 - imports torch
    from example_docs.mutation_report import (  # noqa: PLC0415
        judged,
        report,
        unknown_places,
    )

    library = _library(options)
    tests: Path = options.root / "tests"
    found = units(library, _chosen(library, options.names))
    picked = sample(found, options.sample, options.seed, options.only)
    results = judged(
        library,
        picked,
        patience=options.patience,
        figures=tests / "figures",
        jobs=options.jobs,
    )
    equivalents: Counts = {}
    if not options.as_if_none_listed:
        equivalents = read_equivalents(tests / "equivalent_mutants")
    return report(
        results,
        equivalents,
        sys.stdout.write,
        is_whole=options.sample is None,
        unknown=unknown_places(library, equivalents),
    )


def _chosen(library: Library, names: Sequence[str]) -> list[Example]:
    examples = list(library)
    for name in names:
        if not any(_is_called(example, name) for example in examples):
            message = (
                f"no lesson or example is called {name!r}; "
                "write chapter.lesson or chapter.lesson:function"
            )
            raise ExampleError(message)
    return [
        e for e in examples if not names or any(_is_called(e, name) for name in names)
    ]


def _is_called(example: Example, name: str) -> bool:
    full = example.full_name
    known = {full, example.module.name}
    return name in known or f"{PACKAGE}.{name}" in known


def _program(options: argparse.Namespace) -> int:
    from example_docs.edition import (  # noqa: PLC0415 - may need polib
        catalogue_at,
        published_program,
    )

    library = _library(options)
    translated = LANGUAGES[options.language]
    catalogue = catalogue_at(_catalogue_path(options) if translated else "")
    example = library.example(options.name)
    sys.stdout.write(published_program(library, example, catalogue).text)
    return 0


def _publish(options: argparse.Namespace) -> int:
    from example_docs.files import write  # noqa: PLC0415
    from example_docs.parallel import parallel_views  # noqa: PLC0415

    texts: dict[Path, str] = {}
    for language, edition in _editions(options).items():
        folder = options.site / LANGUAGES[language]
        for address, text in _downloads(options, language, edition).items():
            texts[folder / address] = text
    for path, text in texts.items():
        write(path, text)
    for address, text in parallel_views(options.site, LANGUAGES).items():
        write(options.site / address, text)
    _publish_font(options.site)
    _finish(options)
    return 0


def _downloads(
    options: argparse.Namespace, language: str, edition: Edition
) -> dict[str, str]:
    """What readers of a language can download, and the pages with links to it."""
    from example_docs.downloads import (  # noqa: PLC0415 - needs nbformat
        lesson_notebooks,
        linked_pages,
    )
    from example_docs.llms import llms_files, read_contents  # noqa: PLC0415
    from example_docs.publishing import published_files  # noqa: PLC0415

    site = os.environ.get(ADDRESSES[language], "")
    files = published_files(edition)
    configuration = options.root / CONFIGURATIONS[language]
    if configuration.exists():
        contents = read_contents(configuration)
        files |= llms_files(contents, edition.docs, files, site)
    files |= lesson_notebooks(edition, site)
    # A lab's own link to its notebook is part of its page.
    pages = linked_pages(edition, options.site / LANGUAGES[language], files)
    return files | pages | dict(_notebooks(options, language, edition))


def _finish(options: argparse.Namespace) -> None:
    """What is done when all pages are there."""
    from example_docs.files import write  # noqa: PLC0415
    from example_docs.missing import missing_pages  # noqa: PLC0415
    from example_docs.redirects import read_redirects, redirect_pages  # noqa: PLC0415
    from example_docs.security import secured  # noqa: PLC0415

    site: Path = options.site
    docs, _ = _folders(options)
    pages = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")}
    moved = read_redirects(docs.parent / "redirects.yml", pages)
    texts = missing_pages(site, LANGUAGES.values())
    for language, folder in LANGUAGES.items():
        found = redirect_pages(moved, language)
        texts |= {site / folder / address: text for address, text in found.items()}
    for path, text in texts.items():
        write(path, text)
    for path, text in secured(site).items():
        write(path, text)


def _offline(options: argparse.Namespace) -> int:
    from example_docs.offline import write_offline  # noqa: PLC0415

    count = write_offline(options.site, options.archive)
    megabytes = options.archive.stat().st_size / 1e6
    sys.stdout.write(
        f"{options.archive.as_posix()}: {count} files, {megabytes:.1f} MB\n"
    )
    return 0


def _editions(options: argparse.Namespace) -> dict[str, Edition]:
    """The book in each language."""
    from example_docs.edition import catalogue_at  # noqa: PLC0415
    from example_docs.publishing import Edition  # noqa: PLC0415

    library = _library(options)
    return {
        language: Edition(
            options.root / "docs" / language,
            library,
            _figures(options),
            catalogue_at(_catalogue_path(options) if folder else ""),
        )
        for language, folder in LANGUAGES.items()
    }


def _labs(options: argparse.Namespace) -> int:
    from example_docs.labs import run_labs  # noqa: PLC0415

    kept = options.root / ".cache" / "labs"
    for language, edition in _editions(options).items():
        for lab in run_labs(edition, language, kept):
            if lab.is_new:
                sys.stdout.write(f"ran {lab.page}\n")
    return 0


def _notebooks(
    options: argparse.Namespace, language: str, edition: Edition
) -> Iterator[tuple[str, str]]:
    """The labs of a language as readers download them, by address."""
    from example_docs.notebook import labs  # noqa: PLC0415
    from example_docs.publishing import notebook_address  # noqa: PLC0415

    if not labs(edition.docs):
        return
    import nbformat  # noqa: PLC0415 - a book without labs needs no Jupyter

    from example_docs.labs import notebook_of, run_labs  # noqa: PLC0415

    site = os.environ.get(ADDRESSES[language], "").rstrip("/")
    for lab in run_labs(edition, language, options.root / ".cache" / "labs"):
        page = lab.page.removesuffix(".md")
        notebook = notebook_of(lab, f"{site}/{page}/" if site else "")
        yield notebook_address(lab.page), nbformat.writes(notebook) + "\n"


def _publish_font(site: Path) -> None:
    from example_docs.files import write_bytes  # noqa: PLC0415
    from example_docs.mathfont import characters_in, math_font  # noqa: PLC0415

    pages = (path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    characters = characters_in(pages)
    if characters:
        font = math_font(characters)
        for folder in LANGUAGES.values():
            write_bytes(site / folder / "assets" / "fonts" / "math.woff2", font)


def _draw(options: argparse.Namespace) -> int:
    from example_docs.figure import draw_missing  # noqa: PLC0415
    from example_docs.program import program_of  # noqa: PLC0415

    library = _library(options)
    chosen = _chosen(library, options.names)
    prefix = f"{PACKAGE}."
    programs = (
        (example.full_name.removeprefix(prefix), program_of(library, example))
        for example in chosen
    )
    for name in draw_missing(_figures(options), programs):
        sys.stdout.write(f"drew {name}\n")
    return 0


def _figures(options: argparse.Namespace) -> Path:
    path: Path = options.root / ".cache" / "figures"
    return path


def _catalogue(options: argparse.Namespace) -> int:
    from example_docs.catalogue import updated  # noqa: PLC0415 - needs polib
    from example_docs.files import write  # noqa: PLC0415

    path = _catalogue_path(options)
    text, missing, dropped = updated(path, _library(options))
    write(path, text)
    sys.stdout.write(f"{path.as_posix()}: {missing} to translate, {dropped} dropped\n")
    return 0


def _catalogue_path(options: argparse.Namespace) -> Path:
    path: Path = options.root / "docs" / "zh" / "code.po"
    return path


def _parity(options: argparse.Namespace) -> int:
    from example_docs.files import write  # noqa: PLC0415
    from example_docs.parity import mended, partings, twins  # noqa: PLC0415

    left, right = _folders(options)
    target = right if options.source == left.name else left
    found = []
    texts: dict[Path, str] = {}
    for page in twins(left, right):
        if options.fix:
            source: Literal["left", "right"] = "right" if target == left else "left"
            text, parted = mended(left / page, right / page, source)
            if any(parting.mended for parting in parted):
                texts[target / page] = text
        else:
            parted = partings(left / page, right / page)
        found += parted
    for path, text in texts.items():
        write(path, text)
    for parting in found:
        sys.stdout.write(f"{parting}\n")
    return 1 if found else 0


def _translated(options: argparse.Namespace) -> int:
    from example_docs.blocks import blocks  # noqa: PLC0415
    from example_docs.files import write  # noqa: PLC0415
    from example_docs.parity import partings, twins  # noqa: PLC0415
    from example_docs.staleness import (  # noqa: PLC0415
        read_record,
        recorded,
        stale,
        written,
    )

    left, right = _folders(options)
    path = options.root / "docs" / "translations.yml"
    record = dict(read_record(path))
    pages = twins(left, right)
    chosen = [f"{page.removesuffix('.md')}.md" for page in options.pages] or pages
    count = 0
    for page in chosen:
        if page not in pages:
            raise ExampleError(f"there is no page {page!r} under docs/en and docs/zh")
        for parting in partings(left / page, right / page):
            raise ExampleError(f"the languages part: {parting}")
        ours, theirs = (
            blocks((folder / page).read_text(encoding="utf-8"))
            for folder in (left, right)
        )
        name = page.removesuffix(".md")
        for pair in stale(ours, theirs, record.get(name, {})):
            count += 1
            sys.stdout.write(
                f"--- docs/en/{page}:{pair.left.line}\n{pair.left.text}\n"
                f"+++ docs/zh/{page}:{pair.right.line}\n{pair.right.text}\n\n"
            )
        record[name] = recorded(ours, theirs)
    if options.check:
        return 1 if count else 0
    if not options.pages:
        record = {
            page.removesuffix(".md"): record[page.removesuffix(".md")] for page in pages
        }
    write(path, written(record))
    sys.stdout.write(f"{count} blocks recorded as translations of each other\n")
    return 0


def _folders(options: argparse.Namespace) -> tuple[Path, Path]:
    docs: Path = options.root / "docs"
    return docs / "en", docs / "zh"


def _terms(options: argparse.Namespace) -> int:
    from example_docs.glossary import (  # noqa: PLC0415 - needs the site's packages
        misuses_in_file,
        read_glossary,
        unused,
    )

    path = options.root / "docs" / "glossary.yml"
    glossary = read_glossary(path)
    found = [
        str(misuse)
        for file in _chinese_files(options)
        for misuse in misuses_in_file(glossary, file)
    ]
    for language, folder in zip(LANGUAGES, _folders(options), strict=True):
        pages = sorted(set(folder.rglob("*.md")) - {folder / "glossary.md"})
        texts = (page.read_text(encoding="utf-8") for page in pages)
        for term in unused(glossary, texts, language):
            message = (
                f"{term.names[language]!r} is on no page in {folder.as_posix()}; "
                "remove the term, or write what the pages say"
            )
            found.append(str(ExampleError(message, path, term.line)))
    for sentence in found:
        sys.stdout.write(f"{sentence}\n")
    return 1 if found else 0


def _numbers(options: argparse.Namespace) -> int:
    from example_docs.quantities import faults, read_page  # noqa: PLC0415

    library = _library(options)
    names = {f"{page.removesuffix('.md')}.md" for page in options.pages}
    count = 0
    for folder in _folders(options):
        pages = {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")}
        for name in sorted(names - pages):
            raise ExampleError(f"there is no page {name!r} in {folder.as_posix()}")
        for name in sorted(names or pages):
            for fault in faults(library, read_page(folder, name)):
                count += 1
                sys.stdout.write(f"{fault}\n")
    return 1 if count else 0


def _typography(options: argparse.Namespace) -> int:
    from example_docs.files import write  # noqa: PLC0415
    from example_docs.typography import corrected_file, slips  # noqa: PLC0415

    texts: dict[Path, str] = {}
    count = 0
    for path in _chinese_files(options):
        text = path.read_text(encoding="utf-8")
        for slip in slips(path, text):
            count += 1
            sys.stdout.write(f"{slip}\n")
        if (right := corrected_file(path, text)) != text:
            texts[path] = right
    if options.fix:
        for path, text in texts.items():
            write(path, text)
    return 1 if count else 0


def _chinese_files(options: argparse.Namespace) -> list[Path]:
    """Every file that holds Chinese for readers."""
    docs = options.root / "docs"
    files = [
        *sorted((docs / "zh").rglob("*.md")),
        _catalogue_path(options),
        docs / "glossary.yml",
        options.root / "README.zh.md",
    ]
    return [path for path in files if path.exists()]
