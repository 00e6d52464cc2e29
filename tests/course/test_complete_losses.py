"""Each loss, optimiser and scheduler of PyTorch is taught, or left out for a reason."""

from __future__ import annotations

import importlib
import re

import pytest
import yaml
from tests.project import PACKAGE, ROOT

Table = dict[str, str | dict[str, str]]

FUNCTIONS = {
    "BCELoss": "binary_cross_entropy",
    "BCEWithLogitsLoss": "binary_cross_entropy_with_logits",
    "CrossEntropyLoss": "cross_entropy",
    "GaussianNLLLoss": "gaussian_nll_loss",
    "HuberLoss": "huber_loss",
    "KLDivLoss": "kl_div",
    "L1Loss": "l1_loss",
    "MSELoss": "mse_loss",
    "PoissonNLLLoss": "poisson_nll_loss",
    "SmoothL1Loss": "smooth_l1_loss",
}
"""Losses are taught as functions."""

MODULES = ("torch.nn.modules.loss", "torch.optim", "torch.optim.lr_scheduler")
TABLES: dict[str, Table] = {
    module: rows
    for module, rows in yaml.safe_load(
        (ROOT / "docs/names.yml").read_text(encoding="utf-8")
    ).items()
    if module in MODULES
}
ROWS = [(name, row) for rows in TABLES.values() for name, row in rows.items()]


def missing(names: list[str], table: Table) -> list[str]:
    """The names that a table says nothing of."""
    return sorted({name for name in names if not name.startswith("_")} - set(table))


def complaint(name: str, row: str | dict[str, str]) -> str | None:
    """Say what is wrong with a row, or return ``None``."""
    if isinstance(row, dict):
        return None if row.get("omitted") else f"{name} is left out without a reason"
    code = ROOT / "src" / PACKAGE / f"{row.replace('-', '_')}.py"
    if re.search(rf"\b{FUNCTIONS.get(name, name)}\b", code.read_text(encoding="utf-8")):
        return None
    return f"{name} is said to be taught in {row}, whose programs do not use it"


@pytest.mark.parametrize("module", MODULES)
def test_nothing_is_forgotten(module: str) -> None:
    more = missing(importlib.import_module(module).__all__, TABLES[module])
    assert not more, f"docs/names.yml: {module} has {more}; teach or omit them"


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_what_is_said_is_so(name: str, row: str | dict[str, str]) -> None:
    assert complaint(name, row) is None


def test_a_new_name_is_noticed() -> None:
    assert missing(["SGD", "NewSGD", "_private"], TABLES["torch.optim"]) == ["NewSGD"]


def test_a_bad_row_is_noticed() -> None:
    assert "without a reason" in str(complaint("SGD", {"omitted": ""}))
    assert "do not use it" in str(complaint("SGD", "tensors/reshape"))
