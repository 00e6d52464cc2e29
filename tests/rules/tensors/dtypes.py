"""Rules of tensors/dtypes."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, Any

import torch
from hypothesis import strategies as st
from tests.rule import rule

if TYPE_CHECKING:
    from collections.abc import Callable

INTEGERS = (torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64)
FLOATS = (torch.float16, torch.bfloat16, torch.float32, torch.float64)
REALS = (torch.bool, *INTEGERS, *FLOATS)
integers, floats, reals = (st.sampled_from(kind) for kind in (INTEGERS, FLOATS, REALS))
arithmetic = st.sampled_from([operator.add, operator.mul])
shapes = st.lists(st.integers(1, 3), min_size=1, max_size=2).map(tuple)


def kind(dtype: torch.dtype) -> int:
    """Return the place of a dtype in the order bool, integer, float."""
    return 2 if dtype.is_floating_point else int(dtype != torch.bool)


def fails(call: Callable[[], object]) -> bool:
    """Return whether a call ends in a RuntimeError."""
    try:
        call()
    except RuntimeError:
        return True
    return False


@rule(default=floats, number=st.one_of(st.integers(-99, 99), st.booleans()))
def default_dtype_leaves_integers_and_bools_alone(
    default: torch.dtype, number: int
) -> None:
    torch.set_default_dtype(default)
    try:
        of_values = torch.tensor([number]).dtype
        counted = torch.arange(3).dtype
        empty = torch.zeros(1).dtype
    finally:
        torch.set_default_dtype(torch.float32)
    assert of_values == (torch.bool if isinstance(number, bool) else torch.int64)
    assert counted == torch.int64
    assert empty == default


@default_dtype_leaves_integers_and_bools_alone.false(
    "new tensors have the default dtype"
)
def _(default: torch.dtype, number: int) -> None:
    torch.set_default_dtype(default)
    try:
        assert torch.tensor([number]).dtype == default
    finally:
        torch.set_default_dtype(torch.float32)


@rule(shape=shapes, dtype=reals, other=reals)
def to_its_own_dtype_returns_the_tensor(
    shape: tuple[int, ...], dtype: torch.dtype, other: torch.dtype
) -> None:
    tensor = torch.ones(shape, dtype=dtype)
    converted = tensor.to(other)
    assert (converted is tensor) == (dtype == other)
    assert converted.dtype == other
    assert tensor.dtype == dtype


@to_its_own_dtype_returns_the_tensor.false("to makes a copy")
def _(shape: tuple[int, ...], dtype: torch.dtype, other: torch.dtype) -> None:
    tensor = torch.ones(shape, dtype=dtype)
    assert tensor.to(other) is not tensor


numbers = st.one_of(
    st.floats(-100, 100, width=32), st.integers(-200, 200).map(lambda half: half / 2)
)


@rule(number=numbers, dtype=st.sampled_from(INTEGERS[1:]))
def conversion_cuts_towards_zero(number: float, dtype: torch.dtype) -> None:
    assert torch.tensor(number).to(dtype).item() == math.trunc(number)


@conversion_cuts_towards_zero.false("conversion to integers rounds")
def _(number: float, dtype: torch.dtype) -> None:
    assert torch.tensor(number).to(dtype).item() == round(number)


@conversion_cuts_towards_zero.false("conversion to integers rounds down")
def _(number: float, dtype: torch.dtype) -> None:
    assert torch.tensor(number).to(dtype).item() == math.floor(number)


@rule(number=numbers)
def round_takes_halves_to_even(number: float) -> None:
    rounded = torch.tensor(number).round().item()
    assert abs(rounded - number) <= 0.5
    assert abs(rounded - number) < 0.5 or rounded % 2 == 0


@round_takes_halves_to_even.false("round takes halves up")
def _(number: float) -> None:
    assert torch.tensor(number).round().item() == math.floor(number + 0.5)


@rule(dtype=integers, distance=st.integers(1, 2**40))
def integers_above_the_range_are_refused(dtype: torch.dtype, distance: int) -> None:
    number = torch.iinfo(dtype).max + distance
    try:
        torch.tensor([number], dtype=dtype)
    except (RuntimeError, ValueError):
        return
    raise AssertionError


@integers_above_the_range_are_refused.false("integers below the range are refused too")
def _(dtype: torch.dtype, distance: int) -> None:
    number = torch.iinfo(dtype).min - distance
    try:
        torch.tensor([number], dtype=dtype)
    except (RuntimeError, ValueError):
        return
    raise AssertionError


def wrapped(number: int, dtype: torch.dtype) -> int:
    """Return the number that a dtype holds in place of one outside its range."""
    info = torch.iinfo(dtype)
    return (number - info.min) % (info.max - info.min + 1) + info.min


wide = st.integers(-(2**31), 2**31)


@rule(left=wide, right=wide, dtype=integers, operate=arithmetic)
def integers_wrap_around_silently(
    left: int, right: int, dtype: torch.dtype, operate: Callable[[Any, Any], Any]
) -> None:
    one, two = torch.tensor([left]).to(dtype), torch.tensor([right]).to(dtype)
    assert one.item() == wrapped(left, dtype)
    exact = operate(one.item(), two.item())
    assert operate(one, two).item() == wrapped(exact, dtype)


@integers_wrap_around_silently.false("integers stop at the ends of their range")
def _(
    left: int, right: int, dtype: torch.dtype, operate: Callable[[Any, Any], Any]
) -> None:
    one, two = torch.tensor([left]).to(dtype), torch.tensor([right]).to(dtype)
    info = torch.iinfo(dtype)
    exact = operate(one.item(), two.item())
    assert operate(one, two).item() == max(info.min, min(exact, info.max))


@rule(pixel=st.integers(0, 255), number=st.integers(-600, 600))
def numbers_wrap_before_a_comparison(pixel: int, number: int) -> None:
    pixels = torch.tensor([pixel], dtype=torch.uint8)
    assert (pixels > number).item() == (pixel > wrapped(number, torch.uint8))


@numbers_wrap_before_a_comparison.false("a comparison with any number is right")
def _(pixel: int, number: int) -> None:
    pixels = torch.tensor([pixel], dtype=torch.uint8)
    assert (pixels > number).item() == (pixel > number)


@rule(left=reals, right=reals, shape=shapes, operate=arithmetic)
def kind_wins_before_size(
    left: torch.dtype,
    right: torch.dtype,
    shape: tuple[int, ...],
    operate: Callable[[Any, Any], Any],
) -> None:
    result = operate(
        torch.ones(shape, dtype=left), torch.ones(shape, dtype=right)
    ).dtype
    assert kind(result) == max(kind(left), kind(right))
    if kind(left) != kind(right):
        assert result == max(left, right, key=kind)
    elif left.itemsize != right.itemsize:
        larger = max(left, right, key=lambda dtype: dtype.itemsize)
        assert result == larger


@kind_wins_before_size.false("the type with more bits wins")
def _(
    left: torch.dtype,
    right: torch.dtype,
    shape: tuple[int, ...],
    operate: Callable[[Any, Any], Any],
) -> None:
    result = operate(
        torch.ones(shape, dtype=left), torch.ones(shape, dtype=right)
    ).dtype
    assert result.itemsize >= max(left.itemsize, right.itemsize)


@kind_wins_before_size.false("one of the two types wins")
def _(
    left: torch.dtype,
    right: torch.dtype,
    shape: tuple[int, ...],
    operate: Callable[[Any, Any], Any],
) -> None:
    result = operate(
        torch.ones(shape, dtype=left), torch.ones(shape, dtype=right)
    ).dtype
    assert result in {left, right}


python_numbers = st.one_of(st.booleans(), st.integers(-5, 5), st.floats(-5, 5))


@rule(dtype=reals, number=python_numbers, default=floats)
def python_numbers_bring_only_their_kind(
    dtype: torch.dtype, number: float, default: torch.dtype
) -> None:
    usual = {bool: torch.bool, int: torch.int64, float: default}[type(number)]
    torch.set_default_dtype(default)
    try:
        result = (torch.ones(2, dtype=dtype) + number).dtype
    finally:
        torch.set_default_dtype(torch.float32)
    assert result == (usual if kind(usual) > kind(dtype) else dtype)


@python_numbers_bring_only_their_kind.false("a Python number keeps the tensor's dtype")
def _(dtype: torch.dtype, number: float, default: torch.dtype) -> None:
    del default
    assert (torch.ones(2, dtype=dtype) + number).dtype == dtype


@python_numbers_bring_only_their_kind.false("a Python float counts as float64")
def _(dtype: torch.dtype, number: float, default: torch.dtype) -> None:
    del default
    result = (torch.ones(2, dtype=dtype) + number).dtype
    assert not isinstance(number, float) or result == torch.float64


@rule(dtype=reals, scalar=reals, shape=shapes)
def scalar_tensors_give_way_within_their_kind(
    dtype: torch.dtype, scalar: torch.dtype, shape: tuple[int, ...]
) -> None:
    result = (torch.ones(shape, dtype=dtype) + torch.ones((), dtype=scalar)).dtype
    assert result == (scalar if kind(scalar) > kind(dtype) else dtype)


@scalar_tensors_give_way_within_their_kind.false(
    "a tensor without dimensions counts like a Python number"
)
def _(dtype: torch.dtype, scalar: torch.dtype, shape: tuple[int, ...]) -> None:
    tensor, zero_dim = torch.ones(shape, dtype=dtype), torch.ones((), dtype=scalar)
    assert (tensor + zero_dim).dtype == (tensor + zero_dim.item()).dtype


@rule(
    dtype=reals, other=reals, shape=shapes, name=st.sampled_from(["add", "mul", "div"])
)
def in_place_keeps_the_dtype_or_fails(
    dtype: torch.dtype, other: torch.dtype, shape: tuple[int, ...], name: str
) -> None:
    target, operand = torch.ones(shape, dtype=dtype), torch.ones(shape, dtype=other)
    result = getattr(target, name)(operand)
    refused = fails(lambda: getattr(target, f"{name}_")(operand))
    assert target.dtype == dtype
    assert refused == (kind(result.dtype) > kind(dtype))


@in_place_keeps_the_dtype_or_fails.false("in-place operations do not promote")
def _(
    dtype: torch.dtype, other: torch.dtype, shape: tuple[int, ...], name: str
) -> None:
    del name
    target, operand = torch.ones(shape, dtype=dtype), torch.ones(shape, dtype=other)
    assert fails(lambda: target.mul_(operand)) == (dtype != other)


numerals = st.sampled_from([*INTEGERS, *FLOATS])


@rule(left=numerals, right=numerals, size=st.integers(1, 3), dot=st.booleans())
def matrix_products_need_one_dtype(
    left: torch.dtype, right: torch.dtype, size: int, *, dot: bool
) -> None:
    one, two = torch.ones(size, size, dtype=left), torch.ones(size, size, dtype=right)
    if dot:
        one, two = one[0], two[0]
    assert fails(lambda: one @ two) == (left != right)


@matrix_products_need_one_dtype.false("a matrix product promotes as * does")
def _(left: torch.dtype, right: torch.dtype, size: int, *, dot: bool) -> None:
    del dot
    one, two = torch.ones(size, size, dtype=left), torch.ones(size, size, dtype=right)
    assert not fails(lambda: one @ two)


@rule(
    number=st.integers(-100, 100),
    by=st.integers(-20, 20).filter(bool),
    dtype=st.sampled_from(INTEGERS[1:]),
)
def floor_and_remainder_go_together(number: int, by: int, dtype: torch.dtype) -> None:
    tensor = torch.tensor([number], dtype=dtype)
    quotient, remainder = (tensor // by).item(), (tensor % by).item()
    assert quotient == math.floor(number / by)
    assert quotient * by + remainder == number
    assert by < 0 or 0 <= remainder < by


@floor_and_remainder_go_together.false("// cuts the fraction off")
def _(number: int, by: int, dtype: torch.dtype) -> None:
    tensor = torch.tensor([number], dtype=dtype)
    assert (tensor // by).item() == math.trunc(number / by)


@floor_and_remainder_go_together.false("% is never negative")
def _(number: int, by: int, dtype: torch.dtype) -> None:
    assert (torch.tensor([number], dtype=dtype) % by).item() >= 0


powers = st.integers(1, 53).flatmap(lambda bits: st.integers(2 ** (bits - 1), 2**bits))


@rule(number=powers, negative=st.booleans())
def floats_are_exact_for_small_whole_numbers(number: int, *, negative: bool) -> None:
    signed = -number if negative else number
    assert torch.tensor(signed).double().item() == signed
    assert number > 2**24 or torch.tensor(signed).float().item() == signed


@floats_are_exact_for_small_whole_numbers.false(
    "float32 is as exact for whole numbers as float64"
)
def _(number: int, *, negative: bool) -> None:
    del negative
    assert torch.tensor(number).float().item() == number
