"""Joining and splitting: cat, stack, split, chunk and unbind."""

import torch
from torch.nn.utils.rnn import pad_sequence


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
    one by one: 5049 rows copied
    at once:    100 rows copied
    same result: True
    """
    batches = torch.arange(200).reshape(100, 2).split(1)

    grown = batches[0]
    copied = 0
    for batch in batches[1:]:
        grown = torch.cat([grown, batch])
        copied += len(grown)  # every row so far is copied again
    collected = torch.cat(batches)
    print("one by one:", copied, "rows copied")
    print("at once:   ", len(collected), "rows copied")
    print("same result:", torch.equal(collected, grown))


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


def chunk_may_give_fewer() -> None:
    """chunk rounds the size up; the pieces may be fewer than you asked for.

    >>> chunk_may_give_fewer()
    chunk(3):        (tensor([0, 1]), tensor([2, 3]), tensor([4, 5]))
    chunk(4):        (tensor([0, 1]), tensor([2, 3]), tensor([4, 5]))
    tensor_split(4): (tensor([0, 1]), tensor([2, 3]), tensor([4]), tensor([5]))
    """
    data = torch.arange(6)
    print("chunk(3):       ", data.chunk(3))
    print("chunk(4):       ", data.chunk(4))
    print("tensor_split(4):", data.tensor_split(4))


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


def split_and_stack() -> None:
    """Split a row of six, then stack the pieces along dimension 1.

    >>> split_and_stack()
    tensor([[0, 2, 4],
            [1, 3, 5]])
    """
    pieces = torch.arange(6).split(2)
    print(torch.stack(pieces, dim=1))
