"""Rules of start/old-tutorials."""

from __future__ import annotations

import io
import pickle
import warnings
from typing import TYPE_CHECKING

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import nn
from torch.autograd import Variable

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor


def quietly(call: Callable[[], Tensor]) -> Tensor:
    """Call something that still works, without its warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return call()


@rule(start=st.integers(-9, 9), step=st.integers(1, 4), steps=st.integers(1, 9))
def torch_range_includes_its_end(start: int, step: int, steps: int) -> None:
    end = start + step * steps
    numbers = quietly(lambda: torch.range(start, end, step))
    assert numbers.tolist() == list(range(start, end + 1, step))
    assert numbers.dtype == torch.float32


@torch_range_includes_its_end.false("torch.range does what torch.arange does")
def _(start: int, step: int, steps: int) -> None:
    end = start + step * steps
    numbers = quietly(lambda: torch.range(start, end, step))
    assert torch.equal(numbers, torch.arange(start, end, step))


masks = st.lists(st.integers(0, 1), min_size=1, max_size=6)


@rule(mask=masks)
def inverted_bytes_select_everything(mask: list[int]) -> None:
    data, of_bytes = torch.arange(len(mask)), torch.tensor(mask, dtype=torch.uint8)
    inverted = ~of_bytes
    assert inverted.tolist() == [254 if on else 255 for on in mask]
    assert torch.equal(quietly(lambda: data[inverted]), data)


@inverted_bytes_select_everything.false("~ inverts a mask of bytes")
def _(mask: list[int]) -> None:
    data, of_bytes = torch.arange(len(mask)), torch.tensor(mask, dtype=torch.uint8)
    others = [place for place, on in enumerate(mask) if not on]
    assert quietly(lambda: data[~of_bytes]).tolist() == others


@rule(mask=masks, dtype=st.sampled_from([torch.uint8, torch.bool]))
def one_minus_mask_is_for_bytes(mask: list[int], dtype: torch.dtype) -> None:
    data, given = torch.arange(len(mask)), torch.tensor(mask, dtype=dtype)
    others = [place for place, on in enumerate(mask) if not on]
    try:
        inverted = 1 - given
    except RuntimeError:  # NotImplementedError since 2.14, one kind of it
        assert dtype == torch.bool
        inverted = ~given
    else:
        assert dtype == torch.uint8
    assert quietly(lambda: data[inverted]).tolist() == others


@one_minus_mask_is_for_bytes.false("1 - mask is an error")
def _(mask: list[int], dtype: torch.dtype) -> None:
    try:
        1 - torch.tensor(mask, dtype=dtype)
    except RuntimeError:
        return
    raise AssertionError


@rule(mask=st.lists(st.integers(0, 1), min_size=2, max_size=6))
def zeros_and_ones_in_int64_are_positions(mask: list[int]) -> None:
    data = torch.arange(10, 10 + len(mask))
    assert data[torch.tensor(mask)].tolist() == [10 + place for place in mask]


@zeros_and_ones_in_int64_are_positions.false("zeros and ones select as a mask does")
def _(mask: list[int]) -> None:
    data = torch.arange(10, 10 + len(mask))
    places = [10 + place for place, on in enumerate(mask) if on]
    assert data[torch.tensor(mask)].tolist() == places


squares = st.integers(1, 3).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(-5, 5), min_size=size, max_size=size),
        min_size=size,
        max_size=size,
    )
)


@rule(rows=squares)
def eigenvalues_of_eig_are_complex(rows: list[list[int]]) -> None:
    matrix = torch.tensor(rows, dtype=torch.float64)
    assert torch.linalg.eigvals(matrix).is_complex()
    assert torch.linalg.eigvals(matrix + matrix.T).is_complex()
    values, vectors = torch.linalg.eig(matrix)
    assert values.is_complex()
    assert vectors.is_complex()


@eigenvalues_of_eig_are_complex.false("a symmetric matrix gives real numbers")
def _(rows: list[list[int]]) -> None:
    matrix = torch.tensor(rows, dtype=torch.float64)
    assert not torch.linalg.eigvals(matrix + matrix.T).is_complex()


@rule(rows=squares)
def eigvalsh_reads_the_lower_triangle(rows: list[list[int]]) -> None:
    matrix = torch.tensor(rows, dtype=torch.float64)
    lower = matrix.tril() + matrix.tril(-1).T
    expected = torch.linalg.eigvalsh(lower)
    torch.testing.assert_close(torch.linalg.eigvalsh(matrix), expected)
    torch.testing.assert_close(torch.linalg.eigh(matrix).eigenvalues, expected)
    torch.testing.assert_close(torch.linalg.eigvals(lower).real.sort()[0], expected)


@eigvalsh_reads_the_lower_triangle.false("eigvalsh reads the upper triangle")
def _(rows: list[list[int]]) -> None:
    matrix = torch.tensor(rows, dtype=torch.float64)
    upper = matrix.triu() + matrix.triu(1).T
    torch.testing.assert_close(
        torch.linalg.eigvalsh(matrix), torch.linalg.eigvalsh(upper)
    )


modules = st.sampled_from(
    [
        lambda size: nn.Linear(size, 1),
        lambda size: nn.Sequential(nn.Linear(size, size), nn.ReLU()),
        nn.LayerNorm,
    ]
)


def refused(saved: object, *, weights_only: bool | None = None) -> bool:
    """Return whether ``torch.load`` refuses what ``torch.save`` wrote."""
    file = io.BytesIO()
    torch.save(saved, file)
    file.seek(0)
    try:
        torch.load(file, weights_only=weights_only)
    except pickle.UnpicklingError:
        return True
    return False


@rule(cases=10, make=modules, size=st.integers(1, 4))
def load_reads_weights_only(make: Callable[[int], nn.Module], size: int) -> None:
    module = make(size)
    assert refused(module)
    assert not refused(module.state_dict())
    assert not refused(module, weights_only=False)


@load_reads_weights_only.false("torch.load loads what torch.save saved")
def _(make: Callable[[int], nn.Module], size: int) -> None:
    assert not refused(make(size))


@rule(
    shape=st.lists(st.integers(1, 4), max_size=3),
    seed=st.integers(0, 99),
    of_result=st.booleans(),
)
def a_variable_is_cut_off_from_the_graph(
    shape: list[int], seed: int, *, of_result: bool
) -> None:
    x = torch.randn(
        shape, dtype=torch.float64, generator=torch.Generator().manual_seed(seed)
    ).requires_grad_()
    y = 2 * x if of_result else x
    wrapped = Variable(y)
    assert type(wrapped) is torch.Tensor
    assert not wrapped.requires_grad
    assert wrapped.grad_fn is None
    assert wrapped.data_ptr() == y.data_ptr()


@a_variable_is_cut_off_from_the_graph.false("Variable does nothing")
def _(shape: list[int], seed: int, *, of_result: bool) -> None:
    del of_result
    x = torch.randn(
        shape, dtype=torch.float64, generator=torch.Generator().manual_seed(seed)
    ).requires_grad_()
    assert Variable(x).requires_grad == x.requires_grad


@a_variable_is_cut_off_from_the_graph.false("Variable makes a tensor record")
def _(shape: list[int], seed: int, *, of_result: bool) -> None:
    del of_result
    assert Variable(
        torch.randn(
            shape, dtype=torch.float64, generator=torch.Generator().manual_seed(seed)
        )
    ).requires_grad
