"""Which names of a library a program uses, and where first."""

from __future__ import annotations

import pytest

from example_docs.code.uses import names_used


@pytest.mark.parametrize(
    ("program", "names"),
    [
        ("import torch\nx = torch.zeros(2)", {"torch.zeros": 2}),
        ("import torch.nn as nn\nnn.Linear(1, 2)", {"torch.nn.Linear": 2}),
        (
            "from torch import nn\nclass N(nn.Module):\n    pass",
            {"torch.nn.Module": 2},
        ),
        (
            "import torch\nx = torch.ones(2)\nprint(x.sum(dim=0))\nx.sum()",
            {"torch.ones": 2, ".sum": 3, "dim=": 3},
        ),
        ("import torch\ndef f(x: torch.Tensor) -> torch.Tensor:\n    pass", {}),
        ("def f(lr):\n    return lr\nf(lr=1)", {}),
        ("print('x', sep='')", {}),
        ("import math\nmath.exp(1)", {}),
        (
            "import matplotlib.pyplot as plt\nf, axes = plt.subplots()\n"  # noqa: ISC004
            "for ax, y in zip(axes, [1]):\n    ax.scatter(1, y, s=2)",
            {},
        ),
        (
            "import matplotlib.pyplot as plt\nf, axes = plt.subplots()\n"  # noqa: ISC004
            "free = iter(axes.flat)\nax = next(free)\nax.scatter(1, 2, s=6)",
            {},
        ),
        ("import inspect\ninspect.signature(f).parameters.get(dim=1)", {}),
        ("a, b = [], [2, 1]\na.append(1)\nb.sort(key=abs)", {}),
        ("a = [1]\na = f(a)\na.sort(dim=0)", {".sort": 3, "dim=": 3}),
        ("a = []\na[0].sum()", {".sum": 2}),
        (
            "import torch\nwith torch.no_grad():\n    pass",
            {"torch.no_grad": 2},
        ),
    ],
)
def test_names(program: str, names: dict[str, int]) -> None:
    assert names_used(program, "torch") == names
