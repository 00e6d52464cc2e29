"""Rules of autograd/gradients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import Tensor, nn

if TYPE_CHECKING:
    from collections.abc import Callable

DTYPES = [
    torch.bool,
    torch.uint8,
    torch.int8,
    torch.int16,
    torch.int32,
    torch.int64,
    torch.float16,
    torch.bfloat16,
    torch.float32,
    torch.float64,
    torch.complex64,
    torch.complex128,
]
dtypes = st.sampled_from(DTYPES)
shapes = st.lists(st.integers(1, 4), max_size=3)
seeds = st.integers(0, 99)

SMOOTH: dict[str, Callable[[Tensor], Tensor]] = {
    "sin": torch.sin,
    "exp": lambda x: torch.exp(x / 2),
    "tanh": torch.tanh,
    "square": lambda x: x**2 / 2,
    "softplus": nn.functional.softplus,
    "root": lambda x: torch.sqrt(1 + x**2),
}
KINKED: dict[str, Callable[[Tensor], Tensor]] = {
    "relu": torch.relu,
    "abs": torch.abs,
    "leaky": nn.functional.leaky_relu,
}


def randn(seed: int, *shape: int) -> Tensor:
    """Return normally distributed numbers in float64, the same for each seed."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64)


def can_require_grad(dtype: torch.dtype, shape: list[int]) -> bool:
    """Tell whether PyTorch lets a tensor require grad."""
    try:
        torch.zeros(shape, dtype=dtype).requires_grad_()
    except RuntimeError:
        return False
    return True


@rule(dtype=dtypes, shape=shapes)
def only_floats_and_complex_can_require_grad(
    dtype: torch.dtype, shape: list[int]
) -> None:
    expected = dtype.is_floating_point or dtype.is_complex
    assert can_require_grad(dtype, shape) == expected


@only_floats_and_complex_can_require_grad.false("integers can")
def _(dtype: torch.dtype, shape: list[int]) -> None:
    assert can_require_grad(dtype, shape)


@only_floats_and_complex_can_require_grad.false("complex numbers cannot")
def _(dtype: torch.dtype, shape: list[int]) -> None:
    assert can_require_grad(dtype, shape) == dtype.is_floating_point


def two_slopes(
    function: Callable[[Tensor], Tensor], at: float, dtype: torch.dtype
) -> tuple[Tensor, Tensor]:
    """Return the slope by autograd and by two small steps."""
    x = torch.tensor(at, dtype=dtype, requires_grad=True)
    (exact,) = torch.autograd.grad(function(x), x)
    step = torch.tensor(1e-6, dtype=dtype)
    with torch.no_grad():
        steps = (function(x + step) - function(x - step)) / (2 * step)
    return steps, exact


chains = st.lists(st.sampled_from(sorted(SMOOTH)), min_size=1, max_size=3)
kinks = st.sampled_from([None, *sorted(KINKED)])


def composed(chain: list[str], kink: str | None) -> Callable[[Tensor], Tensor]:
    """Return a function that is smooth except for the kink that may stand first."""

    def function(x: Tensor) -> Tensor:
        value = x if kink is None else KINKED[kink](x)
        for name in chain:
            value = SMOOTH[name](value)
        return value

    return function


@rule(chain=chains, kink=kinks, at=st.floats(-2, 2))
def two_small_steps_agree_with_autograd_where_it_is_smooth(
    chain: list[str], kink: str | None, at: float
) -> None:
    # A function with a kink is smooth elsewhere.
    if kink is None or abs(at) > 1e-5:
        steps, exact = two_slopes(composed(chain, kink), at, torch.float64)
        torch.testing.assert_close(steps, exact, rtol=1e-6, atol=1e-8)


@two_small_steps_agree_with_autograd_where_it_is_smooth.false("at a kink too")
def _(chain: list[str], kink: str | None, at: float) -> None:
    del at
    steps, exact = two_slopes(composed(chain, kink), 0.0, torch.float64)
    torch.testing.assert_close(steps, exact, rtol=1e-6, atol=1e-8)


@two_small_steps_agree_with_autograd_where_it_is_smooth.false("in float32 too")
def _(chain: list[str], kink: str | None, at: float) -> None:
    del kink
    steps, exact = two_slopes(composed(chain, None), at, torch.float32)
    torch.testing.assert_close(steps, exact, rtol=1e-3, atol=1e-4)


@rule(shape=shapes, dtype=dtypes, seed=seeds, broadcast=st.booleans())
def a_gradient_has_the_shape_and_dtype_of_its_tensor(
    shape: list[int], dtype: torch.dtype, seed: int, *, broadcast: bool
) -> None:
    if can_require_grad(dtype, shape):
        x = randn(seed, *shape).to(dtype).requires_grad_()
        other = randn(seed + 1, 2, *shape) if broadcast else randn(seed + 1)
        (x * other).abs().sum().backward()
        assert x.grad is not None
        assert x.grad.shape == x.shape
        assert x.grad.dtype == x.dtype


@a_gradient_has_the_shape_and_dtype_of_its_tensor.false("it has those of the output")
def _(shape: list[int], dtype: torch.dtype, seed: int, *, broadcast: bool) -> None:
    if can_require_grad(dtype, shape):
        x = randn(seed, *shape).to(dtype).requires_grad_()
        other = randn(seed + 1, 2, *shape) if broadcast else randn(seed + 1)
        y = x * other
        y.abs().sum().backward()
        assert x.grad is not None
        assert (x.grad.shape, x.grad.dtype) == (y.shape, y.dtype)


def hills(point: Tensor) -> Tensor:
    """Return the height at a point of any number of coordinates."""
    ahead = point.roll(1)
    return (point.sin() * ahead + point**2 / 2 + point).sum()


sizes = st.integers(1, 4)


def slope_along(point: Tensor, direction: Tensor) -> Tensor:
    """Measure by two small steps how fast the height grows along a direction."""
    step = 1e-6 * direction
    return (hills(point + step) - hills(point - step)) / 2e-6


@rule(size=sizes, seed=seeds)
def the_slope_along_a_unit_vector_is_gradient_times_vector(
    size: int, seed: int
) -> None:
    point = randn(seed, size).requires_grad_()
    (gradient,) = torch.autograd.grad(hills(point), point)
    unit = nn.functional.normalize(randn(seed + 1, size), dim=0)
    with torch.no_grad():
        measured = slope_along(point, unit)
    torch.testing.assert_close(gradient @ unit, measured, rtol=1e-6, atol=1e-7)


@the_slope_along_a_unit_vector_is_gradient_times_vector.false(
    "along any vector, whatever its length"
)
def _(size: int, seed: int) -> None:
    point = randn(seed, size).requires_grad_()
    (gradient,) = torch.autograd.grad(hills(point), point)
    vector = randn(seed + 1, size)
    with torch.no_grad():
        measured = slope_along(point, vector / vector.norm())
    torch.testing.assert_close(gradient @ vector, measured, rtol=1e-6, atol=1e-7)


@rule(size=sizes, seed=seeds)
def the_gradient_points_to_the_steepest_way_up(size: int, seed: int) -> None:
    point = randn(seed, size).requires_grad_()
    (gradient,) = torch.autograd.grad(hills(point), point)
    units = nn.functional.normalize(randn(seed + 1, 50, size), dim=1)
    with torch.no_grad():
        steepest = slope_along(point, gradient / gradient.norm())
        others = torch.stack([slope_along(point, unit) for unit in units])
    torch.testing.assert_close(steepest, gradient.norm(), rtol=1e-6, atol=1e-7)
    assert (others <= steepest + 1e-7).all()


@the_gradient_points_to_the_steepest_way_up.false("to the steepest way down")
def _(size: int, seed: int) -> None:
    point = randn(seed, size).requires_grad_()
    (gradient,) = torch.autograd.grad(hills(point), point)
    with torch.no_grad():
        assert slope_along(point, gradient / gradient.norm()) < 0


@the_gradient_points_to_the_steepest_way_up.false(
    "against it lies the lowest point, straight on"
)
def _(size: int, seed: int) -> None:
    scales = torch.arange(1, size + 1, dtype=torch.float64)
    point = randn(seed, size).requires_grad_()
    (gradient,) = torch.autograd.grad((scales * point**2).sum(), point)
    towards = -point.detach() / point.detach().norm()
    torch.testing.assert_close(-gradient / gradient.norm(), towards)


@rule(shape=shapes, seed=seeds, calls=st.integers(1, 4))
def backward_adds_to_grad(shape: list[int], seed: int, calls: int) -> None:
    x = randn(seed, *shape).requires_grad_()
    expected = torch.zeros_like(x)
    for call in range(calls):
        factor = randn(seed + call + 1, *shape)
        (factor * x**2).sum().backward()
        expected = expected + factor * 2 * x.detach()
    torch.testing.assert_close(x.grad, expected)


@backward_adds_to_grad.false("it assigns to .grad")
def _(shape: list[int], seed: int, calls: int) -> None:
    x = randn(seed, *shape).requires_grad_()
    last = x.detach()
    for call in range(calls):
        last = randn(seed + call + 1, *shape)
        (last * x).sum().backward()
    torch.testing.assert_close(x.grad, last)
