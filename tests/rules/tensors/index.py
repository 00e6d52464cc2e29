"""Rules of tensors/index."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

import pytest
import torch
from hypothesis import strategies as st
from tests.rule import rule

if TYPE_CHECKING:
    from collections.abc import Callable

Index = Any
"""What may stand in brackets."""


def counting(*lengths: int) -> torch.Tensor:
    """A tensor whose elements count its places, row by row."""
    return torch.arange(math.prod(lengths)).reshape(lengths)


tables = st.builds(counting, st.integers(1, 4), st.integers(1, 4))
tensors = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(
    lambda lengths: counting(*lengths)
)


def numbers(length: int) -> st.SearchStrategy[int]:
    return st.integers(-length, length - 1)


def slices() -> st.SearchStrategy[slice]:
    ends = st.none() | st.integers(-6, 6)
    return st.builds(slice, ends, ends, st.none() | st.integers(1, 3))


def lists(length: int) -> st.SearchStrategy[list[int]]:
    return st.lists(numbers(length), min_size=1, max_size=4)


def masks(length: int) -> st.SearchStrategy[torch.Tensor]:
    one = st.lists(st.booleans(), min_size=length, max_size=length)
    return one.map(lambda values: torch.tensor(values, dtype=torch.bool))


def view_index(draw: Callable[..., Any], tensor: torch.Tensor) -> Index:
    """Numbers, slices and an ellipsis."""
    places = draw(st.integers(0, tensor.ndim))
    index: list[Index] = [
        draw(st.one_of(numbers(tensor.size(dim)), slices())) for dim in range(places)
    ]
    return (*index, ...)


def copy_index(draw: Callable[..., Any], tensor: torch.Tensor) -> Index:
    """A list or a mask, among numbers and slices or for the whole tensor."""
    if draw(st.booleans()):
        return draw(st.sampled_from([tensor % 2 == 0, tensor > 2, tensor >= 0]))
    dim = draw(st.integers(0, tensor.ndim - 1))
    index: list[Index] = [
        draw(st.one_of(numbers(tensor.size(d)), slices())) for d in range(dim)
    ]
    length = tensor.size(dim)
    return (*index, draw(st.one_of(lists(length), masks(length))))


def any_index(draw: Callable[..., Any], tensor: torch.Tensor) -> Index:
    kind = draw(st.sampled_from([view_index, copy_index]))
    return kind(draw, tensor)


def shares_memory(left: torch.Tensor, right: torch.Tensor) -> bool:
    return left.untyped_storage().data_ptr() == right.untyped_storage().data_ptr()


@rule(tensor=tensors, data=st.data())
def an_integer_removes_its_dimension_a_slice_keeps_it(
    tensor: torch.Tensor, data: st.DataObject
) -> None:
    index = view_index(data.draw, tensor)[:-1]
    kept = [place for place in index if isinstance(place, slice)]
    assert tensor[index].ndim == tensor.ndim - len(index) + len(kept)


@an_integer_removes_its_dimension_a_slice_keeps_it.false(
    "a slice of length 1 is the same as its number"
)
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, tensor.size(0) - 1))
    assert torch.equal(tensor[number : number + 1], tensor[number])


@rule(length=st.integers(0, 6), part=slices(), step=st.integers(-3, -1))
def slices_take_the_positions_of_a_list(length: int, part: slice, step: int) -> None:  # noqa: ARG001
    assert torch.arange(length)[part].tolist() == list(range(length))[part]


@slices_take_the_positions_of_a_list.false("backwards as well")
def _(length: int, part: slice, step: int) -> None:
    part = slice(part.start, part.stop, step)
    try:
        taken = torch.arange(length)[part].tolist()
    except ValueError as error:
        raise AssertionError(error) from error
    assert taken == list(range(length))[part]


@slices_take_the_positions_of_a_list.false("the end is included")
def _(length: int, part: slice, step: int) -> None:  # noqa: ARG001
    if part.stop is not None and 0 <= part.stop < length:
        assert part.stop in torch.arange(length)[: part.stop]


@slices_take_the_positions_of_a_list.false("2: begins at the second row")
def _(length: int, part: slice, step: int) -> None:  # noqa: ARG001
    if length > 2:
        assert torch.arange(length)[2:][0] == torch.arange(length)[1]


@rule(table=tables, data=st.data())
def lists_are_read_in_pairs(table: torch.Tensor, data: st.DataObject) -> None:
    rows = data.draw(lists(table.size(0)))
    columns = [data.draw(numbers(table.size(1))) for _ in rows]
    taken = [table[row, column] for row, column in zip(rows, columns, strict=True)]
    assert torch.equal(table[rows, columns], torch.stack(taken))


@lists_are_read_in_pairs.false("lists choose each of the rows in each of the columns")
def _(table: torch.Tensor, data: st.DataObject) -> None:
    rows = data.draw(lists(table.size(0)))
    columns = [data.draw(numbers(table.size(1))) for _ in rows]
    taken = [[table[row, column] for column in columns] for row in rows]
    assert table[rows, columns].tolist() == taken


@rule(tensor=tensors, data=st.data())
def a_mask_collects_row_by_row(tensor: torch.Tensor, data: st.DataObject) -> None:
    mask = data.draw(masks(tensor.numel())).reshape(tensor.shape)
    where = itertools.product(*map(range, tensor.shape))
    assert tensor[mask].tolist() == [int(tensor[i]) for i in where if mask[i]]


@a_mask_collects_row_by_row.false("a mask keeps the shape")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    mask = data.draw(masks(tensor.numel())).reshape(tensor.shape)
    assert tensor[mask].ndim == tensor.ndim


@a_mask_collects_row_by_row.false("zeros and ones do as well as False and True")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    mask = data.draw(masks(tensor.size(0)))
    try:
        taken = tensor[mask.long()]
    except IndexError as error:
        raise AssertionError(error) from error
    assert torch.equal(taken, tensor[mask])


@rule(tensor=tensors, data=st.data(), length=st.integers(0, 5))
def a_mask_is_as_long_as_its_dimension(
    tensor: torch.Tensor, data: st.DataObject, length: int
) -> None:
    dim = data.draw(st.integers(0, tensor.ndim - 1))
    mask = data.draw(masks(length))
    index = (slice(None),) * dim + (mask,)
    if length == tensor.size(dim):
        assert tensor[index].size(dim) == mask.sum()
    else:
        with pytest.raises(IndexError, match="shape of the mask"):
            tensor[index]


@a_mask_is_as_long_as_its_dimension.false("a shorter mask leaves out the rest")
def _(tensor: torch.Tensor, data: st.DataObject, length: int) -> None:
    mask = data.draw(masks(min(length, tensor.size(0))))
    try:
        assert len(tensor[mask]) == mask.sum()
    except IndexError as error:
        raise AssertionError(error) from error


@a_mask_is_as_long_as_its_dimension.false("a mask of one is repeated")
def _(tensor: torch.Tensor, data: st.DataObject, length: int) -> None:  # noqa: ARG001
    try:
        assert torch.equal(tensor[torch.tensor([True])], tensor)
    except IndexError as error:
        raise AssertionError(error) from error


@rule(tensor=tensors, data=st.data())
def numbers_and_slices_give_views(tensor: torch.Tensor, data: st.DataObject) -> None:
    tensor = tensor.clone()
    piece = tensor[view_index(data.draw, tensor)]
    piece.fill_(-1)
    assert shares_memory(piece, tensor)
    assert (tensor == -1).sum() == piece.numel()


@numbers_and_slices_give_views.false("every piece is a view")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    assert shares_memory(tensor[any_index(data.draw, tensor)], tensor)


@rule(tensor=tensors, data=st.data())
def lists_and_masks_give_copies(tensor: torch.Tensor, data: st.DataObject) -> None:
    before = tensor.clone()
    piece = tensor[copy_index(data.draw, tensor)]
    piece.fill_(-1)
    assert not shares_memory(piece, tensor)
    assert torch.equal(tensor, before)


@lists_and_masks_give_copies.false("every piece is a copy")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    assert not shares_memory(tensor[any_index(data.draw, tensor)], tensor)


@rule(tensor=tensors, data=st.data())
def one_pair_of_brackets_writes_into_the_tensor(
    tensor: torch.Tensor, data: st.DataObject
) -> None:
    tensor = tensor.clone()
    index = any_index(data.draw, tensor)
    named = set(tensor[index].flatten().tolist())
    expected = [-1 if place in named else place for place in range(tensor.numel())]
    tensor[index] = -1
    assert tensor.flatten().tolist() == expected


@one_pair_of_brackets_writes_into_the_tensor.false("two pairs do the same")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    tensor = tensor.clone()
    index = any_index(data.draw, tensor)
    named = set(tensor[index].flatten().tolist())
    tensor[index][...] = -1
    assert int((tensor == -1).sum()) == len(named)


@rule(tensor=tensors, data=st.data())
def a_second_pair_writes_into_what_the_first_read(
    tensor: torch.Tensor, data: st.DataObject
) -> None:
    tensor = tensor.clone()
    index = any_index(data.draw, tensor)
    piece = tensor[index]
    if piece.ndim == 0 or piece.numel() == 0:
        return
    second = any_index(data.draw, piece)
    if piece[second].numel() == 0:
        return
    tensor[index][second] = -1
    assert bool((tensor == -1).any()) == shares_memory(piece, tensor)


@a_second_pair_writes_into_what_the_first_read.false("it never arrives")
def _(tensor: torch.Tensor, data: st.DataObject) -> None:
    tensor = tensor.clone()
    index = any_index(data.draw, tensor)
    tensor[index][...] = -1
    assert not (tensor == -1).any()
