"""Rules of autograd/descent."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import Tensor, nn

if TYPE_CHECKING:
    from collections.abc import Callable

STARTS = torch.tensor([-7.0, -2.0, -0.3, 0.5, 1.0, 4.0], dtype=torch.float64)


def descend(
    function: Callable[[Tensor], Tensor],
    start: Tensor,
    rate: float,
    steps: int,
) -> list[Tensor]:
    """Return all places on the way down, from several starts at once."""
    x = start.clone().requires_grad_()
    places = [start]
    for _ in range(steps):
        (slope,) = torch.autograd.grad(function(x).sum(), x)
        with torch.no_grad():
            x -= rate * slope
        places.append(x.detach().clone())
    return places


curvatures = st.floats(0.1, 10)
# In units of 1 / f'': a rate that works, or one that does not.
small_rates = st.floats(0.2, 1.8)
large_rates = st.floats(2.2, 5)
waves = st.tuples(st.floats(0.1, 2), st.floats(-3, 3), st.floats(0.5, 3))


def wavy(wave: tuple[float, float, float]) -> tuple[Callable[[Tensor], Tensor], float]:
    """Return a parabola with a wave on it, and its largest curvature."""
    bowl, height, frequency = wave
    largest = bowl + abs(height) * frequency**2

    def function(x: Tensor) -> Tensor:
        return bowl * x**2 / 2 + height * torch.cos(frequency * x)

    return function, largest


@rule(wave=waves, start=st.floats(-5, 5))
def small_steps_against_the_gradient_go_down(
    wave: tuple[float, float, float], start: float
) -> None:
    function, largest = wavy(wave)
    x = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    value = function(x)
    (slope,) = torch.autograd.grad(value, x)
    if slope.abs() > 1e-3:
        rates = 1.9 / largest * 0.5 ** torch.arange(12)
        assert (function(x - rates * slope) < value).all()


@small_steps_against_the_gradient_go_down.false("each step against it goes down")
def _(wave: tuple[float, float, float], start: float) -> None:
    function, _ = wavy(wave)
    x = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    value = function(x)
    (slope,) = torch.autograd.grad(value, x)
    assert function(x - slope) <= value


@rule(rate=st.floats(0.001, 1.5), steps=st.integers(1, 30))
def each_step_on_a_parabola_multiplies_by_the_same_factor(
    rate: float, steps: int
) -> None:
    places = torch.stack(descend(lambda x: x**2 + 20, STARTS, rate, steps))
    torch.testing.assert_close(places[1:], (1 - 2 * rate) * places[:-1])


@each_step_on_a_parabola_multiplies_by_the_same_factor.false(
    "each step goes equally far"
)
def _(rate: float, steps: int) -> None:
    places = torch.stack(descend(lambda x: x**2 + 20, STARTS, rate, steps))
    lengths = places.diff(dim=0).abs()
    torch.testing.assert_close(lengths, lengths[:1].expand_as(lengths))


@rule(
    curvature=curvatures,
    minimum=st.floats(-3, 3),
    rate=small_rates | large_rates | st.floats(-2, -0.1),
)
def parabolas_are_descended_below_two_over_the_curvature(
    curvature: float, minimum: float, rate: float
) -> None:
    start = minimum + STARTS
    places = descend(
        lambda x: curvature * (x - minimum) ** 2 / 2 - 4, start, rate / curvature, 40
    )
    left = (places[-1] - minimum).abs() / STARTS.abs()
    assert (left < 2e-4).all() if 0 < rate < 2 else (left > 100).all()


@parabolas_are_descended_below_two_over_the_curvature.false(
    "a rate below 1 arrives on every parabola"
)
def _(curvature: float, minimum: float, rate: float) -> None:
    start = minimum + STARTS
    if 0 < rate / curvature < 1:
        places = descend(
            lambda x: curvature * (x - minimum) ** 2 / 2, start, rate / curvature, 40
        )
        assert ((places[-1] - minimum).abs() < STARTS.abs()).all()


@rule(curvature=curvatures, minimum=st.floats(-3, 3))
def one_over_the_curvature_arrives_in_one_step(
    curvature: float, minimum: float
) -> None:
    places = descend(
        lambda x: curvature * (x - minimum) ** 2 / 2, STARTS, 1 / curvature, 1
    )
    torch.testing.assert_close(places[-1], torch.full_like(STARTS, minimum))


@one_over_the_curvature_arrives_in_one_step.false("a rate of 0.5 arrives in one step")
def _(curvature: float, minimum: float) -> None:
    places = descend(lambda x: curvature * (x - minimum) ** 2 / 2, STARTS, 0.5, 1)
    torch.testing.assert_close(places[-1], torch.full_like(STARTS, minimum))


@rule(wave=waves, rate=st.floats(0.05, 4))
def below_two_over_the_largest_curvature_every_step_goes_down(
    wave: tuple[float, float, float], rate: float
) -> None:
    function, largest = wavy(wave)
    if rate < 1.99:
        values = function(torch.stack(descend(function, STARTS, rate / largest, 20)))
        assert (values.diff(dim=0) < 1e-12).all()


@below_two_over_the_largest_curvature_every_step_goes_down.false(
    "above it, descent runs away"
)
def _(wave: tuple[float, float, float], rate: float) -> None:
    function, largest = wavy(wave)
    if rate > 2.1:
        places = descend(function, STARTS, rate / largest, 60)
        assert (places[-1].abs() > 100).all()


@below_two_over_the_largest_curvature_every_step_goes_down.false(
    "below 2 over the curvature at the start every step goes down"
)
def _(wave: tuple[float, float, float], rate: float) -> None:
    bowl, height, frequency = wave
    function, _ = wavy(wave)
    for start in STARTS:
        here = bowl - height * frequency**2 * math.cos(frequency * start)
        if here > 0 and rate < 2:
            one, two = descend(function, start[None], rate / here, 1)
            assert function(two) <= function(one) + 1e-12


@rule(
    curvature=curvatures,
    cubic=st.floats(-1, 1),
    quartic=st.floats(0, 1),
    rate=small_rates | large_rates,
)
def above_two_over_its_curvature_a_minimum_drives_x_out(
    curvature: float, cubic: float, quartic: float, rate: float
) -> None:
    near = 1e-6 * STARTS
    places = descend(
        lambda x: curvature * x**2 / 2 + cubic * x**3 + quartic * x**4,
        near,
        rate / curvature,
        60,
    )
    # Once out, it may go anywhere.
    ways = torch.stack(places).nan_to_num(math.inf)
    if rate > 2:
        assert (ways.abs().amax(dim=0) > 50 * near.abs()).all()
    else:
        assert (ways[-1].abs() < 0.01 * near.abs()).all()


@above_two_over_its_curvature_a_minimum_drives_x_out.false(
    "a start close enough to a minimum arrives there"
)
def _(curvature: float, cubic: float, quartic: float, rate: float) -> None:
    near = 1e-9 * STARTS
    places = descend(
        lambda x: curvature * x**2 / 2 + cubic * x**3 + quartic * x**4,
        near,
        rate / curvature,
        60,
    )
    assert (places[-1].abs() < near.abs()).all()


@above_two_over_its_curvature_a_minimum_drives_x_out.false(
    "above 2 over the curvature descent always runs away to infinity"
)
def _(curvature: float, cubic: float, quartic: float, rate: float) -> None:
    del cubic, quartic
    if rate > 2:
        places = descend(
            lambda x: curvature * (1 + x**2).sqrt(), STARTS, rate / curvature, 60
        )
        assert (places[-1].abs() > STARTS.abs()).all()


def swings(rate: float, steps: int, *, cleared: bool) -> list[float]:
    """Return the distances from the minimum of x**2, starting from 10."""
    x = torch.tensor(10.0, dtype=torch.float64, requires_grad=True)
    distances = []
    for _ in range(steps):
        if cleared:
            x.grad = None
        (x**2 + 20).backward()
        assert x.grad is not None
        with torch.no_grad():
            x -= rate * x.grad
        distances.append(abs(x.item()))
    return distances


@rule(cases=20, rate=st.floats(0.01, 3))
def without_clearing_x_never_settles(rate: float) -> None:
    # A wave of the smallest rate is 45 steps long.
    distances = swings(rate, 200, cleared=False)
    assert max(distances[-50:]) > 9.99


@without_clearing_x_never_settles.false("with a rate that is small enough it settles")
def _(rate: float) -> None:
    if rate < 0.5:
        assert swings(rate, 200, cleared=False)[-1] < 9


@without_clearing_x_never_settles.false("nor with clearing")
def _(rate: float) -> None:
    if rate < 0.5:
        assert max(swings(rate, 200, cleared=True)[-50:]) > 9.99


values = st.lists(st.floats(-10, 10), min_size=1, max_size=5)


@rule(start=values, rate=st.floats(0.01, 0.9))
def updates_in_place_keep_leaf_and_memory(start: list[float], rate: float) -> None:
    x = torch.tensor(start, requires_grad=True)
    leaf, address = x, x.data_ptr()
    x.square().sum().backward()
    assert x.grad is not None
    with torch.no_grad():
        x -= rate * x.grad
    assert x is leaf
    assert x.is_leaf
    assert x.data_ptr() == address


@updates_in_place_keep_leaf_and_memory.false("so does assigning to .data")
def _(start: list[float], rate: float) -> None:
    x = torch.tensor(start, requires_grad=True)
    address = x.data_ptr()
    x.data = x.data - rate
    assert x.data_ptr() == address


@updates_in_place_keep_leaf_and_memory.false("so does x = x - ...")
def _(start: list[float], rate: float) -> None:
    x = torch.tensor(start, requires_grad=True)
    x = x - rate
    assert x.is_leaf


@rule(cases=20, start=values, rate=st.floats(0.01, 0.9), steps=st.integers(1, 5))
def plain_sgd_subtracts_rate_times_gradient(
    start: list[float], rate: float, steps: int
) -> None:
    by_hand = torch.tensor(start)
    for place in descend(lambda x: x**4 / 10 + x, by_hand, rate, steps):
        by_hand = place
    x = torch.tensor(start, requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=rate)
    for _ in range(steps):
        optimizer.zero_grad()
        (x**4 / 10 + x).sum().backward()
        optimizer.step()
    torch.testing.assert_close(x.detach(), by_hand, equal_nan=True)


@plain_sgd_subtracts_rate_times_gradient.false("its steps are as long as the rate")
def _(start: list[float], rate: float, steps: int) -> None:
    del steps
    x = torch.tensor(start, requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=rate)
    (x**4 / 10 + x).sum().backward()
    optimizer.step()
    torch.testing.assert_close(x.detach(), torch.tensor(start) - rate)


sizes = st.integers(1, 4)
seeds = st.integers(0, 99)


def network(inputs: int, hidden: int, seed: int) -> tuple[nn.Module, list[Tensor]]:
    """Call backward() on a network; return it and its weights before that."""
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(inputs, hidden), nn.Tanh(), nn.Linear(hidden, 1))
    before = [parameter.detach().clone() for parameter in model.parameters()]
    (model(torch.randn(5, inputs)) - 1).square().mean().backward()
    return model, before


def moved(model: nn.Module, before: list[Tensor]) -> bool:
    """Tell whether weights are not what they were."""
    pairs = zip(before, model.parameters(), strict=True)
    return any(not torch.equal(a, b) for a, b in pairs)


@rule(cases=20, inputs=sizes, hidden=sizes, seed=seeds)
def backward_leaves_the_weights_alone(inputs: int, hidden: int, seed: int) -> None:
    model, before = network(inputs, hidden, seed)
    assert not moved(model, before)
    assert all(parameter.grad is not None for parameter in model.parameters())


@backward_leaves_the_weights_alone.false("it takes the step")
def _(inputs: int, hidden: int, seed: int) -> None:
    assert moved(*network(inputs, hidden, seed))


@backward_leaves_the_weights_alone.false("so does step()")
def _(inputs: int, hidden: int, seed: int) -> None:
    model, before = network(inputs, hidden, seed)
    torch.optim.SGD(model.parameters(), lr=0.1).step()
    assert not moved(model, before)
