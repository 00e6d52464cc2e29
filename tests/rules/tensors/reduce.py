"""Rules of tensors/reduce."""

from __future__ import annotations

import math
import statistics
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from hypothesis import strategies as st
from tests.rule import rule

if TYPE_CHECKING:
    from collections.abc import Callable

WHOLE = [torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64]
FLOATS = [torch.float16, torch.bfloat16, torch.float32, torch.float64]
COMPLEX = [torch.complex64, torch.complex128]

numbers = st.lists(st.integers(-20, 20).map(float), min_size=1, max_size=8)


@st.composite
def tensors(draw: st.DrawFn, dims: int = 1) -> torch.Tensor:
    """Whole numbers in ``float64``, in one to four dimensions."""
    shape = draw(st.lists(st.integers(1, 4), min_size=dims, max_size=4))
    generator = torch.Generator().manual_seed(draw(st.integers(0, 10**6)))
    return torch.randint(-9, 10, shape, generator=generator).double()


def reduced(
    tensor: torch.Tensor, dims: list[int], *, keepdim: bool = False
) -> torch.Tensor:
    """The sums, added up slice by slice."""
    for dim in dims:
        slices = tensor.split(1, dim)
        tensor = sum(slices[1:], slices[0])
    if keepdim:
        return tensor
    return tensor.reshape([n for d, n in enumerate(tensor.shape) if d not in dims])


def dims_of(data: st.DataObject, tensor: torch.Tensor) -> list[int]:
    one = st.integers(0, tensor.ndim - 1)
    return data.draw(st.lists(one, min_size=1, unique=True))


def raises(compute: Callable[[], object]) -> bool:
    try:
        compute()
    except RuntimeError:
        return True
    return False


@rule(tensor=tensors(), data=st.data())
def dim_names_the_dimension_that_disappears(
    tensor: torch.Tensor, data: st.DataObject
) -> None:
    dims = dims_of(data, tensor)
    assert torch.equal(tensor.sum(dim=dims), reduced(tensor, dims))
    left = [size for dim, size in enumerate(tensor.shape) if dim not in dims]
    for name in ("mean", "amax", "amin", "std", "sum"):
        if name != "std" or all(tensor.size(dim) > 1 for dim in dims):
            assert list(getattr(tensor, name)(dim=dims).shape) == left
    for name in ("argmax", "argmin"):
        left = [n for d, n in enumerate(tensor.shape) if d != dims[0]]
        assert list(getattr(tensor, name)(dim=dims[0] - tensor.ndim).shape) == left


@dim_names_the_dimension_that_disappears.false("dim names the dimension that is left")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    dim = dims_of(data, tensor)[0]
    assert tensor.sum(dim=dim).shape == (tensor.size(dim),)


@dim_names_the_dimension_that_disappears.false("dim=0 gives one number per row")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:  # noqa: ARG001
    table = tensor.flatten(1) if tensor.ndim > 1 else tensor.unsqueeze(0)
    assert len(table.sum(dim=0)) == table.size(0)


@rule(tensor=tensors(), data=st.data())
def keepdim_lines_a_reduction_up_with_its_tensor(
    tensor: torch.Tensor, data: st.DataObject
) -> None:
    dims = dims_of(data, tensor)
    for name in ("sum", "mean", "amax"):
        kept = getattr(tensor, name)(dim=dims, keepdim=True)
        difference = tensor - kept
        assert difference.shape == tensor.shape
        # Each slice meets one number: what was subtracted is the same in all of it.
        once = kept.expand(tensor.shape)
        assert torch.equal(once.amax(dim=dims), getattr(tensor, name)(dim=dims))
        assert torch.equal(once.amax(dim=dims), once.amin(dim=dims))


@keepdim_lines_a_reduction_up_with_its_tensor.false("it fits without keepdim")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    dims = dims_of(data, tensor)
    assert not raises(lambda: tensor - tensor.sum(dim=dims))


@keepdim_lines_a_reduction_up_with_its_tensor.false("without it there is an error")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    dims = dims_of(data, tensor)
    wrong = raises(lambda: tensor - tensor.sum(dim=dims))
    assert wrong or torch.equal(
        tensor - tensor.sum(dim=dims), tensor - tensor.sum(dim=dims, keepdim=True)
    )


@keepdim_lines_a_reduction_up_with_its_tensor.false("it is never right without")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    dims = dims_of(data, tensor)
    wrong = raises(lambda: tensor - tensor.sum(dim=dims))
    assert wrong or not torch.equal(
        tensor - tensor.sum(dim=dims), tensor - tensor.sum(dim=dims, keepdim=True)
    )


@rule(tensor=tensors(), data=st.data())
def max_with_dim_returns_values_and_their_indices(
    tensor: torch.Tensor, data: st.DataObject
) -> None:
    dim = dims_of(data, tensor)[0]
    values, indices = tensor.max(dim=dim)
    assert torch.equal(values, tensor.amax(dim=dim))
    picked = tensor.gather(dim, indices.unsqueeze(dim)).squeeze(dim)
    assert torch.equal(picked, values)
    assert torch.equal(tensor.min(dim=dim).values, tensor.amin(dim=dim))


@max_with_dim_returns_values_and_their_indices.false("max returns a tensor")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    assert isinstance(tensor.max(dim=dims_of(data, tensor)[0]), torch.Tensor)


@max_with_dim_returns_values_and_their_indices.false("indices count in all elements")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    values, indices = tensor.max(dim=dims_of(data, tensor)[0])
    assert torch.equal(tensor.flatten()[indices], values)


@rule(tensor=tensors())
def argmax_without_dim_counts_in_the_flattened_tensor(tensor: torch.Tensor) -> None:
    flat = tensor.argmax()
    assert flat.ndim == 0
    assert tensor.flatten()[flat] == tensor.max()


@argmax_without_dim_counts_in_the_flattened_tensor.false("it is the row")
def _(tensor: torch.Tensor) -> None:
    row = tensor.argmax()
    assert row < len(tensor)
    assert tensor.max() in tensor[row]


@argmax_without_dim_counts_in_the_flattened_tensor.false("it is row and column")
def _(tensor: torch.Tensor) -> None:
    assert tensor.argmax().shape == (tensor.ndim,)


@rule(values=numbers, dtype=st.sampled_from(WHOLE + FLOATS + COMPLEX))
def mean_needs_floats_or_complex_numbers(
    values: list[float], dtype: torch.dtype
) -> None:
    tensor = torch.tensor(values).abs().to(dtype)
    if dtype in WHOLE:
        with pytest.raises(RuntimeError, match="could not infer output dtype"):
            tensor.mean()
        assert tensor.mean(dtype=torch.float64) == tensor.double().mean()
    else:
        assert tensor.mean().dtype == dtype


@mean_needs_floats_or_complex_numbers.false("mean needs float32 or float64")
def _(values: list[float], dtype: torch.dtype) -> None:
    tensor = torch.tensor(values).abs().to(dtype)
    works = not raises(tensor.mean)
    assert works == (dtype in {torch.float32, torch.float64})


@mean_needs_floats_or_complex_numbers.false("integers have a mean")
def _(values: list[float], dtype: torch.dtype) -> None:
    assert not raises(torch.tensor(values).abs().to(dtype).mean)


@rule(values=numbers, dtype=st.sampled_from(WHOLE + FLOATS))
def sum_counts_integers_in_int64(values: list[float], dtype: torch.dtype) -> None:
    tensor = (torch.tensor(values).abs() * 6).to(dtype)
    total = tensor.sum()
    assert total.dtype == (torch.int64 if dtype in WHOLE else dtype)
    if dtype in WHOLE:
        assert total == sum(tensor.tolist())


@sum_counts_integers_in_int64.false("+ does as well")
def _(values: list[float], dtype: torch.dtype) -> None:
    tensor = (torch.tensor(values).abs() * 6).to(dtype)
    if dtype in WHOLE:
        total = tensor[0]
        for element in tensor[1:]:
            total = total + element
        assert total == tensor.sum()


@sum_counts_integers_in_int64.false("sum keeps the dtype")
def _(values: list[float], dtype: torch.dtype) -> None:
    assert torch.tensor(values).to(dtype).sum().dtype == dtype


@rule(values=numbers.filter(lambda values: len(values) > 1))
def std_divides_by_n_minus_one(values: list[float]) -> None:
    tensor = torch.tensor(values, dtype=torch.float64)
    expected = torch.tensor(statistics.stdev(values), dtype=torch.float64)
    torch.testing.assert_close(tensor.std(), expected)
    by_numpy = torch.tensor(np.array(values).std())
    torch.testing.assert_close(tensor.std(correction=0), by_numpy)


@std_divides_by_n_minus_one.false("as NumPy does")
def _(values: list[float]) -> None:
    std = torch.tensor(values, dtype=torch.float64).std()
    torch.testing.assert_close(std, torch.tensor(np.array(values).std()))


@rule(values=numbers)
def median_takes_the_lower_of_two_in_the_middle(values: list[float]) -> None:
    tensor = torch.tensor(values)
    assert tensor.median() == statistics.median_low(values)
    assert tensor.quantile(0.5) == statistics.median(values)


@median_takes_the_lower_of_two_in_the_middle.false("median is the mean of both")
def _(values: list[float]) -> None:
    assert torch.tensor(values).median() == statistics.median(values)


@rule(values=numbers, place=st.integers(0, 7))
def one_nan_spoils_sum_mean_min_and_max(values: list[float], place: int) -> None:
    tensor = torch.tensor(values)
    tensor[place % len(values)] = torch.nan
    for result in (tensor.sum(), tensor.mean(), tensor.min(), tensor.max()):
        assert result.isnan()


@one_nan_spoils_sum_mean_min_and_max.false("max leaves nan out")
def _(values: list[float], place: int) -> None:
    tensor = torch.tensor(values)
    tensor[place % len(values)] = torch.nan
    if len(values) > 1:
        assert not tensor.max().isnan()


@one_nan_spoils_sum_mean_min_and_max.false("a comparison finds nan")
def _(values: list[float], place: int) -> None:
    tensor = torch.tensor(values)
    tensor[place % len(values)] = torch.nan
    assert (tensor == torch.nan).any()


@rule(tensor=tensors(), data=st.data())
def cumsum_adds_up_to_each_place(tensor: torch.Tensor, data: st.DataObject) -> None:
    dim = data.draw(st.integers(0, tensor.ndim - 1))
    totals = tensor.cumsum(dim)
    assert totals.shape == tensor.shape
    for place in range(tensor.size(dim)):
        so_far = tensor.narrow(dim, 0, place + 1).sum(dim)
        assert torch.equal(totals.select(dim, place), so_far)


@cumsum_adds_up_to_each_place.false("it leaves the element itself out")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    dim = data.draw(st.integers(0, tensor.ndim - 1))
    assert not tensor.cumsum(dim).select(dim, 0).any()


@rule(tensor=tensors(), data=st.data())
def vector_norm_is_the_root_of_the_sum_of_squares(
    tensor: torch.Tensor, data: st.DataObject
) -> None:
    dim = data.draw(st.integers(0, tensor.ndim - 1))
    lengths = torch.linalg.vector_norm(tensor, dim=dim)
    torch.testing.assert_close(lengths, (tensor**2).sum(dim).sqrt())


@vector_norm_is_the_root_of_the_sum_of_squares.false("it is the sum of the sizes")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    dim = data.draw(st.integers(0, tensor.ndim - 1))
    lengths = torch.linalg.vector_norm(tensor, dim=dim)
    torch.testing.assert_close(lengths, tensor.abs().sum(dim))


@rule(shape=st.lists(st.integers(0, 3), max_size=3), data=st.data())
def all_holds_of_nothing_and_any_does_not(
    shape: list[int], data: st.DataObject
) -> None:
    size = math.prod(shape)
    truths = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    tensor = torch.tensor(truths, dtype=torch.bool).reshape(shape)
    assert tensor.all().item() == (False not in truths)
    assert tensor.any().item() == (True in truths)


@all_holds_of_nothing_and_any_does_not.false("what holds of all holds of any")
def _(shape: list[int], data: st.DataObject) -> None:
    size = math.prod(shape)
    truths = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    tensor = torch.tensor(truths, dtype=torch.bool).reshape(shape)
    assert tensor.any() or not tensor.all()
