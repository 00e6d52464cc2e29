"""Rules of start/what-is-pytorch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import Tensor, nn

from torch_by_example.start.what_is_pytorch import double_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch.fx import GraphModule


@rule(shape=st.lists(st.integers(0, 3), max_size=3).map(tuple), count=st.integers(1, 4))
def stacking_adds_a_dimension_in_front(shape: tuple[int, ...], count: int) -> None:
    tensors = [torch.full(shape, number) for number in range(count)]
    stacked = torch.stack(tensors)
    assert stacked.shape == (count, *shape)
    assert all(torch.equal(stacked[number], tensors[number]) for number in range(count))


@stacking_adds_a_dimension_in_front.false("stacking adds a dimension at the end")
def _(shape: tuple[int, ...], count: int) -> None:
    assert torch.stack([torch.zeros(shape)] * count).shape == (*shape, count)


@stacking_adds_a_dimension_in_front.false("stacking makes the first dimension longer")
def _(shape: tuple[int, ...], count: int) -> None:
    stacked = torch.stack([torch.zeros(shape)] * count)
    assert stacked.ndim == len(shape)


KINDS: dict[str, Callable[[], object]] = {
    "parameter": lambda: nn.Parameter(torch.zeros(1)),
    "module": lambda: nn.Linear(1, 1, bias=False),
    "tensor": lambda: torch.zeros(1, requires_grad=True),
    "list": lambda: [nn.Parameter(torch.zeros(1))],
    "list of modules": lambda: [nn.Linear(1, 1)],
}


@rule(kinds=st.lists(st.sampled_from(sorted(KINDS)), max_size=5))
def modules_count_only_nn_parameters(kinds: list[str]) -> None:
    module = nn.Module()
    for place, kind in enumerate(kinds):
        setattr(module, f"part{place}", KINDS[kind]())
    counted = [kind for kind in kinds if kind in {"parameter", "module"}]
    assert len(list(module.parameters())) == len(counted)
    assert all(isinstance(one, nn.Parameter) for one in module.parameters())


@modules_count_only_nn_parameters.false("every tensor with a gradient is a parameter")
def _(kinds: list[str]) -> None:
    module = nn.Module()
    for place, kind in enumerate(kinds):
        setattr(module, f"part{place}", KINDS[kind]())
    tracking = [kind for kind in kinds if kind in {"parameter", "module", "tensor"}]
    assert len(list(module.parameters())) == len(tracking)


@modules_count_only_nn_parameters.false("parameters in a list are found")
def _(kinds: list[str]) -> None:
    module = nn.Module()
    for place, kind in enumerate(kinds):
        setattr(module, f"part{place}", KINDS[kind]())
    found = [kind for kind in kinds if kind in {"parameter", "module", "list"}]
    assert len(list(module.parameters())) == len(found)


@rule(start=st.floats(0.125, 300, width=32), limit=st.floats(1, 200))
def loops_are_differentiated_as_they_ran(start: float, limit: float) -> None:
    x = torch.tensor(start, requires_grad=True)
    y, steps = double_until(x, limit)
    if steps:
        y.backward()
        assert x.grad == 2**steps
    assert y == start * 2**steps


@loops_are_differentiated_as_they_ran.false("the derivative is that of one doubling")
def _(start: float, limit: float) -> None:
    x = torch.tensor(start, requires_grad=True)
    y, _ = double_until(x, limit)
    y.backward()
    assert x.grad == 2


def times_caught(calls: list[Tensor]) -> int:
    """Return how often a compiled function is caught in these calls."""
    caught = 0

    def count(graph: GraphModule, inputs: list[Tensor]) -> Callable[..., object]:
        del inputs
        nonlocal caught
        caught += 1
        return graph.forward

    torch.compiler.reset()
    compiled = torch.compile(lambda x: torch.sin(x) * torch.cos(x), backend=count)
    for x in calls:
        torch.testing.assert_close(compiled(x), torch.sin(x) * torch.cos(x))
    torch.compiler.reset()
    return caught


@rule(
    cases=5,
    shape=st.lists(st.integers(2, 4), min_size=1, max_size=2).map(tuple),
    calls=st.integers(1, 4),
    seed=st.integers(0, 99),
)
def compile_catches_once_for_one_kind_of_input(
    shape: tuple[int, ...], calls: int, seed: int
) -> None:
    torch.manual_seed(seed)
    inputs = [torch.randn(shape) for _ in range(calls)]
    assert times_caught(inputs) == 1
    assert times_caught([*inputs, *(x.double() for x in inputs)]) == 2


@compile_catches_once_for_one_kind_of_input.false("each call is caught anew")
def _(shape: tuple[int, ...], calls: int, seed: int) -> None:
    torch.manual_seed(seed)
    assert times_caught([torch.randn(shape) for _ in range(calls)]) == calls
