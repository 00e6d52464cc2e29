"""Broadcasting: which shapes fit, expand, repeat and grids."""

import torch


def row_plus_column() -> None:
    """A row and a column stretch to a table.

    >>> row_plus_column()
    torch.Size([3, 1]) torch.Size([4])
    tensor([[11, 12, 13, 14],
            [21, 22, 23, 24],
            [31, 32, 33, 34]])
    """
    column = torch.tensor([[10], [20], [30]])
    row = torch.tensor([1, 2, 3, 4])
    print(column.shape, row.shape)
    print(column + row)


def shapes_that_fit() -> None:
    """broadcast_shapes tells the shape of the result without computing it.

    >>> shapes_that_fit()
    (2, 3) (3,) torch.Size([2, 3])
    (3, 1) (4,) torch.Size([3, 4])
    (5, 1, 4) (3, 1) torch.Size([5, 3, 4])
    (2, 3) () torch.Size([2, 3])
    """
    pairs = [
        ((2, 3), (3,)),
        ((3, 1), (4,)),
        ((5, 1, 4), (3, 1)),
        ((2, 3), ()),
    ]
    for left, right in pairs:
        print(left, right, torch.broadcast_shapes(left, right))


def shapes_that_do_not_fit() -> None:
    """Shapes are compared from the right: 2 against 3 does not fit.

    >>> shapes_that_do_not_fit()
    Traceback (most recent call last):
        ...
    RuntimeError: The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 1
    """
    table = torch.zeros(3, 2)
    per_row = torch.ones(3)
    print(table + per_row)


def fit_as_a_column() -> None:
    """A column fits the rows of the table: give it a dimension of size 1.

    >>> fit_as_a_column()
    torch.Size([3, 1])
    tensor([[11, 12],
            [23, 24],
            [35, 36]])
    """
    table = torch.tensor([[1, 2], [3, 4], [5, 6]])
    per_row = torch.tensor([10, 20, 30])
    column = per_row.unsqueeze(1)
    print(column.shape)
    print(table + column)


def in_place_cannot_grow() -> None:
    """The result of an in-place operation must fit into the tensor.

    >>> in_place_cannot_grow()
    Traceback (most recent call last):
        ...
    RuntimeError: output with shape [3, 1] doesn't match the broadcast shape [3, 4]
    """
    column = torch.zeros(3, 1)
    column += torch.ones(4)


def column_minus_row() -> None:
    """Perfect predictions, and yet the error is not zero.

    >>> column_minus_row()
    tensor([[ 0., -1., -5.],
            [ 1.,  0., -4.],
            [ 5.,  4.,  0.]])
    tensor(9.3333)
    """
    targets = torch.tensor([1.0, 2.0, 6.0])
    predictions = torch.tensor([[1.0], [2.0], [6.0]])
    difference = predictions - targets
    print(difference)
    print((difference**2).mean())


def constant_looks_better() -> None:
    """Where all are compared with all, the mean beats perfect predictions.

    >>> constant_looks_better()
    tensor(9.3333)
    tensor(4.6667)
    """
    targets = torch.tensor([1.0, 2.0, 6.0])
    perfect = torch.tensor([[1.0], [2.0], [6.0]])
    constant = torch.tensor([[3.0], [3.0], [3.0]])
    for predictions in (perfect, constant):
        print(((predictions - targets) ** 2).mean())


def make_the_shapes_equal() -> None:
    """With equal shapes each prediction meets its own target.

    >>> make_the_shapes_equal()
    torch.Size([3, 1]) torch.Size([3, 1])
    tensor(0.)
    """
    targets = torch.tensor([1.0, 2.0, 6.0])
    predictions = torch.tensor([[1.0], [2.0], [6.0]])
    column = targets.reshape(-1, 1)
    print(predictions.shape, column.shape)
    print(((predictions - column) ** 2).mean())


def expand_a_column() -> None:
    """expand repeats by a stride of 0, without memory.

    >>> expand_a_column()
    tensor([[10, 10, 10, 10],
            [20, 20, 20, 20],
            [30, 30, 30, 30]])
    strides: (1, 1) -> (1, 0)
    bytes of all elements: 96
    bytes in memory: 24
    """
    column = torch.tensor([[10], [20], [30]])
    wide = column.expand(3, 4)
    print(wide)
    print("strides:", column.stride(), "->", wide.stride())
    print("bytes of all elements:", wide.nbytes)
    print("bytes in memory:", wide.untyped_storage().nbytes())


def write_into_expanded() -> None:
    """Six places, three numbers: a write shows in two places, or fails.

    >>> write_into_expanded()
    tensor([[99.,  2.,  3.],
            [99.,  2.,  3.]])
    Traceback (most recent call last):
        ...
    RuntimeError: unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please clone() the tensor before performing the operation.
    """
    table = torch.tensor([1.0, 2.0, 3.0]).expand(2, 3)
    table[0, 0] = 99.0
    print(table)
    table += 1


def repeat_is_a_copy() -> None:
    """repeat lays copies side by side; the arguments count them.

    >>> repeat_is_a_copy()
    tensor([1, 2, 3, 1, 2, 3])
    tensor([[99,  2,  3],
            [ 1,  2,  3]])
    tensor([1, 2, 3])
    """
    row = torch.tensor([1, 2, 3])
    print(row.repeat(2))
    table = row.repeat(2, 1)
    table[0, 0] = 99
    print(table)
    print(row)


def each_element_several_times() -> None:
    """repeat_interleave repeats each element before the next one comes.

    >>> each_element_several_times()
    tensor([7, 7, 8, 8, 9, 9])
    tensor([7, 7, 7, 8, 9, 9])
    tensor([[1, 1, 2, 2],
            [3, 3, 4, 4]])
    """
    houses = torch.tensor([7, 8, 9])
    print(houses.repeat_interleave(2))
    rooms = torch.tensor([3, 1, 2])
    print(houses.repeat_interleave(rooms))
    table = torch.tensor([[1, 2], [3, 4]])
    print(table.repeat_interleave(2, dim=1))


def grid_of_two_axes() -> None:
    """All pairs of two axes: a grid, or simply a column and a row.

    >>> grid_of_two_axes()
    tensor([[0., 0.],
            [1., 1.],
            [2., 2.]])
    tensor([[ 0., 10.],
            [ 0., 10.],
            [ 0., 10.]])
    True
    tensor([[ 0.,  0.],
            [ 0., 10.],
            [ 1.,  0.]])
    """
    heights = torch.tensor([0.0, 1.0, 2.0])
    widths = torch.tensor([0.0, 10.0])
    h, w = torch.meshgrid(heights, widths, indexing="ij")
    print(h)
    print(w)
    areas = heights.unsqueeze(1) * widths
    print(torch.equal(h * w, areas))
    print(torch.cartesian_prod(heights, widths)[:3])


def vector_minus_its_column() -> None:
    """A vector minus itself is zero; minus itself as a column it is a table.

    >>> vector_minus_its_column()
    tensor([[ 0,  4,  8],
            [-4,  0,  4],
            [-8, -4,  0]])
    """
    hours = torch.tensor([1, 5, 9])
    print(hours - hours.reshape(-1, 1))


def repeat_or_interleave() -> None:
    """Labels for two measurements of each plant, in two orders.

    >>> repeat_or_interleave()
    tensor([1, 2, 1, 2])
    tensor([1, 1, 2, 2])
    tensor([1, 1, 2, 2])
    """
    plants = torch.tensor([1, 2])
    print(plants.repeat(2))
    print(plants.repeat_interleave(2))
    print(plants.unsqueeze(1).expand(2, 2).flatten())
