"""Rules of tensors/arithmetic."""

from __future__ import annotations

import itertools
import math
import operator
import warnings
from typing import TYPE_CHECKING, Any

import torch
from hypothesis import strategies as st
from tests.rule import rule

if TYPE_CHECKING:
    from collections.abc import Callable

Shape = tuple[int, ...]

DTYPES = [
    torch.bool,
    torch.uint8,
    torch.int8,
    torch.int64,
    torch.bfloat16,
    torch.float32,
    torch.float64,
    torch.complex64,
]
OPERATIONS = ["add", "mul", "div"]
PAIRS: dict[str, tuple[Callable[[Any, Any], Any], Callable[[Any, Any], Any]]] = {
    "add": (operator.add, operator.iadd),
    "sub": (operator.sub, operator.isub),
    "mul": (operator.mul, operator.imul),
    "div": (operator.truediv, operator.itruediv),
}

small = st.integers(-9, 9)
vectors = st.lists(small, min_size=1, max_size=4).map(
    lambda numbers: torch.tensor(numbers, dtype=torch.float64)
)
sizes = st.integers(0, 4)
shapes = st.lists(st.sampled_from([0, 1, 1, 2, 3, 4]), max_size=4).map(tuple)


@st.composite
def fitting(draw: st.DrawFn, shape: Shape) -> Shape:
    """A shape, each size of which is that of another shape or else 1."""
    kept = shape[draw(st.integers(0, len(shape))) :]
    return tuple(draw(st.sampled_from([size, 1])) for size in kept)


@st.composite
def pairs_of_shapes(draw: st.DrawFn) -> tuple[Shape, Shape]:
    """Two shapes, which fit about every other time."""
    left = draw(shapes)
    right = draw(st.one_of(shapes, fitting(left)))
    return (left, right) if draw(st.booleans()) else (right, left)


def counting(shape: Shape) -> torch.Tensor:
    return torch.arange(float(math.prod(shape))).reshape(shape)


def kind(dtype: torch.dtype) -> int:
    """The kind of a dtype: truth values, integers, floats or complex numbers."""
    if dtype.is_complex:
        return 3
    if dtype.is_floating_point:
        return 2
    return int(dtype != torch.bool)


def shape_or_none(compute: Callable[[], torch.Tensor]) -> Shape | None:
    try:
        return tuple(compute().shape)
    except RuntimeError:
        return None


def shape_of_sum(left: Shape, right: Shape) -> Shape | None:
    return shape_or_none(lambda: counting(left) + counting(right))


def broadcast(left: Shape, right: Shape) -> Shape | None:
    """The three rules of the page."""
    length = max(len(left), len(right))
    left = (1,) * (length - len(left)) + left
    right = (1,) * (length - len(right)) + right
    if any(a != b and 1 not in (a, b) for a, b in zip(left, right, strict=True)):
        return None
    return tuple(b if a == 1 else a for a, b in zip(left, right, strict=True))


@rule(data=vectors, by=small, name=st.sampled_from(list(PAIRS)))
def add_makes_a_tensor_add_underscore_changes_it(
    data: torch.Tensor, by: int, name: str
) -> None:
    before = data.clone()
    result = getattr(data, name)(by)
    assert torch.equal(data, before)
    returned = getattr(data, f"{name}_")(by)
    assert returned is data
    torch.testing.assert_close(data, result, equal_nan=True)


@add_makes_a_tensor_add_underscore_changes_it.false("add changes its tensor")
def _(data: torch.Tensor, by: int, name: str) -> None:
    result = getattr(data, name)(by)
    assert torch.equal(data, result)


@add_makes_a_tensor_add_underscore_changes_it.false("add_ returns a new tensor")
def _(data: torch.Tensor, by: int, name: str) -> None:
    assert getattr(data, f"{name}_")(by) is not data


@rule(data=vectors, by=small, name=st.sampled_from(list(PAIRS)))
def plus_equals_works_in_place(data: torch.Tensor, by: int, name: str) -> None:
    second, other = data, data.clone()
    data = PAIRS[name][1](data, by)
    getattr(other, f"{name}_")(by)
    assert second is data
    torch.testing.assert_close(second, other, rtol=0, atol=0, equal_nan=True)


@plus_equals_works_in_place.false("data = data + 10 is the same as data += 10")
def _(data: torch.Tensor, by: int, name: str) -> None:
    second = data
    data = PAIRS[name][0](data, by)
    torch.testing.assert_close(second, data, equal_nan=True)


@rule(
    cases=100,
    dtype=st.sampled_from(DTYPES),
    other=st.one_of(
        st.sampled_from([True, 2, 0.5, 1j]),
        st.sampled_from(DTYPES).map(lambda dtype: torch.ones(2, dtype=dtype)),
    ),
    name=st.sampled_from(OPERATIONS),
)
def in_place_keeps_the_dtype(
    dtype: torch.dtype,
    other: Any,  # noqa: ANN401 - a tensor or a number
    name: str,
) -> None:
    tensor = torch.ones(2, dtype=dtype)
    result = getattr(tensor, name)(other)
    try:
        getattr(tensor, f"{name}_")(other)
    except RuntimeError:
        assert kind(result.dtype) > kind(dtype)
    else:
        assert kind(result.dtype) <= kind(dtype)
        assert tensor.dtype == dtype


@in_place_keeps_the_dtype.false("in place, the tensor takes the dtype of the result")
def _(dtype: torch.dtype, other: Any, name: str) -> None:  # noqa: ANN401
    tensor = torch.ones(2, dtype=dtype)
    result = getattr(tensor, name)(other)
    if kind(result.dtype) <= kind(dtype):
        assert getattr(tensor, f"{name}_")(other).dtype == result.dtype


@in_place_keeps_the_dtype.false("on integers, div_ alone fails")
def _(dtype: torch.dtype, other: Any, name: str) -> None:  # noqa: ANN401
    tensor = torch.ones(2, dtype=dtype)
    if kind(dtype) == 1 and name != "div":
        try:
            getattr(tensor, f"{name}_")(other)
        except RuntimeError as error:
            raise AssertionError(error) from error


@rule(
    number=st.integers(-100, 100),
    by=st.integers(-9, 9).filter(bool),
    dtype=st.sampled_from([torch.int8, torch.int64, torch.float32]),
)
def floor_rounds_down_trunc_towards_zero(
    number: int, by: int, dtype: torch.dtype
) -> None:
    tensor = torch.tensor([number], dtype=dtype)
    down = tensor.div(by, rounding_mode="floor")
    towards_zero = tensor.div(by, rounding_mode="trunc")
    assert down.dtype == towards_zero.dtype == dtype
    assert down.item() == math.floor(number / by)
    assert towards_zero.item() == math.trunc(number / by)


@floor_rounds_down_trunc_towards_zero.false("both round to the nearest integer")
def _(number: int, by: int, dtype: torch.dtype) -> None:
    tensor = torch.tensor([number], dtype=dtype)
    assert tensor.div(by, rounding_mode="trunc").item() == round(number / by)


@floor_rounds_down_trunc_towards_zero.false("both cut the fraction off")
def _(number: int, by: int, dtype: torch.dtype) -> None:
    tensor = torch.tensor([number], dtype=dtype)
    assert tensor.div(by, rounding_mode="floor").item() == math.trunc(number / by)


@rule(
    left=st.one_of(shapes, vectors.map(lambda v: tuple(v.shape))),
    right=st.one_of(shapes, vectors.map(lambda v: tuple(v.shape))),
)
def dot_takes_two_vectors_of_one_length(left: Shape, right: Shape) -> None:
    a, b = counting(left), counting(right)
    result = shape_or_none(lambda: torch.dot(a, b))
    if len(left) == 1 and left == right:
        assert result == ()
        assert torch.dot(a, b) == sum(x * y for x, y in zip(a, b, strict=True))
    else:
        assert result is None


@dot_takes_two_vectors_of_one_length.false("it is the matrix product of matrices")
def _(left: Shape, right: Shape) -> None:
    both = counting(left[:2])
    if both.ndim == 2 and both.size(0) == both.size(1):
        assert shape_or_none(lambda: torch.dot(both, both)) == left[:2]
    if len(right) == 2 and right[0] == right[1]:
        both = counting(right)
        assert shape_or_none(lambda: torch.dot(both, both)) == right


@dot_takes_two_vectors_of_one_length.false("a vector of one number is repeated")
def _(left: Shape, right: Shape) -> None:
    if len(left) == len(right) == 1 and 1 in (*left, *right):
        a, b = counting(left), counting(right)
        assert shape_or_none(lambda: torch.dot(a, b)) == ()


@st.composite
def matrices(draw: st.DrawFn) -> tuple[torch.Tensor, torch.Tensor]:
    """Two matrices that can be multiplied."""
    rows, middle, columns = (draw(st.integers(1, 4)) for _ in range(3))
    numbers = [draw(small) for _ in range(middle * (rows + columns))]
    cut = rows * middle
    flat = torch.tensor(numbers, dtype=torch.float64)
    return flat[:cut].reshape(rows, middle), flat[cut:].reshape(middle, columns)


@rule(factors=matrices())
def matmul_is_rows_times_columns(factors: tuple[torch.Tensor, torch.Tensor]) -> None:
    a, b = factors
    c = a @ b
    for i, j in itertools.product(range(a.size(0)), range(b.size(1))):
        terms = [a[i, k] * b[k, j] for k in range(a.size(1))]
        assert c[i, j] == sum(terms) == torch.dot(a[i], b[:, j])


@matmul_is_rows_times_columns.false("@ multiplies element by element")
def _(factors: tuple[torch.Tensor, torch.Tensor]) -> None:
    a, b = squares(*factors)
    assert torch.equal(a @ b, a * b)


@matmul_is_rows_times_columns.false("the order does not matter")
def _(factors: tuple[torch.Tensor, torch.Tensor]) -> None:
    a, b = squares(*factors)
    assert torch.equal(a @ b, b @ a)


def squares(*matrices: torch.Tensor) -> list[torch.Tensor]:
    """The largest square corners of one size."""
    size = min(min(matrix.shape) for matrix in matrices)
    return [matrix[:size, :size] for matrix in matrices]


@rule(left=st.tuples(sizes, sizes), right=st.tuples(sizes, sizes))
def inner_sizes_must_be_equal(left: Shape, right: Shape) -> None:
    result = shape_or_none(lambda: counting(left) @ counting(right))
    assert result == ((left[0], right[1]) if left[1] == right[0] else None)


@inner_sizes_must_be_equal.false("a 1 in the middle is repeated")
def _(left: Shape, right: Shape) -> None:
    if 1 in (left[1], right[0]):
        result = shape_or_none(lambda: counting(left) @ counting(right))
        assert result == (left[0], right[1])


@inner_sizes_must_be_equal.false("matrices of one shape can be multiplied")
def _(left: Shape, right: Shape) -> None:  # noqa: ARG001
    assert shape_or_none(lambda: counting(left) @ counting(left)) is not None


@rule(batch=st.lists(st.integers(1, 3), max_size=2).map(tuple), factors=matrices())
def a_vector_is_a_column_on_the_right_and_a_row_on_the_left(
    batch: Shape, factors: tuple[torch.Tensor, torch.Tensor]
) -> None:
    a, b = (factor.expand(*batch, *factor.shape) for factor in factors)
    column, row = factors[1][:, 0], factors[0][0]
    assert torch.equal(a @ column, (a @ column.unsqueeze(1)).squeeze(-1))
    assert torch.equal(row @ b, (row.unsqueeze(0) @ b).squeeze(-2))


@a_vector_is_a_column_on_the_right_and_a_row_on_the_left.false("it is always a row")
def _(batch: Shape, factors: tuple[torch.Tensor, torch.Tensor]) -> None:  # noqa: ARG001
    a, column = factors[0], factors[1][:, 0]
    result = shape_or_none(lambda: a @ column.unsqueeze(0))
    assert result == tuple((a @ column).shape)


@a_vector_is_a_column_on_the_right_and_a_row_on_the_left.false("the column remains")
def _(batch: Shape, factors: tuple[torch.Tensor, torch.Tensor]) -> None:  # noqa: ARG001
    a, column = factors[0], factors[1][:, 0]
    assert (a @ column).shape == (a.size(0), 1)


@rule(batches=pairs_of_shapes(), factors=matrices())
def matmul_multiplies_the_last_two_and_broadcasts_the_rest(
    batches: tuple[Shape, Shape], factors: tuple[torch.Tensor, torch.Tensor]
) -> None:
    (left, right), (a, b) = batches, factors
    result = shape_or_none(lambda: in_batch(a, left) @ in_batch(b, right))
    batch = broadcast(left, right)
    assert result == (None if batch is None else (*batch, a.size(0), b.size(1)))
    if batch is not None:
        lefts = in_batch(a, left).expand(*batch, *a.shape)
        rights = in_batch(b, right).expand(*batch, *b.shape)
        product = in_batch(a, left) @ in_batch(b, right)
        for place in itertools.product(*map(range, batch)):
            assert torch.equal(product[place], lefts[place] @ rights[place])


def in_batch(matrix: torch.Tensor, batch: Shape) -> torch.Tensor:
    """The matrix, another number of times in each place of a batch."""
    return counting(batch).double().reshape(*batch, 1, 1) * matrix


@matmul_multiplies_the_last_two_and_broadcasts_the_rest.false(
    "the batches must be equal"
)
def _(batches: tuple[Shape, Shape], factors: tuple[torch.Tensor, torch.Tensor]) -> None:
    (left, right), (a, b) = batches, factors
    result = shape_or_none(lambda: in_batch(a, left) @ in_batch(b, right))
    assert (result is not None) == (left == right)


@matmul_multiplies_the_last_two_and_broadcasts_the_rest.false("any batches do")
def _(batches: tuple[Shape, Shape], factors: tuple[torch.Tensor, torch.Tensor]) -> None:
    (left, right), (a, b) = batches, factors
    assert shape_or_none(lambda: in_batch(a, left) @ in_batch(b, right)) is not None


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


def all_against_all(predictions: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    return ((predictions.unsqueeze(1) - targets) ** 2).mean()


@all_against_all_the_mean_is_best.false("right predictions are best")
def _(targets: torch.Tensor, predictions: torch.Tensor) -> None:
    right = all_against_all(targets, targets)
    assert right <= all_against_all(predictions, targets)


@all_against_all_the_mean_is_best.false("the median is best")
def _(targets: torch.Tensor, predictions: torch.Tensor) -> None:  # noqa: ARG001
    best = all_against_all(targets.median().reshape(1), targets)
    assert best <= all_against_all(targets.mean().reshape(1), targets) + 1e-12
