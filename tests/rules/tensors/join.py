"""Rules of tensors/join."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

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
    torch.float16,
    torch.bfloat16,
    torch.float32,
    torch.float64,
    torch.complex64,
]

shapes = st.lists(st.integers(0, 3), max_size=3).map(tuple)
full_shapes = st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple)
SPLITS: dict[str, Callable[[torch.Tensor, int, int], tuple[torch.Tensor, ...]]] = {
    "split": lambda tensor, size, dim: tensor.split(size, dim),
    "chunk": lambda tensor, size, dim: tensor.chunk(size, dim),
    "unbind": lambda tensor, _, dim: tensor.unbind(dim),
    "tensor_split": lambda tensor, size, dim: tensor.tensor_split(size, dim),
}


def counting(shape: Shape, start: int = 0) -> torch.Tensor:
    return torch.arange(start, start + math.prod(shape)).reshape(shape)


def shares_memory(left: torch.Tensor, right: torch.Tensor) -> bool:
    return left.untyped_storage().data_ptr() == right.untyped_storage().data_ptr()


def fits(join: Callable[[], torch.Tensor]) -> bool:
    try:
        join()
    except (RuntimeError, IndexError):
        return False
    return True


@st.composite
def parts(draw: st.DrawFn) -> tuple[list[torch.Tensor], int]:
    """Tensors that can be joined along a dimension, and this dimension."""
    shape = draw(full_shapes)
    dim = draw(st.integers(0, len(shape) - 1))
    lengths = draw(st.lists(st.integers(0, 3), min_size=1, max_size=4))
    return [
        counting((*shape[:dim], length, *shape[dim + 1 :]), 100 * number)
        for number, length in enumerate(lengths)
    ], dim


@st.composite
def pairs_of_shapes(draw: st.DrawFn) -> tuple[Shape, Shape]:
    """Two shapes that are often equal, or differ in one length."""
    left = draw(shapes)
    right = draw(st.one_of(shapes, st.just(left)))
    differ = draw(st.booleans())
    if right and differ:
        dim = draw(st.integers(0, len(right) - 1))
        right = (*right[:dim], draw(st.integers(0, 3)), *right[dim + 1 :])
    return left, right


@rule(pieces=parts())
def cat_adds_the_lengths_along_dim(pieces: tuple[list[torch.Tensor], int]) -> None:
    tensors, dim = pieces
    expected = list(tensors[0].shape)
    expected[dim] = sum(tensor.size(dim) for tensor in tensors)
    for along in (dim, dim - tensors[0].ndim):
        assert list(torch.cat(tensors, dim=along).shape) == expected


@cat_adds_the_lengths_along_dim.false("cat adds a dimension")
def _(pieces: tuple[list[torch.Tensor], int]) -> None:
    tensors, dim = pieces
    assert torch.cat(tensors, dim=dim).ndim == tensors[0].ndim + 1


@cat_adds_the_lengths_along_dim.false("all lengths are added")
def _(pieces: tuple[list[torch.Tensor], int]) -> None:
    tensors, dim = pieces
    joined = torch.cat(tensors, dim=dim)
    assert joined.size(-1) == sum(tensor.size(-1) for tensor in tensors)


@rule(cases=100, pair=pairs_of_shapes(), dim=st.integers(0, 2))
def cat_fits_if_the_other_lengths_are_equal(
    pair: tuple[Shape, Shape], dim: int
) -> None:
    left, right = pair
    if (0,) in pair:  # the exception that has a rule of its own
        return
    same = len(left) == len(right) > dim and all(
        a == b or d == dim for d, (a, b) in enumerate(zip(left, right, strict=True))
    )
    assert same == fits(lambda: torch.cat([counting(left), counting(right)], dim=dim))


@cat_fits_if_the_other_lengths_are_equal.false("cat broadcasts")
def _(pair: tuple[Shape, Shape], dim: int) -> None:
    left, _ = pair
    if len(left) > dim:
        ones = tuple(length if d == dim else 1 for d, length in enumerate(left))
        assert fits(lambda: torch.cat([counting(left), counting(ones)], dim=dim))


@cat_fits_if_the_other_lengths_are_equal.false("numbers can be joined by cat")
def _(pair: tuple[Shape, Shape], dim: int) -> None:
    if pair == ((), ()):
        assert fits(lambda: torch.cat([counting(()), counting(())], dim=dim))


@rule(
    cases=100,
    dtypes=st.lists(st.sampled_from(DTYPES), min_size=2, max_size=3),
    shape=full_shapes,
)
def cat_promotes_as_a_sum_does(dtypes: list[torch.dtype], shape: Shape) -> None:
    tensors = [torch.ones(shape, dtype=dtype) for dtype in dtypes]
    assert torch.cat(tensors).dtype == sum(tensors[1:], tensors[0]).dtype


@cat_promotes_as_a_sum_does.false("the first dtype wins")
def _(dtypes: list[torch.dtype], shape: Shape) -> None:
    tensors = [torch.ones(shape, dtype=dtype) for dtype in dtypes]
    assert torch.cat(tensors).dtype == dtypes[0]


@cat_promotes_as_a_sum_does.false("one of the dtypes wins, the most general")
def _(dtypes: list[torch.dtype], shape: Shape) -> None:
    tensors = [torch.ones(shape, dtype=dtype) for dtype in dtypes]
    assert torch.cat(tensors).dtype in dtypes


@rule(shape=full_shapes, data=st.data(), dtype=st.sampled_from(DTYPES))
def an_empty_vector_adds_only_its_dtype(
    shape: Shape, data: st.DataObject, dtype: torch.dtype
) -> None:
    tensor = torch.ones(shape, dtype=dtype)
    dim = data.draw(st.integers(0, len(shape) - 1))
    for tensors in ([torch.tensor([]), tensor], [tensor, torch.tensor([])]):
        joined = torch.cat(tensors, dim=dim)
        assert joined.shape == shape
        assert joined.dtype == torch.promote_types(dtype, torch.float32)


@an_empty_vector_adds_only_its_dtype.false("it adds nothing at all")
def _(shape: Shape, data: st.DataObject, dtype: torch.dtype) -> None:  # noqa: ARG001
    tensor = torch.ones(shape, dtype=dtype)
    assert torch.cat([torch.tensor([]), tensor]).dtype == dtype


@an_empty_vector_adds_only_its_dtype.false("any tensor without elements does so")
def _(shape: Shape, data: st.DataObject, dtype: torch.dtype) -> None:  # noqa: ARG001
    tensor = torch.ones(shape, dtype=dtype)
    assert fits(lambda: torch.cat([torch.zeros(0, 0), tensor]))


@rule(pieces=parts(), shape=full_shapes, name=st.sampled_from(list(SPLITS)))
def joined_tensors_have_memory_of_their_own(
    pieces: tuple[list[torch.Tensor], int],
    shape: Shape,
    name: str,  # noqa: ARG001
) -> None:
    tensors, dim = pieces
    stacked = torch.stack([counting(shape)] * 2)
    joined = torch.cat(tensors, dim=dim)
    before = [tensor.clone() for tensor in tensors]
    joined.fill_(-1)
    stacked.fill_(-1)
    for tensor, original in zip(tensors, before, strict=True):
        assert torch.equal(tensor, original)
        if joined.numel():
            assert not shares_memory(joined, tensor)


@joined_tensors_have_memory_of_their_own.false("neither splitting nor joining shares")
def _(pieces: tuple[list[torch.Tensor], int], shape: Shape, name: str) -> None:  # noqa: ARG001
    tensor = counting(shape)
    assert not any(shares_memory(tensor, p) for p in SPLITS[name](tensor, 1, 0))


@joined_tensors_have_memory_of_their_own.false("what is written into it arrives")
def _(pieces: tuple[list[torch.Tensor], int], shape: Shape, name: str) -> None:  # noqa: ARG001
    tensors, dim = pieces
    torch.cat(tensors, dim=dim).fill_(-1)
    assert all(bool((tensor == -1).all()) for tensor in tensors)


@rule(shape=shapes, number=st.integers(1, 4), data=st.data())
def stack_counts_the_tensors_along_dim(
    shape: Shape, number: int, data: st.DataObject
) -> None:
    tensors = [counting(shape, 100 * i) for i in range(number)]
    dim = data.draw(st.integers(0, len(shape)))
    stacked = torch.stack(tensors, dim=dim)
    assert stacked.shape == (*shape[:dim], number, *shape[dim:])
    for i, tensor in enumerate(tensors):
        assert torch.equal(stacked.select(dim, i), tensor)
    joined = torch.cat([tensor.unsqueeze(dim) for tensor in tensors], dim=dim)
    assert torch.equal(stacked, joined)


@stack_counts_the_tensors_along_dim.false("stack is another name for cat")
def _(shape: Shape, number: int, data: st.DataObject) -> None:  # noqa: ARG001
    if shape:
        tensors = [counting(shape, 100 * i) for i in range(number)]
        assert torch.equal(torch.stack(tensors), torch.cat(tensors))


@stack_counts_the_tensors_along_dim.false("the new dimension is always the first")
def _(shape: Shape, number: int, data: st.DataObject) -> None:
    tensors = [counting(shape, 100 * i) for i in range(number)]
    dim = data.draw(st.integers(0, len(shape)))
    assert torch.stack(tensors, dim=dim).shape == (number, *shape)


@rule(pair=pairs_of_shapes(), data=st.data())
def stack_wants_tensors_of_one_shape(
    pair: tuple[Shape, Shape], data: st.DataObject
) -> None:
    left, right = pair
    dim = data.draw(st.integers(0, min(map(len, pair))))
    tensors = [counting(left), counting(right)]
    assert fits(lambda: torch.stack(tensors, dim=dim)) == (left == right)


@stack_wants_tensors_of_one_shape.false("the lengths along dim may differ, as for cat")
def _(pair: tuple[Shape, Shape], data: st.DataObject) -> None:
    left, right = pair
    if left and len(left) == len(right):
        dim = data.draw(st.integers(0, len(left) - 1))
        tensors = [counting(left), counting(right)]
        if (0,) not in pair:
            assert fits(lambda: torch.stack(tensors, dim=dim)) == fits(
                lambda: torch.cat(tensors, dim=dim)
            )


@rule(pieces=parts())
def split_undoes_cat(pieces: tuple[list[torch.Tensor], int]) -> None:
    tensors, dim = pieces
    lengths = [tensor.size(dim) for tensor in tensors]
    back = torch.cat(tensors, dim=dim).split(lengths, dim=dim)
    assert len(back) == len(tensors)
    assert all(map(torch.equal, back, tensors))


@split_undoes_cat.false("split by their number and you get them again")
def _(pieces: tuple[list[torch.Tensor], int]) -> None:
    tensors, dim = pieces
    back = torch.cat(tensors, dim=dim).split(len(tensors), dim=dim)
    assert len(back) == len(tensors)


@split_undoes_cat.false("some lengths may be left out")
def _(pieces: tuple[list[torch.Tensor], int]) -> None:
    tensors, dim = pieces
    lengths = [tensor.size(dim) for tensor in tensors[:-1]]
    assert fits(lambda: torch.cat(tensors, dim=dim).split(lengths, dim=dim)[0])


@rule(length=st.integers(1, 12), number=st.integers(1, 12))
def chunk_rounds_the_size_up_and_may_give_fewer(length: int, number: int) -> None:
    data = torch.arange(length)
    size = math.ceil(length / number)
    pieces = data.chunk(number)
    assert [piece.tolist() for piece in pieces] == [
        list(range(length))[start : start + size] for start in range(0, length, size)
    ]
    assert all(map(torch.equal, pieces, data.split(size)))
    assert len(pieces) <= number


@chunk_rounds_the_size_up_and_may_give_fewer.false("chunk(n) gives n pieces")
def _(length: int, number: int) -> None:
    if length >= number:
        assert len(torch.arange(length).chunk(number)) == number


@chunk_rounds_the_size_up_and_may_give_fewer.false("chunk(n) gives pieces of length n")
def _(length: int, number: int) -> None:
    assert len(torch.arange(length).chunk(number)[0]) == min(number, length)


@rule(length=st.integers(0, 12), number=st.integers(1, 12))
def tensor_split_gives_exactly_as_many(length: int, number: int) -> None:
    data = torch.arange(length)
    pieces = data.tensor_split(number)
    lengths = [len(piece) for piece in pieces]
    assert len(pieces) == number
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] - lengths[-1] <= 1
    assert torch.equal(torch.cat(pieces), data)


@tensor_split_gives_exactly_as_many.false("all pieces are equally long")
def _(length: int, number: int) -> None:
    assert len({len(piece) for piece in torch.arange(length).tensor_split(number)}) == 1


@tensor_split_gives_exactly_as_many.false("the pieces are those of chunk")
def _(length: int, number: int) -> None:
    data = torch.arange(length)
    lengths = [len(piece) for piece in data.tensor_split(number)]
    assert lengths == [len(piece) for piece in data.chunk(number)]


@rule(
    shape=full_shapes,
    size=st.integers(1, 3),
    name=st.sampled_from(list(SPLITS)),
    data=st.data(),
)
def splitting_gives_views(
    shape: Shape, size: int, name: str, data: st.DataObject
) -> None:
    tensor = counting(shape)
    dim = data.draw(st.integers(0, len(shape) - 1))
    for piece in SPLITS[name](tensor, size, dim):
        piece.fill_(-1)
        assert shares_memory(piece, tensor)
    assert (tensor == -1).all()


@splitting_gives_views.false("the pieces have memory of their own")
def _(shape: Shape, size: int, name: str, data: st.DataObject) -> None:
    tensor = counting(shape)
    dim = data.draw(st.integers(0, len(shape) - 1))
    for piece in SPLITS[name](tensor, size, dim):
        assert not shares_memory(piece, tensor)


@rule(
    shape=full_shapes,
    size=st.integers(1, 3),
    name=st.sampled_from(["split", "chunk", "unbind"]),
)
def pieces_of_a_recorded_result_refuse_writes(
    shape: Shape, size: int, name: str
) -> None:
    tensor = torch.ones(shape, requires_grad=True) * 2
    for piece in SPLITS[name](tensor, size, 0):
        assert not fits(lambda piece=piece: piece.fill_(7))  # type: ignore[misc]
    tensor[:1].fill_(7)
    assert (tensor[:1] == 7).all()


@pieces_of_a_recorded_result_refuse_writes.false("a view of it can be written into")
def _(shape: Shape, size: int, name: str) -> None:
    tensor = torch.ones(shape, requires_grad=True) * 2
    piece = SPLITS[name](tensor, size, 0)[0]
    assert fits(lambda: piece.fill_(7))


@pieces_of_a_recorded_result_refuse_writes.false("a slice of it refuses as well")
def _(shape: Shape, size: int, name: str) -> None:  # noqa: ARG001
    tensor = torch.ones(shape, requires_grad=True) * 2
    assert not fits(lambda: tensor[:1].fill_(7))


@rule(shape=shapes, number=st.integers(1, 4), data=st.data())
def unbind_undoes_stack(shape: Shape, number: int, data: st.DataObject) -> None:
    tensors = [counting(shape, 100 * i) for i in range(number)]
    dim = data.draw(st.integers(0, len(shape)))
    back = torch.stack(tensors, dim=dim).unbind(dim)
    assert len(back) == number
    assert all(map(torch.equal, back, tensors))
    rows = list(torch.stack(tensors))
    assert all(map(torch.equal, rows, tensors))


@unbind_undoes_stack.false("split(1) undoes stack")
def _(shape: Shape, number: int, data: st.DataObject) -> None:
    tensors = [counting(shape, 100 * i) for i in range(number)]
    dim = data.draw(st.integers(0, len(shape)))
    back = torch.stack(tensors, dim=dim).split(1, dim)
    assert all(map(torch.equal, back, tensors))


@unbind_undoes_stack.false("unbind() undoes it along any dimension")
def _(shape: Shape, number: int, data: st.DataObject) -> None:
    tensors = [counting(shape, 100 * i) for i in range(number)]
    dim = data.draw(st.integers(0, len(shape)))
    back = torch.stack(tensors, dim=dim).unbind()
    assert len(back) == number
    assert all(map(torch.equal, back, tensors))
