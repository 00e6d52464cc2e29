"""Lays out a new lesson, ready to fill in.

Writes the module with one example, its page and the entry in the navigation in each
language, and brings the catalogue up to date; all of it or nothing. What is there
already is never overwritten.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from example_docs.errors import ExampleError, nearest, relative
from example_docs.files import write
from example_docs.languages.catalogue import updated
from example_docs.languages.words import words_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from example_docs.project import Project

_NAME = re.compile(r"(?P<chapter>[a-z][a-z0-9-]*)/(?P<lesson>[a-z][a-z0-9-]*)")

MODULE = '''\
"""{title}."""


def first_example() -> None:
    """Say what it shows.

    >>> first_example()
    """
    numbers = [1.0, 2.0]
    print(sum(numbers))
'''


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the lesson and its titles."""
    parser.add_argument("lesson", metavar="LESSON", help="such as tensors/einsum")
    parser.add_argument("--title", default="", help="the title of its page")
    parser.add_argument(
        "--title-in",
        nargs=2,
        action="append",
        default=[],
        metavar=("LANGUAGE", "TITLE"),
        help="the title of the page in another language, such as zh",
    )


def run(project: Project, options: argparse.Namespace) -> int:
    """Write all of it, and say what comes next."""
    match = _NAME.fullmatch(options.lesson)
    if match is None:
        message = (
            f"{options.lesson!r} is no name of a lesson; write chapter/lesson in small "
            "letters, with hyphens between words"
        )
        raise ExampleError(message)
    # Rather before anything is written than when the catalogue is brought up to date.
    project.require_examples()
    title = options.title or match["lesson"].replace("-", " ").capitalize()
    titles = dict.fromkeys(project.languages, title)
    for language, translated in options.title_in:
        titles[project.settings.language(language).name] = translated
    texts = _created(project, match["chapter"], match["lesson"], titles)
    for path in texts:
        if path.exists():
            message = "this file is there already; choose another name, or remove it"
            raise ExampleError(message, path)
    page = f"{match['chapter']}/{match['lesson']}.md"
    for name, language in project.languages.items():
        path = language.configuration
        if path.exists():  # another builder may find its pages by itself
            texts[path] = _with_entry(path, page, titles[name])
    _write_all(project, texts)
    for path in texts:
        sys.stdout.write(f"wrote {relative(path)}\n")
    sys.stdout.write("\nFill them in. Then, in this order:\n")
    for command, purpose in _next(project, options.lesson):
        sys.stdout.write(f"  {command}\n      {purpose}\n")
    return 0


def _next(project: Project, lesson: str) -> Iterator[tuple[str, str]]:
    """Yield what an author does then, and why."""
    yield f"example-docs accept {lesson}", "writes what the examples print"
    catalogues = project.settings.catalogues
    if catalogues:
        names = " and ".join(map(relative, catalogues))
        yield "example-docs catalogue", f"lists what is to be translated in {names}"
    yield f"example-docs check {lesson}", "says what is missing"
    if catalogues:
        yield f"example-docs translated {lesson}", "when both pages say the same"


def _created(
    project: Project, chapter: str, lesson: str, titles: Mapping[str, str]
) -> dict[Path, str]:
    """Return the texts of the files that are new."""
    module = f"{chapter}/{lesson}".replace("-", "_")
    package = project.lessons.root / project.lessons.package
    chapters = sorted(p.parent.name for p in package.glob("*/__init__.py"))
    if module.partition("/")[0] not in chapters:
        message = (
            f"there is no chapter {chapter!r}{nearest(chapter, chapters)}; a new "
            f"chapter begins with {relative(package / chapter / '__init__.py')}"
        )
        raise ExampleError(message)
    texts = {package / f"{module}.py": MODULE.format(title=next(iter(titles.values())))}
    for language, title in titles.items():
        path = project.languages[language].pages / chapter / f"{lesson}.md"
        name = module.replace("/", ".")
        text = words_of(language, "new")["page"]
        texts[path] = text.format(title=title, anchor=lesson, name=name)
    return texts


def _with_entry(path: Path, page: str, title: str) -> str:
    """Return a configuration whose navigation has a page below its chapter's last.

    Raises:
        ExampleError: It has no page of the chapter, after which it could stand.
    """
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    chapter = re.escape(page.partition("/")[0])
    entry = re.compile(rf"^(?P<indent> +- ).*: {chapter}/[\w-]+\.md$")
    found = [(n, match) for n, line in enumerate(lines) if (match := entry.match(line))]
    if not found:
        message = f"'nav' has no page of {page.partition('/')[0]!r}; add a first one"
        raise ExampleError(message, path)
    # A chapter's last page may stand apart, at another depth: its first one leads.
    indent = found[0][1]["indent"]
    last = max(n for n, match in found if match["indent"] == indent)
    quoted = f'"{title}"' if ": " in title or " #" in title else title
    lines.insert(last + 1, f"{indent}{quoted}: {page}\n")
    return "".join(lines)


def _write_all(project: Project, texts: Mapping[Path, str]) -> None:
    """Write files and bring the catalogue up to date, or leave everything as it was."""
    catalogues = project.settings.catalogues
    before = {
        path: path.read_bytes() if path.exists() else None
        for path in (*texts, *catalogues)
    }
    try:
        for path, text in texts.items():
            write(path, text)
        for catalogue in catalogues:
            text, _, _ = updated(catalogue, project.lessons)
            write(catalogue, text)
    except BaseException:
        for path, content in before.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content)
        raise
