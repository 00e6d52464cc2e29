from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from click import ClickException
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from tests.lessons import PACKAGE, library_of
from tests.project import LANGUAGES, LIBRARY, ROOT

from example_docs.downloads.markdown import Edition, published_markdown
from example_docs.pages.blocks import blocks
from example_docs.pages.directives import VERIFIED, directives
from example_docs.records.record import Record, Result, fingerprint, written

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree import ElementTree as ET

    from example_docs.code.library import Library

LESSON = '''
    def one() -> None:
        """One.

        >>> one()
        1
        """
        print(1)


    def two() -> None:
        """Two.

        >>> two()
        2
        """
        print(2)
'''
CATALOGUE = """msgid "it is about CPU memory"
msgstr "它讲的是 CPU 的内存"

msgid "why"
msgstr "何故"
"""
PAGE = "# Numbers { #numbers }\n\n::example numbers:one\n\n::example numbers:two\n"


class Project:
    """A small project with one lesson in both languages."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.library = library_of(root, numbers=LESSON)
        for language in LANGUAGES:
            self.write(language, "chapter/numbers.md", PAGE)
            self.write(language, "verified.md", "# Verified\n")
        self.write("zh", "code.po", CATALOGUE)
        (root / "docs" / "records").mkdir()
        self.now = {name: present(self.library, name) for name in NAMES}

    def write(self, language: str, page: str, text: str) -> None:
        path = self.root / "docs" / language / page
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def record(self, name: str = "cpu", **values: Any) -> None:  # noqa: ANN401 - any field
        path = self.root / "docs" / "records" / f"{name}.json"
        record = Record(
            path=path,
            torch="2.13.0+cpu",
            python="3.11.7",
            system="Linux",
            kind="cpu",
            device="CPU x86-64",
            date="2026-11-21",
            commit="0123456789ab",
            results={name: Result(now, "passed") for name, now in self.now.items()},
        )
        path.write_text(written(replace(record, **values)), encoding="utf-8")

    def html(self, page: str, text: str | None = None, language: str = "en") -> Any:  # noqa: ANN401 - the types of bs4 know no attributes
        docs = self.root / "docs" / language
        if text is None:
            text = (docs / page).read_text(encoding="utf-8")
        md = Markdown(
            extensions=[
                "attr_list",
                "example_docs.extensions.example",
                "example_docs.extensions.verified",
            ],
            extension_configs={
                "example_docs.extensions.example": {
                    "source": str(self.root / "src"),
                    "package": PACKAGE,
                    "docs": str(docs),
                    "language": language,
                    "catalogue": str(docs / "code.po") if language == "zh" else "",
                },
                "example_docs.extensions.verified": {
                    "records": str(docs.parent / "records")
                },
            },
        )
        md.treeprocessors.register(Place(page), "relpath", 0)
        return BeautifulSoup(md.convert(text), "html.parser")


class Place(Treeprocessor):
    """Tells extensions where the page is, as MkDocs does."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.file = type("File", (), {"src_uri": page})

    def run(self, root: ET.Element) -> None:
        """Change nothing."""


NAMES = ("numbers:one", "numbers:two")


def present(library: Library, name: str) -> str:
    example = library.example(name)
    return fingerprint(example.program.text, example.expected)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def line(project: Project, language: str = "en") -> str:
    (found,) = project.html("chapter/numbers.md", language=language).select(".verified")
    assert found("a")[0]["href"] == "../verified.md"
    assert found.has_attr("data-search-exclude")
    return str(found.text)


def test_without_records_a_lesson_says_that_nothing_ran(project: Project) -> None:
    assert line(project) == "CPU: not yet run"
    assert line(project, "zh") == "CPU：尚未运行"


def test_a_lesson_says_what_the_records_hold(project: Project) -> None:
    project.record()
    project.record("later", torch="2.14.1")
    assert line(project) == "CPU: torch 2.13.0, torch 2.14.1"
    project.record("cuda", kind="cuda", torch="2.11.0", device="NVIDIA H200")
    assert line(project).endswith("CUDA: torch 2.11.0, NVIDIA H200, 2026-11-21")
    assert line(project, "zh").endswith("CUDA：torch 2.11.0，NVIDIA H200，2026-11-21")


def test_a_changed_program_makes_the_line_stale(project: Project) -> None:
    project.record()
    path = project.root / "src" / PACKAGE / "numbers.py"
    path.write_text(path.read_text().replace("print(1)", "print(1)  # why"))
    assert "changed" not in line(project)
    path.write_text(path.read_text().replace("print(1)", "print(0 + 1)"))
    assert line(project).startswith("CPU: torch 2.13.0 (1 changed since)")
    (found,) = project.html("chapter/numbers.md").select(".verified-stale")
    assert "1 changed since" in found.text
    assert "1 之后有改动" in line(project, "zh")


def test_what_failed_or_is_new_is_not_passed(project: Project) -> None:
    one, two = project.now.values()
    project.record(results={"numbers:one": Result(one, "failed", "no")})
    assert "(1 failed, 1 new since)" in line(project)
    project.record(results={"numbers:two": Result(two[::-1], "failed", "no")})
    assert "(1 changed since, 1 new since)" in line(project)
    project.record(results={})
    assert line(project).startswith("CPU: not yet run")


def test_other_pages_have_no_line(project: Project) -> None:
    project.write("en", "index.md", PAGE)
    project.write("en", "chapter/words.md", "# Words\n")
    for page in ("index.md", "chapter/words.md"):
        assert not project.html(page).select(".verified")


def test_the_table_of_environments(project: Project) -> None:
    project.record()
    rows = project.html("verified.md", "# V\n\n::verified\n").select("tr")
    cells = [[cell.text for cell in row(["th", "td"])] for row in rows]
    assert cells == [
        ["Environment", "Date", "Commit", "passed"],
        [
            "CPU x86-64, torch 2.13.0+cpu, Python 3.11.7, Linux",
            "2026-11-21",
            "0123456789ab",
            "2",
        ],
        ["CUDA: not yet run", "", "", ""],
    ]


def test_the_table_of_a_chapter(project: Project) -> None:
    one, two = project.now.values()
    results = {
        "numbers:one": Result(one, "passed"),
        "numbers:two": Result(two, "skipped", "it is about CPU memory"),
    }
    project.record()
    project.record("cuda", kind="cuda", device="NVIDIA H200", results=results)
    found = project.html("verified.md", "# V\n\n::verified chapter\n")
    assert [th.text for th in found("th")] == ["Lesson", "CPU 2.13.0", "CUDA 2.13.0"]
    title, cpu, cuda = found("td")
    assert (cpu.text, cuda.text) == ("2 / 2", "1 / 2, 1 left on the CPU")
    assert title.a["href"] == "chapter/numbers.md"
    assert title.summary.text == "2 examples"
    assert [p.text for p in title("p")] == [
        "one",
        "two CUDA 2.13.0: left on the CPU (it is about CPU memory)",
    ]


@pytest.mark.parametrize(
    ("because", "said"),
    [
        ("it is about CPU memory", "留在 CPU 上（它讲的是 CPU 的内存）"),
        ("it was another reason then", "留在 CPU 上"),
    ],
)
def test_reasons_are_in_the_language_of_the_page(
    project: Project, because: str, said: str
) -> None:
    results = {
        name: Result(now, "skipped", because) for name, now in project.now.items()
    }
    project.record("cuda", kind="cuda", results=results)
    found = project.html("verified.md", "# V\n\n::verified chapter\n", "zh")
    assert [p.text for p in found("td")[0]("p")] == [
        f"one CUDA 2.13.0：{said}",
        f"two CUDA 2.13.0：{said}",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("::verified nothing\n", "there are chapter"),
        ("text\n::verified\n", "'::verified' stands alone"),
        ("::verified a b\n", "'::verified' stands alone"),
    ],
)
def test_a_directive_that_cannot_be_read_stops_the_build(
    project: Project, text: str, sentence: str
) -> None:
    with pytest.raises(ClickException, match=sentence) as caught:
        project.html("verified.md", text)
    assert "verified.md: " in caught.value.message


def test_a_broken_record_stops_the_build(project: Project) -> None:
    (project.root / "docs" / "records" / "cpu.json").write_text("{")
    with pytest.raises(ClickException, match="this is not JSON"):
        project.html("chapter/numbers.md")


def test_it_needs_the_examples() -> None:
    with pytest.raises(
        ClickException, match=r"example_docs\.extensions\.example must come"
    ):
        Markdown(extensions=["example_docs.extensions.verified"]).convert("# V\n")


@pytest.mark.parametrize("text", ["::verified", "::verified chapter"])
def test_parity_knows_the_directive(text: str) -> None:
    (block,) = blocks(f"{text}\n")
    assert (block.kind, block.shape, block.has_prose) == ("directive", text, False)


def test_the_published_markdown_holds_the_tables(project: Project) -> None:
    project.record()
    text = "# V\n\n::verified\n\n::verified chapter\n"
    project.write("zh", "verified.md", text)
    edition = Edition(
        project.root / "docs" / "zh",
        project.library,
        project.root,
        language="zh",
        records=project.root / "docs" / "records",
    )
    published = published_markdown(edition, "verified.md")
    assert "::verified" not in published
    assert "| CPU x86-64，torch 2.13.0+cpu，Python 3.11.7，Linux | 2026-" in published
    assert "| [Numbers](../chapter/numbers/index.md) | 2 / 2 | 尚未运行 |" in published


# The project's own ------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_is_in_a_table(language: str) -> None:
    docs = ROOT / "docs" / language
    text = (docs / "verified.md").read_text(encoding="utf-8")
    chapters = [m["chapter"] for m in map(VERIFIED.match, text.splitlines()) if m]
    shown = {
        line.directive.name
        for chapter in chapters
        if chapter
        for path in (docs / chapter).glob("*.md")
        for line in directives(path, path.read_text(encoding="utf-8"))
    }
    names = {example.full_name.partition(".")[2] for example in LIBRARY}
    assert names - shown == set()
    assert chapters.count(None) == 1


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "records").glob("*.json")))
def test_a_record_names_no_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"/(?:home|tmp|usr|work|root|opt)\b", text)
