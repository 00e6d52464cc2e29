"""How long our build takes against plain Material on the same pages, and how it grows.

Both build both languages of the same text: once from the pages with their directives,
once from the Markdown that we publish, in which each program and output is written
out. Nothing is kept between builds but figures. What a profiler found, so far:

- copying syntax trees to leave out annotations: more than half of the time in which
  programs were made; now what has annotations is written and read again, which takes
  two thirds of that, and trees are walked without the marks of loading (``names``);
- making the text of each body anew for Python's symbol table, though the module has
  it (``names.used_by_body``);
- each docstring of a reference page was looked at for stale blocks (``markdown``);
- polib compares each entry of a catalogue with every other one (``translation``);
- MkDocs makes the extensions anew for each page, and with them a library that read
  every module again; now they share one (``source.shared_library``);
- the table of what was verified made all programs a second time, and asked each page
  for the times of all files, which grew with the square of the lessons; now a module
  keeps what was made of its examples (``program``, ``verified.Present``);
- each module was taken apart into tokens for pragmas and long strings, which nearly
  none has (``source``, ``excerpt``);
- highlighting costs less than plain Material's, which makes a formatter and a style
  sheet anew for each block; formulas cost what plain Material leaves undone.
- mkdocstrings coloured a signature for each function, nine of ten of which take and
  return nothing, and looked into a dozen templates for each (``reference_templates``);
  for each signature that is longer than a line it started a formatter, a process of
  its own (``reference.signature``); and it made another style sheet for each session
  in a docstring (``highlighting.session``);
- the line below lessons read its page again for each docstring of the reference
  (``verified``), and names were looked up in defaults where there are none
  (``program``).
- the theme's search took a sixth of all building: it looks at each tag, and most tags
  are marks of colours, of formulas, of figures, boxes and cells, which it does not
  keep. Now it does not get them (``search_hook``), and finds the same words.

What is left above plain Material is mostly mkdocstrings, 1.6 s for English: half of it
for the Markdown of 1387 docstrings, of which a fourth is what a conversion costs that
has nothing to convert, and a fifth to compile its templates. Plain Material gets one
written-out page a chapter. Making programs takes 0.7 s, which highlighting, cheaper
than plain Material's, gives back.

Growth: the time of a page rises by a fifth until as many modules are in memory as are
kept (``source.KEPT``), because the garbage collector goes through their syntax trees,
and stays the same from there on.

With arguments this file is one side of a comparison: ``again`` builds twice in one
process, ``convert`` converts the pages of a folder without a builder.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.measure import ROOT, Cost, Row, cost, pairs, row

from example_docs.downloads.markdown import edition_of, published_markdown
from example_docs.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PACKAGE = "torch_by_example"
HERE = "tests.benchmarks.building"
CONFIGURATIONS = ("mkdocs.yml", "mkdocs.zh.yml")
OURS = re.compile(r"^  example_docs:.*\n(?:    .*\n)*", re.MULTILINE)
NOTEBOOKS = re.compile(
    r"^  - src/example_docs/hooks/labs.py.*\n|^  mkdocs-jupyter:.*\n(?:    .*\n)*",
    re.MULTILINE,
)
"""Left out on both sides: plain Material has none."""

THEME = re.compile(
    r"^hooks:\n(?:  - .*\n)*|^  (?:custom_dir|static_templates|alternate):.*\n",
    re.MULTILINE,
)
"""What makes Material ours, beside the extensions."""

CHANGED = "docs/en/tensors/create.md"


def rows(runs: int, sizes: Sequence[int]) -> Iterator[Row]:
    """Measure all that concerns building.

    Args:
        runs: Pairs of builds.
        sizes: How many times the lessons, for the growth; the first is the measure.
    """
    with tempfile.TemporaryDirectory() as name:
        ours, plain = Path(name, "ours"), Path(name, "plain")
        for folder in (ours, plain):
            copy_project(folder)
        write_out(plain)
        # Language by language, so that what is compared is measured side by side: some
        # minutes later a processor may be a third slower.
        english, chinese = (
            pairs(partial(build, ours, file), partial(build, plain, file), runs)
            for file in CONFIGURATIONS
        )
        yield row(
            "building both languages",
            "plain Material on the same pages",
            [
                (one[0] + other[0], one[1] + other[1])
                for one, other in zip(english, chinese, strict=True)
            ],
            1.15,
        )
        yield built_again(ours)
        yield from growth(Path(name), sizes)


def copy_project(folder: Path) -> None:
    """Copy what a build needs."""
    for part in ("docs", "src"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for file in ROOT.glob("mkdocs*.yml"):
        text = NOTEBOOKS.sub("", file.read_text(encoding="utf-8"))
        (folder / file.name).write_text(text, encoding="utf-8")
    if (ROOT / ".cache").exists():
        shutil.copytree(ROOT / ".cache", folder / ".cache")


def write_out(folder: Path) -> None:
    """Turn a copy into plain Markdown, built by Material alone."""
    for language in ("en", "zh"):
        edition = edition_of(read_settings(ROOT), language)
        for page in edition.pages():
            text = published_markdown(edition, page, relink=False)
            (folder / "docs" / language / page).write_text(text, encoding="utf-8")
    for file in folder.glob("mkdocs*.yml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(THEME.sub("", OURS.sub("", text)), encoding="utf-8")


def build(folder: Path, file: str) -> Cost:
    """Build one language; what that cost."""
    return cost(
        [sys.executable, "-m", "mkdocs", "build", "-f", file],
        folder,
        PYTHONPATH=str(folder / "src"),
    )


def built_again(folder: Path) -> Row:
    """A build after one page changed, in a process that cannot import torch."""
    result = folder / "again.txt"
    command = [sys.executable, "-m", HERE, "again", str(folder), str(result)]
    cost(command)
    first, again = map(float, result.read_text(encoding="utf-8").split())
    ratio = again / first
    return Row(
        "building English again after one page changed",
        "the build before, in the same process",
        ratio,
        ratio,
        ratio,
        1,
        note=f"{first:.1f} s and {again:.1f} s of processor time; torch cannot be "
        "imported meanwhile, so nothing is run; MkDocs itself builds all pages",
    )


def build_twice(folder: Path, result: Path) -> None:
    """Build, change a page, build again; write the seconds of both."""
    import os  # noqa: PLC0415 - belongs to the child alone

    from mkdocs.commands.build import build as built  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415

    sys.modules["torch"] = None  # type: ignore[assignment] # importing it fails
    os.chdir(folder)
    times = []
    for _ in range(2):
        start = time.process_time()
        built(load_config("mkdocs.yml"))
        times.append(time.process_time() - start)
        page = folder / CHANGED
        page.write_text(page.read_text(encoding="utf-8") + "\nNew.\n", encoding="utf-8")
    result.write_text(" ".join(map(str, times)), encoding="utf-8")


# Growth -----------------------------------------------------------------------------


def growth(folder: Path, sizes: Sequence[int]) -> Iterator[Row]:
    """Convert so many times the lessons, each a module and a page of its own.

    Builders are left out: they keep all pages in memory, and a build of 50 times the
    lessons takes an hour. Here stands what is ours: from page to HTML. Each size is
    held against the one before: the first alone pays for caches that are still empty
    and would excuse whatever grows faster later.
    """
    costs: dict[int, Cost] = {}
    for size in (0, *sizes):
        grown = folder / f"times-{size}"
        pages = multiply(grown, size)
        costs[size] = here = cost(
            [sys.executable, "-m", HERE, "convert", str(grown)],
            PYTHONPATH=str(ROOT),
        )
        shutil.rmtree(grown)
        if size in {0, sizes[0]}:
            continue
        before = sizes[sizes.index(size) - 1]
        nothing, one = costs[0], costs[before]
        times = size / before
        ratio = (here.cpu - nothing.cpu) / (one.cpu - nothing.cpu) / times
        yield Row(
            f"converting {size} times the lessons ({pages} pages)",
            f"{times:g} times the time of {before}",
            ratio,
            ratio,
            ratio,
            1.1,
            note=f"{here.cpu:.1f} s and {one.cpu:.1f} s of processor time, of which "
            f"{nothing.cpu:.1f} s without any page; formulas and figures repeat, "
            "programs are made anew",
        )
        yield Row(
            f"memory for converting {size} times the lessons",
            "1 GB",
            here.memory / 1024,
            here.memory / 1024,
            here.memory / 1024,
            1,
            note=f"{here.memory:.0f} MB, and {one.memory:.0f} MB for {before}",
        )


def multiply(folder: Path, size: int) -> int:
    """Write so many times the lessons below a folder; the number of pages."""
    chapters = sorted(
        path.parent.name for path in (ROOT / "src" / PACKAGE).glob("*/__init__.py")
    )
    code = re.compile(rf"\b{PACKAGE}\.({'|'.join(chapters)})\b")
    named = re.compile(rf"^(\s*::example )({'|'.join(chapters)})\.", re.MULTILINE)
    package = folder / "src" / PACKAGE
    package.mkdir(parents=True)
    (folder / "docs").mkdir()
    (package / "__init__.py").touch()
    count = 0
    for number in range(size):
        for chapter in chapters:
            for path in sorted((ROOT / "src" / PACKAGE / chapter).glob("*.py")):
                text = code.sub(rf"{PACKAGE}.\1_{number}", path.read_text("utf-8"))
                target = package / f"{chapter}_{number}" / path.name
                target.parent.mkdir(exist_ok=True)
                target.write_text(text, encoding="utf-8")
            for path in sorted((ROOT / "docs" / "en" / chapter).glob("*.md")):
                text = named.sub(rf"\1\2_{number}.", path.read_text("utf-8"))
                target = folder / "docs" / f"{chapter}_{number}" / path.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
                count += 1
    return count


def convert(folder: Path) -> None:
    """Convert every page with the extensions of the English site; keep nothing."""
    from markdown import Markdown  # noqa: PLC0415 - belongs to the child alone
    from mkdocs.config import load_config  # noqa: PLC0415

    config = load_config(str(ROOT / "mkdocs.yml"))
    options = config.mdx_configs
    options["example_docs"]["project"] = str(folder)
    kept = {
        "figures": ".cache/figures",
        "glossary": "docs/glossary.yml",
        "records": "docs/records",
        "rules": "tests/rules",
    }
    lines = [f'{key} = "{ROOT / place}"' for key, place in kept.items()]
    text = "\n".join(["[tool.example-docs]", f'package = "{PACKAGE}"', *lines])
    (folder / "pyproject.toml").write_text(text + "\n", encoding="utf-8")
    converter = Markdown(
        extensions=config.markdown_extensions, extension_configs=options
    )
    for path in sorted((folder / "docs").rglob("*.md")):
        converter.reset()
        converter.convert(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    if sys.argv[1] == "again":
        build_twice(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        convert(Path(sys.argv[2]))
