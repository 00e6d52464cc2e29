"""Gather and scatter: one from each row, adding up by groups, duplicates."""

import torch

from example_docs.marks import on_cuda


def gather_one_per_row() -> None:
    """gather takes another column from each row.

    >>> gather_one_per_row()
    gather: tensor([0.7000, 0.8000, 0.3000]) torch.Size([3, 1])
    pairs:  tensor([0.7000, 0.8000, 0.3000])
    wrong:  torch.Size([3, 3])
    """
    probabilities = torch.tensor(
        [[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.2, 0.5]]
    )
    labels = torch.tensor([0, 1, 0])
    picked = probabilities.gather(1, labels.unsqueeze(1))
    print("gather:", picked.squeeze(1), picked.shape)
    print("pairs: ", probabilities[torch.arange(3), labels])
    print("wrong: ", probabilities[:, labels].shape)


def gather_without_the_dimension() -> None:
    """gather takes no vector of positions for a matrix.

    >>> gather_without_the_dimension()
    Traceback (most recent call last):
        ...
    RuntimeError: Index tensor must have the same number of dimensions as input tensor
    """
    table = torch.zeros(2, 3)
    labels = torch.tensor([0, 1])
    print(table.gather(1, labels))


def float_as_index() -> None:
    """Positions are integers, even if the floats are whole numbers.

    >>> float_as_index()
    tensor([30, 10, 20])
    Traceback (most recent call last):
        ...
    IndexError: tensors used as indices must be long, int, byte or bool tensors
    """
    prices = torch.tensor([10, 20, 30])
    order = torch.tensor([2.0, 0.0, 1.0])
    print(prices[order.long()])
    print(prices[order])


@on_cuda(
    runs="cpu",
    because="on CUDA an index out of range makes the whole device unusable",
)
def label_of_minus_one() -> None:
    """gather does not count from the end: -1 is out of bounds.

    >>> label_of_minus_one()
    tensor([0.7000, 0.1000])
    Traceback (most recent call last):
        ...
    RuntimeError: index -1 is out of bounds for dimension 1 with size 3
    """
    probabilities = torch.tensor([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1]])
    labels = torch.tensor([0, -1])  # -1: nobody knows the class
    print(probabilities[torch.arange(2), labels])  # the last column
    print(probabilities.gather(1, labels.unsqueeze(1)))


def one_hot_rows() -> None:
    """scatter_ writes to the column that index names, row by row.

    >>> one_hot_rows()
    tensor([[0., 0., 1., 0.],
            [1., 0., 0., 0.],
            [0., 1., 0., 0.]])
    tensor([[0., 0., 7., 0.],
            [8., 0., 0., 0.],
            [0., 9., 0., 0.]])
    """
    labels = torch.tensor([2, 0, 1])
    one_hot = torch.zeros(3, 4)
    one_hot.scatter_(1, labels.unsqueeze(1), 1.0)
    print(one_hot)

    source = torch.tensor([[7.0], [8.0], [9.0]])
    print(torch.zeros(3, 4).scatter(1, labels.unsqueeze(1), source))


def place_named_twice() -> None:
    """+= changes a place once, however often it is named; index_add_ adds.

    >>> place_named_twice()
    +=:         tensor([1, 0, 1])
    index_add_: tensor([3, 0, 1])
    """
    votes = torch.tensor([0, 2, 0, 0])
    counts = torch.zeros(3, dtype=torch.int64)
    counts[votes] += 1
    print("+=:        ", counts)
    counts = torch.zeros(3, dtype=torch.int64)
    counts.index_add_(0, votes, torch.ones_like(votes))
    print("index_add_:", counts)


def mean_of_each_group() -> None:
    """Add values to their group by index_add_, then divide by the counts.

    >>> mean_of_each_group()
    sums:   tensor([360., 258.])
    counts: tensor([3, 2])
    means:  tensor([120., 129.])
    """
    # Heights in cm, and the number of the class that each child is in.
    heights = torch.tensor([120.0, 131.0, 118.0, 127.0, 122.0])
    classes = torch.tensor([0, 1, 0, 1, 0])
    sums = torch.zeros(2).index_add_(0, classes, heights)
    counts = torch.bincount(classes, minlength=2)
    print("sums:  ", sums)
    print("counts:", counts)
    print("means: ", sums / counts)


def rows_of_each_group() -> None:
    """index_add_ adds whole rows, index_select takes them.

    >>> rows_of_each_group()
    tensor([[ 2, 20],
            [ 0,  0],
            [ 8, 80]])
    tensor([[ 8, 80],
            [ 2, 20]])
    """
    sales = torch.tensor([[1, 10], [2, 20], [3, 30], [4, 40]])
    shops = torch.tensor([2, 0, 2, 2])
    totals = torch.zeros(3, 2, dtype=torch.int64)
    totals.index_add_(0, shops, sales)
    print(totals)
    print(totals.index_select(0, torch.tensor([2, 0])))


def largest_of_each_group() -> None:
    """scatter_reduce makes one number of all that meet in a place.

    >>> largest_of_each_group()
    amax: tensor([122., 131.,  -1.])
    amin: tensor([118., 127.,  -1.])
    mean: tensor([120., 129.,  -1.])
    """
    heights = torch.tensor([120.0, 131.0, 118.0, 127.0, 122.0])
    classes = torch.tensor([0, 1, 0, 1, 0])
    start = torch.full((3,), -1.0)  # class 2 has no children
    for reduce in ("amax", "amin", "mean"):
        result = start.scatter_reduce(
            0, classes, heights, reduce, include_self=False
        )
        print(f"{reduce}: {result}")


def confusion_matrix() -> None:
    """index_put_ with accumulate=True counts pairs of row and column.

    >>> confusion_matrix()
    tensor([[2, 0, 0],
            [1, 2, 0],
            [0, 0, 1]])
    counted: 6 by +=: 4
    """
    truth = torch.tensor([0, 0, 1, 1, 1, 2])
    answer = torch.tensor([0, 0, 1, 0, 1, 2])
    counts = torch.zeros(3, 3, dtype=torch.int64)
    one = torch.tensor(1)
    counts.index_put_((truth, answer), one, accumulate=True)
    print(counts)  # row: truth, column: answer

    wrong = torch.zeros(3, 3, dtype=torch.int64)
    wrong[truth, answer] += 1
    print("counted:", counts.sum().item(), "by +=:", wrong.sum().item())


def two_from_each_row() -> None:
    """The result of gather has the shape of the index.

    >>> two_from_each_row()
    tensor([[12, 10],
            [21, 21]])
    tensor([[12, 10]])
    """
    table = torch.tensor([[10, 11, 12], [20, 21, 22]])
    print(table.gather(1, torch.tensor([[2, 0], [1, 1]])))
    print(table.gather(1, torch.tensor([[2, 0]])))


def group_without_members() -> None:
    """The mean of nothing: zero divided by zero.

    >>> group_without_members()
    tensor([5., nan, 2.])
    tensor([5., 0., 2.])
    """
    groups = torch.tensor([0, 2, 2])
    values = torch.tensor([5.0, 1.0, 3.0])
    sums = torch.zeros(3).index_add_(0, groups, values)
    counts = torch.bincount(groups, minlength=3)
    print(sums / counts)
    print(sums / counts.clamp(min=1))
