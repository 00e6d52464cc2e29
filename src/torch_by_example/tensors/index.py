"""Indexing: rows, columns, slices, lists, masks, and what is a copy."""

import torch


def one_row_one_element() -> None:
    """One index picks a row, two pick an element; counting starts at 0.

    >>> one_row_one_element()
    student 0: tensor([90, 45, 60])
    the last:  tensor([80, 85, 40])
    student 1 in history: tensor(59) 59
    """
    # One row for each student; columns: maths, physics, history.
    scores = torch.tensor([[90, 45, 60], [30, 95, 59], [80, 85, 40]])
    print("student 0:", scores[0])
    print("the last: ", scores[-1])
    print("student 1 in history:", scores[1, 2], scores[1, 2].item())


def one_column() -> None:
    """An index removes its dimension, a slice of length 1 keeps it.

    >>> one_column()
    tensor([90, 30, 80]) torch.Size([3])
    tensor([[90],
            [30],
            [80]]) torch.Size([3, 1])
    """
    scores = torch.tensor([[90, 45, 60], [30, 95, 59], [80, 85, 40]])
    for maths in (scores[:, 0], scores[:, :1]):
        print(maths, maths.shape)


def ranges_of_rows_and_columns() -> None:
    """A slice includes its start and leaves out its end.

    >>> ranges_of_rows_and_columns()
    tensor([[90, 45],
            [30, 95]])
    tensor([[30, 95],
            [80, 85]])
    tensor([[45, 60],
            [85, 40]])
    """
    scores = torch.tensor([[90, 45, 60], [30, 95, 59], [80, 85, 40]])
    print(scores[:2, :2])  # rows 0 and 1
    print(scores[1:, :2])  # from row 1, the second one, to the end
    print(scores[::2, 1:])  # every second row, from column 1


def row_out_of_range() -> None:
    """A slice may reach past the end, an index may not.

    >>> row_out_of_range()
    torch.Size([2, 3])
    Traceback (most recent call last):
        ...
    IndexError: index 3 is out of bounds for dimension 0 with size 3
    """
    scores = torch.tensor([[90, 45, 60], [30, 95, 59], [80, 85, 40]])
    print(scores[1:100].shape)
    print(scores[3])


def three_dimensions() -> None:
    """One place for each dimension; an ellipsis fills in the colons.

    >>> three_dimensions()
    torch.Size([3, 4]) torch.Size([2, 4]) torch.Size([2, 3])
    torch.Size([2, 3])
    torch.Size([3])
    """
    images = torch.zeros(2, 3, 4)  # images, rows, columns
    print(images[0].shape, images[:, 0].shape, images[:, :, 0].shape)
    print(images[..., 0].shape)  # ... stands for :, :
    print(images[1, :, 2].shape)


def pairs_of_lists() -> None:
    """Two lists are read as pairs: a row and a column each.

    >>> pairs_of_lists()
    tensor([[80, 85, 40],
            [90, 45, 60],
            [90, 45, 60]])
    tensor([45, 59])
    Traceback (most recent call last):
        ...
    IndexError: shape mismatch: indexing tensors could not be broadcast together with shapes [2], [3]
    """
    scores = torch.tensor([[90, 45, 60], [30, 95, 59], [80, 85, 40]])
    print(scores[[2, 0, 0]])  # one list: rows, in any order, also twice
    print(scores[[0, 1], [1, 2]])  # places (0, 1) and (1, 2)
    print(scores[[0, 1], [0, 1, 2]])  # three columns, but two rows


def rows_times_columns() -> None:
    """A column of row numbers meets each column number.

    >>> rows_times_columns()
    tensor([[90, 60],
            [80, 40]])
    tensor([[90, 60],
            [80, 40]])
    """
    scores = torch.tensor([[90, 45, 60], [30, 95, 59], [80, 85, 40]])
    print(scores[[[0], [2]], [0, 2]])
    print(scores[[0, 2]][:, [0, 2]])  # the same in two steps


def mask_elements() -> None:
    """A mask keeps the elements where it is True, in one dimension.

    >>> mask_elements()
    tensor([[ True, False,  True],
            [False,  True, False],
            [ True,  True, False]])
    tensor([90, 60, 95, 80, 85])
    tensor(5)
    """
    scores = torch.tensor([[90, 45, 60], [30, 95, 59], [80, 85, 40]])
    passed = scores >= 60
    print(passed)
    print(scores[passed])
    print(passed.sum())  # True counts as 1


def mask_rows_or_columns() -> None:
    """A mask in one place selects along that dimension only.

    >>> mask_rows_or_columns()
    tensor([[90, 45, 60],
            [30, 95, 59]])
    tensor([[45, 60],
            [95, 59],
            [85, 40]])
    """
    scores = torch.tensor([[90, 45, 60], [30, 95, 59], [80, 85, 40]])
    print(scores[scores[:, 2] > 40])  # rows whose column 2 exceeds 40
    print(scores[:, scores[1] > 30])  # columns whose row 1 exceeds 30


def and_between_masks() -> None:
    """Masks are joined by & and parentheses, not by and.

    >>> and_between_masks()
    tensor([41, 79])
    tensor([30, 40, 80, 90])
    Traceback (most recent call last):
        ...
    RuntimeError: Boolean value of Tensor with more than one value is ambiguous
    """
    scores = torch.tensor([30, 40, 41, 79, 80, 90])
    print(scores[(scores > 40) & (scores < 80)])
    print(scores[(scores <= 40) | ~(scores < 80)])
    print(scores[scores > 40 and scores < 80])


def view_or_copy() -> None:
    """A slice is a view of the tensor's memory, a list or a mask a copy.

    >>> view_or_copy()
    tensor([[0, 0, 0, 0],
            [0, 0, 8, 8]])
    """
    table = torch.zeros(2, 4, dtype=torch.int64)
    corner = table[1:, 2:]
    by_list = table[[0, 1]]
    by_mask = table[table == 0]
    corner[:] = 8
    by_list[:] = 5
    by_mask[:] = 7
    print(table)


def assign_through_any_index() -> None:
    """To the left of = one pair of brackets writes into the tensor.

    >>> assign_through_any_index()
    tensor([[  0, 100,   0,   0],
            [ -1, 200,   7,   8],
            [  9, 300,  99,  -1]])
    """
    table = torch.tensor([[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]])
    table[0] = 0
    table[[1, 2], [0, 3]] = -1
    table[table > 10] = 99
    table[:, 1] = torch.tensor([100, 200, 300])
    print(table)


def mask_of_integers() -> None:
    """Ones and zeros are positions, not yes and no.

    >>> mask_of_integers()
    tensor([20, 10, 20])
    tensor([10, 30])
    """
    prices = torch.tensor([10, 20, 30])
    chosen = torch.tensor([1, 0, 1])
    print(prices[chosen])
    print(prices[chosen.bool()])


def two_indices_in_a_row() -> None:
    """Writing into a copy is lost; one index with two places is not.

    >>> two_indices_in_a_row()
    tensor([[0., 0., 0.],
            [0., 0., 0.]])
    tensor([[5., 0., 0.],
            [5., 0., 0.]])
    """
    table = torch.zeros(2, 3)
    table[[0, 1]][:, 0] = 5.0
    print(table)
    table[[0, 1], 0] = 5.0
    print(table)
