"""Rules of tensors/products."""

from __future__ import annotations

import itertools

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
    sizes,
    small,
    vectors,
)


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


def in_batch(matrix: torch.Tensor, batch: Shape) -> torch.Tensor:
    """The matrix, another number of times in each place of a batch."""
    return counting(batch).double().reshape(*batch, 1, 1) * matrix


@rule(left=vectors, right=vectors)
def outer_multiplies_all_pairs(left: torch.Tensor, right: torch.Tensor) -> None:
    products = torch.outer(left, right)
    assert products.tolist() == [[a * b for b in right] for a in left]
    assert torch.equal(products, left.unsqueeze(1) * right)


@outer_multiplies_all_pairs.false("the order does not matter")
def _(left: torch.Tensor, right: torch.Tensor) -> None:
    assert torch.equal(torch.outer(left, right), torch.outer(right, left))


@rule(batches=pairs_of_shapes(), factors=matrices())
def bmm_wants_two_batches_of_one_length(
    batches: tuple[Shape, Shape], factors: tuple[torch.Tensor, torch.Tensor]
) -> None:
    left, right = map(in_batch, factors, batches)
    result = shape_or_none(lambda: torch.bmm(left, right))
    fits = len(batches[0]) == 1 and batches[0] == batches[1]
    assert (result is not None) == fits
    if fits:
        assert torch.equal(torch.bmm(left, right), left @ right)


@bmm_wants_two_batches_of_one_length.false("bmm broadcasts as @ does")
def _(batches: tuple[Shape, Shape], factors: tuple[torch.Tensor, torch.Tensor]) -> None:
    left, right = map(in_batch, factors, batches)
    assert shape_or_none(lambda: torch.bmm(left, right)) == shape_or_none(
        lambda: left @ right
    )


@rule(shape=st.tuples(*[st.integers(1, 3)] * 4), over=st.integers(0, 2))
def tensordot_sums_over_the_last_of_one_and_the_first_of_the_other(
    shape: Shape, over: int
) -> None:
    cut = len(shape) - over
    left, right = counting(shape), counting((*shape[cut:], 5))
    product = torch.tensordot(left, right, dims=over)
    assert product.shape == (*shape[:cut], 5)
    flat = left.reshape(-1, right[..., 0].numel()) @ right.reshape(-1, 5)
    assert torch.equal(product, flat.reshape(product.shape))


@tensordot_sums_over_the_last_of_one_and_the_first_of_the_other.false(
    "dims names one dimension"
)
def _(shape: Shape, over: int) -> None:
    left, right = counting(shape), counting(shape)
    result = shape_or_none(lambda: torch.tensordot(left, right, dims=over))
    rest = (*shape[:over], *shape[over + 1 :])
    assert result == (*rest, *rest)


@st.composite
def equations(draw: st.DrawFn) -> tuple[str, str, str, dict[str, int]]:
    """Make the letters of two tensors and of a result, and their lengths."""
    letters = st.lists(st.sampled_from("ijk"), max_size=3, unique=True)
    left, right = draw(letters), draw(letters)
    kept = [x for x in dict.fromkeys(left + right) if draw(st.booleans())]
    lengths = {x: draw(st.integers(1, 3)) for x in "ijk"}
    return "".join(left), "".join(right), "".join(kept), lengths


@rule(equation=equations())
def einsum_sums_over_the_letters_left_out(
    equation: tuple[str, str, str, dict[str, int]],
) -> None:
    left, right, kept, lengths = equation
    a, b = (counting(tuple(lengths[x] for x in name)) for name in (left, right))
    wanted = torch.zeros([lengths[x] for x in kept])
    used = sorted({*left, *right})
    for index in itertools.product(*(range(lengths[x]) for x in used)):
        at = dict(zip(used, index, strict=True))
        product = a[tuple(at[x] for x in left)] * b[tuple(at[x] for x in right)]
        wanted[tuple(at[x] for x in kept)] += product
    assert torch.equal(torch.einsum(f"{left},{right}->{kept}", a, b), wanted)


@einsum_sums_over_the_letters_left_out.false("only letters that both have are summed")
def _(equation: tuple[str, str, str, dict[str, int]]) -> None:
    left, right, kept, lengths = equation
    a, b = (counting(tuple(lengths[x] for x in name)) for name in (left, right))
    alone = "".join(x for x in left + right if (x in left) != (x in right))
    result = torch.einsum(f"{left},{right}->{kept}", a, b)
    assert set(alone) <= set(kept) or result.numel() == 0
