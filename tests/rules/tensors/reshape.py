"""Rules of tensors/reshape."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import torch
from hypothesis import strategies as st
from tests.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator


@st.composite
def tensors(draw: st.DrawFn, dims: int = 1, min_size: int = 1) -> torch.Tensor:
    """Permuted, sliced and broadcast tensors of different integers."""
    shape = draw(st.lists(st.integers(min_size, 4), min_size=dims, max_size=4))
    tensor = torch.arange(math.prod(shape)).reshape(shape)
    tensor = tensor.permute(draw(st.permutations(range(len(shape)))))
    for dim in range(tensor.ndim):
        start = draw(st.sampled_from([0, 0, 0, 1]))
        step = draw(st.sampled_from([1, 1, 1, 2]))
        if start < tensor.size(dim):
            tensor = tensor.narrow(dim, start, tensor.size(dim) - start)
            tensor = tensor[(slice(None),) * dim + (slice(None, None, step),)]
    if draw(st.booleans()) and 1 in tensor.shape:
        dim = tensor.shape.index(1)
        lengths = [-1] * tensor.ndim
        lengths[dim] = draw(st.integers(1, 3))
        tensor = tensor.expand(lengths)
    return tensor


def row_by_row(tensor: torch.Tensor) -> list[int]:
    """The elements in the order of their indices, the last one fastest."""
    return [int(tensor[index]) for index in indices(tensor)]


def indices(tensor: torch.Tensor) -> Iterator[tuple[int, ...]]:
    return itertools.product(*map(range, tensor.shape))


def factors(number: int) -> list[tuple[int, int]]:
    return [(n, number // n) for n in range(1, number + 1) if number % n == 0]


def can_view(tensor: torch.Tensor, shape: tuple[int, ...]) -> bool:
    try:
        tensor.view(shape)
    except RuntimeError:
        return False
    return True


def shares_memory(left: torch.Tensor, right: torch.Tensor) -> bool:
    return left.untyped_storage().data_ptr() == right.untyped_storage().data_ptr()


@rule(tensor=tensors(), data=st.data())
def reshape_reads_and_fills_row_by_row(
    tensor: torch.Tensor, data: st.DataObject
) -> None:
    shape = data.draw(st.sampled_from(factors(tensor.numel())))
    reshaped = tensor.reshape(shape)
    assert reshaped.shape == shape
    assert row_by_row(reshaped) == row_by_row(tensor)


@reshape_reads_and_fills_row_by_row.false("reshape keeps the order in memory")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    shape = data.draw(st.sampled_from(factors(tensor.numel())))
    assert row_by_row(tensor.reshape(shape)) == sorted(row_by_row(tensor))


@reshape_reads_and_fills_row_by_row.false("reshape to the other shape transposes")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    matrix = tensor.reshape(data.draw(st.sampled_from(factors(tensor.numel()))))
    assert torch.equal(matrix.reshape(matrix.T.shape), matrix.T)


@rule(tensor=tensors(), data=st.data())
def squeeze_only_drops_dimensions_of_length_one(
    tensor: torch.Tensor, data: st.DataObject
) -> None:
    dims = data.draw(st.sets(st.integers(0, tensor.ndim - 1)))
    for squeezed, named in (
        (tensor.squeeze(), set(range(tensor.ndim))),
        (tensor.squeeze(tuple(dims)), dims),
    ):
        left = [n for d, n in enumerate(tensor.shape) if n != 1 or d not in named]
        assert list(squeezed.shape) == left
        assert row_by_row(squeezed) == row_by_row(tensor)


@squeeze_only_drops_dimensions_of_length_one.false("squeeze makes a row of a column")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:  # noqa: ARG001
    column = tensor.reshape(-1, 1)
    assert column.squeeze().shape == (1, column.size(0))


@squeeze_only_drops_dimensions_of_length_one.false("squeeze(dim) removes dim")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    dim = data.draw(st.integers(0, tensor.ndim - 1))
    assert tensor.squeeze(dim).ndim == tensor.ndim - 1


@rule(batch=st.integers(0, 4))
def squeeze_of_the_last_keeps_the_batch(batch: int) -> None:
    assert torch.zeros(batch, 1).squeeze(-1).shape == (batch,)


@squeeze_of_the_last_keeps_the_batch.false("squeeze() makes (batch,) of (batch, 1)")
def _(batch: int) -> None:
    assert torch.zeros(batch, 1).squeeze().shape == (batch,)


@rule(tensor=tensors(dims=2), data=st.data())
def permute_lists_the_old_dimensions(tensor: torch.Tensor, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(tensor.ndim)))
    moved = tensor.permute(order)
    assert list(moved.shape) == [tensor.size(old) for old in order]
    for index in indices(tensor):
        assert moved[tuple(index[old] for old in order)] == tensor[index]


@permute_lists_the_old_dimensions.false("permute lists where each dimension goes")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(tensor.ndim)))
    moved = tensor.permute(order)
    assert [moved.size(new) for new in order] == list(tensor.shape)


@rule(tensor=tensors())
def place_is_offset_plus_index_times_stride(tensor: torch.Tensor) -> None:
    memory = torch.empty(0, dtype=tensor.dtype).set_(tensor.untyped_storage())
    for index in indices(tensor):
        steps = sum(i * s for i, s in zip(index, tensor.stride(), strict=True))
        assert memory[tensor.storage_offset() + steps] == tensor[index]


@place_is_offset_plus_index_times_stride.false("the place is index times stride")
def _(tensor: torch.Tensor) -> None:
    memory = torch.empty(0, dtype=tensor.dtype).set_(tensor.untyped_storage())
    for index in indices(tensor):
        steps = sum(i * s for i, s in zip(index, tensor.stride(), strict=True))
        assert memory[steps] == tensor[index]


# The elements of these tensors count the places in memory.
@rule(tensor=tensors(min_size=0))
def contiguous_means_place_after_place(tensor: torch.Tensor) -> None:
    places = row_by_row(tensor)
    steps = {after - before for before, after in itertools.pairwise(places)}
    assert tensor.is_contiguous() == (steps <= {1})


@contiguous_means_place_after_place.false("a transposed tensor is not contiguous")
def _(tensor: torch.Tensor) -> None:
    assert not tensor.transpose(0, -1).is_contiguous()


@contiguous_means_place_after_place.false("a slice of a contiguous tensor is, too")
def _(tensor: torch.Tensor) -> None:
    assert tensor.contiguous()[..., :1].is_contiguous()


@rule(tensor=tensors(), data=st.data())
def view_never_copies(tensor: torch.Tensor, data: st.DataObject) -> None:
    shape = data.draw(st.sampled_from(factors(tensor.numel())))
    if can_view(tensor, shape):
        assert shares_memory(tensor.view(shape), tensor)


@view_never_copies.false("reshape never copies")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    shape = data.draw(st.sampled_from(factors(tensor.numel())))
    assert shares_memory(tensor.reshape(shape), tensor)


@rule(tensor=tensors())
def contiguous_copies_only_if_needed(tensor: torch.Tensor) -> None:
    laid_out = tensor.contiguous()
    assert row_by_row(laid_out) == row_by_row(tensor)
    assert laid_out.is_contiguous()
    assert shares_memory(laid_out, tensor) == tensor.is_contiguous()


@contiguous_copies_only_if_needed.false("contiguous returns a copy")
def _(tensor: torch.Tensor) -> None:
    assert not shares_memory(tensor.contiguous(), tensor)


@rule(tensor=tensors(), data=st.data())
def view_can_add_ones_and_split(tensor: torch.Tensor, data: st.DataObject) -> None:
    dim = data.draw(st.integers(0, tensor.ndim - 1))
    before, after = tensor.shape[:dim], tensor.shape[dim + 1 :]
    for parts in ((1, tensor.size(dim)), *factors(tensor.size(dim))):
        viewed = tensor.view(*before, *parts, *after)
        assert row_by_row(viewed) == row_by_row(tensor)


@view_can_add_ones_and_split.false("view works on contiguous tensors only")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    dim = data.draw(st.integers(0, tensor.ndim - 1))
    shape = (*tensor.shape[:dim], 1, *tensor.shape[dim:])
    assert tensor.is_contiguous() or not can_view(tensor, shape)


@rule(cases=100, tensor=tensors(dims=2), data=st.data())
def view_merges_where_strides_continue(
    tensor: torch.Tensor, data: st.DataObject
) -> None:
    dim = data.draw(st.integers(0, tensor.ndim - 2))
    if 1 in tensor.shape[dim : dim + 2]:
        return
    continues = tensor.stride(dim) == tensor.size(dim + 1) * tensor.stride(dim + 1)
    assert can_view(tensor, merged_at(tensor, dim)) == continues


@view_merges_where_strides_continue.false("that holds for length 1 as well")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    dim = data.draw(st.integers(0, tensor.ndim - 2))
    continues = tensor.stride(dim) == tensor.size(dim + 1) * tensor.stride(dim + 1)
    assert can_view(tensor, merged_at(tensor, dim)) == continues


@view_merges_where_strides_continue.false("view merges if the tensor is contiguous")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    dim = data.draw(st.integers(0, tensor.ndim - 2))
    assert can_view(tensor, merged_at(tensor, dim)) == tensor.is_contiguous()


def merged_at(tensor: torch.Tensor, dim: int) -> tuple[int, ...]:
    """The shape with the dimension and its right neighbour as one."""
    lengths = tensor.shape
    return (*lengths[:dim], lengths[dim] * lengths[dim + 1], *lengths[dim + 2 :])


@rule(tensor=tensors(), data=st.data())
def length_one_merges_with_its_neighbour(
    tensor: torch.Tensor, data: st.DataObject
) -> None:
    dim = data.draw(st.integers(0, tensor.ndim - 1))
    with_one = tensor[(slice(None),) * dim + (slice(1),)]
    for left in {max(dim - 1, 0), min(dim, tensor.ndim - 2)} - {-1}:
        if tensor.ndim > 1:
            assert can_view(with_one, merged_at(with_one, left))


@length_one_merges_with_its_neighbour.false("length 2 merges with its neighbour")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    dim = data.draw(st.integers(0, tensor.ndim - 1))
    with_two = tensor[(slice(None),) * dim + (slice(2),)]
    for left in {max(dim - 1, 0), min(dim, tensor.ndim - 2)} - {-1}:
        if tensor.ndim > 1:
            assert can_view(with_two, merged_at(with_two, left))


@rule(tensor=tensors(), data=st.data())
def reshape_copies_only_where_view_fails(
    tensor: torch.Tensor, data: st.DataObject
) -> None:
    shape = data.draw(st.sampled_from(factors(tensor.numel())))
    shared = shares_memory(tensor.reshape(shape), tensor)
    assert shared == can_view(tensor, shape)


@reshape_copies_only_where_view_fails.false("reshape copies")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    shape = data.draw(st.sampled_from(factors(tensor.numel())))
    assert not shares_memory(tensor.reshape(shape), tensor)


@reshape_copies_only_where_view_fails.false("reshape copies unless it is contiguous")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    shape = data.draw(st.sampled_from(factors(tensor.numel())))
    assert shares_memory(tensor.reshape(shape), tensor) == tensor.is_contiguous()
