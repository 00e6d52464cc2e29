"""Rules of activations/sigmoid."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import torch
from hypothesis import assume
from hypothesis import strategies as st
from tests.rule import rule
from torch.nn.functional import logsigmoid
from torch.testing import assert_close

dtypes = st.sampled_from([torch.float32, torch.float64])
numbers = st.one_of(st.floats(-120, 120), st.floats(-1, 1), st.just(0.0))


def slope(at: float, dtype: torch.dtype) -> torch.Tensor:
    x = torch.tensor(at, dtype=dtype, requires_grad=True)
    (gradient,) = torch.autograd.grad(torch.sigmoid(x), x)
    return gradient


@rule(at=numbers)
def sigmoid_is_never_steeper_than_a_quarter(at: float) -> None:
    found = slope(at, torch.float64)
    assert found <= 0.25
    if abs(at) > 1e-6:  # nearer to 0 the difference is lost in rounding
        assert found < 0.25


@sigmoid_is_never_steeper_than_a_quarter.false("the slope of the sigmoid is a quarter")
def _(at: float) -> None:
    assert slope(at, torch.float64) >= 0.2


def gradient_of_the_squared_error(output: float) -> torch.Tensor:
    """The gradient of a sigmoid's input, for an output that should be 0."""
    x = torch.logit(torch.tensor(output, dtype=torch.float64)).requires_grad_()
    (gradient,) = torch.autograd.grad(torch.sigmoid(x) ** 2, x)
    return gradient


@rule(outputs=st.tuples(*[st.floats(0.01, 0.999)] * 2).map(sorted))
def beyond_two_thirds_the_more_wrong_the_smaller_the_gradient(
    outputs: list[float],
) -> None:
    less, more = (2 / 3 + output / 3 for output in outputs)
    assume(more - less > 1e-6)
    less_wrong = gradient_of_the_squared_error(less)
    more_wrong = gradient_of_the_squared_error(more)
    assert more_wrong < less_wrong


@beyond_two_thirds_the_more_wrong_the_smaller_the_gradient.false(
    "the more wrong a neuron is, the slower it learns"
)
def _(outputs: list[float]) -> None:
    less, more = outputs
    assume(more - less > 1e-6)
    less_wrong = gradient_of_the_squared_error(less)
    more_wrong = gradient_of_the_squared_error(more)
    assert more_wrong < less_wrong


@rule(at=numbers, dtype=dtypes)
def gradient_of_sigmoid_is_zero_only_where_the_output_is_zero_or_one(
    at: float, dtype: torch.dtype
) -> None:
    output = torch.sigmoid(torch.tensor(at, dtype=dtype)).item()
    assert (slope(at, dtype) == 0) == (output in {0, 1})


@gradient_of_sigmoid_is_zero_only_where_the_output_is_zero_or_one.false(
    "the gradient of the sigmoid gets small and is never 0"
)
def _(at: float, dtype: torch.dtype) -> None:
    assert slope(at, dtype) > 0


def denormals_left(count: int) -> int:
    """How many of so many sigmoids of -88 are not 0."""
    return int((torch.sigmoid(torch.full((count,), -88.0)) != 0).sum())


@rule(cases=10, count=st.integers(1, 100))
def flushing_counts_for_the_thread_that_sets_it(count: int) -> None:
    with ThreadPoolExecutor(1) as other:
        other.submit(denormals_left, count).result()  # the thread is there before
        try:
            torch.set_flush_denormal(True)
            assert denormals_left(count) == 0
            assert other.submit(denormals_left, count).result() == count
        finally:
            torch.set_flush_denormal(False)
    assert denormals_left(count) == count


@flushing_counts_for_the_thread_that_sets_it.false("flushing counts for the whole CPU")
def _(count: int) -> None:
    begin = threading.Event()
    with ThreadPoolExecutor(1) as other:
        left = other.submit(lambda: begin.wait() and denormals_left(count))
        try:
            torch.set_flush_denormal(True)
            begin.set()
            assert left.result() == 0
        finally:
            torch.set_flush_denormal(False)


@rule(at=st.floats(-10, 80))
def sigmoid_of_minus_x_keeps_the_digits(at: float) -> None:
    x = torch.tensor(at, dtype=torch.float32)
    exact = torch.sigmoid(-x.double()).float()
    assert_close(torch.sigmoid(-x), exact, rtol=1e-5, atol=0)


@sigmoid_of_minus_x_keeps_the_digits.false("1 - sigmoid(x) is as good")
def _(at: float) -> None:
    x = torch.tensor(at, dtype=torch.float32)
    exact = torch.sigmoid(-x.double()).float()
    assert_close(1 - torch.sigmoid(x), exact, rtol=1e-5, atol=0)


extremes = st.floats(allow_nan=False, allow_infinity=False, width=32)


@rule(at=st.one_of(numbers, extremes), dtype=dtypes)
def logsigmoid_is_finite_for_finite_inputs(at: float, dtype: torch.dtype) -> None:
    x = torch.tensor(at, dtype=dtype)
    assert logsigmoid(x).isfinite()
    if abs(at) < 30:
        assert_close(logsigmoid(x.double()), torch.sigmoid(x.double()).log())


@logsigmoid_is_finite_for_finite_inputs.false("so is the logarithm of the sigmoid")
def _(at: float, dtype: torch.dtype) -> None:
    assert torch.sigmoid(torch.tensor(at, dtype=dtype)).log().isfinite()


@rule(score=st.floats(-20, 20))
def odds_are_the_exponential_of_the_score(score: float) -> None:
    x = torch.tensor(score, dtype=torch.float64)
    p = torch.sigmoid(x)
    assert_close(p / (1 - p), torch.exp(x), rtol=1e-5, atol=0)


@odds_are_the_exponential_of_the_score.false("twice the score is twice the probability")
def _(score: float) -> None:
    x = torch.tensor(score, dtype=torch.float64)
    assert_close(torch.sigmoid(2 * x), 2 * torch.sigmoid(x))
