"""What an example does on other versions of PyTorch, for readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from example_docs.languages.words import words_of
from example_docs.outputs.expected import Output

if TYPE_CHECKING:
    from example_docs.code.library import Example
    from example_docs.languages.code_translation import Catalogue
    from example_docs.marks import OnTorch


def other_versions(
    example: Example, language: str, catalogue: Catalogue | None = None
) -> list[tuple[str, Output]]:
    """What an example does where its marks say that it does something else.

    Args:
        example: The example.
        language: The readers' language.
        catalogue: The translations, unless that is the code's language.

    Returns:
        For each mark which versions and why, in words, and what the program prints.
    """
    return [
        (_title(mark, language, catalogue), _output(mark))
        for mark in example.version_marks
    ]


def _title(mark: OnTorch, language: str, catalogue: Catalogue | None) -> str:
    words = words_of(language, "versions")
    key = "between" if mark.since and mark.before else "since" * bool(mark.since)
    versions = words[key or "before"].format(since=mark.since, before=mark.before)
    because = mark.because
    if catalogue is not None:
        because = catalogue.entries.get(because, "")
    return words["colon"].join(filter(None, [versions, because]))


def _output(mark: OnTorch) -> Output:
    # A mark without a message lets it be what it likes.
    is_bare = mark.raises and ": " not in mark.raises
    return Output(mark.prints, f"{mark.raises}: …" if is_bare else mark.raises or None)
