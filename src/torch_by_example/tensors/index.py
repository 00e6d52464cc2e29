"""Indexing: rows, columns, slices, lists, masks, and what is a copy."""

import warnings

import torch


def one_row_one_element() -> None:
    """One index picks a row, two pick an element; counting starts at 0.

    >>> one_row_one_element()
    tensor([[ 0,  1,  2,  3,  4],
            [ 5,  6,  7,  8,  9],
            [10, 11, 12, 13, 14],
            [15, 16, 17, 18, 19]])
    tensor([0, 1, 2, 3, 4])
    tensor([15, 16, 17, 18, 19])
    tensor(7) torch.Size([])
    7
    """
    table = torch.arange(20).reshape(4, 5)
    print(table)
    print(table[0])
    print(table[-1])  # the last row
    element = table[1, 2]
    print(element, element.shape)
    print(element.item())


def one_column() -> None:
    """An index removes its dimension, a slice of length 1 keeps it.

    >>> one_column()
    tensor([ 0,  5, 10, 15]) torch.Size([4])
    tensor([[ 0],
            [ 5],
            [10],
            [15]]) torch.Size([4, 1])
    """
    table = torch.arange(20).reshape(4, 5)
    for column in (table[:, 0], table[:, :1]):
        print(column, column.shape)


def ranges_of_rows_and_columns() -> None:
    """A slice includes its start and leaves out its end.

    >>> ranges_of_rows_and_columns()
    tensor([[ 0,  1],
            [ 5,  6],
            [10, 11]])
    tensor([[10, 11],
            [15, 16]])
    tensor([[ 1,  3],
            [11, 13]])
    """
    table = torch.arange(20).reshape(4, 5)
    print(table[:3, :2])  # rows 0, 1, 2
    print(table[2:, :2])  # from row 2, the third one, to the end
    print(table[::2, 1::2])  # every second row, every second column


def row_out_of_range() -> None:
    """A slice may reach past the end, an index may not.

    >>> row_out_of_range()
    torch.Size([2, 5])
    Traceback (most recent call last):
        ...
    IndexError: index 4 is out of bounds for dimension 0 with size 4
    """
    table = torch.arange(20).reshape(4, 5)
    print(table[2:100].shape)
    print(table[4])


def backwards() -> None:
    """flip turns a dimension round; a negative step is refused.

    >>> backwards()
    tensor([4, 3, 2, 1, 0])
    Traceback (most recent call last):
        ...
    ValueError: step must be greater than zero
    """
    numbers = torch.arange(5)
    print(numbers.flip(0))
    print(numbers[::-1])


def three_dimensions() -> None:
    """One place for each dimension; an ellipsis fills in the colons.

    >>> three_dimensions()
    tensor([[[ 0,  1,  2,  3],
             [ 4,  5,  6,  7],
             [ 8,  9, 10, 11]],
    <BLANKLINE>
            [[12, 13, 14, 15],
             [16, 17, 18, 19],
             [20, 21, 22, 23]]])
    torch.Size([3, 4]) torch.Size([2, 4]) torch.Size([2, 3])
    tensor([[ 0,  4,  8],
            [12, 16, 20]])
    tensor([[ 0,  4,  8],
            [12, 16, 20]])
    tensor([14, 18, 22])
    """
    cube = torch.arange(24).reshape(2, 3, 4)
    print(cube)
    print(cube[0].shape, cube[:, 0].shape, cube[:, :, 0].shape)
    print(cube[:, :, 0])
    print(cube[..., 0])  # ... stands for :, :
    print(cube[1, :, 2])


def pairs_of_lists() -> None:
    """Two lists are read as pairs: a row and a column each.

    >>> pairs_of_lists()
    tensor([[15, 16, 17, 18, 19],
            [ 0,  1,  2,  3,  4],
            [ 0,  1,  2,  3,  4]])
    tensor([1, 7])
    Traceback (most recent call last):
        ...
    IndexError: shape mismatch: indexing tensors could not be broadcast together with shapes [2], [3]
    """
    table = torch.arange(20).reshape(4, 5)
    print(table[[3, 0, 0]])  # one list: rows, in any order, also twice
    print(table[[0, 1], [1, 2]])  # places (0, 1) and (1, 2)
    print(table[[0, 1], [1, 2, 3]])  # three columns, but two rows


def rows_times_columns() -> None:
    """A column of row numbers meets each column number.

    >>> rows_times_columns()
    tensor([[1, 2, 3],
            [6, 7, 8]])
    tensor([[1, 2, 3],
            [6, 7, 8]])
    """
    table = torch.arange(20).reshape(4, 5)
    print(table[[[0], [1]], [1, 2, 3]])
    print(table[[0, 1]][:, [1, 2, 3]])  # the same in two steps


def list_inside_a_list() -> None:
    """Lists within one list are still read as pairs, with a warning.

    >>> list_inside_a_list()
    tensor([1, 7])
    UserWarning: Using a non-tuple sequence for multidimensional indexing is deprecated
    tensor([1, 7])
    torch.Size([2, 2, 5])
    """
    table = torch.arange(20).reshape(4, 5)
    places = [[0, 1], [1, 2]]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        print(table[places])
    for warning in caught:
        advice = str(warning.message).partition(" and will be")[0]
        print(f"{warning.category.__name__}: {advice}")
    print(table[tuple(places)])  # pairs, for certain
    print(table[torch.tensor(places)].shape)  # rows, for certain


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


def mask_of_wrong_length() -> None:
    """A mask over the columns does not fit the rows.

    >>> mask_of_wrong_length()
    torch.Size([4, 3])
    Traceback (most recent call last):
        ...
    IndexError: The shape of the mask [5] at index 0 does not match the shape of the indexed tensor [4, 5] at index 0
    """
    table = torch.arange(20).reshape(4, 5)
    mask = table[1] > 6  # one value for each of the five columns
    print(table[:, mask].shape)
    print(table[mask].shape)


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


def where_chooses() -> None:
    """where takes from one tensor or the other, element by element.

    >>> where_chooses()
    tensor([[90,  0, 60],
            [ 0, 95,  0]])
    tensor([[ 1., -1.,  1.],
            [-1.,  1., -1.]])
    tensor([0, 0, 1])
    tensor([0, 2, 1])
    """
    scores = torch.tensor([[90, 45, 60], [30, 95, 59]])
    passed = scores >= 60
    print(torch.where(passed, scores, 0))
    print(torch.where(passed, 1.0, -1.0))
    rows, columns = torch.where(passed)
    print(rows)
    print(columns)


def gather_one_per_row() -> None:
    """gather takes another column from each row.

    >>> gather_one_per_row()
    tensor([[0.7000],
            [0.8000],
            [0.3000]]) torch.Size([3, 1])
    tensor([0.7000, 0.8000, 0.3000])
    tensor([[0.7000, 0.2000, 0.7000],
            [0.1000, 0.8000, 0.1000],
            [0.3000, 0.2000, 0.3000]])
    """
    probabilities = torch.tensor(
        [[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.2, 0.5]]
    )
    labels = torch.tensor([0, 1, 0])
    picked = probabilities.gather(1, labels.unsqueeze(1))
    print(picked, picked.shape)
    print(probabilities[torch.arange(3), labels])  # by pairs
    print(probabilities[:, labels])  # every row, three columns each


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


def slice_is_a_view() -> None:
    """What an index or a slice returns is the tensor's own memory.

    >>> slice_is_a_view()
    tensor([[7, 7, 7, 7],
            [0, 0, 8, 0],
            [0, 0, 0, 0]])
    """
    table = torch.zeros(3, 4, dtype=torch.int64)
    row = table[0]
    corner = table[1:, 2:]
    row[:] = 7
    corner[0, 0] = 8
    print(table)


def list_or_mask_is_a_copy() -> None:
    """What a list or a mask returns has memory of its own.

    >>> list_or_mask_is_a_copy()
    tensor([[7, 7, 7, 7],
            [7, 7, 7, 7]])
    tensor([8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8])
    tensor([[0, 0, 0, 0],
            [0, 0, 0, 0],
            [0, 0, 0, 0]])
    """
    table = torch.zeros(3, 4, dtype=torch.int64)
    by_list = table[[0, 1]]
    by_mask = table[table == 0]
    by_list[:] = 7
    by_mask[:] = 8
    print(by_list)
    print(by_mask)
    print(table)


def assign_through_any_index() -> None:
    """To the left of = one pair of brackets writes into the tensor.

    >>> assign_through_any_index()
    tensor([[  0,   0, 100,   0,   0],
            [ -1,   6, 200,   8,   9],
            [ 10,  11, 300,  13,  14],
            [ 15,  99, 400,  99,  -1]])
    """
    table = torch.arange(20).reshape(4, 5)
    table[0] = 0
    table[[1, 3], [0, 4]] = -1
    table[table > 15] = 99
    table[:, 2] = torch.tensor([100, 200, 300, 400])
    print(table)


def place_named_twice() -> None:
    """+= changes a place once, however often it is named; index_add_ adds.

    >>> place_named_twice()
    tensor([1, 0, 1])
    tensor([3, 0, 1])
    """
    votes = torch.tensor([0, 2, 0, 0])
    counts = torch.zeros(3, dtype=torch.int64)
    counts[votes] += 1
    print(counts)
    counts = torch.zeros(3, dtype=torch.int64)
    counts.index_add_(0, votes, torch.ones_like(votes))
    print(counts)


def index_of_a_row_or_slice() -> None:
    """Three ways to take row 1, and two shapes.

    >>> index_of_a_row_or_slice()
    tensor([2, 3])
    tensor([[2, 3]])
    tensor([[2, 3]])
    """
    table = torch.arange(6).reshape(3, 2)
    print(table[1])
    print(table[1:2])
    print(table[[1]])


def nothing_passes() -> None:
    """A mask without True selects nothing, and that is no error.

    >>> nothing_passes()
    torch.Size([0, 3])
    tensor(0)
    """
    table = torch.arange(6).reshape(2, 3)
    large = table[table[:, 0] > 3]
    print(large.shape)
    print(large.sum())


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
