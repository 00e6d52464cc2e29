"""Rules of tensors/reshape."""

from __future__ import annotations

import torch
from hypothesis import strategies as st
from tests.rule import rule
from tests.strategies import factors, indices, row_by_row, tensors


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
