from __future__ import annotations

from typing import TYPE_CHECKING

import polib
from tests.lessons import PACKAGE, library_of

from example_docs.languages.catalogue import untranslated, unused, updated

if TYPE_CHECKING:
    from pathlib import Path

    from example_docs.code.library import Library

LESSON = '''
    """A lesson."""


    def show():
        """What it shows.

        >>> show()
        1
        """
        # why
        print(1)
'''


def catalogue(root: Path, entries: dict[str, str]) -> Path:
    file = polib.POFile()
    for text, translation in entries.items():
        file.append(polib.POEntry(msgid=text, msgstr=translation))
    path = root / "docs" / "zh" / "code.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(str(file) + "\n", encoding="utf-8")
    return path


def two_lessons(root: Path) -> Library:
    return library_of(root, first=LESSON, second=LESSON.replace("# why", "# because"))


def test_reasons_of_marks_are_texts_too(tmp_path: Path) -> None:
    mark = '@on_cuda(runs="cpu", because="memory is shared")\n    def show'
    library = library_of(tmp_path, lesson=LESSON.replace("def show", mark))
    path = catalogue(tmp_path, {**COMPLETE, "memory is shared": ""})
    assert untranslated(path, library) == [f"{PACKAGE}.lesson: 'memory is shared'"]
    path = catalogue(tmp_path, {**COMPLETE, "memory is shared": "内存是共用的"})
    assert untranslated(path, library) == []


COMPLETE = {
    "A lesson.": "一课。",
    "What it shows.": "展示。",
    "why": "何故",
    "because": "因",
}


def test_a_complete_catalogue_lacks_nothing_and_holds_nothing_more(
    tmp_path: Path,
) -> None:
    path = catalogue(tmp_path, COMPLETE)
    library = two_lessons(tmp_path)
    assert untranslated(path, library) == []
    assert unused(path, library) == []


def test_what_waits_for_a_translation_is_named_with_its_module(tmp_path: Path) -> None:
    path = catalogue(tmp_path, COMPLETE | {"why": ""})
    assert untranslated(path, two_lessons(tmp_path)) == [f"{PACKAGE}.first: 'why'"]


def test_an_entry_that_matches_nothing_is_named(tmp_path: Path) -> None:
    path = catalogue(tmp_path, COMPLETE | {"what for": "何用"})
    assert unused(path, two_lessons(tmp_path)) == ["what for"]


def test_an_update_adds_drops_and_keeps(tmp_path: Path) -> None:
    path = catalogue(tmp_path, {"why": "何故", "old": "旧", "because": ""})
    text, missing, dropped = updated(path, two_lessons(tmp_path))
    entries = [(e.msgid, e.msgstr) for e in polib.pofile(text)]
    assert entries == [
        ("A lesson.", ""),
        ("What it shows.", ""),
        ("why", "何故"),
        ("because", ""),
    ]
    assert (missing, dropped) == (3, 1)
    assert f"#: src/{PACKAGE}/first.py src/{PACKAGE}/second.py\n" in text
    assert path.read_text(encoding="utf-8") != text


def test_an_update_of_an_up_to_date_catalogue_changes_nothing(tmp_path: Path) -> None:
    library = two_lessons(tmp_path)
    path = tmp_path / "docs" / "zh" / "code.po"
    text, missing, dropped = updated(path, library)
    assert (missing, dropped) == (4, 0)
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    assert updated(path, library) == (text, 4, 0)
