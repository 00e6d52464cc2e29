"""Rules of autograd/func."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import Tensor, nn
from torch.func import functional_call, grad, jacfwd, jacrev, jvp, vjp, vmap

if TYPE_CHECKING:
    from collections.abc import Callable

seeds = st.integers(0, 99)
sizes = st.integers(1, 4)


def randn(seed: int, *shape: int) -> Tensor:
    """Return normally distributed numbers in float64, the same for each seed."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64)


def loss(weights: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the squared error of a neuron, for one sample."""
    return (torch.tanh(weights @ x) - y) ** 2


def mixture(seed: int, outputs: int, inputs: int) -> Callable[[Tensor], Tensor]:
    """Return a smooth function from some numbers to some others."""
    first, second = randn(seed, 5, inputs), randn(seed + 1, outputs, 5)
    return lambda x: second @ torch.tanh(first @ x)


def forward_mode_loaded() -> None:
    """Load what forward mode needs, which warns the first time."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        jvp(torch.sin, (torch.zeros(1),), (torch.ones(1),))


@rule(size=sizes, seed=seeds, recorded=st.booleans())
def func_grad_needs_no_requires_grad(size: int, seed: int, *, recorded: bool) -> None:
    x = randn(seed, size)
    other = x.clone().requires_grad_()
    (expected,) = torch.autograd.grad((other**3).sum(), other)
    if recorded:
        x.requires_grad_()
    found = grad(lambda x: (x**3).sum())(x)
    torch.testing.assert_close(found, expected)
    assert x.grad is None


@func_grad_needs_no_requires_grad.false("it stores the gradient in .grad")
def _(size: int, seed: int, *, recorded: bool) -> None:
    del recorded
    x = randn(seed, size).requires_grad_()
    grad(lambda x: (x**3).sum())(x)
    assert x.grad is not None


@rule(samples=sizes, size=sizes, seed=seeds)
def a_vmapped_function_equals_a_loop(samples: int, size: int, seed: int) -> None:
    w, xs, ys = randn(seed, size), randn(seed + 1, samples, size), randn(seed, samples)
    found = vmap(loss, in_dims=(None, 0, 0))(w, xs, ys)
    loop = [loss(w, x, y) for x, y in zip(xs, ys, strict=True)]
    torch.testing.assert_close(found, torch.stack(loop))


@a_vmapped_function_equals_a_loop.false("it equals the function of the whole batch")
def _(samples: int, size: int, seed: int) -> None:
    xs = randn(seed, samples, size)
    torch.testing.assert_close(vmap(torch.sum)(xs), torch.sum(xs).expand(samples))


@rule(samples=sizes, size=sizes, seed=seeds)
def gradients_per_sample_equal_a_loop(samples: int, size: int, seed: int) -> None:
    w, xs, ys = randn(seed, size), randn(seed + 1, samples, size), randn(seed, samples)
    found = vmap(grad(loss), in_dims=(None, 0, 0))(w, xs, ys)
    w.requires_grad_()
    loop = [
        torch.autograd.grad(loss(w, x, y), w)[0] for x, y in zip(xs, ys, strict=True)
    ]
    torch.testing.assert_close(found, torch.stack(loop))


@gradients_per_sample_equal_a_loop.false("backward() of the sum gives them, too")
def _(samples: int, size: int, seed: int) -> None:
    w, xs, ys = randn(seed, size), randn(seed + 1, samples, size), randn(seed, samples)
    found = vmap(grad(loss), in_dims=(None, 0, 0))(w, xs, ys)
    w.requires_grad_()
    torch.stack([loss(w, x, y) for x, y in zip(xs, ys, strict=True)]).sum().backward()
    assert w.grad is not None
    torch.testing.assert_close(found, w.grad.expand_as(found))


@rule(outputs=sizes, inputs=sizes, seed=seeds)
def jacrev_and_jacfwd_give_the_same_matrix(
    outputs: int, inputs: int, seed: int
) -> None:
    forward_mode_loaded()
    function, x = mixture(seed, outputs, inputs), randn(seed + 2, inputs)
    by_rows, by_columns = jacrev(function)(x), jacfwd(function)(x)
    torch.testing.assert_close(by_rows, by_columns)
    assert by_rows.shape == (outputs, inputs)


@jacrev_and_jacfwd_give_the_same_matrix.false("jacfwd gives the transposed one")
def _(outputs: int, inputs: int, seed: int) -> None:
    forward_mode_loaded()
    function, x = mixture(seed, outputs, inputs), randn(seed + 2, inputs)
    torch.testing.assert_close(jacrev(function)(x).T, jacfwd(function)(x))


@rule(outputs=sizes, inputs=sizes, seed=seeds)
def vjp_and_jvp_multiply_without_the_matrix(
    outputs: int, inputs: int, seed: int
) -> None:
    forward_mode_loaded()
    function, x = mixture(seed, outputs, inputs), randn(seed + 2, inputs)
    v, u = randn(seed + 3, outputs), randn(seed + 4, inputs)
    matrix = jacrev(function)(x)
    torch.testing.assert_close(vjp(function, x)[1](v)[0], v @ matrix)
    torch.testing.assert_close(jvp(function, (x,), (u,))[1], matrix @ u)


@vjp_and_jvp_multiply_without_the_matrix.false("both take a vector of the inputs")
def _(outputs: int, inputs: int, seed: int) -> None:
    function, x = mixture(seed, outputs, inputs), randn(seed + 2, inputs)
    try:
        vjp(function, x)[1](randn(seed, inputs))
    except RuntimeError as error:
        raise AssertionError from error


@rule(inputs=sizes, outputs=sizes, seed=seeds)
def functional_call_leaves_the_model_as_it_is(
    inputs: int, outputs: int, seed: int
) -> None:
    torch.manual_seed(seed)
    model = nn.Linear(inputs, outputs)
    before = {name: p.detach().clone() for name, p in model.named_parameters()}
    other = {name: torch.randn_like(p) for name, p in before.items()}
    x = torch.randn(inputs)
    found = functional_call(model, other, (x,))
    torch.testing.assert_close(found, other["weight"] @ x + other["bias"])
    for name, parameter in model.named_parameters():
        assert torch.equal(parameter, before[name])
        assert parameter.grad is None


@functional_call_leaves_the_model_as_it_is.false("it loads the parameters")
def _(inputs: int, outputs: int, seed: int) -> None:
    torch.manual_seed(seed)
    model = nn.Linear(inputs, outputs)
    other = {name: torch.randn_like(p) for name, p in model.named_parameters()}
    functional_call(model, other, (torch.randn(inputs),))
    assert torch.equal(model.weight, other["weight"])
