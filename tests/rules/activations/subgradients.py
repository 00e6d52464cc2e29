"""Rules of activations/subgradients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from hypothesis import assume
from hypothesis import strategies as st
from tests.rule import rule
from torch.nn.functional import hardtanh

if TYPE_CHECKING:
    from collections.abc import Callable

    Function = Callable[[torch.Tensor], torch.Tensor]

numbers = st.floats(-100, 100, width=32)
seeds = st.integers(0, 10_000)

SPELLINGS: dict[str, Function] = {
    "relu": torch.relu,
    "maximum": lambda x: torch.maximum(x, torch.zeros_like(x)),
    "where above": lambda x: torch.where(x > 0, x, 0.0),
    "where not below": lambda x: torch.where(x >= 0, x, 0.0),
}

WITHOUT_DERIVATIVE: dict[str, tuple[Function, list[float]]] = {
    **{name: (way, [0.0]) for name, way in SPELLINGS.items()},
    "clamp": (lambda x: x.clamp(-1, 1), [-1.0, 1.0]),
    "hardtanh": (hardtanh, [-1.0, 1.0]),
    "abs": (torch.abs, [0.0]),
    "max": (lambda x: x.max(), [2.0, 2.0]),
    "max with dim": (lambda x: x.max(dim=0).values, [2.0, 2.0]),
    "norm": (torch.linalg.vector_norm, [0.0, 0.0]),
    "sqrt": (torch.sqrt, [0.0]),
    "log": (torch.log, [0.0, -1.0]),
    "round": (torch.round, [0.5, 1.5]),
    "floor": (torch.floor, [0.0, 1.0]),
    "sign": (torch.sign, [0.0]),
}


def gradient(function: Function, at: torch.Tensor) -> torch.Tensor:
    x = at.clone().requires_grad_()
    (slopes,) = torch.autograd.grad(function(x).sum(), x)
    return slopes


def answers(function: Function, at: torch.Tensor) -> bool:
    """Whether autograd gives a gradient, whatever it is, and no error."""
    try:
        return gradient(function, at).shape == at.shape
    except RuntimeError:
        return False


@rule(name=st.sampled_from(sorted(WITHOUT_DERIVATIVE)))
def autograd_raises_no_error_at_a_kink(name: str) -> None:
    function, places = WITHOUT_DERIVATIVE[name]
    assert answers(function, torch.tensor(places))


@autograd_raises_no_error_at_a_kink.false("autograd never refuses")
def _(name: str) -> None:
    function, places = WITHOUT_DERIVATIVE[name]
    at = torch.tensor(places)
    assert answers(function, at)
    assert answers(lambda x: (function(x) > 0).float(), at)


@autograd_raises_no_error_at_a_kink.false("autograd answers with a finite number")
def _(name: str) -> None:
    function, places = WITHOUT_DERIVATIVE[name]
    assert gradient(function, torch.tensor(places)).isfinite().all()


@rule(
    at=st.one_of(numbers, st.just(0.0)),
    names=st.permutations(sorted(SPELLINGS)),
)
def spellings_of_relu_differ_at_zero_only(at: float, names: list[str]) -> None:
    x = torch.tensor(at)
    one, other = SPELLINGS[names[0]], SPELLINGS[names[1]]
    assert one(x) == other(x)
    if at != 0:
        assert gradient(one, x) == gradient(other, x)
    else:
        slopes = {gradient(way, x).item() for way in SPELLINGS.values()}
        assert slopes == {0.0, 0.5, 1.0}


@spellings_of_relu_differ_at_zero_only.false(
    "spellings of one function have one gradient"
)
def _(at: float, names: list[str]) -> None:
    x = torch.tensor(at)
    one, other = SPELLINGS[names[0]], SPELLINGS[names[1]]
    assert gradient(one, x) == gradient(other, x)


@rule(
    slope=st.one_of(st.floats(-3, 3), st.sampled_from([0.0, 1.0])),
    at=st.lists(st.floats(-100, 100), min_size=1, max_size=20),
)
def relu_has_the_subgradients_from_zero_to_one(slope: float, at: list[float]) -> None:
    x = torch.tensor([*at, -1.0, 1.0], dtype=torch.float64)
    below = bool((torch.relu(x) >= slope * x).all())
    assert below == (0 <= slope <= 1)


@relu_has_the_subgradients_from_zero_to_one.false(
    "only 0 is a subgradient of ReLU at 0"
)
def _(slope: float, at: list[float]) -> None:
    x = torch.tensor([*at, -1.0, 1.0], dtype=torch.float64)
    assert bool((torch.relu(x) >= slope * x).all()) == (slope == 0)


def with_slopes(left: float, right: float, spelling: str) -> Function:
    """A function with a kink at 0; the spelling decides what autograd answers."""
    middle, bend = (left + right) / 2, (right - left) / 2
    spellings: dict[str, Function] = {
        "left": lambda x: torch.where(x > 0, right * x, left * x),
        "right": lambda x: torch.where(x >= 0, right * x, left * x),
        "none": lambda x: right * torch.relu(x) - left * torch.relu(-x),
        "mean": lambda x: middle * x + bend * x.abs(),
        "maximum": lambda x: (
            left * x + (right - left) * torch.maximum(x, torch.zeros_like(x))
        ),
    }
    return spellings[spelling]


def passes(function: Function) -> bool:
    zero = torch.zeros((), dtype=torch.float64, requires_grad=True)
    passed: bool = torch.autograd.gradcheck(function, zero, raise_exception=False)
    return passed


@rule(
    left=st.integers(-5, 5),
    right=st.integers(-5, 5),
    spelling=st.sampled_from(["left", "right", "none", "mean", "maximum"]),
)
def gradcheck_wants_the_mean_of_both_slopes(
    left: int, right: int, spelling: str
) -> None:
    assume(left != right)
    function = with_slopes(left, right, spelling)
    answer = gradient(function, torch.zeros((), dtype=torch.float64)).item()
    assert passes(function) == (answer == (left + right) / 2)


@gradcheck_wants_the_mean_of_both_slopes.false("gradcheck cannot succeed at a kink")
def _(left: int, right: int, spelling: str) -> None:
    assume(left != right)
    assert not passes(with_slopes(left, right, spelling))


@gradcheck_wants_the_mean_of_both_slopes.false(
    "gradcheck passes whenever the answer is one of the slopes left and right"
)
def _(left: int, right: int, spelling: str) -> None:
    assume(left != right)
    function = with_slopes(left, right, spelling)
    answer = gradient(function, torch.zeros((), dtype=torch.float64)).item()
    assert passes(function) or answer not in {left, right}


def gradients_from_zero(
    way: Function, seed: int, units: int, inputs: int
) -> tuple[torch.Tensor, ...]:
    """The gradients of a layer of zeros, by some loss of its outputs."""
    torch.manual_seed(seed)
    weights = torch.zeros(units, inputs, requires_grad=True)
    bias = torch.zeros(units, requires_grad=True)
    y = way(torch.randn(5, inputs) @ weights.T + bias)
    loss = ((y - torch.randn(5, units)) ** 2).sum() + (y @ torch.randn(units)).sum()
    return torch.autograd.grad(loss, [weights, bias])


@rule(seed=seeds, units=st.integers(1, 4), inputs=st.integers(1, 4))
def zero_weights_stay_zero_behind_relu(seed: int, units: int, inputs: int) -> None:
    for slopes in gradients_from_zero(torch.relu, seed, units, inputs):
        assert not slopes.any()


@zero_weights_stay_zero_behind_relu.false("the spelling of ReLU does not matter")
def _(seed: int, units: int, inputs: int) -> None:
    for slopes in gradients_from_zero(SPELLINGS["maximum"], seed, units, inputs):
        assert not slopes.any()


scores = st.lists(st.integers(0, 3), min_size=1, max_size=8).map(
    lambda values: torch.tensor(values, dtype=torch.float32)
)


@rule(values=scores)
def amax_shares_and_max_with_dim_chooses(values: torch.Tensor) -> None:
    winners = values == values.max()
    shared = winners / winners.sum()
    torch.testing.assert_close(gradient(lambda x: x.max(), values), shared)
    torch.testing.assert_close(gradient(lambda x: x.amax(dim=0), values), shared)
    chosen = gradient(lambda x: x.max(dim=0).values, values)
    assert chosen.sum() == 1
    assert chosen[values.max(dim=0).indices] == 1


@amax_shares_and_max_with_dim_chooses.false("equal largest elements always share")
def _(values: torch.Tensor) -> None:
    winners = values == values.max()
    chosen = gradient(lambda x: x.max(dim=0).values, values)
    torch.testing.assert_close(chosen, winners / winners.sum())


@rule(
    at=st.lists(st.one_of(numbers, st.integers(-3, 3)), min_size=1, max_size=5),
    step=st.sampled_from([torch.round, torch.floor, torch.sign]),
    seed=seeds,
)
def rounding_passes_no_gradient(at: list[float], step: Function, seed: int) -> None:
    torch.manual_seed(seed)
    x = torch.tensor(at, dtype=torch.float32)
    weights = torch.randn(len(at))
    assert not gradient(lambda x: step(3 * x + 1).square() @ weights, x).any()


@rounding_passes_no_gradient.false("what is in front of a round has no influence")
def _(at: list[float], step: Function, seed: int) -> None:
    del seed
    x = torch.tensor(at, dtype=torch.float32)
    assert torch.equal(step(3 * x + 1), step(3 * x + 6))


@rounding_passes_no_gradient.false("whatever goes through a round gets no gradient")
def _(at: list[float], step: Function, seed: int) -> None:
    del seed
    x = torch.tensor(at, dtype=torch.float32)
    assert not gradient(lambda x: x + step(x), x).any()


places = st.lists(
    st.one_of(st.floats(0, 100, width=32, allow_subnormal=False), st.just(0.0)),
    min_size=1,
    max_size=5,
).map(torch.tensor)
"""Where a root is masked; at 0 its slope is infinite."""


@rule(at=places, seed=seeds)
def where_sends_zero_into_the_other_branch(at: torch.Tensor, seed: int) -> None:
    torch.manual_seed(seed)
    taken = torch.rand(len(at)) < 0.5
    arriving = torch.randn(len(at))
    one = at.clone().requires_grad_()
    other = at.clone().requires_grad_()
    torch.where(taken, one, other).backward(arriving)
    assert one.grad is not None
    assert other.grad is not None
    assert torch.equal(one.grad, torch.where(taken, arriving, 0.0))
    assert torch.equal(other.grad, torch.where(taken, 0.0, arriving))
    masked = gradient(lambda x: torch.where(x > 0, x.sqrt(), 0.0), at)
    assert torch.equal(masked.isnan(), at == 0)  # 0 times infinity


@where_sends_zero_into_the_other_branch.false(
    "where keeps the branch not taken out of the gradient"
)
def _(at: torch.Tensor, seed: int) -> None:
    del seed
    masked = gradient(lambda x: torch.where(x > 0, x.sqrt(), 0.0), at)
    assert not masked.isnan().any()


def masked_twice(x: torch.Tensor) -> torch.Tensor:
    harmless = torch.where(x > 0, x, 1.0)
    return torch.where(x > 0, harmless.sqrt(), 0.0)


@rule(at=places)
def two_masks_keep_the_gradient_finite(at: torch.Tensor) -> None:
    torch.testing.assert_close(masked_twice(at), at.sqrt())
    slopes = gradient(masked_twice, at)
    assert slopes.isfinite().all()
    torch.testing.assert_close(slopes[at > 0], 0.5 / at[at > 0].sqrt())
    assert not slopes[at == 0].any()


@two_masks_keep_the_gradient_finite.false("the outer mask is enough")
def _(at: torch.Tensor) -> None:
    slopes = gradient(lambda x: torch.where(x > 0, x.sqrt(), 0.0), at)
    assert slopes.isfinite().all()


@two_masks_keep_the_gradient_finite.false("the inner mask is enough")
def _(at: torch.Tensor) -> None:
    torch.testing.assert_close(torch.where(at > 0, at, 1.0).sqrt(), at.sqrt())
