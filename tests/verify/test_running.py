from __future__ import annotations

import sys
import warnings

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from tests.project import LIBRARY

from example_docs.outputs.expected import Output
from example_docs.verify.pytorch import devices, prepare
from example_docs.verify.run import run, run_program, without_packages


def test_what_is_printed_is_captured(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(lambda: sys.stdout.write("a\n\nb\n\n")) == Output("a\n\nb")
    assert capsys.readouterr().out == ""


def test_an_exception_is_part_of_the_output() -> None:
    found = run_program("print(1)\nraise ValueError('no\\n  why')\n")
    assert found == Output("1", "ValueError: no\n  why")


@pytest.mark.parametrize(
    "program",
    [
        "import torch\nprint(torch.rand(1).item())",
        "import numpy\nprint(numpy.random.rand())",
        "import random\nprint(random.random())",
    ],
)
def test_an_output_without_a_seed_depends_on_ours(program: str) -> None:
    assert run_program(program, LIBRARY, seed=0) == run_program(
        program, LIBRARY, seed=0
    )
    assert run_program(program, LIBRARY, seed=0) != run_program(
        program, LIBRARY, seed=1
    )


def test_one_program_does_not_change_the_next() -> None:
    disturbing = (
        "import numpy, torch\n"
        "torch.set_printoptions(precision=1)\n"
        "numpy.set_printoptions(precision=1)\n"
        "torch.set_default_dtype(torch.float64)\n"
        "torch.set_default_device('meta')\n"
        "torch.set_grad_enabled(False)\n"
        "name = 1\n"
    )
    looking = (
        "import numpy, torch\n"
        "print(torch.tensor([0.125], requires_grad=True) * 1, numpy.array([0.125]))\n"
        "print('name' in globals(), __name__)"
    )
    before = run_program(looking, LIBRARY)
    assert run_program(disturbing, LIBRARY) == Output()
    assert run_program(looking, LIBRARY) == before
    assert before.printed.endswith("False __main__")
    assert before.exception is None


def test_a_program_cannot_import_this_project() -> None:
    for name in ("torch_by_example", "example_docs.verify.run"):
        found = run_program(f"import {name}", LIBRARY)
        assert str(found.exception).startswith("ModuleNotFoundError:")
    assert "example_docs.verify.run" in sys.modules


def test_packages_come_back_after_a_failure() -> None:
    with pytest.raises(KeyError), without_packages("example_docs"):
        raise KeyError
    assert sys.modules["example_docs.verify.run"].__name__ == "example_docs.verify.run"


def test_a_warning_is_an_error_every_time() -> None:
    for _ in range(2):
        found = run(lambda: warnings.warn("careful", stacklevel=1))
        assert found == Output("", "UserWarning: careful")
        # PyTorch gives some warnings once a process, unless told otherwise.
        found = run(lambda: torch.ones(2, 3, 4).T, prepare=prepare)
        assert str(found.exception).startswith("UserWarning: ")


def test_figures_are_closed() -> None:
    assert run(lambda: plt.figure() and None) == Output()
    assert plt.get_fignums() == []


def test_the_default_device_is_set_while_an_example_runs() -> None:
    def show() -> None:
        sys.stdout.write(str(torch.ones(1).device))

    assert run(show, "meta", prepare=prepare) == Output("meta")
    assert torch.ones(1).device.type == "cpu"


def test_the_cpu_is_always_there() -> None:
    assert devices()[0] == "cpu"
    assert ("cuda" in devices()) == torch.cuda.is_available()


def test_numpy_prints_as_it_does_by_default() -> None:
    def show() -> None:
        sys.stdout.write(str(np.array([1 / 3])))

    assert run(show, prepare=prepare) == Output("[0.33333333]")
