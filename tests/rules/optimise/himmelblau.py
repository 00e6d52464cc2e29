"""Rules of optimise/himmelblau."""

from __future__ import annotations

import torch
from hypothesis import strategies as st
from tests.rule import rule

from torch_by_example.optimise.himmelblau import MINIMA, flat_place, himmelblau

PLACES = [
    *MINIMA,
    (-0.270845, -0.923039),
    (0.086678, 2.884255),
    (3.385154, 0.073852),
    (-0.127961, -1.953715),
    (-3.073026, -0.081353),
]
"""The minima, then the maximum, then the saddles."""

starts = st.lists(st.tuples(st.floats(-4, 4), st.floats(-4, 4)), min_size=2, max_size=4)


def descend(
    points: torch.Tensor, name: str, steps: int, *, mean: bool = False
) -> torch.Tensor:
    """Let points descend together, shape (2, count)."""
    points = points.clone().requires_grad_()
    optimizer = getattr(torch.optim, name)([points], lr=0.005)
    for _ in range(steps):
        optimizer.zero_grad()
        heights = himmelblau(points)
        (heights.mean() if mean else heights.sum()).backward()
        optimizer.step()
    return points.detach()


def alone(points: torch.Tensor, name: str, steps: int) -> torch.Tensor:
    """Let the same points descend one after the other."""
    ends = [descend(point.unsqueeze(1), name, steps) for point in points.T]
    return torch.cat(ends, dim=1)


names = st.sampled_from(["SGD", "Adam"])


@rule(cases=15, starts=starts, name=names)
def descents_in_one_tensor_go_their_own_ways(
    starts: list[tuple[float, float]], name: str
) -> None:
    points = torch.tensor(starts, dtype=torch.float64).T
    torch.testing.assert_close(descend(points, name, 15), alone(points, name, 15))


@descents_in_one_tensor_go_their_own_ways.false("so they do with the mean height")
def _(starts: list[tuple[float, float]], name: str) -> None:
    points = torch.tensor(starts, dtype=torch.float64).T
    together = descend(points, name, 15, mean=True)
    torch.testing.assert_close(together, alone(points, name, 15))


curvature = st.floats(-9, 9).filter(lambda value: abs(value) > 0.1)


@rule(first=curvature, second=curvature, seed=st.integers(0, 2**32 - 1))
def signs_of_the_curvatures_tell_flat_places_apart(
    first: float, second: float, seed: int
) -> None:
    lowest, highest = heights_around(first, second, seed)
    if first > 0 and second > 0:
        assert lowest > 0
    elif first < 0 and second < 0:
        assert highest < 0
    else:
        assert lowest < 0 < highest


def heights_around(first: float, second: float, seed: int) -> tuple[float, float]:
    """Bend a function that is flat at 0 in two directions, plus a cubic term.

    Returns:
        The lowest and the highest value on a small ring around 0.
    """
    torch.manual_seed(seed)
    turn = torch.linalg.qr(torch.randn(2, 2, dtype=torch.float64)).Q
    hessian = turn @ torch.tensor([first, second], dtype=torch.float64).diag() @ turn.T
    angles = torch.linspace(0, 6.2832, 3600, dtype=torch.float64)
    ring = 1e-4 * torch.stack([angles.cos(), angles.sin()])
    heights = (ring * (hessian @ ring)).sum(dim=0) / 2 + (ring**3).sum(dim=0)
    return heights.min().item(), heights.max().item()


@signs_of_the_curvatures_tell_flat_places_apart.false("gradient zero means minimum")
def _(first: float, second: float, seed: int) -> None:
    lowest, _ = heights_around(first, second, seed)
    assert lowest >= 0


@rule(cases=20, index=st.integers(0, 8), aside=st.tuples(*2 * [st.floats(-0.1, 0.1)]))
def newton_finds_minima_saddles_and_maxima_alike(
    index: int, aside: tuple[float, float]
) -> None:
    x, y = PLACES[index]
    point, _ = flat_place([x + aside[0], y + aside[1]])
    torch.testing.assert_close(
        point, torch.tensor([x, y], dtype=point.dtype), atol=1e-5, rtol=0
    )


@newton_finds_minima_saddles_and_maxima_alike.false("it goes downhill")
def _(index: int, aside: tuple[float, float]) -> None:
    x, y = PLACES[index]
    start = [x + aside[0], y + aside[1]]
    point, _ = flat_place(start)
    assert himmelblau(point) <= himmelblau(torch.tensor(start, dtype=point.dtype))


@newton_finds_minima_saddles_and_maxima_alike.false("it finds minima only")
def _(index: int, aside: tuple[float, float]) -> None:
    x, y = PLACES[index]
    _, hessian = flat_place([x + aside[0], y + aside[1]])
    assert (torch.linalg.eigvalsh(hessian) > 0).all()


def after_zero_gradients(
    place: tuple[float, float], name: str, rate: float
) -> torch.Tensor:
    """Take ten steps while the gradient is exactly zero."""
    point = torch.tensor(place, requires_grad=True)
    optimizer = getattr(torch.optim, name)([point], lr=rate)
    for _ in range(10):
        point.grad = torch.zeros(2)
        optimizer.step()
    return point.detach()


places = st.tuples(*2 * [st.floats(-5, 5, width=32)])


@rule(place=places, name=names, rate=st.floats(1e-3, 1))
def sgd_and_adam_stay_where_they_start_on_flat_ground(
    place: tuple[float, float], name: str, rate: float
) -> None:
    end = after_zero_gradients(place, name, rate)
    assert end.equal(torch.tensor(place))


@sgd_and_adam_stay_where_they_start_on_flat_ground.false(
    "where the gradient is zero, no optimiser moves"
)
def _(place: tuple[float, float], name: str, rate: float) -> None:
    del name
    end = after_zero_gradients(place, "AdamW", rate)
    assert end.equal(torch.tensor(place))


@sgd_and_adam_stay_where_they_start_on_flat_ground.false(
    "they stop where they come to flat ground"
)
def _(place: tuple[float, float], name: str, rate: float) -> None:
    options = {"momentum": 0.5} if name == "SGD" else {}
    point = torch.tensor(place, requires_grad=True)
    optimizer = getattr(torch.optim, name)([point], lr=rate, **options)
    point.grad = torch.ones(2)
    optimizer.step()
    arrived = point.detach().clone()
    point.grad = torch.zeros(2)
    optimizer.step()
    assert point.equal(arrived)


@rule(
    cases=12,
    index=st.integers(0, 3),
    share=st.floats(0.3, 0.9) | st.floats(1.05, 1.3),
)
def sgd_does_not_settle_above_the_bound(index: int, share: float) -> None:
    assert settles(index, share * bound_of(index)) == (share < 1)


def bound_of(index: int) -> float:
    """Return two over the steepest curvature at a minimum."""
    _, hessian = flat_place(list(MINIMA[index]))
    bound: float = 2 / torch.linalg.eigvalsh(hessian).max().item()
    return bound


def settles(index: int, rate: float) -> bool:
    """Whether SGD stays at a minimum when it starts right beside it."""
    minimum, _ = flat_place(list(MINIMA[index]))
    point = (minimum.detach() + 0.01).requires_grad_()
    optimizer = torch.optim.SGD([point], lr=rate)
    for _ in range(200):
        optimizer.zero_grad()
        himmelblau(point).backward()
        optimizer.step()
    return bool((point - minimum).norm() < 1e-3)


@sgd_does_not_settle_above_the_bound.false(
    "beside a minimum SGD settles there, at any rate that some minimum allows"
)
def _(index: int, share: float) -> None:
    rate = share * max(bound_of(other) for other in range(4))
    assert settles(index, rate) == (share < 1)
