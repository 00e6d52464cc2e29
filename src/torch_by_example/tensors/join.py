"""Joining and splitting: cat, stack, split, chunk and unbind."""

import torch
from torch.nn.utils.rnn import pad_sequence

from example_docs.marks import on_torch


def cat_below_and_beside() -> None:
    """cat puts tensors below one another, or side by side.

    >>> cat_below_and_beside()
    tensor([[1, 2, 3],
            [4, 5, 6],
            [7, 8, 9]])
    tensor([[ 1,  2,  3, 10, 20],
            [ 4,  5,  6, 40, 50]])
    """
    week = torch.tensor([[1, 2, 3], [4, 5, 6]])
    today = torch.tensor([[7, 8, 9]])
    print(torch.cat([week, today], dim=0))
    more = torch.tensor([[10, 20], [40, 50]])
    print(torch.cat([week, more], dim=1))


def cat_in_three_dimensions() -> None:
    """The lengths along dim are added, the others stay.

    >>> cat_in_three_dimensions()
    0 torch.Size([2, 2, 3])
    1 torch.Size([1, 4, 3])
    2 torch.Size([1, 2, 6])
    tensor([[[0., 0., 0., 1., 1., 1.],
             [0., 0., 0., 1., 1., 1.]]])
    """
    a = torch.zeros(1, 2, 3)
    b = torch.ones(1, 2, 3)
    for dim in range(3):
        print(dim, torch.cat([a, b], dim=dim).shape)
    print(torch.cat([a, b], dim=-1))


def cat_that_does_not_fit() -> None:
    """All lengths except the one along dim must be equal.

    >>> cat_that_does_not_fit()
    torch.Size([6, 3])
    Traceback (most recent call last):
        ...
    RuntimeError: Sizes of tensors must match except in dimension 1. Expected size 2 but got size 4 for tensor number 1 in the list.
    """
    a = torch.zeros(2, 3)
    b = torch.ones(4, 3)
    print(torch.cat([a, b]).shape)
    print(torch.cat([a, b], dim=1).shape)


def cat_a_vector_to_a_matrix() -> None:
    """A row is a matrix with one row; a vector is not.

    >>> cat_a_vector_to_a_matrix()
    tensor([[0., 0., 0.],
            [0., 0., 0.],
            [1., 1., 1.]])
    Traceback (most recent call last):
        ...
    RuntimeError: Tensors must have same number of dimensions: got 2 and 1
    """
    matrix = torch.zeros(2, 3)
    vector = torch.ones(3)
    print(torch.cat([matrix, vector.unsqueeze(0)]))
    print(torch.cat([matrix, vector]))


@on_torch(
    before="2.13",
    because="the message lists the forms of the call",
    raises="TypeError",
)
def cat_without_brackets() -> None:
    """cat takes one list, not one tensor after the other.

    >>> cat_without_brackets()
    Traceback (most recent call last):
        ...
    TypeError: cat(): argument 'tensors' (position 1) must be tuple of Tensors, not Tensor
    """
    a = torch.zeros(2)
    b = torch.ones(2)
    print(torch.cat(a, b))


def cat_mixed_types() -> None:
    """dtypes are promoted as in arithmetic, even that of an empty vector.

    >>> cat_mixed_types()
    tensor([1.0000, 2.0000, 0.5000])
    tensor([1, 1, 2])
    tensor([1., 2.])
    """
    integers = torch.tensor([1, 2])
    floats = torch.tensor([0.5])
    print(torch.cat([integers, floats]))
    print(torch.cat([torch.tensor([True]), integers]))
    print(torch.cat([torch.tensor([]), integers]))


def joined_is_a_copy() -> None:
    """The result of cat and stack has memory of its own.

    >>> joined_is_a_copy()
    tensor([99.,  0.,  1.,  1.])
    tensor([0., 0.])
    """
    a = torch.zeros(2)
    b = torch.ones(2)
    joined = torch.cat([a, b])
    joined[0] = 99.0
    print(joined)
    print(a)


def other_names_for_cat() -> None:
    """concat and concatenate are cat; vstack and hstack choose dim.

    >>> other_names_for_cat()
    True
    True
    True
    True
    """
    a = torch.rand(2, 3)
    b = torch.rand(2, 3)
    below = torch.cat([a, b])
    beside = torch.cat([a, b], dim=1)
    print(torch.equal(torch.concat([a, b]), below))
    print(torch.equal(torch.concatenate([a, b]), below))
    print(torch.equal(torch.vstack([a, b]), below))
    print(torch.equal(torch.hstack([a, b]), beside))


def stack_makes_a_dimension() -> None:
    """stack puts equal tensors into a new dimension.

    >>> stack_makes_a_dimension()
    tensor([[[ 1,  2,  3],
             [ 4,  5,  6]],
    <BLANKLINE>
            [[10, 20, 30],
             [40, 50, 60]]]) torch.Size([2, 2, 3])
    tensor(30)
    """
    monday = torch.tensor([[1, 2, 3], [4, 5, 6]])
    tuesday = torch.tensor([[10, 20, 30], [40, 50, 60]])
    days = torch.stack([monday, tuesday])
    print(days, days.shape)
    print(days[1, 0, 2])  # day 1, row 0, column 2


def stack_along_each_dimension() -> None:
    """dim is the place of the new dimension in the result.

    >>> stack_along_each_dimension()
    0 torch.Size([2, 2, 3])
    1 torch.Size([2, 2, 3])
    2 torch.Size([2, 3, 2])
    tensor([[[ 1, 10],
             [ 2, 20],
             [ 3, 30]],
    <BLANKLINE>
            [[ 4, 40],
             [ 5, 50],
             [ 6, 60]]])
    """
    a = torch.tensor([[1, 2, 3], [4, 5, 6]])
    b = torch.tensor([[10, 20, 30], [40, 50, 60]])
    for dim in range(3):
        print(dim, torch.stack([a, b], dim=dim).shape)
    print(torch.stack([a, b], dim=2))


def stack_is_unsqueeze_and_cat() -> None:
    """stack is cat after each tensor got the new dimension.

    >>> stack_is_unsqueeze_and_cat()
    True
    True
    True
    """
    a = torch.rand(2, 3)
    b = torch.rand(2, 3)
    for dim in range(3):
        joined = torch.cat([a.unsqueeze(dim), b.unsqueeze(dim)], dim=dim)
        print(torch.equal(torch.stack([a, b], dim=dim), joined))


def stack_of_unequal_shapes() -> None:
    """stack needs equal shapes, in every dimension.

    >>> stack_of_unequal_shapes()
    torch.Size([3, 3])
    Traceback (most recent call last):
        ...
    RuntimeError: stack expects each tensor to be equal size, but got [2, 3] at entry 0 and [1, 3] at entry 1
    """
    a = torch.zeros(2, 3)
    b = torch.ones(1, 3)
    print(torch.cat([a, b]).shape)
    print(torch.stack([a, b]).shape)


def pad_then_stack() -> None:
    """pad_sequence fills up with zeros, then stacks.

    >>> pad_then_stack()
    tensor([[5, 8, 2],
            [7, 0, 0]])
    """
    sentences = [torch.tensor([5, 8, 2]), torch.tensor([7])]
    print(pad_sequence(sentences, batch_first=True))


def losses_of_a_loop() -> None:
    """Numbers without dimensions can be stacked, but not joined by cat.

    >>> losses_of_a_loop()
    tensor(0.6000)
    Traceback (most recent call last):
        ...
    RuntimeError: zero-dimensional tensor (at position 0) cannot be concatenated
    """
    losses = [torch.tensor(0.9), torch.tensor(0.5), torch.tensor(0.4)]
    print(torch.stack(losses).mean())
    print(torch.cat(losses).mean())


def grow_or_collect() -> None:
    """cat in a loop copies all that came before; collect, then cat once.

    >>> grow_or_collect()
    torch.Size([100, 2]) 5049
    True 100
    """
    batches = torch.arange(200).reshape(100, 2).split(1)

    grown = batches[0]
    copied = 0
    for batch in batches[1:]:
        grown = torch.cat([grown, batch])
        copied += len(grown)  # every row so far is copied again
    print(grown.shape, copied)

    collected = torch.cat(batches)
    print(torch.equal(collected, grown), len(collected))


def split_by_size() -> None:
    """split takes the size of a piece, or all the sizes.

    >>> split_by_size()
    (tensor([0, 1, 2, 3]), tensor([4, 5, 6, 7]), tensor([8, 9]))
    (tensor([0]), tensor([1, 2]), tensor([3, 4, 5, 6, 7, 8, 9]))
    """
    data = torch.arange(10)
    print(data.split(4))
    print(data.split([1, 2, 7]))


def split_undoes_cat() -> None:
    """Split along the same dimension and the tensors are back.

    >>> split_undoes_cat()
    tensor([[1, 2, 3],
            [4, 5, 6]])
    tensor([[10],
            [40]])
    """
    features = torch.tensor([[1, 2, 3], [4, 5, 6]])
    targets = torch.tensor([[10], [40]])
    table = torch.cat([features, targets], dim=1)
    x, y = table.split([3, 1], dim=1)
    print(x)
    print(y)


def sizes_that_do_not_add_up() -> None:
    """A list of sizes must use up the whole length.

    >>> sizes_that_do_not_add_up()
    Traceback (most recent call last):
        ...
    RuntimeError: split_with_sizes expects split_sizes to sum exactly to 10 (input tensor's size at dimension 0), but got split_sizes=[3, 3, 3]
    """
    data = torch.arange(10)
    print(data.split([3, 3, 3]))


def chunk_may_give_fewer() -> None:
    """chunk rounds the size up; the pieces may be fewer than you asked for.

    >>> chunk_may_give_fewer()
    (tensor([0, 1]), tensor([2, 3]), tensor([4, 5]))
    (tensor([0, 1]), tensor([2, 3]), tensor([4, 5]))
    (tensor([0, 1]), tensor([2, 3]), tensor([4]), tensor([5]))
    """
    data = torch.arange(6)
    print(data.chunk(3))
    print(data.chunk(4))
    print(data.tensor_split(4))


def pieces_are_views() -> None:
    """A piece is a view: writing into it writes into the whole.

    >>> pieces_are_views()
    tensor([0., 0., 7., 0., 0.])
    tensor([0., 0.])
    """
    data = torch.zeros(5)
    first, second = data.split([2, 3])
    second[0] = 7.0
    print(data)
    print(first.clone())


def unbind_columns() -> None:
    """unbind cuts slices of one and removes their dimension.

    >>> unbind_columns()
    tensor([1, 4])
    tensor([2, 5])
    tensor([3, 6])
    torch.Size([2, 1]) torch.Size([2])
    """
    data = torch.tensor([[1, 2, 3], [4, 5, 6]])
    for column in data.unbind(dim=1):
        print(column)
    print(data[:, :1].shape, data.unbind(dim=1)[0].shape)


def cat_or_stack() -> None:
    """The same two tensors, joined in two ways.

    >>> cat_or_stack()
    torch.Size([4, 10])
    torch.Size([4, 2, 5])
    """
    a = torch.zeros(4, 5)
    b = torch.ones(4, 5)
    print(torch.cat([a, b], dim=1).shape)
    print(torch.stack([a, b], dim=1).shape)


def columns_from_vectors() -> None:
    """Two vectors, stacked along dimension 1.

    >>> columns_from_vectors()
    tensor([[ 1, 10],
            [ 2, 20],
            [ 3, 30]])
    tensor([ 1,  2,  3, 10, 20, 30])
    """
    x = torch.tensor([1, 2, 3])
    y = torch.tensor([10, 20, 30])
    print(torch.stack([x, y], dim=1))
    print(torch.cat([x, y]))


def chunk_of_nine() -> None:
    """Nine elements do not make four chunks.

    >>> chunk_of_nine()
    tensor([0, 1, 2])
    tensor([3, 4, 5])
    tensor([6, 7, 8])
    """
    for piece in torch.arange(9).chunk(4):
        print(piece)


def split_and_stack() -> None:
    """Split a row of six, then stack the pieces along dimension 1.

    >>> split_and_stack()
    tensor([[0, 2, 4],
            [1, 3, 5]])
    """
    pieces = torch.arange(6).split(2)
    print(torch.stack(pieces, dim=1))
