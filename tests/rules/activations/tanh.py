"""Rules of activations/tanh."""

from __future__ import annotations

import torch
from hypothesis import strategies as st
from tests.rule import rule

seeds = st.integers(0, 10_000)
dtypes = st.sampled_from([torch.float32, torch.float64])
numbers = st.one_of(st.floats(-30, 30), st.floats(-1, 1), st.just(0.0))


def slope(at: float, dtype: torch.dtype) -> torch.Tensor:
    x = torch.tensor(at, dtype=dtype, requires_grad=True)
    (gradient,) = torch.autograd.grad(torch.tanh(x), x)
    return gradient


@rule(at=numbers, dtype=dtypes)
def tanh_keeps_the_sign(at: float, dtype: torch.dtype) -> None:
    x = torch.tensor(at, dtype=dtype)
    assert torch.tanh(-x) == -torch.tanh(x)
    assert torch.sign(torch.tanh(x)) == torch.sign(x)


@tanh_keeps_the_sign.false("the sigmoid keeps the sign")
def _(at: float, dtype: torch.dtype) -> None:
    x = torch.tensor(at, dtype=dtype)
    assert torch.sigmoid(-x) == -torch.sigmoid(x)


@rule(at=numbers)
def tanh_is_a_stretched_and_shifted_sigmoid(at: float) -> None:
    x = torch.tensor(at, dtype=torch.float64)
    torch.testing.assert_close(2 * torch.sigmoid(2 * x) - 1, torch.tanh(x))


@tanh_is_a_stretched_and_shifted_sigmoid.false(
    "tanh is the sigmoid, twice as high and moved down by 1"
)
def _(at: float) -> None:
    x = torch.tensor(at, dtype=torch.float64)
    torch.testing.assert_close(2 * torch.sigmoid(x) - 1, torch.tanh(x))


@rule(at=st.one_of(numbers, st.floats(8, 20), st.floats(-20, -8)), dtype=dtypes)
def slope_of_tanh_is_zero_only_where_the_output_is_rounded_to_one(
    at: float, dtype: torch.dtype
) -> None:
    output = torch.tanh(torch.tensor(at, dtype=dtype))
    assert (slope(at, dtype) == 0) == (output.abs() == 1)


@slope_of_tanh_is_zero_only_where_the_output_is_rounded_to_one.false(
    "the slope of tanh gets small and is never 0"
)
def _(at: float, dtype: torch.dtype) -> None:
    assert slope(at, dtype) > 0


@rule(half=st.lists(st.floats(-30, 30), min_size=1, max_size=8))
def symmetric_inputs_come_out_of_tanh_with_mean_zero(half: list[float]) -> None:
    x = torch.tensor(half, dtype=torch.float64)
    mean = torch.tanh(torch.cat([x, -x])).mean()
    torch.testing.assert_close(mean, torch.zeros_like(mean))


@symmetric_inputs_come_out_of_tanh_with_mean_zero.false(
    "inputs of mean 0 come out with the mean 0"
)
def _(half: list[float]) -> None:
    x = torch.tensor([*half, -sum(half)], dtype=torch.float64)
    mean = torch.tanh(x).mean()
    torch.testing.assert_close(mean, torch.zeros_like(mean))


def gradient_of_the_weights(inputs: torch.Tensor) -> torch.Tensor:
    """The gradient of a linear unit; a row of inputs for each sample."""
    weights = torch.randn(inputs.shape[1], dtype=torch.float64, requires_grad=True)
    targets = torch.randn(len(inputs), dtype=torch.float64)
    (gradient,) = torch.autograd.grad(
        ((inputs @ weights - targets) ** 2).sum(), weights
    )
    return gradient


@rule(seed=seeds, count=st.integers(1, 10), samples=st.integers(1, 4))
def positive_inputs_give_weight_gradients_of_one_sign(
    seed: int, count: int, samples: int
) -> None:
    torch.manual_seed(seed)
    for row in torch.rand(samples, count, dtype=torch.float64) + 1e-3:
        gradient = gradient_of_the_weights(row.unsqueeze(0))
        assert (gradient > 0).all() or (gradient < 0).all()


@positive_inputs_give_weight_gradients_of_one_sign.false(
    "behind a sigmoid all weights of a neuron have the same sign"
)
def _(seed: int, count: int, samples: int) -> None:
    torch.manual_seed(seed)
    weights = torch.randn(count, dtype=torch.float64, requires_grad=True)
    inputs = torch.rand(samples, count, dtype=torch.float64)
    for _ in range(20):
        loss = ((inputs @ weights - 1) ** 2).mean()
        (gradient,) = torch.autograd.grad(loss, weights)
        weights = (weights - 0.1 * gradient).detach().requires_grad_()
    assert (weights > 0).all() or (weights < 0).all()


@positive_inputs_give_weight_gradients_of_one_sign.false(
    "the gradients of a batch have one sign too"
)
def _(seed: int, count: int, samples: int) -> None:
    torch.manual_seed(seed)
    inputs = torch.rand(samples, count, dtype=torch.float64)
    gradient = gradient_of_the_weights(inputs)
    assert (gradient > 0).all() or (gradient < 0).all()


@rule(
    seed=seeds,
    size=st.integers(1, 5),
    steps=st.integers(1, 50),
    scale=st.floats(0, 100),
)
def state_behind_tanh_stays_between_minus_one_and_one(
    seed: int, size: int, steps: int, scale: float
) -> None:
    torch.manual_seed(seed)
    state = torch.rand(size)
    inward, onward = scale * torch.randn(2, size, size)
    for _ in range(steps):
        state = torch.tanh(torch.randn(size) @ inward + state @ onward)
        assert (state.abs() <= 1).all()


@state_behind_tanh_stays_between_minus_one_and_one.false(
    "any activation keeps the state within bounds"
)
def _(seed: int, size: int, steps: int, scale: float) -> None:
    torch.manual_seed(seed)
    state = torch.rand(size)
    inward, onward = scale * torch.randn(2, size, size)
    for _ in range(steps):
        state = torch.relu(torch.randn(size) @ inward + state @ onward)
        assert (state.abs() <= 1).all()


def factors(weight: float, start: float, steps: int) -> list[float]:
    """How each state of a recurrent unit follows the one before."""
    state = torch.tensor(start, dtype=torch.float64)
    found = []
    for _ in range(steps):
        before = state.detach().requires_grad_()
        state = torch.tanh(weight * before)
        (factor,) = torch.autograd.grad(state, before)
        found.append(factor.item())
    return found


@rule(weight=st.floats(-5, 5), start=st.floats(-1, 1), steps=st.integers(1, 20))
def each_recurrent_step_contributes_at_most_the_weight(
    weight: float, start: float, steps: int
) -> None:
    for factor in factors(weight, start, steps):
        assert abs(factor) <= abs(weight)


@each_recurrent_step_contributes_at_most_the_weight.false(
    "tanh keeps the gradient from growing"
)
def _(weight: float, start: float, steps: int) -> None:
    for factor in factors(weight, start, steps):
        assert abs(factor) <= 1
