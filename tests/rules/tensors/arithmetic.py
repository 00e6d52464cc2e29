"""Rules of tensors/arithmetic."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, Any

import torch
from hypothesis import strategies as st
from tests.rule import rule
from tests.strategies import shape_or_none, small, vectors

if TYPE_CHECKING:
    from collections.abc import Callable

DTYPES = [
    torch.bool,
    torch.uint8,
    torch.int8,
    torch.int64,
    torch.bfloat16,
    torch.float32,
    torch.float64,
    torch.complex64,
]
SIGNED = [torch.int8, torch.int64, torch.bfloat16, torch.float32, torch.float64]
OPERATIONS = ["add", "mul", "div"]
PAIRS: dict[str, tuple[Callable[[Any, Any], Any], Callable[[Any, Any], Any]]] = {
    "add": (operator.add, operator.iadd),
    "sub": (operator.sub, operator.isub),
    "mul": (operator.mul, operator.imul),
    "div": (operator.truediv, operator.itruediv),
}


def kind(dtype: torch.dtype) -> int:
    """The kind of a dtype: truth values, integers, floats or complex numbers."""
    if dtype.is_complex:
        return 3
    if dtype.is_floating_point:
        return 2
    return int(dtype != torch.bool)


@rule(data=vectors, by=small, name=st.sampled_from(list(PAIRS)))
def add_makes_a_tensor_add_underscore_changes_it(
    data: torch.Tensor, by: int, name: str
) -> None:
    before = data.clone()
    result = getattr(data, name)(by)
    assert torch.equal(data, before)
    returned = getattr(data, f"{name}_")(by)
    assert returned is data
    torch.testing.assert_close(data, result, equal_nan=True)


@add_makes_a_tensor_add_underscore_changes_it.false("add changes its tensor")
def _(data: torch.Tensor, by: int, name: str) -> None:
    result = getattr(data, name)(by)
    assert torch.equal(data, result)


@add_makes_a_tensor_add_underscore_changes_it.false("add_ returns a new tensor")
def _(data: torch.Tensor, by: int, name: str) -> None:
    assert getattr(data, f"{name}_")(by) is not data


@rule(data=vectors, by=small, name=st.sampled_from(list(PAIRS)))
def plus_equals_works_in_place(data: torch.Tensor, by: int, name: str) -> None:
    second, other = data, data.clone()
    data = PAIRS[name][1](data, by)
    getattr(other, f"{name}_")(by)
    assert second is data
    torch.testing.assert_close(second, other, rtol=0, atol=0, equal_nan=True)


@plus_equals_works_in_place.false("data = data + 10 is the same as data += 10")
def _(data: torch.Tensor, by: int, name: str) -> None:
    second = data
    data = PAIRS[name][0](data, by)
    torch.testing.assert_close(second, data, equal_nan=True)


@rule(
    cases=100,
    dtype=st.sampled_from(DTYPES),
    other=st.one_of(
        st.sampled_from([True, 2, 0.5, 1j]),
        st.sampled_from(DTYPES).map(lambda dtype: torch.ones(2, dtype=dtype)),
    ),
    name=st.sampled_from(OPERATIONS),
)
def in_place_keeps_the_dtype(
    dtype: torch.dtype,
    other: Any,  # noqa: ANN401 - a tensor or a number
    name: str,
) -> None:
    tensor = torch.ones(2, dtype=dtype)
    result = getattr(tensor, name)(other)
    try:
        getattr(tensor, f"{name}_")(other)
    except RuntimeError:
        assert kind(result.dtype) > kind(dtype)
    else:
        assert kind(result.dtype) <= kind(dtype)
        assert tensor.dtype == dtype


@in_place_keeps_the_dtype.false("in place, the tensor takes the dtype of the result")
def _(dtype: torch.dtype, other: Any, name: str) -> None:  # noqa: ANN401
    tensor = torch.ones(2, dtype=dtype)
    result = getattr(tensor, name)(other)
    if kind(result.dtype) <= kind(dtype):
        assert getattr(tensor, f"{name}_")(other).dtype == result.dtype


@in_place_keeps_the_dtype.false("on integers, div_ alone fails")
def _(dtype: torch.dtype, other: Any, name: str) -> None:  # noqa: ANN401
    tensor = torch.ones(2, dtype=dtype)
    if kind(dtype) == 1 and name != "div":
        try:
            getattr(tensor, f"{name}_")(other)
        except RuntimeError as error:
            raise AssertionError(error) from error


@rule(
    number=st.integers(-100, 100),
    by=st.integers(-9, 9).filter(bool),
    dtype=st.sampled_from([torch.int8, torch.int64, torch.float32]),
)
def floor_rounds_down_trunc_towards_zero(
    number: int, by: int, dtype: torch.dtype
) -> None:
    tensor = torch.tensor([number], dtype=dtype)
    down = tensor.div(by, rounding_mode="floor")
    towards_zero = tensor.div(by, rounding_mode="trunc")
    assert down.dtype == towards_zero.dtype == dtype
    assert down.item() == math.floor(number / by)
    assert towards_zero.item() == math.trunc(number / by)


@floor_rounds_down_trunc_towards_zero.false("both round to the nearest integer")
def _(number: int, by: int, dtype: torch.dtype) -> None:
    tensor = torch.tensor([number], dtype=dtype)
    assert tensor.div(by, rounding_mode="trunc").item() == round(number / by)


@floor_rounds_down_trunc_towards_zero.false("both cut the fraction off")
def _(number: int, by: int, dtype: torch.dtype) -> None:
    tensor = torch.tensor([number], dtype=dtype)
    assert tensor.div(by, rounding_mode="floor").item() == math.trunc(number / by)


@rule(
    number=st.one_of(st.just(0), st.integers(-20, 20)),
    dtype=st.sampled_from(SIGNED),
)
def log_is_minus_infinity_at_zero_and_nan_below(
    number: int, dtype: torch.dtype
) -> None:
    tensor = torch.tensor(number, dtype=dtype)
    for logarithm in (tensor.log(), tensor.log2(), tensor.log10()):
        if number == 0:
            assert logarithm == -math.inf
        else:
            assert logarithm.isnan() == (number < 0)


@log_is_minus_infinity_at_zero_and_nan_below.false("log of 0 is an error, as in math")
def _(number: int, dtype: torch.dtype) -> None:
    if number <= 0:
        assert shape_or_none(torch.tensor(number, dtype=dtype).log) is None


@log_is_minus_infinity_at_zero_and_nan_below.false("log of 0 is nan")
def _(number: int, dtype: torch.dtype) -> None:
    if number == 0:
        assert torch.tensor(number, dtype=dtype).log().isnan()
