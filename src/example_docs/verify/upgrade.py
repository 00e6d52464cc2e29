"""What an upgrade of PyTorch did to the examples, sorted, with the pages concerned."""

from __future__ import annotations

import builtins
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from example_docs.errors import relative
from example_docs.outputs.compare import compare, tokens
from example_docs.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from example_docs.outputs.expected import Output
    from example_docs.verify.verify import Verdict

Kind = Literal["raises", "warns", "changed", "marked", "digits", "form", "same"]
"""What can be found, the worst first."""

MEANINGS: dict[Kind, str] = {
    "raises": "raises what it did not, or no longer what it did",
    "warns": "warns",
    "changed": "really changed",
    "marked": "does what its mark says for this version",
    "digits": "within the digits shown",
    "form": "text form only",
    "same": "the same to the letter",
}

FAILURES: frozenset[Kind] = frozenset({"raises", "warns", "changed"})
"""What a maintainer has to look at."""


@dataclass(frozen=True)
class Place:
    """Where a page shows an example.

    Attributes:
        path: The file of the page.
        line: The line that names the example.
        address: Where readers find it, from the top of the site.
    """

    path: Path
    line: int
    address: str

    def __str__(self) -> str:
        """``file:line`` and the address."""
        return f"{relative(self.path)}:{self.line} {self.address}"


@dataclass(frozen=True)
class Finding:
    """What became of one example.

    Attributes:
        verdict: What came of running it.
        kind: Under which heading it belongs.
        places: Where it is shown, in all languages.
    """

    verdict: Verdict
    kind: Kind
    places: tuple[Place, ...]


def kind_of(verdict: Verdict) -> Kind:
    """Sort one verdict."""
    if verdict.complaint is None:
        if verdict.mark is not None:
            return "marked"
        return _kind_of_agreement(verdict.promised.text, verdict.found.text)
    expected, found = _raised(verdict.promised), _raised(verdict.found)
    if found and found != expected:
        return "warns" if _is_warning(found) else "raises"
    return "raises" if expected and not found else "changed"


def _kind_of_agreement(promised: str, found: str) -> Kind:
    if promised == found:
        return "same"
    # The comparer found no difference, so the pieces correspond one to one.
    pairs = zip(tokens(promised), tokens(found), strict=True)
    values = [(a.text, b.text) for a, b in pairs if a.kind == "float"]
    return "form" if all(float(a) == float(b) for a, b in values) else "digits"


def _raised(output: Output) -> str:
    return (output.exception or "").partition(":")[0]


def _is_warning(name: str) -> bool:
    found = getattr(builtins, name.rpartition(".")[2], None)
    if isinstance(found, type):
        return issubclass(found, Warning)
    return name.endswith("Warning")


def findings(
    verdicts: Iterable[Verdict], places: Mapping[str, list[Place]]
) -> list[Finding]:
    """Sort verdicts, and find the pages of each.

    Args:
        verdicts: What came of running the examples.
        places: The places of each example, by ``chapter.lesson:function``.
    """
    return [
        Finding(
            verdict,
            kind_of(verdict),
            tuple(places.get(verdict.example.short_name, ())),
        )
        for verdict in verdicts
    ]


def places_of(folders: Mapping[str, Path]) -> dict[str, list[Place]]:
    """Every place at which a page names an example.

    Args:
        folders: The folder of each language's pages, by its folder in the site.

    Returns:
        The places by the name of the example.

    Raises:
        ExampleError: A page has a directive that cannot be read.
    """
    found: dict[str, list[Place]] = {}
    for site, folder in folders.items():
        for path in sorted(folder.rglob("*.md")):
            page = path.relative_to(folder).with_suffix("").as_posix()
            parts = [part for part in (site, page) if part]
            for line in Page.read(path).directives:
                shown = line.directive
                place = Place(path, line.number, f"/{'/'.join(parts)}/#{shown.anchor}")
                found.setdefault(shown.name, []).append(place)
    return found


def written(found: Iterable[Finding], versions: str) -> str:
    """The report: how many of each kind, then those that are not the same.

    Args:
        found: What became of the examples.
        versions: What they ran on, as one line.
    """
    found = list(found)
    counts = Counter(finding.kind for finding in found)
    lines = [f"{len(found)} examples on {versions}", ""]
    kinds: tuple[Kind, ...] = get_args(Kind)
    lines += [f"{counts[kind]:6} {MEANINGS[kind]}" for kind in kinds]
    for kind in kinds:
        chosen = [finding for finding in found if finding.kind == kind]
        if kind == "same" or not chosen:
            continue
        lines += ["", f"== {MEANINGS[kind]} =="]
        for finding in chosen:
            lines += ["", *_entry(finding)]
    return "\n".join(lines) + "\n"


def _entry(finding: Finding) -> Iterator[str]:
    verdict = finding.verdict
    why = verdict.complaint or _why(finding)
    yield str(verdict.example.error(f"{verdict.example.name}(): {why}"))
    yield from (f"  {place}" for place in finding.places)
    if not finding.places:
        yield "  on no page"
    if finding.kind in FAILURES or finding.kind == "digits":
        promised, found = verdict.promised.text, verdict.found.text
        yield from (f"  - {line}" for line in promised.splitlines())
        yield from (f"  + {line}" for line in found.splitlines())


def _why(finding: Finding) -> str:
    verdict = finding.verdict
    if verdict.mark is not None:
        return verdict.mark.because
    if finding.kind == "form":
        return "the layout differs"
    assert compare(verdict.promised.text, verdict.found.text) is None  # noqa: S101 - by kind_of
    return "digits differ by no more than one in the last place"
