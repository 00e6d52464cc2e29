"""Rules of activations/softmax."""

from __future__ import annotations

import torch
from hypothesis import assume
from hypothesis import strategies as st
from tests.rule import rule
from torch.testing import assert_close


def tensor(numbers: list[float]) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64)


scores = st.lists(st.floats(-20, 20), min_size=2, max_size=6).map(tensor)
far_apart = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=6).map(tensor)
numbers = st.floats(-20, 20)


def softmax(a: torch.Tensor) -> torch.Tensor:
    return torch.softmax(a, dim=0)


def jacobian(a: torch.Tensor) -> torch.Tensor:
    result: torch.Tensor = torch.func.jacrev(softmax)(a)
    return result


@rule(a=scores, data=st.data(), more=st.floats(0.01, 5))
def raising_one_score_lowers_all_other_probabilities(
    a: torch.Tensor, data: st.DataObject, more: float
) -> None:
    raised = data.draw(st.integers(0, len(a) - 1))
    rise = torch.zeros_like(a)
    rise[raised] = more
    up = softmax(a + rise) > softmax(a)
    assert up.tolist() == [place == raised for place in range(len(a))]


@raising_one_score_lowers_all_other_probabilities.false(
    "raising one score lowers the others if each goes through a sigmoid too"
)
def _(a: torch.Tensor, data: st.DataObject, more: float) -> None:
    rise = torch.zeros_like(a)
    rise[data.draw(st.integers(0, len(a) - 1))] = more
    down = torch.sigmoid(a + rise) < torch.sigmoid(a)
    assert down.sum() == len(a) - 1


@rule(a=scores, number=numbers)
def adding_a_number_to_all_scores_changes_nothing(
    a: torch.Tensor, number: float
) -> None:
    assert_close(softmax(a + number), softmax(a))


@adding_a_number_to_all_scores_changes_nothing.false(
    "multiplying all scores by a number changes nothing"
)
def _(a: torch.Tensor, number: float) -> None:
    assert_close(softmax(a * number), softmax(a))


@rule(a=scores)
def a_gap_between_scores_is_a_factor_between_probabilities(a: torch.Tensor) -> None:
    p = softmax(a)
    assert_close(p[0] / p[1], torch.exp(a[0] - a[1]))


@a_gap_between_scores_is_a_factor_between_probabilities.false(
    "softmax brings numbers that are far apart closer together"
)
def _(a: torch.Tensor) -> None:
    low, high = a.abs().sort().values[:2] + 0.1
    p = softmax(torch.stack([low, high]))
    assert p[1] / p[0] <= high / low


@a_gap_between_scores_is_a_factor_between_probabilities.false(
    "softmax does not bring numbers together"
)
def _(a: torch.Tensor) -> None:
    low, high = a.abs().sort().values[:2] + 0.1
    p = softmax(torch.stack([low, high]))
    assert p[1] / p[0] >= high / low


@rule(a=scores, low=st.floats(0.1, 10), factor=st.floats(1.1, 10))
def a_lower_temperature_gives_the_largest_score_more(
    a: torch.Tensor, low: float, factor: float
) -> None:
    best = a.argmax()
    sharp, flat = softmax(a / low)[best], softmax(a / (low * factor))[best]
    assert sharp >= flat - 1e-12


@a_lower_temperature_gives_the_largest_score_more.false(
    "a higher temperature gives every other score more"
)
def _(a: torch.Tensor, low: float, factor: float) -> None:
    others = torch.arange(len(a)) != a.argmax()
    sharp, flat = softmax(a / low), softmax(a / (low * factor))
    assert (flat >= sharp - 1e-12)[others].all()


@rule(a=far_apart)
def with_the_largest_subtracted_nothing_overflows(a: torch.Tensor) -> None:
    exponentials = torch.exp(a - a.max())
    assert exponentials.max() == 1
    assert_close(exponentials / exponentials.sum(), softmax(a))


@with_the_largest_subtracted_nothing_overflows.false(
    "the formula as it is written will do"
)
def _(a: torch.Tensor) -> None:
    exponentials = torch.exp(a)
    assert_close(exponentials / exponentials.sum(), softmax(a))


@rule(a=scores)
def jacobian_of_softmax_is_symmetric_and_adds_up_to_zero(a: torch.Tensor) -> None:
    matrix = jacobian(a)
    p = softmax(a)
    assert_close(matrix, torch.diag(p) - torch.outer(p, p))
    assert_close(matrix, matrix.T)
    for dim in (0, 1):
        assert_close(matrix.sum(dim=dim), torch.zeros_like(a))


@jacobian_of_softmax_is_symmetric_and_adds_up_to_zero.false(
    "the derivatives of a probability are p times (1 - p)"
)
def _(a: torch.Tensor) -> None:
    p = softmax(a)
    assert_close(jacobian(a), torch.diag(p * (1 - p)))


@rule(a=scores, seed=st.integers(0, 10_000))
def backward_through_softmax_needs_only_p_and_v(a: torch.Tensor, seed: int) -> None:
    torch.manual_seed(seed)
    v = torch.randn_like(a)
    x = a.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(softmax(x), x, v)
    p = softmax(a)
    assert_close(gradient, p * (v - v.dot(p)))
    assert_close(gradient, jacobian(a).T @ v)


@backward_through_softmax_needs_only_p_and_v.false(
    "the gradient is v times the slope p (1 - p)"
)
def _(a: torch.Tensor, seed: int) -> None:
    torch.manual_seed(seed)
    v = torch.randn_like(a)
    p = softmax(a)
    assert_close(jacobian(a).T @ v, v * p * (1 - p))


extremes = st.floats(allow_nan=False, allow_infinity=False)


@rule(a=st.lists(st.one_of(st.floats(-1e4, 1e4), extremes), min_size=2).map(tensor))
def log_softmax_is_finite_where_the_gaps_are(a: torch.Tensor) -> None:
    assume((a.max() - a.min()).isfinite())
    log_p = torch.log_softmax(a, dim=0)
    assert log_p.isfinite().all()
    if a.abs().max() < 1e4:  # beyond, the difference of two such numbers is rounded
        assert_close(log_p, a - torch.logsumexp(a, dim=0))


@log_softmax_is_finite_where_the_gaps_are.false(
    "the logarithm of softmax is finite where the gaps are"
)
def _(a: torch.Tensor) -> None:
    assume((a.max() - a.min()).isfinite())
    assert softmax(a).log().isfinite().all()
