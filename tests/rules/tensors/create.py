"""Rules of tensors/create."""

from __future__ import annotations

import math

import torch
from hypothesis import strategies as st
from tests.rule import rule

numbers = st.one_of(st.booleans(), st.integers(-9, 9), st.floats(-9, 9, width=32))
ORDER = (bool, int, float)
DTYPES = (torch.bool, torch.int64, torch.float32)


@rule(values=st.lists(numbers, min_size=1, max_size=5), nested=st.booleans())
def values_choose_the_dtype(values: list[float], *, nested: bool) -> None:
    most_general = max(ORDER.index(type(value)) for value in values)
    tensor = torch.tensor([values, values] if nested else values)
    assert tensor.dtype == DTYPES[most_general]
    assert torch.tensor(values[0]).dtype == DTYPES[ORDER.index(type(values[0]))]


@values_choose_the_dtype.false("tensors are float32 by default")
def _(values: list[float], *, nested: bool) -> None:
    del nested
    assert torch.tensor(values).dtype == torch.float32


@values_choose_the_dtype.false("the first element decides")
def _(values: list[float], *, nested: bool) -> None:
    del nested
    assert torch.tensor(values).dtype == DTYPES[ORDER.index(type(values[0]))]


@rule(lengths=st.lists(st.integers(1, 3), min_size=1, max_size=4))
def rows_need_one_length(lengths: list[int]) -> None:
    try:
        table = torch.tensor([[1] * length for length in lengths])
    except ValueError:
        assert len(set(lengths)) > 1
        return
    assert table.shape == (len(lengths), lengths[0])


@rows_need_one_length.false("short rows are filled up")
def _(lengths: list[int]) -> None:
    try:
        torch.tensor([[1] * length for length in lengths])
    except ValueError as error:
        raise AssertionError from error


sizes = st.lists(st.integers(0, 3), min_size=1, max_size=3).map(tuple)


@rule(size=sizes, value=numbers)
def full_takes_the_dtype_of_its_value(size: tuple[int, ...], value: float) -> None:
    tensor = torch.full(size, value)
    assert tensor.shape == size
    assert tensor.dtype == torch.tensor(value).dtype
    assert (tensor == value).all()


@full_takes_the_dtype_of_its_value.false("full makes float32, as zeros and ones do")
def _(size: tuple[int, ...], value: float) -> None:
    assert torch.full(size, value).dtype == torch.zeros(size).dtype


@rule(size=sizes, start=numbers, value=numbers)
def full_like_keeps_the_dtype(
    size: tuple[int, ...], start: float, value: float
) -> None:
    model = torch.full(size, start)
    tensor = torch.full_like(model, value)
    assert tensor.dtype == model.dtype
    assert tensor.shape == size
    if model.dtype == torch.int64:
        assert (tensor == math.trunc(value)).all()


@full_like_keeps_the_dtype.false("full_like takes the dtype of the value")
def _(size: tuple[int, ...], start: float, value: float) -> None:
    tensor = torch.full_like(torch.full(size, start), value)
    assert tensor.dtype == torch.tensor(value).dtype


@full_like_keeps_the_dtype.false("full_like rounds the value")
def _(size: tuple[int, ...], start: float, value: float) -> None:
    tensor = torch.full_like(torch.full(size, start), value)
    assert tensor.dtype != torch.int64 or (tensor == round(value)).all()


steps = st.integers(-5, 5).filter(bool)


@rule(start=st.integers(-20, 20), end=st.integers(-20, 20), step=steps)
def arange_of_integers_leaves_out_its_end(start: int, end: int, step: int) -> None:
    if (end - start) * step < 0:
        end = 2 * start - end  # torch refuses to count away from the end
    sequence = torch.arange(start, end, step)
    assert sequence.tolist() == list(range(start, end, step))
    assert sequence.dtype == torch.int64


@arange_of_integers_leaves_out_its_end.false("with a float step it does so as well")
def _(start: int, end: int, step: int) -> None:
    if (end - start) * step < 0:
        end = 2 * start - end
    sequence = torch.arange(start / 10, end / 10, step / 10)
    assert len(sequence) == len(range(start, end, step))


@rule(start=st.integers(-20, 20), end=st.integers(-20, 20), count=st.integers(2, 101))
def linspace_includes_both_ends_exactly(start: int, end: int, count: int) -> None:
    line = torch.linspace(start / 8, end / 8, count)
    assert line.shape == (count,)
    assert line[0] == start / 8
    assert line[-1] == end / 8
    step = (end - start) / 8 / (count - 1)
    expected = torch.tensor([start / 8 + place * step for place in range(count)])
    torch.testing.assert_close(line, expected)


@linspace_includes_both_ends_exactly.false("its numbers are start + i * step, exactly")
def _(start: int, end: int, count: int) -> None:
    line = torch.linspace(start / 8, end / 8, count)
    step = torch.tensor((end - start) / 8 / (count - 1))
    expected = torch.stack([start / 8 + place * step for place in range(count)])
    assert torch.equal(line, expected)


@linspace_includes_both_ends_exactly.false(
    "its numbers are (end - start) / count apart"
)
def _(start: int, end: int, count: int) -> None:
    line = torch.linspace(start / 8, end / 8, count)
    torch.testing.assert_close(
        line[1] - line[0], torch.tensor((end - start) / 8 / count)
    )
