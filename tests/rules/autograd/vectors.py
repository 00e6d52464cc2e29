"""Rules of autograd/vectors."""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import Tensor

if TYPE_CHECKING:
    from collections.abc import Callable

seeds = st.integers(0, 99)
sizes = st.integers(1, 4)
shapes = st.lists(st.integers(1, 3), max_size=3)


def randn(seed: int, *shape: int) -> Tensor:
    """Return normally distributed numbers in float64, the same for each seed."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64)


def mixing(seed: int, inputs: int, outputs: int) -> Callable[[Tensor], Tensor]:
    """Return a function in which each output depends on each input."""
    inner, outer = randn(seed, 5, inputs), randn(seed + 1, outputs, 5)

    def function(x: Tensor) -> Tensor:
        return outer @ torch.tanh(inner @ x) + x.prod()

    return function


def row_by_row(function: Callable[[Tensor], Tensor], at: Tensor) -> Tensor:
    """Return the Jacobian of a function of a vector, by its definition."""
    x = at.clone().requires_grad_()
    y = function(x)
    rows = [torch.autograd.grad(e, x, retain_graph=True)[0] for e in y.flatten()]
    return torch.stack(rows).reshape((*y.shape, *x.shape))


@rule(cases=30, inputs=shapes, outputs=shapes, seed=seeds)
def a_jacobian_has_the_shape_of_the_output_then_of_the_input(
    inputs: list[int], outputs: list[int], seed: int
) -> None:
    count = math.prod(inputs)
    function = mixing(seed, count, math.prod(outputs))

    def shaped(x: Tensor) -> Tensor:
        return function(x.reshape(count)).reshape(outputs)

    jacobian = torch.func.jacrev(shaped)(randn(seed, *inputs))
    assert list(jacobian.shape) == outputs + inputs
    torch.testing.assert_close(jacobian, row_by_row(shaped, randn(seed, *inputs)))


@a_jacobian_has_the_shape_of_the_output_then_of_the_input.false("of the input first")
def _(inputs: list[int], outputs: list[int], seed: int) -> None:
    def shaped(x: Tensor) -> Tensor:
        return x.sum().expand(outputs)

    jacobian = torch.func.jacrev(shaped)(randn(seed, *inputs))
    assert list(jacobian.shape) == inputs + outputs


@a_jacobian_has_the_shape_of_the_output_then_of_the_input.false("it is a matrix")
def _(inputs: list[int], outputs: list[int], seed: int) -> None:
    def shaped(x: Tensor) -> Tensor:
        return x.sum().expand(outputs)

    assert torch.func.jacrev(shaped)(randn(seed, *inputs)).dim() == 2


@rule(inputs=sizes, outputs=sizes, seed=seeds)
def the_gradient_of_a_sum_adds_up_the_rows(
    inputs: int, outputs: int, seed: int
) -> None:
    function = mixing(seed, inputs, outputs)
    x = randn(seed + 2, inputs).requires_grad_()
    function(x).sum().backward()
    rows = row_by_row(function, x.detach())
    torch.testing.assert_close(x.grad, rows.sum(dim=0))


@the_gradient_of_a_sum_adds_up_the_rows.false("it adds up the columns")
def _(inputs: int, outputs: int, seed: int) -> None:
    function = mixing(seed, inputs, outputs)
    x = randn(seed + 2, inputs).requires_grad_()
    function(x).sum().backward()
    rows = row_by_row(function, x.detach())
    torch.testing.assert_close(x.grad, rows.sum(dim=1))


@the_gradient_of_a_sum_adds_up_the_rows.false("it is the diagonal")
def _(inputs: int, outputs: int, seed: int) -> None:
    del outputs
    function = mixing(seed, inputs, inputs)
    x = randn(seed + 2, inputs).requires_grad_()
    function(x).sum().backward()
    torch.testing.assert_close(x.grad, row_by_row(function, x.detach()).diagonal())


@rule(inputs=sizes, outputs=sizes, seed=seeds)
def the_gradient_of_a_mean_is_that_of_the_sum_over_the_number(
    inputs: int, outputs: int, seed: int
) -> None:
    function = mixing(seed, inputs, outputs)
    x = randn(seed + 2, inputs).requires_grad_()
    (of_sum,) = torch.autograd.grad(function(x).sum(), x)
    (of_mean,) = torch.autograd.grad(function(x).mean(), x)
    torch.testing.assert_close(of_mean, of_sum / outputs)


@the_gradient_of_a_mean_is_that_of_the_sum_over_the_number.false("of inputs")
def _(inputs: int, outputs: int, seed: int) -> None:
    function = mixing(seed, inputs, outputs)
    x = randn(seed + 2, inputs).requires_grad_()
    (of_sum,) = torch.autograd.grad(function(x).sum(), x)
    (of_mean,) = torch.autograd.grad(function(x).mean(), x)
    torch.testing.assert_close(of_mean, of_sum / inputs)


ELEMENTWISE: dict[str, Callable[[Tensor], Tensor]] = {
    "sin": torch.sin,
    "square": lambda x: x**2,
    "tanh": torch.tanh,
    "weighted": lambda x: x * torch.arange(x.numel()),
    "mixed": lambda x: torch.cat([x[:1].exp(), x[1:].cos()]),
}
elementwise = st.sampled_from(sorted(ELEMENTWISE))


@rule(name=elementwise, size=sizes, seed=seeds)
def the_sum_of_separate_outputs_mixes_nothing_up(
    name: str, size: int, seed: int
) -> None:
    function = ELEMENTWISE[name]
    x = randn(seed, size).requires_grad_()
    function(x).sum().backward()
    jacobian = row_by_row(function, x.detach())
    torch.testing.assert_close(x.grad, jacobian.diagonal())
    torch.testing.assert_close(jacobian, jacobian.diagonal().diag())


@the_sum_of_separate_outputs_mixes_nothing_up.false("nor does that of others")
def _(name: str, size: int, seed: int) -> None:
    def function(x: Tensor) -> Tensor:
        return ELEMENTWISE[name](x).cumsum(0)

    x = randn(seed, size).requires_grad_()
    function(x).sum().backward()
    torch.testing.assert_close(x.grad, row_by_row(function, x.detach()).diagonal())


PARTS: dict[str, Callable[[Tensor], Tensor]] = {
    "share": lambda x: x / x.sum(),
    "softmax": lambda x: torch.softmax(x, dim=0),
    "squares": lambda x: x**2 / (x**2).sum(),
}
parts = st.sampled_from(sorted(PARTS))


@rule(name=parts, size=st.integers(2, 5), seed=seeds)
def the_sum_of_parts_of_a_whole_has_no_gradient(
    name: str, size: int, seed: int
) -> None:
    x = (randn(seed, size).abs() + 0.1).requires_grad_()
    PARTS[name](x).sum().backward()
    torch.testing.assert_close(x.grad, torch.zeros_like(x), rtol=0, atol=1e-12)


@the_sum_of_parts_of_a_whole_has_no_gradient.false("nor has a part")
def _(name: str, size: int, seed: int) -> None:
    x = (randn(seed, size).abs() + 0.1).requires_grad_()
    PARTS[name](x)[0].backward()
    torch.testing.assert_close(x.grad, torch.zeros_like(x), rtol=0, atol=1e-12)


@rule(inputs=sizes, outputs=sizes, seed=seeds)
def backward_computes_v_times_the_jacobian(
    inputs: int, outputs: int, seed: int
) -> None:
    function = mixing(seed, inputs, outputs)
    x = randn(seed + 2, inputs).requires_grad_()
    v = randn(seed + 3, outputs)
    function(x).backward(gradient=v)
    torch.testing.assert_close(x.grad, v @ row_by_row(function, x.detach()))
    (weighted,) = torch.autograd.grad((v * function(x)).sum(), x)
    torch.testing.assert_close(x.grad, weighted)


@backward_computes_v_times_the_jacobian.false("the Jacobian times v")
def _(inputs: int, outputs: int, seed: int) -> None:
    del outputs
    function = mixing(seed, inputs, inputs)
    x = randn(seed + 2, inputs).requires_grad_()
    v = randn(seed + 3, inputs)
    function(x).backward(gradient=v)
    torch.testing.assert_close(x.grad, row_by_row(function, x.detach()) @ v)


@backward_computes_v_times_the_jacobian.false("v only says where to begin")
def _(inputs: int, outputs: int, seed: int) -> None:
    function = mixing(seed, inputs, outputs)
    x = randn(seed + 2, inputs).requires_grad_()
    function(x).backward(gradient=randn(seed + 3, outputs))
    torch.testing.assert_close(x.grad, row_by_row(function, x.detach()).sum(dim=0))


def accepts(output: list[int], v: list[int] | None) -> bool:
    """Tell whether backward() takes a v of a shape, or none, for an output."""
    y = torch.ones(output, requires_grad=True) * 2
    try:
        y.backward(None if v is None else torch.ones(v))
    except RuntimeError:
        return False
    return True


@rule(output=shapes, other=shapes)
def v_needs_the_shape_of_the_output(output: list[int], other: list[int]) -> None:
    assert accepts(output, output)
    assert accepts(output, other) == (other == output)


@v_needs_the_shape_of_the_output.false("v may broadcast")
def _(output: list[int], other: list[int]) -> None:
    del other
    assert accepts(output, [1])


@v_needs_the_shape_of_the_output.false("v needs as many elements as the output")
def _(output: list[int], other: list[int]) -> None:
    assert accepts(output, other) == (math.prod(other) == math.prod(output))


@rule(output=shapes)
def one_element_in_any_shape_needs_no_v(output: list[int]) -> None:
    assert accepts(output, None) == (math.prod(output) == 1)


@one_element_in_any_shape_needs_no_v.false("only the shape () needs none")
def _(output: list[int]) -> None:
    assert accepts(output, None) == (output == [])


@rule(cases=30, inputs=sizes, outputs=sizes, seed=seeds, data=st.data())
def backward_gives_rows_and_forward_mode_columns(
    inputs: int, outputs: int, seed: int, data: st.DataObject
) -> None:
    function = mixing(seed, inputs, outputs)
    x = randn(seed + 2, inputs)
    jacobian = row_by_row(function, x)
    row = data.draw(st.integers(0, outputs - 1))
    column = data.draw(st.integers(0, inputs - 1))
    leaf = x.clone().requires_grad_()
    function(leaf).backward(torch.eye(outputs, dtype=x.dtype)[row])
    torch.testing.assert_close(leaf.grad, jacobian[row])
    torch.testing.assert_close(forward(function, x, column), jacobian[:, column])


def forward(function: Callable[[Tensor], Tensor], x: Tensor, column: int) -> Tensor:
    """Return what one pass of forward mode gives for one of the inputs."""
    direction = torch.eye(x.numel(), dtype=x.dtype)[column]
    with warnings.catch_warnings():
        # Forward mode still loads a part of PyTorch that is on its way out.
        warnings.filterwarnings("ignore", message=".*torch.jit.script")
        slopes = torch.func.jvp(function, (x,), (direction,))[1]
    assert isinstance(slopes, Tensor)
    return slopes


@backward_gives_rows_and_forward_mode_columns.false("forward mode gives rows, too")
def _(inputs: int, outputs: int, seed: int, data: st.DataObject) -> None:
    del outputs
    function = mixing(seed, inputs, inputs)
    x = randn(seed + 2, inputs)
    place = data.draw(st.integers(0, inputs - 1))
    torch.testing.assert_close(
        forward(function, x, place), row_by_row(function, x)[place]
    )


@backward_gives_rows_and_forward_mode_columns.false("forward mode is approximate")
def _(inputs: int, outputs: int, seed: int, data: st.DataObject) -> None:
    function = mixing(seed, inputs, outputs)
    x = randn(seed + 2, inputs)
    column = data.draw(st.integers(0, inputs - 1))
    error = forward(function, x, column) - row_by_row(function, x)[:, column]
    assert error.abs().max() > 1e-9
