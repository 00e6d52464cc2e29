"""Rules of optimise/gradient-descent."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import torch
from hypothesis import strategies as st
from tests.rule import rule

from torch_by_example.optimise.gradient_descent import travel

if TYPE_CHECKING:
    from collections.abc import Callable

curvatures = st.lists(st.floats(1, 6), min_size=2, max_size=3)
seeds = st.integers(0, 2**32 - 1)
shares = st.floats(0.3, 0.93) | st.floats(1.07, 1.5)


def turn(size: int, seed: int) -> torch.Tensor:
    """Draw an orthogonal matrix."""
    generator = torch.Generator("cpu").manual_seed(seed)
    drawn = torch.randn(size, size, generator=generator, dtype=torch.float64)
    turned: torch.Tensor = torch.linalg.qr(drawn).Q
    return turned


def quadratic(
    curvatures: list[float], seed: int
) -> Callable[[torch.Tensor], torch.Tensor]:
    """Make a quadratic function with these curvatures along directions at random."""
    axes = turn(len(curvatures), seed)
    matrix = axes @ torch.tensor(curvatures, dtype=torch.float64).diag() @ axes.T
    return lambda point: point @ matrix @ point / 2


def end(
    curvatures: list[float], seed: int, rate: float, momentum: float = 0.0
) -> float:
    """Return how far from the minimum SGD is after 120 steps from a distance of 1."""
    start = turn(len(curvatures), seed + 1)[0].tolist()
    function = quadratic(curvatures, seed)
    options = {"lr": rate, "momentum": momentum}
    places = travel(function, start, torch.optim.SGD, 120, **options)
    return math.hypot(*places[-1].tolist())


@rule(cases=10, curvatures=curvatures, seed=seeds, share=shares)
def steepest_curvature_limits_the_rate(
    curvatures: list[float], seed: int, share: float
) -> None:
    arrives = end(curvatures, seed, share * 2 / max(curvatures)) < 1e-3
    assert arrives == (share < 1)


@steepest_curvature_limits_the_rate.false("the gentlest direction sets the limit")
def _(curvatures: list[float], seed: int, share: float) -> None:
    arrives = end(curvatures, seed, share * 2 / min(curvatures)) < 1e-3
    assert arrives == (share < 1)


@steepest_curvature_limits_the_rate.false("the limit is one over the curvature")
def _(curvatures: list[float], seed: int, share: float) -> None:
    arrives = end(curvatures, seed, share / max(curvatures)) < 1e-3
    assert arrives == (share < 1)


@rule(
    cases=10,
    curvatures=curvatures,
    seed=seeds,
    share=shares,
    momentum=st.floats(0.0, 0.8),
)
def momentum_raises_the_limit_of_the_rate(
    curvatures: list[float], seed: int, share: float, momentum: float
) -> None:
    rate = share * 2 * (1 + momentum) / max(curvatures)
    assert (end(curvatures, seed, rate, momentum) < 1e-3) == (share < 1)


@momentum_raises_the_limit_of_the_rate.false(
    "with momentum too, the rate must stay below two over the steepest curvature"
)
def _(curvatures: list[float], seed: int, share: float, momentum: float) -> None:
    rate = share * 2 / max(curvatures)
    assert (end(curvatures, seed, rate, momentum) < 1e-3) == (share < 1)


def factor(rate: float, low: float, high: float) -> float:
    """Return the factor of the slower of two directions."""
    return max(abs(1 - rate * low), abs(1 - rate * high))


@rule(low=st.floats(0.01, 10), ratio=st.floats(1.1, 1e4), share=st.floats(0, 2))
def best_factor_depends_on_the_condition_number_alone(
    low: float, ratio: float, share: float
) -> None:
    best = 2 / (low + low * ratio)
    least = factor(best, low, low * ratio)
    assert math.isclose(least, (ratio - 1) / (ratio + 1), abs_tol=1e-9)
    assert factor(share * best, low, low * ratio) >= least - 1e-9


@best_factor_depends_on_the_condition_number_alone.false(
    "the best rate depends on the condition number alone"
)
def _(low: float, ratio: float, share: float) -> None:
    del share
    assert math.isclose(2 / (low + low * ratio), 2 / (1 + ratio))


@rule(curvature=st.floats(0.1, 100), share=st.floats(0.1, 1.9), start=st.floats(1, 9))
def slope_alternates_above_one_over_the_curvature(
    curvature: float, share: float, start: float
) -> None:
    if abs(share - 1) < 1e-3:
        return
    signs = signs_of_the_slope(curvature, share / curvature, start)
    assert signs.eq(signs[0]).all() == (share < 1)
    assert signs.diff().ne(0).all() == (share > 1)


def signs_of_the_slope(curvature: float, rate: float, start: float) -> torch.Tensor:
    """Return the sign of the slope of a parabola at the first places of SGD."""
    places = travel(
        lambda point: curvature * point[0] ** 2 / 2,
        [start],
        torch.optim.SGD,
        5,
        lr=rate,
    )
    return (curvature * places[:, 0]).sign()


@slope_alternates_above_one_over_the_curvature.false(
    "across the valley the slope changes its sign with each step"
)
def _(curvature: float, share: float, start: float) -> None:
    signs = signs_of_the_slope(curvature, share / curvature, start)
    assert signs.diff().ne(0).all()


@rule(
    cases=10,
    slope=st.floats(-50, 50).filter(lambda slope: abs(slope) > 1e-3),
    rate=st.floats(0.01, 2),
    momentum=st.floats(0, 0.95),
)
def momentum_stretches_steady_steps(slope: float, rate: float, momentum: float) -> None:
    last = last_steady_step(slope, rate, momentum)
    assert math.isclose(last, -rate / (1 - momentum) * slope, rel_tol=1e-4)


def last_steady_step(slope: float, rate: float, momentum: float) -> float:
    """Return the 200th step of SGD on a slope that does not change."""
    point = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([point], lr=rate, momentum=momentum)
    point.grad = torch.full_like(point, slope)
    before = point.item()
    for _ in range(200):
        before = point.item()
        optimizer.step()
    return point.item() - before


@momentum_stretches_steady_steps.false("momentum is an average of the gradients")
def _(slope: float, rate: float, momentum: float) -> None:
    last = last_steady_step(slope, rate, momentum)
    assert math.isclose(last, -rate * slope, rel_tol=1e-4)


slopes = st.floats(-12, 3).map(lambda exponent: 10**exponent)


def adams_steps(slopes: list[float], rate: float) -> list[float]:
    """Return Adam's steps when these are the slopes, one after the other."""
    point = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.Adam([point], lr=rate)
    places = [0.0]
    for slope in slopes:
        point.grad = torch.full_like(point, slope)
        optimizer.step()
        places.append(point.item())
    return [after - before for before, after in itertools.pairwise(places)]


@rule(slope=slopes, rate=st.floats(1e-4, 1))
def adams_first_step_is_the_rate(slope: float, rate: float) -> None:
    (step,) = adams_steps([slope], rate)
    if abs(slope) > 1e-5:
        assert math.isclose(step, -math.copysign(rate, slope), rel_tol=2e-3)


@adams_first_step_is_the_rate.false("the first step is the rate, whatever the slope")
def _(slope: float, rate: float) -> None:
    (step,) = adams_steps([slope], rate)
    assert math.isclose(step, -math.copysign(rate, slope), rel_tol=2e-3)


@adams_first_step_is_the_rate.false("the first step is rate times slope")
def _(slope: float, rate: float) -> None:
    (step,) = adams_steps([slope], rate)
    assert math.isclose(step, -rate * slope, rel_tol=2e-3)


@rule(cases=10, slope=st.floats(1e-3, 1e3), rate=st.floats(1e-4, 1))
def adam_steps_by_the_rate_on_a_steady_slope(slope: float, rate: float) -> None:
    steady = adams_steps(20 * [slope], rate)
    assert all(math.isclose(step, -rate, rel_tol=1e-3) for step in steady)
    alternating = adams_steps(10 * [slope, -slope], rate)
    assert max(map(abs, alternating[1:])) < rate / 2
    jump = adams_steps([*300 * [slope], 1e5 * slope], rate)
    assert -jump[-1] > 1.5 * rate


@adam_steps_by_the_rate_on_a_steady_slope.false(
    "Adam's step is about the rate, whatever the slopes"
)
def _(slope: float, rate: float) -> None:
    alternating = adams_steps(10 * [slope, -slope], rate)
    assert all(rate / 2 < abs(step) < 2 * rate for step in alternating)


@adam_steps_by_the_rate_on_a_steady_slope.false("no step is longer than the rate")
def _(slope: float, rate: float) -> None:
    jump = adams_steps([*300 * [slope], 1e5 * slope], rate)
    assert max(map(abs, jump)) < 1.01 * rate


@adam_steps_by_the_rate_on_a_steady_slope.false(
    "a sum of gradients makes Adam's steps longer, as it does in SGD"
)
def _(slope: float, rate: float) -> None:
    assert -adams_steps(20 * [slope], rate)[-1] > 2 * rate


@rule(
    cases=10,
    curvatures=curvatures,
    seed=seeds,
    exponent=st.floats(-3, 6),
    rate=st.floats(0.01, 0.1),
)
def adam_ignores_the_scale_of_the_loss(
    curvatures: list[float], seed: int, exponent: float, rate: float
) -> None:
    start = turn(len(curvatures), seed + 1)[0].mul(10).tolist()
    function = quadratic(curvatures, seed)
    scale = 10**exponent
    way = travel(function, start, torch.optim.Adam, 10, lr=rate)
    scaled = travel(
        lambda point: scale * function(point), start, torch.optim.Adam, 10, lr=rate
    )
    torch.testing.assert_close(scaled, way, rtol=1e-2, atol=1e-2)


@adam_ignores_the_scale_of_the_loss.false("Adam ignores the units of the parameters")
def _(curvatures: list[float], seed: int, exponent: float, rate: float) -> None:
    start = turn(len(curvatures), seed + 1)[0].mul(10)
    function = quadratic(curvatures, seed)
    unit = 10**exponent
    way = travel(function, start.tolist(), torch.optim.Adam, 10, lr=rate)
    scaled = travel(
        lambda point: function(unit * point),
        (start / unit).tolist(),
        torch.optim.Adam,
        10,
        lr=rate,
    )
    torch.testing.assert_close(unit * scaled, way, rtol=1e-2, atol=1e-2)


@adam_ignores_the_scale_of_the_loss.false("SGD ignores the scale of the loss")
def _(curvatures: list[float], seed: int, exponent: float, rate: float) -> None:
    start = turn(len(curvatures), seed + 1)[0].mul(10).tolist()
    function = quadratic(curvatures, seed)
    scale = 10**exponent
    way = travel(function, start, torch.optim.SGD, 10, lr=rate)
    scaled = travel(
        lambda point: scale * function(point), start, torch.optim.SGD, 10, lr=rate
    )
    torch.testing.assert_close(scaled, way, rtol=1e-2, atol=1e-2)


@rule(
    cases=10,
    curvatures=curvatures,
    seed=seeds,
    rate=st.floats(0.01, 0.3),
    momentum=st.sampled_from([0.0, 0.5, 0.9]),
)
def sgd_turns_with_its_function(
    curvatures: list[float], seed: int, rate: float, momentum: float
) -> None:
    check_turned(curvatures, seed, torch.optim.SGD, {"lr": rate, "momentum": momentum})


def check_turned(
    curvatures: list[float],
    seed: int,
    optimizer_class: type[torch.optim.Optimizer],
    options: dict[str, float],
) -> None:
    """Assert that the way in a turned function is the turned way."""
    function = quadratic(curvatures, seed)
    start = 10 * turn(len(curvatures), seed + 1)[0]
    angle = turn(len(curvatures), seed + 2)
    way = travel(function, start.tolist(), optimizer_class, 20, **options)
    turned = travel(
        lambda point: function(angle.T @ point),
        (angle @ start).tolist(),
        optimizer_class,
        20,
        **options,
    )
    torch.testing.assert_close(turned, way @ angle.T)


@sgd_turns_with_its_function.false("Adam's way turns with the function")
def _(curvatures: list[float], seed: int, rate: float, momentum: float) -> None:
    del momentum
    check_turned(curvatures, seed, torch.optim.Adam, {"lr": rate})


@rule(
    cases=10,
    seeds=st.tuples(seeds, seeds),
    rate=st.floats(0.001, 1),
    momentum=st.sampled_from([0.0, 0.5, 0.9]),
)
def sgd_draws_no_random_numbers(
    seeds: tuple[int, int], rate: float, momentum: float
) -> None:
    ends = []
    for seed in seeds:
        torch.manual_seed(seed)
        before = torch.get_rng_state()
        place = travel(
            lambda point: point.cos().sum(),
            [1.0, 2.0],
            torch.optim.SGD,
            5,
            lr=rate,
            momentum=momentum,
        )
        assert torch.get_rng_state().equal(before)
        ends.append(place[-1])
    assert ends[0].equal(ends[1])


@sgd_draws_no_random_numbers.false("another seed leads SGD to another end")
def _(seeds: tuple[int, int], rate: float, momentum: float) -> None:
    ends = []
    for seed in seeds:
        torch.manual_seed(seed)
        ends.append(
            travel(
                lambda point: point.cos().sum(),
                [1.0, 2.0],
                torch.optim.SGD,
                5,
                lr=rate,
                momentum=momentum,
            )[-1]
        )
    assert not ends[0].equal(ends[1])


@rule(seed=seeds, samples=st.integers(2, 9), weights=st.integers(1, 4))
def mean_loss_has_the_mean_gradient(seed: int, samples: int, weights: int) -> None:
    each, mean, _ = gradients(seed, samples, weights)
    torch.testing.assert_close(mean, each.mean(dim=0))


def gradients(
    seed: int, samples: int, weights: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return the gradient of each loss, of the mean loss, and of their sum."""
    torch.manual_seed(seed)
    x = torch.randn(samples, weights, dtype=torch.float64)
    y = torch.randn(samples, dtype=torch.float64)
    weight = torch.randn(weights, dtype=torch.float64, requires_grad=True)
    losses = (torch.tanh(x @ weight) - y) ** 2
    each = [torch.autograd.grad(loss, weight, retain_graph=True)[0] for loss in losses]
    (mean,) = torch.autograd.grad(losses.mean(), weight, retain_graph=True)
    (total,) = torch.autograd.grad(losses.sum(), weight)
    return torch.stack(each), mean, total


@mean_loss_has_the_mean_gradient.false("a sum of losses has the mean gradient")
def _(seed: int, samples: int, weights: int) -> None:
    each, _, total = gradients(seed, samples, weights)
    torch.testing.assert_close(total, each.mean(dim=0))


@mean_loss_has_the_mean_gradient.false("each sample has the gradient of the mean")
def _(seed: int, samples: int, weights: int) -> None:
    each, mean, _ = gradients(seed, samples, weights)
    torch.testing.assert_close(each, mean.expand_as(each))


@rule(cases=10, seed=seeds, size=st.integers(1, 20))
def half_the_scatter_takes_four_times_the_samples(seed: int, size: int) -> None:
    assert 0.45 < scatter(seed, 4 * size) / scatter(seed, size) < 0.55


def scatter(seed: int, size: int) -> float:
    """Return the standard deviation of 4000 gradients of batches of one size."""
    torch.manual_seed(seed)
    x = torch.randn(1000)
    y = 3 * x + torch.randn(1000)
    picks = torch.randint(1000, (4000, size))
    sample = 2 * (2 * x - y) * x
    return sample[picks].mean(dim=1).std().item()


@half_the_scatter_takes_four_times_the_samples.false(
    "twice the samples halve the scatter"
)
def _(seed: int, size: int) -> None:
    assert 0.45 < scatter(seed, 2 * size) / scatter(seed, size) < 0.55


@rule(
    optimizer_class=st.sampled_from([torch.optim.SGD, torch.optim.Adam]),
    computed=st.booleans(),
    retained=st.booleans(),
)
def optimisers_refuse_results_without_retain_grad(
    optimizer_class: type[torch.optim.SGD], *, computed: bool, retained: bool
) -> None:
    refused = refuses(optimizer_class, computed=computed, retained=retained)
    assert refused == (computed and not retained)


def refuses(
    optimizer_class: type[torch.optim.SGD], *, computed: bool, retained: bool
) -> bool:
    """Whether an optimiser ends in a ValueError when it gets such a tensor."""
    weights = torch.ones(3, requires_grad=True)
    if computed:
        weights = 0.01 * weights
    if retained:
        weights.retain_grad()
    try:
        optimizer_class([weights], lr=0.1)
    except ValueError:
        return True
    return False


@optimisers_refuse_results_without_retain_grad.false("they must be leaves")
def _(
    optimizer_class: type[torch.optim.SGD], *, computed: bool, retained: bool
) -> None:
    refused = refuses(optimizer_class, computed=computed, retained=retained)
    assert refused == computed
