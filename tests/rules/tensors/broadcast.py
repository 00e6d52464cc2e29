"""Rules of tensors/broadcast."""

from __future__ import annotations

import itertools
import warnings

import torch
from hypothesis import strategies as st
from tests.rule import rule
from tests.strategies import (
    Shape,
    broadcast,
    counting,
    pairs_of_shapes,
    shape_or_none,
    shapes,
    shares_memory,
    vectors,
)


def shape_of_sum(left: Shape, right: Shape) -> Shape | None:
    return shape_or_none(lambda: counting(left) + counting(right))


@rule(cases=100, pair=pairs_of_shapes())
def shapes_broadcast_if_sizes_are_equal_or_one(pair: tuple[Shape, Shape]) -> None:
    left, right = pair
    result = shape_of_sum(left, right)
    assert result == broadcast(left, right)
    if result is not None:
        assert torch.broadcast_shapes(left, right) == result


@shapes_broadcast_if_sizes_are_equal_or_one.false("the result has the larger size")
def _(pair: tuple[Shape, Shape]) -> None:
    left, right = pair
    result = shape_of_sum(left, right)
    if result is not None and len(left) == len(right):
        assert result == tuple(map(max, left, right))


@shapes_broadcast_if_sizes_are_equal_or_one.false("shapes are aligned on the left")
def _(pair: tuple[Shape, Shape]) -> None:
    left, right = pair
    turned = broadcast(left[::-1], right[::-1])
    result = shape_of_sum(left, right)
    assert (result is None) == (turned is None)


@shapes_broadcast_if_sizes_are_equal_or_one.false("one size may divide the other")
def _(pair: tuple[Shape, Shape]) -> None:
    left, right = pair
    for smaller, larger in map(sorted, itertools.product(left, right)):
        if smaller and larger % smaller == 0:
            result = shape_of_sum((larger,), (smaller,))
            assert result == (larger,)


@rule(pair=pairs_of_shapes())
def in_place_keeps_the_shape(pair: tuple[Shape, Shape]) -> None:
    left, right = pair
    tensor = counting(left)
    result = shape_or_none(lambda: tensor.add_(counting(right)))
    assert tensor.shape == left
    assert (result is not None) == (broadcast(left, right) == left)


@in_place_keeps_the_shape.false("what can be added can be added in place")
def _(pair: tuple[Shape, Shape]) -> None:
    left, right = pair
    result = shape_or_none(lambda: counting(left).add_(counting(right)))
    assert (result is not None) == (broadcast(left, right) is not None)


@rule(targets=vectors, predictions=vectors)
def mse_loss_warns_where_subtraction_is_silent(
    targets: torch.Tensor, predictions: torch.Tensor
) -> None:
    for outputs in (predictions.unsqueeze(1), targets.unsqueeze(1), targets):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            by_hand = ((outputs - targets) ** 2).mean()
            assert not caught
            loss = torch.nn.MSELoss()(outputs, targets)
            assert bool(caught) == (outputs.shape != targets.shape)
        torch.testing.assert_close(loss, by_hand)


@mse_loss_warns_where_subtraction_is_silent.false("it refuses other shapes")
def _(targets: torch.Tensor, predictions: torch.Tensor) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        column = predictions.unsqueeze(1)
        assert shape_or_none(lambda: torch.nn.MSELoss()(column, targets)) is None


@mse_loss_warns_where_subtraction_is_silent.false("it pairs a column with its targets")
def _(targets: torch.Tensor, predictions: torch.Tensor) -> None:  # noqa: ARG001
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert torch.nn.MSELoss()(targets.unsqueeze(1), targets) == 0


@rule(targets=vectors, predictions=vectors)
def all_against_all_the_mean_is_best(
    targets: torch.Tensor, predictions: torch.Tensor
) -> None:
    best = all_against_all(targets.mean().reshape(1), targets)
    assert best <= all_against_all(predictions, targets) + 1e-12


@all_against_all_the_mean_is_best.false("right predictions are best")
def _(targets: torch.Tensor, predictions: torch.Tensor) -> None:
    right = all_against_all(targets, targets)
    assert right <= all_against_all(predictions, targets)


@all_against_all_the_mean_is_best.false("the median is best")
def _(targets: torch.Tensor, predictions: torch.Tensor) -> None:  # noqa: ARG001
    best = all_against_all(targets.median().reshape(1), targets)
    assert best <= all_against_all(targets.mean().reshape(1), targets) + 1e-12


def all_against_all(predictions: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    return ((predictions.unsqueeze(1) - targets) ** 2).mean()


@rule(pair=pairs_of_shapes())
def broadcasting_computes_as_if_both_were_expanded(pair: tuple[Shape, Shape]) -> None:
    shape = broadcast(*pair)
    if shape is not None:
        left, right = map(counting, pair)
        assert torch.equal(left + right, left.expand(shape) + right.expand(shape))


@broadcasting_computes_as_if_both_were_expanded.false("only one of the two is expanded")
def _(pair: tuple[Shape, Shape]) -> None:
    shape = broadcast(*pair)
    assert shape is None or shape in pair


@rule(shape=shapes, to=st.integers(2, 4))
def expand_repeats_by_a_stride_of_zero(shape: Shape, to: int) -> None:
    tensor = counting(shape)
    wanted = (to, *(to if size == 1 else size for size in shape))
    wide = tensor.expand(wanted)
    assert shares_memory(wide, tensor)
    assert torch.equal(wide, torch.broadcast_to(tensor, wanted))
    strides = (0, *tensor.stride())
    grown = (True, *(size == 1 for size in shape))
    assert wide.stride() == tuple(
        0 if is_grown else stride
        for is_grown, stride in zip(grown, strides, strict=True)
    )


@expand_repeats_by_a_stride_of_zero.false("expand repeats a dimension of any length")
def _(shape: Shape, to: int) -> None:
    tensor = counting(shape)
    wanted = (to, *(to * size for size in shape))
    assert shape_or_none(lambda: tensor.expand(wanted)) == wanted


@expand_repeats_by_a_stride_of_zero.false("an expanded tensor has room for all")
def _(shape: Shape, to: int) -> None:
    wide = counting(shape).expand(to, *shape)
    assert wide.untyped_storage().nbytes() >= wide.nbytes


@rule(row=vectors, times=st.integers(1, 4))
def repeat_lays_copies_side_by_side(row: torch.Tensor, times: int) -> None:
    repeated = row.repeat(times)
    assert repeated.tolist() == row.tolist() * times
    assert not shares_memory(repeated, row)
    assert torch.equal(row.repeat(times, 1), row.expand(times, -1))


@repeat_lays_copies_side_by_side.false("repeat repeats each element")
def _(row: torch.Tensor, times: int) -> None:
    assert torch.equal(row.repeat(times), row.repeat_interleave(times))


@repeat_lays_copies_side_by_side.false("repeat takes the shape of the result")
def _(row: torch.Tensor, times: int) -> None:
    assert row.repeat(times, row.size(0)).shape == (times, row.size(0))


@rule(row=vectors, data=st.data())
def repeat_interleave_repeats_each_element(
    row: torch.Tensor, data: st.DataObject
) -> None:
    counts = [data.draw(st.integers(0, 3)) for _ in row]
    wanted = [x for x, n in zip(row.tolist(), counts, strict=True) for _ in range(n)]
    assert row.repeat_interleave(torch.tensor(counts)).tolist() == wanted


@repeat_interleave_repeats_each_element.false("the whole row comes again and again")
def _(row: torch.Tensor, data: st.DataObject) -> None:
    times = data.draw(st.integers(1, 3))
    assert row.repeat_interleave(times).tolist() == row.tolist() * times


@rule(first=vectors, second=vectors)
def meshgrid_ij_holds_pair_i_j(first: torch.Tensor, second: torch.Tensor) -> None:
    a, b = torch.meshgrid(first, second, indexing="ij")
    assert a.shape == b.shape == (len(first), len(second))
    for i, j in itertools.product(range(len(first)), range(len(second))):
        assert (a[i, j], b[i, j]) == (first[i], second[j])
    assert torch.equal(a * b, first.unsqueeze(1) * second)


@meshgrid_ij_holds_pair_i_j.false("the first axis runs along the columns")
def _(first: torch.Tensor, second: torch.Tensor) -> None:
    a, _ = torch.meshgrid(first, second, indexing="ij")
    assert a.shape == (len(second), len(first))
