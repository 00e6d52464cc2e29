"""Tensors for the rules to be tried on, and what several of them ask about one."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import torch
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator


@st.composite
def tensors(draw: st.DrawFn, dims: int = 1, min_size: int = 1) -> torch.Tensor:
    """Make permuted, sliced and broadcast tensors of different integers."""
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
    """Return the elements in the order of their indices, the last one fastest."""
    return [int(tensor[index]) for index in indices(tensor)]


def indices(tensor: torch.Tensor) -> Iterator[tuple[int, ...]]:
    """Return all indices of a tensor, the last one fastest."""
    return itertools.product(*map(range, tensor.shape))


def factors(number: int) -> list[tuple[int, int]]:
    """Return all pairs whose product is a number."""
    return [(n, number // n) for n in range(1, number + 1) if number % n == 0]


def shares_memory(left: torch.Tensor, right: torch.Tensor) -> bool:
    """Whether both have their elements in one memory."""
    return left.untyped_storage().data_ptr() == right.untyped_storage().data_ptr()
