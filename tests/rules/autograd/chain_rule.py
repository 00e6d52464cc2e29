"""Rules of autograd/chain-rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import Tensor

if TYPE_CHECKING:
    from collections.abc import Callable

# Functions of one variable, each with its slope.
STEPS: dict[str, tuple[Callable[[Tensor], Tensor], Callable[[Tensor], Tensor]]] = {
    "sin": (torch.sin, torch.cos),
    "square": (lambda x: x**2, lambda x: 2 * x),
    "tanh": (torch.tanh, lambda x: 1 - torch.tanh(x) ** 2),
    "triple": (lambda x: 3 * x + 1, lambda x: torch.full_like(x, 3)),
    "sigmoid": (torch.sigmoid, lambda x: torch.sigmoid(x) * torch.sigmoid(-x)),
}
names = st.sampled_from(sorted(STEPS))
places = st.floats(-2, 2)


def double(value: float) -> Tensor:
    """Return a leaf of shape () in float64."""
    return torch.tensor(value, dtype=torch.float64, requires_grad=True)


def randn(seed: int, *shape: int) -> Tensor:
    """Return normally distributed numbers in float64, the same for each seed."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64)


@rule(start=places, chain=st.lists(names, min_size=1, max_size=6))
def slopes_multiply_along_a_path(start: float, chain: list[str]) -> None:
    x = double(start)
    value = x
    product = torch.ones_like(x)
    for name in chain:
        function, slope = STEPS[name]
        product = product * slope(value.detach())
        value = function(value)
    value.backward()
    torch.testing.assert_close(x.grad, product.detach())


@slopes_multiply_along_a_path.false("each slope is taken at x")
def _(start: float, chain: list[str]) -> None:
    x = double(start)
    value = x
    product = torch.ones_like(x)
    for name in chain:
        function, slope = STEPS[name]
        product = product * slope(x.detach())
        value = function(value)
    value.backward()
    torch.testing.assert_close(x.grad, product.detach())


@slopes_multiply_along_a_path.false("the slopes add up along a path")
def _(start: float, chain: list[str]) -> None:
    x = double(start)
    value = x
    total = torch.zeros_like(x)
    for name in chain:
        function, slope = STEPS[name]
        total = total + slope(value.detach())
        value = function(value)
    value.backward()
    torch.testing.assert_close(x.grad, total.detach())


@rule(start=st.floats(-20, 20), links=st.integers(1, 20))
def sigmoids_in_a_row_shrink_the_slope_fourfold_each(start: float, links: int) -> None:
    x = double(start)
    value = x
    for _ in range(links):
        value = torch.sigmoid(value)
    value.backward()
    assert x.grad is not None
    assert 0 < x.grad <= 0.25**links


@sigmoids_in_a_row_shrink_the_slope_fourfold_each.false("nor do weights between them")
def _(start: float, links: int) -> None:
    x = double(start)
    value = x
    for _ in range(links):
        value = torch.sigmoid(8 * value)
    value.backward()
    assert x.grad is not None
    assert x.grad <= 0.25**links


@rule(before=st.lists(names, max_size=3), start=places, weight=places)
def no_gradient_passes_a_python_number(
    before: list[str], start: float, weight: float
) -> None:
    first, last = double(start), double(weight)
    value = 2 * first
    for name in before:
        value = STEPS[name][0](value)
    (last * value.item()).backward()
    assert first.grad is None
    assert last.grad is not None


@no_gradient_passes_a_python_number.false("zeros arrive there")
def _(before: list[str], start: float, weight: float) -> None:
    first, last = double(start), double(weight)
    value = 2 * first
    for name in before:
        value = STEPS[name][0](value)
    (last * value.item()).backward()
    assert first.grad is not None


shapes = st.lists(st.integers(1, 4), max_size=3)


@rule(shape=shapes, seed=st.integers(0, 99))
def a_sum_passes_the_gradient_on_to_both(shape: list[int], seed: int) -> None:
    one = randn(seed, *shape).requires_grad_()
    two = randn(seed + 1, *shape).requires_grad_()
    v = randn(seed + 2, *shape)
    (one + two).backward(v)
    torch.testing.assert_close(one.grad, v)
    torch.testing.assert_close(two.grad, v)


@a_sum_passes_the_gradient_on_to_both.false("it shares the gradient out, half each")
def _(shape: list[int], seed: int) -> None:
    one = randn(seed, *shape).requires_grad_()
    v = randn(seed + 2, *shape)
    (one + randn(seed + 1, *shape)).backward(v)
    torch.testing.assert_close(one.grad, v / 2)


@a_sum_passes_the_gradient_on_to_both.false("so it does for shapes that broadcast")
def _(shape: list[int], seed: int) -> None:
    one = randn(seed, 1).requires_grad_()
    v = randn(seed + 2, *shape, 1)
    (one + randn(seed + 1, *shape, 1)).backward(v)
    torch.testing.assert_close(one.grad, v)


@rule(shape=shapes, seed=st.integers(0, 99))
def a_product_hands_each_factor_the_other(shape: list[int], seed: int) -> None:
    one = randn(seed, *shape).requires_grad_()
    two = randn(seed + 1, *shape).requires_grad_()
    v = randn(seed + 2, *shape)
    (one * two).backward(v)
    torch.testing.assert_close(one.grad, v * two.detach())
    torch.testing.assert_close(two.grad, v * one.detach())


@a_product_hands_each_factor_the_other.false("it hands each its own value")
def _(shape: list[int], seed: int) -> None:
    one = randn(seed, *shape).requires_grad_()
    v = randn(seed + 2, *shape)
    (one * randn(seed + 1, *shape)).backward(v)
    torch.testing.assert_close(one.grad, v * one.detach())


@rule(start=places, paths=st.lists(names, min_size=2, max_size=4))
def products_of_the_paths_are_added(start: float, paths: list[str]) -> None:
    s = double(start)
    middle = [STEPS[name][0](s) for name in paths]
    z = torch.stack(middle).cumprod(0).sum() + middle[0] * middle[-1]
    slopes = torch.autograd.grad(z, middle, retain_graph=True)
    z.backward()
    # The middle knows nothing of s, and s goes through each element of it.
    expected = sum(
        dz * STEPS[name][1](s.detach()) for dz, name in zip(slopes, paths, strict=True)
    )
    torch.testing.assert_close(s.grad, expected)


@products_of_the_paths_are_added.false("the last path counts")
def _(start: float, paths: list[str]) -> None:
    s = double(start)
    middle = [STEPS[name][0](s) for name in paths]
    z = torch.stack(middle).prod()
    slopes = torch.autograd.grad(z, middle, retain_graph=True)
    z.backward()
    torch.testing.assert_close(s.grad, slopes[-1] * STEPS[paths[-1]][1](s.detach()))


sizes = st.integers(1, 4)


def layer(
    seed: int, samples: int, inputs: int, outputs: int
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return the input, the gradient of z and those of the weights and the bias."""
    x = randn(seed, samples, inputs)
    w = randn(seed + 1, inputs, outputs).requires_grad_()
    b = randn(seed + 2, outputs).requires_grad_()
    z = x @ w + b
    z.retain_grad()
    torch.tanh(z).pow(2).mean().backward()
    assert z.grad is not None
    assert w.grad is not None
    assert b.grad is not None
    return x, z.grad, w.grad, b.grad


@rule(seed=st.integers(0, 99), samples=sizes, inputs=sizes, outputs=sizes)
def gradient_of_weights_is_transposed_input_times_gradient(
    seed: int, samples: int, inputs: int, outputs: int
) -> None:
    x, dz, dw, _ = layer(seed, samples, inputs, outputs)
    torch.testing.assert_close(dw, x.T @ dz)


@gradient_of_weights_is_transposed_input_times_gradient.false(
    "each row of it is the sum of the rows of the gradient"
)
def _(seed: int, samples: int, inputs: int, outputs: int) -> None:
    _, dz, dw, _ = layer(seed, samples, inputs, outputs)
    torch.testing.assert_close(dw, dz.sum(dim=0).expand(inputs, outputs))


@gradient_of_weights_is_transposed_input_times_gradient.false(
    "which sample goes with which gradient does not matter"
)
def _(seed: int, samples: int, inputs: int, outputs: int) -> None:
    x, dz, dw, _ = layer(seed, samples, inputs, outputs)
    torch.testing.assert_close(dw, x.flip(0).T @ dz)


@rule(seed=st.integers(0, 99), samples=sizes, inputs=sizes, outputs=sizes)
def gradient_of_the_bias_adds_up_the_rows(
    seed: int, samples: int, inputs: int, outputs: int
) -> None:
    _, dz, _, db = layer(seed, samples, inputs, outputs)
    torch.testing.assert_close(db, dz.sum(dim=0))


@gradient_of_the_bias_adds_up_the_rows.false("it is the mean of the rows")
def _(seed: int, samples: int, inputs: int, outputs: int) -> None:
    _, dz, _, db = layer(seed, samples, inputs, outputs)
    torch.testing.assert_close(db, dz.mean(dim=0))
