"""Rules of tensors/numpy."""

from __future__ import annotations

import operator
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from hypothesis import strategies as st
from tests.rule import rule

if TYPE_CHECKING:
    from collections.abc import Callable

shapes = st.lists(st.integers(1, 3), min_size=0, max_size=3).map(tuple)
shapes_with_none = st.lists(st.integers(0, 3), min_size=0, max_size=3).map(tuple)
dtypes_of_both = st.sampled_from(
    [
        *(torch.float16, torch.float32, torch.float64, torch.bool),
        *(torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64),
    ]
)
numpy_dtypes = dtypes_of_both.map(
    lambda dtype: torch.empty(0, dtype=dtype).numpy().dtype
)
numeric = st.sampled_from(["float32", "float64", "int32", "int64"])
turned = st.sampled_from(
    [
        lambda tensor: tensor,
        lambda tensor: tensor.mT if tensor.ndim > 1 else tensor,
        lambda tensor: tensor[::2] if tensor.ndim else tensor,
        lambda tensor: tensor.unsqueeze(0).expand(2, *tensor.shape),
    ]
)


def shares(tensor: torch.Tensor, array: np.ndarray[Any, Any]) -> bool:
    """Return whether the first elements of both lie at one address."""
    return tensor.data_ptr() == array.ctypes.data


@rule(shape=shapes, dtype=dtypes_of_both, turn=turned)
def numpy_shares_memory_with_the_tensor(
    shape: tuple[int, ...],
    dtype: torch.dtype,
    turn: Callable[[torch.Tensor], torch.Tensor],
) -> None:
    tensor = turn(torch.zeros(shape, dtype=dtype))
    array = tensor.numpy()
    assert array.shape == tensor.shape
    assert torch.from_numpy(array).dtype == dtype
    array[...] = 1
    assert (tensor == 1).all()
    tensor[(0,) * tensor.ndim] = 0
    assert array[(0,) * array.ndim] == 0


@numpy_shares_memory_with_the_tensor.false("numpy() copies")
def _(
    shape: tuple[int, ...],
    dtype: torch.dtype,
    turn: Callable[[torch.Tensor], torch.Tensor],
) -> None:
    tensor = turn(torch.zeros(shape, dtype=dtype))
    tensor.numpy()[...] = 1
    assert (tensor == 0).all()


@numpy_shares_memory_with_the_tensor.false("numpy() shares contiguous tensors only")
def _(
    shape: tuple[int, ...],
    dtype: torch.dtype,
    turn: Callable[[torch.Tensor], torch.Tensor],
) -> None:
    tensor = turn(torch.zeros(shape, dtype=dtype))
    assert shares(tensor, tensor.numpy()) == tensor.is_contiguous()


@rule(shape=shapes, dtype=numpy_dtypes)
def from_numpy_shares_and_keeps_the_dtype(
    shape: tuple[int, ...], dtype: np.dtype[Any]
) -> None:
    array = np.zeros(shape, dtype)
    tensor = torch.from_numpy(array)
    assert tensor.numpy().dtype == dtype
    tensor.fill_(1)
    assert (array == 1).all()
    array[...] = 0
    assert (tensor == 0).all()


@from_numpy_shares_and_keeps_the_dtype.false("floats from an array become float32")
def _(shape: tuple[int, ...], dtype: np.dtype[Any]) -> None:
    tensor = torch.from_numpy(np.zeros(shape, dtype))
    assert not tensor.is_floating_point() or tensor.dtype == torch.float32


@rule(shape=shapes, dtype=numpy_dtypes, other=dtypes_of_both)
def tensor_of_an_array_is_a_copy(
    shape: tuple[int, ...], dtype: np.dtype[Any], other: torch.dtype
) -> None:
    array = np.ones(shape, dtype)
    copy, converted = torch.tensor(array), torch.tensor(array, dtype=other)
    assert copy.numpy().dtype == dtype
    assert converted.dtype == other
    array[...] = 0
    assert (copy == 1).all()
    assert (converted == 1).all()


@tensor_of_an_array_is_a_copy.false("torch.tensor makes float32 of an array of floats")
def _(shape: tuple[int, ...], dtype: np.dtype[Any], other: torch.dtype) -> None:
    del other
    tensor = torch.tensor(np.ones(shape, dtype))
    assert not tensor.is_floating_point() or tensor.dtype == torch.float32


@rule(shape=shapes, dtype=numpy_dtypes, other=dtypes_of_both)
def as_tensor_copies_only_to_convert(
    shape: tuple[int, ...], dtype: np.dtype[Any], other: torch.dtype
) -> None:
    array = np.ones(shape, dtype)
    tensor = torch.as_tensor(array, dtype=other)
    array[...] = 0
    shared = torch.from_numpy(array).dtype == other
    assert (tensor == (0 if shared else 1)).all()


@as_tensor_copies_only_to_convert.false("as_tensor shares")
def _(shape: tuple[int, ...], dtype: np.dtype[Any], other: torch.dtype) -> None:
    array = np.ones(shape, dtype)
    assert shares(torch.as_tensor(array, dtype=other), array)


@as_tensor_copies_only_to_convert.false("as_tensor copies")
def _(shape: tuple[int, ...], dtype: np.dtype[Any], other: torch.dtype) -> None:
    array = np.ones(shape, dtype)
    assert not shares(torch.as_tensor(array, dtype=other), array)


operators = st.sampled_from(
    [operator.add, operator.sub, operator.mul, operator.truediv]
)


def quietly(
    operate: Callable[[Any, Any], Any], left: object, right: object
) -> torch.Tensor:
    """Compute without NumPy's warning that ``__array_wrap__`` will change."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        result: torch.Tensor = operate(left, right)
        return result


@rule(shape=shapes, left=numeric, right=numeric, operate=operators)
def tensor_times_array_computes_as_numpy(
    shape: tuple[int, ...], left: str, right: str, operate: Callable[[Any, Any], Any]
) -> None:
    one, two = np.full(shape, 6, left), np.full(shape, 3, right)
    result = quietly(operate, torch.from_numpy(one), two)
    expected = operate(one, two)
    assert isinstance(result, torch.Tensor)
    assert result.dtype == torch.from_numpy(np.asarray(expected)).dtype
    assert result.tolist() == expected.tolist()


@tensor_times_array_computes_as_numpy.false("the result has the tensor's dtype")
def _(
    shape: tuple[int, ...], left: str, right: str, operate: Callable[[Any, Any], Any]
) -> None:
    one, two = np.full(shape, 6, left), np.full(shape, 3, right)
    tensor = torch.from_numpy(one)
    assert quietly(operate, tensor, two).dtype == tensor.dtype


@tensor_times_array_computes_as_numpy.false("the result has the dtype of two tensors")
def _(
    shape: tuple[int, ...], left: str, right: str, operate: Callable[[Any, Any], Any]
) -> None:
    one, two = np.full(shape, 6, left), np.full(shape, 3, right)
    tensor = torch.from_numpy(one)
    of_two = operate(tensor, torch.from_numpy(two))
    assert quietly(operate, tensor, two).dtype == of_two.dtype


@tensor_times_array_computes_as_numpy.false("a tensor times an array is an error")
def _(
    shape: tuple[int, ...], left: str, right: str, operate: Callable[[Any, Any], Any]
) -> None:
    one, two = np.full(shape, 6, left), np.full(shape, 3, right)
    try:
        quietly(operate, torch.from_numpy(one), two)
    except TypeError:
        return
    raise AssertionError


@rule(shape=shapes, left=numeric, right=numeric, swap=st.booleans())
def array_times_tensor_is_refused(
    shape: tuple[int, ...], left: str, right: str, *, swap: bool
) -> None:
    del swap
    array, tensor = np.ones(shape, left), torch.from_numpy(np.ones(shape, right))
    try:
        array * tensor
    except TypeError:
        return
    raise AssertionError


@array_times_tensor_is_refused.false("no operator takes an array on its left")
def _(shape: tuple[int, ...], left: str, right: str, *, swap: bool) -> None:
    operate = operator.truediv if swap else operator.mul
    array, tensor = np.ones(shape, left), torch.from_numpy(np.ones(shape, right))
    try:
        quietly(operate, array, tensor)
    except TypeError:
        return
    raise AssertionError


@array_times_tensor_is_refused.false("arrays and tensors do not mix")
def _(shape: tuple[int, ...], left: str, right: str, *, swap: bool) -> None:
    array, tensor = np.ones(shape, left), torch.from_numpy(np.ones(shape, right))
    try:
        quietly(operator.mul, *((tensor, array) if swap else (array, tensor)))
    except TypeError:
        return
    raise AssertionError


@rule(bits=st.integers(-(2**15), 2**15 - 1))
def every_bfloat16_is_a_float32(bits: int) -> None:
    short = torch.tensor([bits], dtype=torch.int16).view(torch.bfloat16)
    back = short.float().bfloat16()
    assert short.isnan() or torch.equal(back, short)
    assert short.isnan() or short.double().item() == short.float().item()


@every_bfloat16_is_a_float32.false("every bfloat16 is a float16 as well")
def _(bits: int) -> None:
    short = torch.tensor([bits], dtype=torch.int16).view(torch.bfloat16)
    assert short.isnan() or torch.equal(short.half().bfloat16(), short)


@rule(shape=shapes_with_none, dtype=dtypes_of_both)
def item_needs_exactly_one_element(shape: tuple[int, ...], dtype: torch.dtype) -> None:
    tensor = torch.ones(shape, dtype=dtype)
    try:
        number = tensor.item()
    except RuntimeError:
        assert tensor.numel() != 1
        return
    assert tensor.numel() == 1
    assert number == 1


@item_needs_exactly_one_element.false("item() needs a tensor without dimensions")
def _(shape: tuple[int, ...], dtype: torch.dtype) -> None:
    tensor = torch.ones(shape, dtype=dtype)
    try:
        tensor.item()
    except RuntimeError:
        return
    assert tensor.ndim == 0


@rule(
    shape=st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple),
    dtype=dtypes_of_both,
)
def tolist_is_a_copy(shape: tuple[int, ...], dtype: torch.dtype) -> None:
    tensor = torch.zeros(shape, dtype=dtype)
    innermost = outermost = tensor.tolist()
    for _ in shape[1:]:
        innermost = innermost[0]
    innermost[0] = 1
    assert (tensor == 0).all()
    tensor.fill_(1)
    assert tensor.numel() == 1 or outermost != tensor.tolist()


@tolist_is_a_copy.false("tolist() gives one flat list")
def _(shape: tuple[int, ...], dtype: torch.dtype) -> None:
    numbers = torch.zeros(shape, dtype=dtype).tolist()
    assert not any(isinstance(number, list) for number in numbers)
