"""Every rule holds, and every false sentence beside it is refuted."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from tests.rule import Rule

from example_docs.rules.read import properties

HERE = Path(__file__).parent


def rules_of(path: Path) -> list[Rule]:
    """The rules of a file, in its order."""
    spec = importlib.util.spec_from_file_location(f"rules_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [thing for thing in vars(module).values() if isinstance(thing, Rule)]


FOUND = {path: rules_of(path) for path in sorted(HERE.glob("*/*.py"))}
RULES = {
    f"{path.parent.name}/{path.stem}:{rule.name}": rule
    for path, rules in FOUND.items()
    for rule in rules
}
LIES = {
    f"{name}: {sentence}": (rule, sentence)
    for name, rule in RULES.items()
    for sentence in rule.lies
}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_rule_holds(rule: Rule) -> None:
    rule.hold()


@pytest.mark.parametrize(("rule", "sentence"), LIES.values(), ids=LIES)
def test_false_sentence_is_refuted(rule: Rule, sentence: str) -> None:
    with pytest.raises(AssertionError):
        rule.hold(rule.lies[sentence])


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_readers_are_told_what_is_tried(path: Path) -> None:
    lesson = path.relative_to(HERE).with_suffix("").as_posix()
    told = properties(HERE, lesson).values()
    assert [(item.name, item.cases, item.refuted) for item in told] == [
        (rule.name, rule.cases, tuple(rule.lies)) for rule in FOUND[path]
    ]
