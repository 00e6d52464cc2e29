"""Rules of tensors/select."""

from __future__ import annotations

import math

import numpy as np
import torch
from hypothesis import strategies as st
from scipy.stats import rankdata
from tests.rule import rule

seeds = st.integers(0, 2**20)
shapes = st.lists(st.integers(1, 4), min_size=1, max_size=2).map(tuple)
numbers = st.lists(st.integers(-5, 5), min_size=1, max_size=8)


def integers(shape: tuple[int, ...], seed: int) -> torch.Tensor:
    """A tensor of small integers, some of them equal."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(-5, 6, shape, generator=generator)


@rule(shape=shapes, seed=seeds)
def where_takes_from_one_or_the_other(shape: tuple[int, ...], seed: int) -> None:
    left, right = integers(shape, seed), integers(shape, seed + 1)
    mask = integers(shape, seed + 2) > 0
    chosen = torch.where(mask, left, right)
    assert chosen.shape == shape
    flat = zip(mask.flatten(), left.flatten(), right.flatten(), strict=True)
    assert chosen.flatten().tolist() == [int(a if m else b) for m, a, b in flat]


@where_takes_from_one_or_the_other.false("where keeps only what passes, as a mask does")
def _(shape: tuple[int, ...], seed: int) -> None:
    left, mask = integers(shape, seed), integers(shape, seed + 2) > 0
    assert torch.where(mask, left, 0).shape == left[mask].shape


@where_takes_from_one_or_the_other.false("the second argument is for False")
def _(shape: tuple[int, ...], seed: int) -> None:
    left, mask = integers(shape, seed), integers(shape, seed + 2) > 0
    assert torch.equal(torch.where(mask, left, 9)[~mask], left[~mask])


@rule(shape=shapes, seed=seeds, number=st.integers(-9, 9))
def masked_fill_changes_what_the_mask_names(
    shape: tuple[int, ...], seed: int, number: int
) -> None:
    tensor, mask = integers(shape, seed), integers(shape, seed + 1) > 0
    before = tensor.clone()
    filled = tensor.masked_fill(mask, number)
    assert (filled[mask] == number).all()
    assert torch.equal(filled[~mask], before[~mask])
    assert torch.equal(tensor, before)
    assert torch.equal(tensor.masked_fill_(mask, number), filled)
    assert torch.equal(tensor, filled)


@masked_fill_changes_what_the_mask_names.false("masked_fill writes into the tensor")
def _(shape: tuple[int, ...], seed: int, number: int) -> None:
    tensor, mask = integers(shape, seed), integers(shape, seed + 1) > 0
    tensor.masked_fill(mask, number)
    assert (tensor[mask] == number).all()


@masked_fill_changes_what_the_mask_names.false("it fills where the mask is False")
def _(shape: tuple[int, ...], seed: int, number: int) -> None:
    tensor, mask = integers(shape, seed), integers(shape, seed + 1) > 0
    assert (tensor.masked_fill(mask, number)[~mask] == number).all()


@rule(rows=st.integers(1, 5), columns=st.integers(1, 3), seed=seeds)
def sort_treats_each_column_alone(rows: int, columns: int, seed: int) -> None:
    table = integers((rows, columns), seed)
    values, places = table.sort(dim=0)
    assert values.tolist() == np.sort(table.numpy(), axis=0).tolist()
    assert torch.equal(table.gather(0, places), values)


@sort_treats_each_column_alone.false("sort(dim=0) keeps rows together")
def _(rows: int, columns: int, seed: int) -> None:
    table = integers((rows, columns), seed)
    kept = {tuple(row) for row in table.tolist()}
    assert {tuple(row) for row in table.sort(dim=0).values.tolist()} <= kept


@sort_treats_each_column_alone.false("sort(dim=0) sorts within each row")
def _(rows: int, columns: int, seed: int) -> None:
    table = integers((rows, columns), seed)
    assert torch.equal(table.sort(dim=0).values, table.sort(dim=1).values)


@rule(numbers=numbers, data=st.data(), largest=st.booleans())
def topk_is_the_beginning_of_a_sort(
    numbers: list[int], data: st.DataObject, *, largest: bool
) -> None:
    tensor = torch.tensor(numbers)
    k = data.draw(st.integers(0, len(numbers)))
    best = tensor.topk(k, largest=largest)
    assert torch.equal(best.values, tensor.sort(descending=largest).values[:k])
    assert torch.equal(tensor[best.indices], best.values)


@topk_is_the_beginning_of_a_sort.false("its places are those of a sort as well")
def _(numbers: list[int], data: st.DataObject, *, largest: bool) -> None:
    tensor = torch.tensor(numbers)
    k = data.draw(st.integers(0, len(numbers)))
    order = tensor.sort(descending=largest, stable=True).indices
    assert torch.equal(tensor.topk(k, largest=largest).indices, order[:k])


@topk_is_the_beginning_of_a_sort.false("it keeps the order of the tensor")
def _(numbers: list[int], data: st.DataObject, *, largest: bool) -> None:
    del data
    tensor = torch.tensor(numbers)
    assert torch.equal(tensor.topk(len(numbers), largest=largest).values, tensor)


floats = st.lists(
    st.sampled_from([-math.inf, -2.0, 0.0, 1.5, math.inf]), min_size=1, max_size=6
)


@rule(floats=floats, place=st.integers(0, 6))
def nan_sorts_as_the_largest(floats: list[float], place: int) -> None:
    place = min(place, len(floats))
    tensor = torch.tensor([*floats[:place], math.nan, *floats[place:]])
    assert tensor.argmax() == place
    assert tensor.topk(1).indices == place
    assert tensor.sort().values[:-1].tolist() == sorted(floats)
    assert tensor.sort().values[-1].isnan()


@nan_sorts_as_the_largest.false("nan is left out")
def _(floats: list[float], place: int) -> None:
    place = min(place, len(floats))
    tensor = torch.tensor([*floats[:place], math.nan, *floats[place:]])
    assert tensor.topk(1).values == max(floats)


@nan_sorts_as_the_largest.false("argmin leaves it out, as it is the largest")
def _(floats: list[float], place: int) -> None:
    place = min(place, len(floats))
    tensor = torch.tensor([*floats[:place], math.nan, *floats[place:]])
    assert tensor[tensor.argmin()] == min(floats)


@rule(numbers=numbers)
def unique_numbers_lead_back(numbers: list[int]) -> None:
    tensor = torch.tensor(numbers)
    values, places, counts = tensor.unique(return_inverse=True, return_counts=True)
    assert values.tolist() == sorted(set(numbers))
    assert torch.equal(values[places], tensor)
    assert counts.tolist() == [numbers.count(value) for value in values.tolist()]


@unique_numbers_lead_back.false("unique keeps the order of first appearance")
def _(numbers: list[int]) -> None:
    assert torch.tensor(numbers).unique().tolist() == list(dict.fromkeys(numbers))


@unique_numbers_lead_back.false("unique_consecutive does the same")
def _(numbers: list[int]) -> None:
    tensor = torch.tensor(numbers)
    assert torch.equal(tensor.unique_consecutive(), tensor.unique())


@rule(boundaries=numbers.map(sorted), numbers=numbers, right=st.booleans())
def searchsorted_counts_the_boundaries_before(
    boundaries: list[int], numbers: list[int], *, right: bool
) -> None:
    found = torch.searchsorted(
        torch.tensor(boundaries), torch.tensor(numbers), right=right
    )
    before = [
        sum(b < number or (right and b == number) for b in boundaries)
        for number in numbers
    ]
    assert found.tolist() == before
    by_numpy = np.searchsorted(
        boundaries, np.array(numbers), side="right" if right else "left"
    )
    assert found.tolist() == by_numpy.tolist()


@searchsorted_counts_the_boundaries_before.false("right makes no difference")
def _(boundaries: list[int], numbers: list[int], *, right: bool) -> None:
    del right
    limits, wanted = torch.tensor(boundaries), torch.tensor(numbers)
    left = torch.searchsorted(limits, wanted)
    assert torch.equal(left, torch.searchsorted(limits, wanted, right=True))


@searchsorted_counts_the_boundaries_before.false("the boundaries may be unsorted")
def _(boundaries: list[int], numbers: list[int], *, right: bool) -> None:
    found = torch.searchsorted(
        torch.tensor(boundaries[::-1]), torch.tensor(numbers), right=right
    )
    before = [
        sum(b < number or (right and b == number) for b in boundaries)
        for number in numbers
    ]
    assert found.tolist() == before


@rule(numbers=st.lists(st.integers(-99, 99), min_size=1, max_size=8, unique=True))
def argsort_twice_gives_the_ranks(numbers: list[int]) -> None:
    ranks = torch.tensor(numbers).argsort().argsort()
    assert (ranks + 1).tolist() == rankdata(numbers).tolist()


@argsort_twice_gives_the_ranks.false("argsort gives the ranks")
def _(numbers: list[int]) -> None:
    ranks = torch.tensor(numbers).argsort()
    assert (ranks + 1).tolist() == rankdata(numbers).tolist()
