"""Tensors for the rules to be tried on, and what several of them ask about one."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import torch
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Shape = tuple[int, ...]

small = st.integers(-9, 9)
vectors = st.lists(small, min_size=1, max_size=4).map(
    lambda numbers: torch.tensor(numbers, dtype=torch.float64)
)
sizes = st.integers(0, 4)
shapes = st.lists(st.sampled_from([0, 1, 1, 2, 3, 4]), max_size=4).map(tuple)


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


@st.composite
def fitting(draw: st.DrawFn, shape: Shape) -> Shape:
    """Make a shape, each size of which is that of another shape or else 1."""
    kept = shape[draw(st.integers(0, len(shape))) :]
    return tuple(draw(st.sampled_from([size, 1])) for size in kept)


@st.composite
def pairs_of_shapes(draw: st.DrawFn) -> tuple[Shape, Shape]:
    """Make two shapes, which fit about every other time."""
    left = draw(shapes)
    right = draw(st.one_of(shapes, fitting(left)))
    return (left, right) if draw(st.booleans()) else (right, left)


def counting(shape: Shape) -> torch.Tensor:
    """Return a tensor of floats, counted from 0."""
    return torch.arange(float(math.prod(shape))).reshape(shape)


def shape_or_none(compute: Callable[[], torch.Tensor]) -> Shape | None:
    """Return the shape of a result, ``None`` if PyTorch refuses."""
    try:
        return tuple(compute().shape)
    except RuntimeError:
        return None


def broadcast(left: Shape, right: Shape) -> Shape | None:
    """Return the shape that two shapes broadcast to, ``None`` if they do not."""
    length = max(len(left), len(right))
    left = (1,) * (length - len(left)) + left
    right = (1,) * (length - len(right)) + right
    if any(a != b and 1 not in (a, b) for a, b in zip(left, right, strict=True)):
        return None
    return tuple(b if a == 1 else a for a, b in zip(left, right, strict=True))
