"""Every block of code of a published page: what backs it, or why nothing does."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from example_docs.languages.versions import other_versions
from example_docs.outputs.expected import as_doctest, parse
from example_docs.pages.directives import NOT_EXAMPLES, fences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from example_docs.code.library import Example, Library

BACKED = {
    "program": "a part of an example's program, and the copy button has the whole",
    "output": "what an example prints, as its docstring promises and the tests check",
    "whole": "the whole program of an example, in the reference",
    "other": "what it prints on another PyTorch, as its mark promises",
    "doctest": "the promise itself, in the reference",
    "property": "the test of a rule, as tests/rules has it",
    "setup": "the code that the cells of a lab share; the build runs it",
}
REASONS = {
    **NOT_EXAMPLES,
    "signature": "how a function is called, read from its source by mkdocstrings",
}
"""Why a block is no example; the first word is a class that it bears."""

_VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link"),
        *("meta", "source", "wbr"),
    }
)


@dataclass
class Element:
    """An open element of a page."""

    tag: str
    classes: frozenset[str]
    attributes: dict[str, str]


@dataclass
class Block:
    """A block of code of an HTML page.

    Attributes:
        text: Its text.
        inside: The elements that it lies in, the outermost first.
        heading: The ``id`` of the last heading above it.
        line: Its line in the file.
    """

    inside: list[Element]
    heading: str
    line: int
    text: str = ""

    def within(self, name: str) -> Element | None:
        """The innermost element around it that bears a class."""
        return next((e for e in reversed(self.inside) if name in e.classes), None)

    @property
    def example(self) -> str:
        """The full name of the example that it belongs to, or an empty string."""
        element = self.within("example")
        return element.attributes.get("data-example", "") if element else ""

    @property
    def kind(self) -> str:
        """What it is: a key of ``BACKED`` or ``REASONS``, or nothing."""
        around = (c for c, _ in _KINDS if self.within(c) is not None)
        found = next(around, "")
        if found:
            return dict(_KINDS)[found]
        return next((n for n in NOT_EXAMPLES if self.within(f"language-{n}")), "")


_KINDS = (
    ("example-version", "other"),
    ("example-output", "output"),
    ("example", "program"),
    ("rule-test", "property"),
    ("lab-setup", "setup"),
    ("reference-program", "whole"),
    ("doc-signature", "signature"),
    ("language-pycon", "doctest"),
)
"""The kind of a block by the class of what is around it; the first that fits."""


@dataclass
class Page(HTMLParser):
    """Collects the blocks of code of an HTML page."""

    blocks: list[Block] = field(default_factory=list)
    examples: list[Element] = field(default_factory=list)
    stack: list[Element] = field(default_factory=list)
    heading: str = ""
    open: Block | None = None

    def __post_init__(self) -> None:
        """Let the parser begin."""
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element."""
        attributes = {name: value or "" for name, value in attrs}
        if re.fullmatch("h[1-6]", tag):
            self.heading = attributes.get("id", "")
        if tag in _VOID:
            return
        classes = frozenset(attributes.get("class", "").split())
        self.stack.append(Element(tag, classes, attributes))
        if "data-example" in attributes:
            self.examples.append(self.stack[-1])
        if tag == "pre":
            self.open = Block([*self.stack], self.heading, self.getpos()[0])
            self.blocks.append(self.open)

    def handle_startendtag(self, *_: object) -> None:
        """An element without content, as in SVG, opens nothing."""

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and those in it that nobody closed."""
        if tag == "pre":
            self.open = None
        if any(element.tag == tag for element in self.stack):
            while self.stack.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Keep the text of a block."""
        if self.open is not None:
            self.open.text += data


def read(html: str) -> Page:
    """Read a page."""
    page = Page()
    page.feed(html)
    page.close()
    return page


@dataclass
class Known:
    """What the blocks of one language's pages are held to.

    Attributes:
        library: The lessons.
        programs: Each example's full name, with its program without the last line end.
        setups: The shared code of each lab.
    """

    library: Library
    programs: frozenset[tuple[str, str]]
    setups: frozenset[str]

    def __or__(self, other: Known) -> Known:
        """What a page in both languages is held to."""
        programs, setups = self.programs | other.programs, self.setups | other.setups
        return Known(self.library, programs, setups)

    @cached_property
    def doctests(self) -> frozenset[str]:
        """The promises of all examples as doctests, with their calls."""
        return frozenset(
            "\n".join([f">>> {e.name}()", *as_doctest(e.expected)]) + "\n"
            for e in self.library
        )

    def example(self, name: str) -> Example:
        """An example by its full name."""
        return self.library.example(name.removeprefix(f"{self.library.package}."))


def faults(page: Page, known: Known) -> Iterator[tuple[int, str]]:
    """The line of each block that nothing backs, and what is wrong with it."""
    shown: dict[int, Counter[str]] = {}
    is_lab = any(block.kind == "setup" for block in page.blocks)
    for block in page.blocks:
        if block.kind == "program":
            lines = shown.setdefault(id(block.within("example")), Counter())
            lines.update(_filled(block.text))
        elif sentence := _fault(block, known):
            yield block.line, sentence
    for example in page.examples:
        name, program = (example.attributes.get(f"data-{a}", "") for a in _DATA)
        if (name, program.rstrip("\n")) not in known.programs:
            yield 0, f"the copy button does not yield the program of {name}"
        lines, whole = shown.get(id(example), Counter()), Counter(_filled(program))
        # The cells of a lab share their helpers, which stand on top.
        if not lines <= whole or (lines != whole and not is_lab):
            yield 0, f"the blocks of {name} are not its program"


_DATA = ("example", "copy")


def _fault(block: Block, known: Known) -> str:
    text = block.text.removesuffix("\n")
    if not block.kind:
        return f"nothing backs it, and no class says why: {text!r}"
    if block.kind not in _HELD:
        return ""
    holds, says = _HELD[block.kind]
    is_held = holds(block, known, text)
    return "" if is_held else f"{says.format(block.example)} {text!r}"


@cache
def _lines_of_rules() -> frozenset[str]:
    files = sorted((Path(__file__).parent / "rules").glob("*/*.py"))
    texts = [path.read_text(encoding="utf-8") for path in files]
    return frozenset(line for text in texts for line in text.splitlines())


def is_property(text: str) -> bool:
    """Whether each line of a text is one of a test of a rule."""
    return set(_filled(text)) <= _lines_of_rules()


def _elsewhere(block: Block, known: Known) -> list[str]:
    return [out.text for _, out in other_versions(known.example(block.example), "en")]


def _filled(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def _is_promise(block: Block, known: Known) -> bool:
    call, _, want = block.text.partition("\n")
    module, _, name = block.heading.rpartition(".")
    if call != f">>> {name}()" or known.library.package not in module:
        return False
    output = parse(want)
    return output.text == known.example(f"{module}:{name}").expected.text


_HELD: dict[str, tuple[Callable[[Block, Known, str], bool], str]] = {
    "output": (
        lambda block, known, text: text == known.example(block.example).expected.text,
        "{} does not promise",
    ),
    "other": (
        lambda block, known, text: text in _elsewhere(block, known),
        "no mark of {} promises",
    ),
    "property": (
        lambda _block, _known, text: is_property(text),
        "no rule is tested by",
    ),
    "whole": (
        lambda _, known, text: text in {program for _, program in known.programs},
        "no example is",
    ),
    "setup": (lambda _, known, text: text in known.setups, "no lab runs"),
    "doctest": (
        lambda block, known, _: _is_promise(block, known),
        "no docstring promises",
    ),
}
"""What holds a block of a kind, and the sentence if nothing does."""


def count(kinds: Iterable[str]) -> str:
    """How many blocks there are of each kind, for people."""
    counted = Counter(kinds)
    rows = [f"{number:6} {kind or '—'}" for kind, number in counted.most_common()]
    return "\n".join(rows)


def kinds_in_markdown(text: str, known: Known) -> list[tuple[int, str]]:
    """The line and the kind of each fence of a published Markdown file."""
    texts = {f"{program}\n": name for name, program in known.programs}
    lines = text.split("\n")
    found: list[tuple[int, str]] = []
    previous = ""
    end = 0
    for fence in fences(text):
        indent = len(lines[fence.first - 1]) - len(lines[fence.first - 1].lstrip())
        rows = [line[indent:] for line in lines[fence.first : fence.last - 1]]
        content = "".join(f"{row}\n" for row in rows)
        follows = not "".join(lines[end : fence.first - 1]).strip()
        kind = ""
        if fence.language == "python":
            kind = "program" if content in texts else ""
        elif fence.language == "py":
            kind = "property" if is_property(content) else ""
        elif fence.language == "text" and content.startswith(">>> "):
            kind = "doctest" if content in known.doctests else ""
        elif fence.language == "text" and follows and previous:
            promise = known.example(previous).expected.text
            kind = "output" if content == f"{promise}\n" else ""
        elif fence.language in NOT_EXAMPLES:
            kind = fence.language
        found.append((fence.first, kind))
        previous, end = texts.get(content, ""), fence.last
    return found
