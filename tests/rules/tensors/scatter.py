"""Rules of tensors/scatter."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np
import torch
from hypothesis import strategies as st
from tests.rule import rule

if TYPE_CHECKING:
    from collections.abc import Callable

    Reduction = tuple[str, Callable[[list[int]], int]]


def counting(*lengths: int) -> torch.Tensor:
    """A tensor whose elements count its places, row by row."""
    return torch.arange(math.prod(lengths)).reshape(lengths)


tables = st.builds(counting, st.integers(1, 4), st.integers(1, 4))


@st.composite
def indices_of(draw: st.DrawFn, table: torch.Tensor) -> torch.Tensor:
    """Column numbers for some rows of the table, several a row."""
    rows, places = draw(st.integers(1, table.size(0))), draw(st.integers(1, 5))
    column = st.integers(0, table.size(1) - 1)
    return torch.tensor([[draw(column) for _ in range(places)] for _ in range(rows)])


@rule(table=tables, data=st.data())
def gather_takes_the_columns_that_index_names(
    table: torch.Tensor, data: st.DataObject
) -> None:
    index = data.draw(indices_of(table))
    result = table.gather(1, index)
    assert result.shape == index.shape
    for i, j in itertools.product(*map(range, index.shape)):
        assert result[i, j] == table[i, index[i, j]]


@gather_takes_the_columns_that_index_names.false("gather(1, …) takes these rows")
def _(table: torch.Tensor, data: st.DataObject) -> None:
    index = data.draw(indices_of(table))
    result = table.gather(1, index)
    for i, j in itertools.product(*map(range, index.shape)):
        if index[i, j] < table.size(0) and j < table.size(1):
            assert result[i, j] == table[index[i, j], j]


@gather_takes_the_columns_that_index_names.false("the labels in brackets do the same")
def _(table: torch.Tensor, data: st.DataObject) -> None:
    index = data.draw(indices_of(table))[:, :1]
    assert torch.equal(table.gather(1, index), table[:, index[:, 0]])


@rule(table=tables, column=st.integers(-6, 5), write=st.booleans())
def gather_does_not_count_from_the_end(
    table: torch.Tensor, column: int, *, write: bool
) -> None:
    index = torch.tensor([[column]])
    exists = 0 <= column < table.size(1)
    try:
        if write:
            table.scatter(1, index, table[:1, :1])
        else:
            table.gather(1, index)
    except RuntimeError:
        assert not exists
    else:
        assert exists


@gather_does_not_count_from_the_end.false("gather takes -1 as brackets do")
def _(table: torch.Tensor, column: int, *, write: bool) -> None:
    del write
    if -table.size(1) <= column < table.size(1):
        try:
            taken = table.gather(1, torch.tensor([[column]]))
        except RuntimeError as error:
            raise AssertionError(error) from error
        assert taken.item() == table[0, column]


@rule(table=tables, data=st.data())
def scatter_puts_back_what_gather_took(
    table: torch.Tensor, data: st.DataObject
) -> None:
    index = data.draw(indices_of(table))
    empty = torch.full_like(table, -1)
    back = empty.scatter(1, index, table.gather(1, index))
    for i, j in itertools.product(*map(range, table.shape)):
        named = i < len(index) and j in index[i].tolist()
        assert back[i, j] == (table[i, j] if named else -1)


@scatter_puts_back_what_gather_took.false("scatter gives the whole table back")
def _(table: torch.Tensor, data: st.DataObject) -> None:
    index = data.draw(indices_of(table))
    empty = torch.full_like(table, -1)
    assert torch.equal(empty.scatter(1, index, table.gather(1, index)), table)


@scatter_puts_back_what_gather_took.false("scatter adds where a place is named twice")
def _(table: torch.Tensor, data: st.DataObject) -> None:
    index = data.draw(indices_of(table))
    ones = torch.ones_like(index)
    counts = torch.zeros_like(table).scatter(1, index, ones)
    assert counts.sum() == index.numel()


@rule(votes=st.lists(st.integers(0, 3), max_size=6))
def plus_equals_counts_a_place_once(votes: list[int]) -> None:
    places = torch.tensor(votes, dtype=torch.int64)
    once, each = torch.zeros(2, 4, dtype=torch.int64)
    once[places] += 1
    each.index_add_(0, places, torch.ones_like(places))
    assert once.tolist() == [int(place in votes) for place in range(4)]
    assert each.tolist() == [votes.count(place) for place in range(4)]


@plus_equals_counts_a_place_once.false("+= counts every time")
def _(votes: list[int]) -> None:
    counts = torch.zeros(4, dtype=torch.int64)
    counts[torch.tensor(votes, dtype=torch.int64)] += 1
    assert counts.sum() == len(votes)


groups = st.lists(st.integers(0, 3), min_size=1, max_size=8)


@rule(groups=groups, width=st.integers(1, 3), seed=st.integers(0, 2**20))
def index_add_adds_each_row_to_the_row_named(
    groups: list[int], width: int, seed: int
) -> None:
    torch.manual_seed(seed)
    rows = torch.randint(-9, 10, (len(groups), width))
    start = torch.randint(-9, 10, (4, width))
    total = start.index_add(0, torch.tensor(groups), rows)
    expected = start.numpy().copy()
    np.add.at(expected, groups, rows.numpy())
    assert total.tolist() == expected.tolist()


@index_add_adds_each_row_to_the_row_named.false("it overwrites what was there")
def _(groups: list[int], width: int, seed: int) -> None:
    torch.manual_seed(seed)
    rows = torch.randint(-9, 10, (len(groups), width))
    start = torch.randint(-9, 10, (4, width))
    index = torch.tensor(groups)
    from_zero = torch.zeros_like(start).index_add(0, index, rows)
    assert torch.equal(start.index_add(0, index, rows)[index], from_zero[index])


@index_add_adds_each_row_to_the_row_named.false("the index says which rows to take")
def _(groups: list[int], width: int, seed: int) -> None:
    torch.manual_seed(seed)
    rows = torch.randint(-9, 10, (4, width))
    index = torch.tensor([(groups * 4)[place] for place in range(4)])
    added = torch.zeros(4, width, dtype=torch.int64).index_add(0, index, rows)
    assert torch.equal(added, rows[index])


reductions = st.sampled_from([("amax", max), ("amin", min), ("sum", sum)])


@rule(groups=groups, reduction=reductions, seed=st.integers(0, 2**20))
def include_self_decides_about_the_start(
    groups: list[int], reduction: Reduction, seed: int
) -> None:
    name, of_list = reduction
    torch.manual_seed(seed)
    values = torch.randint(-9, 10, (len(groups),))
    start = torch.randint(-9, 10, (4,))
    result = start.scatter_reduce(
        0, torch.tensor(groups), values, name, include_self=False
    )
    for place in range(4):
        here = [
            int(value)
            for group, value in zip(groups, values, strict=True)
            if group == place
        ]
        assert result[place] == (of_list(here) if here else start[place])


@include_self_decides_about_the_start.false("the start takes part in any case")
def _(groups: list[int], reduction: Reduction, seed: int) -> None:
    torch.manual_seed(seed)
    values = torch.randint(-9, 10, (len(groups),))
    start, index = torch.randint(-9, 10, (4,)), torch.tensor(groups)
    without = start.scatter_reduce(0, index, values, reduction[0], include_self=False)
    assert torch.equal(start.scatter_reduce(0, index, values, reduction[0]), without)


@include_self_decides_about_the_start.false("a place without values becomes zero")
def _(groups: list[int], reduction: Reduction, seed: int) -> None:
    torch.manual_seed(seed)
    values = torch.randint(-9, 10, (len(groups),))
    start, index = torch.randint(-9, 10, (4,)), torch.tensor(groups)
    result = start.scatter_reduce(0, index, values, reduction[0], include_self=False)
    assert all(result[place] == 0 for place in range(4) if place not in groups)
