"""Rules of tensors/memory."""

from __future__ import annotations

import itertools

import torch
from hypothesis import strategies as st
from tests.rule import rule
from tests.strategies import factors, indices, row_by_row, shares_memory, tensors


def can_view(tensor: torch.Tensor, shape: tuple[int, ...]) -> bool:
    try:
        tensor.view(shape)
    except RuntimeError:
        return False
    return True


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


@rule(tensor=tensors())
def clone_has_memory_of_its_own(tensor: torch.Tensor) -> None:
    cloned = tensor.clone()
    assert torch.equal(cloned, tensor)
    assert not shares_memory(cloned, tensor)
    assert cloned.untyped_storage().nbytes() == cloned.nbytes


@clone_has_memory_of_its_own.false("contiguous() does as well")
def _(tensor: torch.Tensor) -> None:
    assert not shares_memory(tensor.contiguous(), tensor)


@clone_has_memory_of_its_own.false("a clone lies in memory row by row")
def _(tensor: torch.Tensor) -> None:
    assert tensor.clone().is_contiguous()


@rule(tensor=tensors(), data=st.data())
def a_view_keeps_the_whole_memory(tensor: torch.Tensor, data: st.DataObject) -> None:
    part = tensor[data.draw(st.integers(0, tensor.size(0) - 1))]
    whole = tensor.untyped_storage().nbytes()
    assert part.untyped_storage().nbytes() == whole


@a_view_keeps_the_whole_memory.false("a part has just the memory of its elements")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    part = tensor[data.draw(st.integers(0, tensor.size(0) - 1))]
    assert part.untyped_storage().nbytes() == part.nbytes
