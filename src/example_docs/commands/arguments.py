"""Arguments that several commands have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from example_docs.pages.page import page_of

if TYPE_CHECKING:
    import argparse


def add_names(parser: argparse.ArgumentParser) -> None:
    """Add the names of lessons and examples."""
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="a lesson or an example (default: all)"
    )


def add_pages(parser: argparse.ArgumentParser) -> None:
    """Add the names of pages."""
    parser.add_argument(
        "pages", nargs="*", metavar="PAGE", help="such as tensors/create (default: all)"
    )


def lesson_name(name: str) -> str:
    """Return ``chapter/lesson`` or ``chapter/lesson:example`` for what may be meant.

    A lesson may be named as its page, its module or one of its files are:
    ``docs/en/a/b-c.md`` and ``torch_by_example.a.b_c`` are ``a/b-c``.
    """
    lesson, colon, example = name.partition(":")
    lesson = lesson.removesuffix(".md").removesuffix(".py")
    lesson = page_of(lesson).strip("/")
    chapter_and_lesson = lesson.split("/")[-2:]
    return "/".join(chapter_and_lesson) + colon + example


def page_files(pages: list[str]) -> list[str]:
    """The files of pages that are named with or without ``.md``."""
    return [f"{page.removesuffix('.md')}.md" for page in pages]
