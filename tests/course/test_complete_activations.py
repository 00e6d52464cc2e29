"""Each activation of ``torch.nn`` is taught, or left out for a reason."""

from __future__ import annotations

import pytest
import yaml
from tests.project import ROOT
from torch.nn.modules import activation

SECTION = "torch.nn.modules.activation"
FUNCTIONS = {"GLU": "F.glu", "Softmax": "torch.softmax"}
"""Activations that are taught as a function, not as a module."""

TABLE: dict[str, str | dict[str, str]] = yaml.safe_load(
    (ROOT / "docs/names.yml").read_text(encoding="utf-8")
)[SECTION]
TAUGHT = {name: home for name, home in TABLE.items() if isinstance(home, str)}


def missing(names: list[str], table: dict[str, str | dict[str, str]]) -> list[str]:
    """The names that a table says nothing of."""
    return sorted(set(names) - set(table))


def test_every_activation_of_the_installed_torch_has_a_home() -> None:
    assert missing(activation.__all__, TABLE) == []


def test_a_new_activation_would_be_missed() -> None:
    assert missing([*activation.__all__, "NewReLU"], TABLE) == ["NewReLU"]


@pytest.mark.parametrize("name", TAUGHT)
def test_the_lesson_uses_what_it_is_said_to_teach(name: str) -> None:
    module = TAUGHT[name].replace("-", "_")
    source = (ROOT / f"src/torch_by_example/{module}.py").read_text(encoding="utf-8")
    assert FUNCTIONS.get(name, f"nn.{name}(") in source


def test_what_is_left_out_has_a_reason() -> None:
    for home in TABLE.values():
        assert isinstance(home, str) or home["omitted"]
