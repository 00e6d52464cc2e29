"""Rules of tensors/create."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

import numpy as np
import torch
from hypothesis import strategies as st
from tests.rule import rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

numbers = st.one_of(st.booleans(), st.integers(-9, 9), st.floats(-9, 9, width=32))
ORDER = (bool, int, float)
DTYPES = (torch.bool, torch.int64, torch.float32)
seeds = st.integers(0, 2**40)


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


@rule(low=st.integers(-5, 5), width=st.integers(1, 5), seed=seeds)
def randint_leaves_out_its_upper_end(low: int, width: int, seed: int) -> None:
    torch.manual_seed(seed)
    drawn = torch.randint(low, low + width, (300,))
    assert set(drawn.tolist()) == set(range(low, low + width))


@randint_leaves_out_its_upper_end.false("randint includes both ends")
def _(low: int, width: int, seed: int) -> None:
    torch.manual_seed(seed)
    assert low + width in torch.randint(low, low + width, (300,)).tolist()


draws = st.sampled_from([torch.rand, torch.randn, torch.randperm])
calls = st.lists(st.tuples(draws, st.integers(1, 40)), min_size=1, max_size=4)


def drawn_after(
    seed: int, calls: list[tuple[Callable[[int], Tensor], int]]
) -> list[Tensor]:
    """Return what calls draw after the seed was set."""
    torch.manual_seed(seed)
    return [draw(size) for draw, size in calls]


@rule(seed=seeds, calls=calls)
def same_seed_and_calls_give_the_same_numbers(
    seed: int, calls: list[tuple[Callable[[int], Tensor], int]]
) -> None:
    first, again = drawn_after(seed, calls), drawn_after(seed, calls)
    assert all(torch.equal(one, two) for one, two in zip(first, again, strict=True))


@same_seed_and_calls_give_the_same_numbers.false("a longer draw begins like a shorter")
def _(seed: int, calls: list[tuple[Callable[[int], Tensor], int]]) -> None:
    draw, size = calls[0]
    (short,), (long,) = (drawn_after(seed, [(draw, n)]) for n in (size, size + 1))
    assert torch.equal(short, long[:size])


@same_seed_and_calls_give_the_same_numbers.false("the order of the calls is free")
def _(seed: int, calls: list[tuple[Callable[[int], Tensor], int]]) -> None:
    forward, backward = drawn_after(seed, calls), drawn_after(seed, calls[::-1])
    pairs = zip(forward, backward[::-1], strict=True)
    assert all(torch.equal(one, two) for one, two in pairs)


@rule(seed=seeds, own_seed=seeds, size=st.integers(1, 40), own=st.integers(1, 40))
def own_generator_leaves_the_global_one_alone(
    seed: int, own_seed: int, size: int, own: int
) -> None:
    torch.manual_seed(seed)
    undisturbed = torch.randn(size)
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(own_seed)
    noise = torch.randn(own, generator=generator)
    assert torch.equal(torch.randn(size), undisturbed)
    generator.manual_seed(own_seed)
    assert torch.equal(torch.randn(own, generator=generator), noise)


@own_generator_leaves_the_global_one_alone.false("manual_seed sets every generator")
def _(seed: int, own_seed: int, size: int, own: int) -> None:
    del size
    generator = torch.Generator().manual_seed(own_seed)
    torch.manual_seed(seed)
    first = torch.randn(own, generator=generator)
    torch.manual_seed(seed)
    assert torch.equal(torch.randn(own, generator=generator), first)


@own_generator_leaves_the_global_one_alone.false(
    "with the same seed its numbers differ from the global ones"
)
def _(seed: int, own_seed: int, size: int, own: int) -> None:
    del own_seed, own
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    assert not torch.equal(torch.rand(size), torch.rand(size, generator=generator))


def state_of_numpy() -> str:
    """Return the state of NumPy's global generator."""
    state = np.random.get_state(legacy=False)  # noqa: NPY002 - the rule is about it
    inner = state["state"]
    return f"{inner['pos']} {inner['key'].tobytes().hex()}"


@rule(seed=seeds, between=st.integers(1, 5))
def torch_seed_does_not_reach_numpy_or_python(seed: int, between: int) -> None:
    of_numpy, of_python = state_of_numpy(), random.getstate()
    torch.manual_seed(seed)
    torch.rand(between)
    assert state_of_numpy() == of_numpy
    assert random.getstate() == of_python


@torch_seed_does_not_reach_numpy_or_python.false("torch.manual_seed seeds NumPy")
def _(seed: int, between: int) -> None:
    torch.manual_seed(seed)
    first = np.random.rand(between)  # noqa: NPY002 - the sentence is about it
    torch.manual_seed(seed)
    assert (np.random.rand(between) == first).all()  # noqa: NPY002 - as above
