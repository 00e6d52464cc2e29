"""Rules of autograd/extend."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import Tensor
from torch.autograd.gradcheck import GradcheckError
from torch.utils.checkpoint import checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch.autograd.function import BackwardCFunction, FunctionCtx

values = st.lists(st.floats(-2, 2), min_size=1, max_size=4)


def leaf(value: list[float] | float) -> Tensor:
    """Return a leaf in float64."""
    return torch.tensor(value, dtype=torch.float64, requires_grad=True)


class Scaled(torch.autograd.Function):
    """A cube with a factor in its derivative, which should be 3."""

    @staticmethod
    def forward(x: Tensor, _factor: float) -> Tensor:
        """Compute the cube."""
        return x**3

    @staticmethod
    def setup_context(
        ctx: FunctionCtx, inputs: tuple[Tensor, float], _output: Tensor
    ) -> None:
        """Save the input and the factor."""
        x, factor = inputs
        ctx.save_for_backward(x)
        ctx.factor = factor  # type: ignore[attr-defined]

    @staticmethod
    def backward(ctx: BackwardCFunction, v: Tensor) -> Any:  # noqa: ANN401 - as in torch
        """Compute v times the factor times the square."""
        (x,) = ctx.saved_tensors
        return v * ctx.factor * x**2, None  # type: ignore[attr-defined]


factors = st.sampled_from([2.0, 2.9, 3.0, 3.1])


seeds = st.integers(0, 99)
sizes = st.integers(1, 4)


def randn(seed: int, *shape: int) -> Tensor:
    """Return normally distributed numbers in float64, the same for each seed."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64)


def straight(x: Tensor) -> Tensor:
    """Return rounded numbers whose gradient goes straight through."""
    return x + (x.round() - x).detach()


@rule(size=sizes, seed=seeds)
def the_detached_difference_goes_straight_through(size: int, seed: int) -> None:
    x = (3 * randn(seed, size)).requires_grad_()
    v = randn(seed + 1, size)
    y = straight(x)
    torch.testing.assert_close(y, x.round())
    y.backward(gradient=v)
    torch.testing.assert_close(x.grad, v)


@the_detached_difference_goes_straight_through.false("so does round by itself")
def _(size: int, seed: int) -> None:
    x = (3 * randn(seed, size)).requires_grad_()
    v = randn(seed + 1, size)
    x.round().backward(gradient=v)
    torch.testing.assert_close(x.grad, v)


@the_detached_difference_goes_straight_through.false("so does x.detach().round()")
def _(size: int, seed: int) -> None:
    x = (3 * randn(seed, size)).requires_grad_()
    assert x.detach().round().requires_grad


def checked(value: list[float], factor: float, dtype: torch.dtype) -> bool:
    """Tell whether gradcheck accepts the factor."""

    def scaled(x: Tensor) -> Tensor:
        result: Tensor = Scaled.apply(x, factor)  # type: ignore[no-untyped-call]
        return result

    x = torch.tensor(value, dtype=dtype, requires_grad=True)
    with warnings.catch_warnings():
        # It warns of float32, which is what is tried here.
        warnings.simplefilter("ignore", UserWarning)
        try:
            return torch.autograd.gradcheck(scaled, [x])
        except GradcheckError:
            return False


def order_in_a_graph(
    seed: int, data: st.DataObject
) -> tuple[list[int], list[tuple[int, int]], int]:
    """Go back through some graph, and record when each gradient is known.

    Returns:
        Numbers of the tensors in the order of their gradients; which is computed from
        which; and how many there are.
    """
    values = [randn(seed, 2).requires_grad_()]
    users = []
    count = data.draw(st.integers(2, 6))
    for number in range(1, count):
        one = data.draw(st.integers(0, number - 1))
        two = data.draw(st.integers(0, number - 1))
        values.append(torch.sin(values[one]) * values[two])
        users += [(one, number), (two, number)]
    total = torch.stack(values).sum()
    order: list[int] = []
    # Set in a mixed order, which has no influence.
    for number in data.draw(st.permutations(range(count))):

        def note(_: Tensor, number: int = number) -> None:
            order.append(number)

        values[number].register_hook(note)
    total.backward()
    return order, users, count


@rule(cases=30, value=values, factor=factors)
def gradcheck_sees_only_the_points_given(value: list[float], factor: float) -> None:
    if all(abs(number) > 0.3 for number in value):
        assert checked(value, factor, torch.float64) == (factor == 3)
    # Where the slope is zero with any factor, it finds no mistake.
    assert checked([0.0 for _ in value], factor, torch.float64)


@gradcheck_sees_only_the_points_given.false("a mistake is found wherever one looks")
def _(value: list[float], factor: float) -> None:
    assert checked(value, factor, torch.float64) == (factor == 3)


@gradcheck_sees_only_the_points_given.false("what is right passes in float32 as well")
def _(value: list[float], factor: float) -> None:
    del factor
    assert checked(value, 3.0, torch.float32)


@rule(seed=st.integers(0, 999), data=st.data())
def a_gradient_is_known_after_those_of_its_results(
    seed: int, data: st.DataObject
) -> None:
    order, users, _ = order_in_a_graph(seed, data)
    for source, result in users:
        assert order.index(result) < order.index(source)


@a_gradient_is_known_after_those_of_its_results.false("gradients come front to back")
def _(seed: int, data: st.DataObject) -> None:
    order, _, count = order_in_a_graph(seed, data)
    assert order == list(range(count))


def hooked(seed: int, size: int, hook: Callable[[Tensor], Tensor | None]) -> Tensor:
    """Return the gradient of x in 3 * x**2 with a hook on the square."""
    x = randn(seed, size).requires_grad_()
    square = x**2
    square.register_hook(hook)
    (3 * square).sum().backward()
    assert x.grad is not None
    return x.grad


@rule(size=sizes, seed=seeds, factor=st.floats(-3, 3))
def what_a_hook_returns_replaces_the_gradient(
    size: int, seed: int, factor: float
) -> None:
    expected = 6 * randn(seed, size)
    torch.testing.assert_close(
        hooked(seed, size, lambda g: factor * g), factor * expected
    )
    torch.testing.assert_close(hooked(seed, size, lambda _: None), expected)


@what_a_hook_returns_replaces_the_gradient.false("it is added to the gradient")
def _(size: int, seed: int, factor: float) -> None:
    expected = 6 * randn(seed, size)
    found = hooked(seed, size, lambda g: factor * g)
    torch.testing.assert_close(found, (1 + factor) * expected)


@what_a_hook_returns_replaces_the_gradient.false("None removes the gradient")
def _(size: int, seed: int, factor: float) -> None:
    del factor
    found = hooked(seed, size, lambda _: None)
    torch.testing.assert_close(found, torch.zeros_like(found))


@rule(cases=30, size=sizes, depth=sizes, seed=seeds)
def a_checkpoint_changes_no_gradient(size: int, depth: int, seed: int) -> None:
    def deep(x: Tensor) -> Tensor:
        for number in range(depth):
            x = torch.tanh(x + number) * torch.nn.functional.dropout(x, 0.5)
        return x

    x = randn(seed, size).requires_grad_()
    torch.manual_seed(seed)
    (plain,) = torch.autograd.grad(deep(x).sum(), x)
    torch.manual_seed(seed)
    y: Tensor = checkpoint(deep, x, use_reentrant=False)
    (again,) = torch.autograd.grad(y.sum(), x)
    torch.testing.assert_close(again, plain)


@a_checkpoint_changes_no_gradient.false("nor how often a function is called")
def _(size: int, depth: int, seed: int) -> None:
    del depth
    calls = []

    def counted(x: Tensor) -> Tensor:
        calls.append(x)
        return x.exp()

    x = randn(seed, size).requires_grad_()
    y: Tensor = checkpoint(counted, x, use_reentrant=False)
    y.sum().backward()
    assert len(calls) == 1


@rule(size=sizes, uses=sizes, seed=seeds)
def a_post_accumulate_hook_sees_the_whole_gradient(
    size: int, uses: int, seed: int
) -> None:
    x = randn(seed, size).requires_grad_()
    seen: list[Tensor] = []

    def look(leaf: Tensor) -> None:
        assert leaf.grad is not None
        seen.append(leaf.grad.clone())

    x.register_post_accumulate_grad_hook(look)
    torch.stack([(number + 1) * x**2 for number in range(uses)]).sum().backward()
    assert len(seen) == 1
    factor = uses * (uses + 1)
    torch.testing.assert_close(seen[0], factor * x.detach())


@a_post_accumulate_hook_sees_the_whole_gradient.false("it runs once for each use")
def _(size: int, uses: int, seed: int) -> None:
    x = randn(seed, size).requires_grad_()
    seen: list[Tensor] = []
    x.register_post_accumulate_grad_hook(seen.append)
    torch.stack([x**2 for _ in range(uses)]).sum().backward()
    assert len(seen) == uses
