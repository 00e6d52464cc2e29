"""Arithmetic: operators, in-place methods, products and broadcasting."""

import torch

from example_docs.marks import on_torch


def operators_and_methods() -> None:
    """Each operator has a method of the same meaning.

    >>> operators_and_methods()
    tensor([ 5., 11.]) tensor([ 5., 11.])
    tensor([3., 9.]) tensor([3., 9.])
    tensor([ 8., 20.]) tensor([ 8., 20.])
    tensor([2., 5.]) tensor([2., 5.])
    tensor([ -4., -10.]) tensor([ -4., -10.])
    """
    data = torch.tensor([4.0, 10.0])
    print(data + 1, data.add(1))
    print(data - 1, data.sub(1))
    print(data * 2, data.mul(2))
    print(data / 2, data.div(2))
    print(-data, data.neg())


def underscore_changes_the_original() -> None:
    """add makes a new tensor; add_ writes the result into the old one.

    >>> underscore_changes_the_original()
    tensor([11, 12, 13]) tensor([1, 2, 3])
    tensor([11, 12, 13]) tensor([11, 12, 13])
    tensor([21, 23, 25])
    """
    data = torch.tensor([1, 2, 3])
    print(data.add(10), data)
    print(data.add_(10), data)
    print(data.mul_(2).sub_(1))


def second_name() -> None:
    """Two names, one tensor: += changes both, x = x + 1 only one.

    >>> second_name()
    tensor([11, 12, 13])
    tensor([111, 112, 113])
    tensor([11, 12, 13])
    """
    data = torch.tensor([1, 2, 3])
    second = data
    data += 10  # in place, like data.add_(10)
    print(second)
    data = data + 100  # a new tensor; second keeps the old one
    print(data)
    print(second)


def divide_integers_in_place() -> None:
    """An integer tensor has no room for the fractions of a division.

    >>> divide_integers_in_place()
    tensor([ 1.9000, -1.1000])
    Traceback (most recent call last):
        ...
    RuntimeError: result type Float can't be cast to the desired output type Long
    """
    data = torch.tensor([19, -11])
    print(data.div(10))
    data.div_(10)


def divide_and_stay_integer() -> None:
    """rounding_mode keeps the dtype: down to the floor, or towards zero.

    >>> divide_and_stay_integer()
    tensor([ 1, -2])
    tensor([ 1, -1])
    tensor([ 1, -2])
    """
    data = torch.tensor([19, -11])
    print(data.div(10, rounding_mode="floor"))
    print(data.div(10, rounding_mode="trunc"))
    print(data.div_(10, rounding_mode="floor"))


def hadamard_product() -> None:
    """The operator * multiplies element by element.

    >>> hadamard_product()
    tensor([[ 5, 12],
            [21, 32]])
    True
    """
    left = torch.tensor([[1, 2], [3, 4]])
    right = torch.tensor([[5, 6], [7, 8]])
    print(left * right)
    print(torch.equal(left * right, torch.mul(left, right)))


def dot_product() -> None:
    """dot multiplies two vectors element by element and adds it all up.

    >>> dot_product()
    tensor([ 4., 10., 18.])
    tensor(32.)
    tensor(32.)
    tensor(32.)
    """
    prices = torch.tensor([1.0, 2.0, 3.0])
    amounts = torch.tensor([4.0, 5.0, 6.0])
    print(prices * amounts)
    print((prices * amounts).sum())
    print(torch.dot(prices, amounts))
    print(prices @ amounts)


def dot_of_matrices() -> None:
    """torch.dot takes vectors only.

    >>> dot_of_matrices()
    Traceback (most recent call last):
        ...
    RuntimeError: 1D tensors expected, but got 2D and 2D tensors
    """
    matrix = torch.ones(2, 2)
    print(torch.dot(matrix, matrix))


def matrix_product() -> None:
    """Rows of the left matrix meet columns of the right one.

    >>> matrix_product()
    tensor([[19., 22.],
            [43., 50.],
            [67., 78.]])
    True
    tensor(19.) tensor(19.)
    """
    left = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    right = torch.tensor([[5.0, 6.0], [7.0, 8.0]])
    product = left @ right
    print(product)
    print(torch.equal(product, torch.matmul(left, right)))
    print(product[0, 0], left[0] @ right[:, 0])


@on_torch(
    since="2.15",
    because="the message names the function",
    prints="""\
torch.Size([3, 3])
torch.Size([2, 2])""",
    raises="RuntimeError: mm: mat1 and mat2 shapes cannot be multiplied "
    "(3x2 and 3x2)",
)
def inner_sizes_differ() -> None:
    """The columns of the left matrix must be as many as the right one's rows.

    >>> inner_sizes_differ()
    torch.Size([3, 3])
    torch.Size([2, 2])
    Traceback (most recent call last):
        ...
    RuntimeError: mat1 and mat2 shapes cannot be multiplied (3x2 and 3x2)
    """
    samples = torch.ones(3, 2)
    weights = torch.ones(3, 2)
    print((samples @ weights.T).shape)
    print((samples.T @ weights).shape)
    print((samples @ weights).shape)


def matrix_times_vector() -> None:
    """A matrix times a vector is a vector, whichever side it stands on.

    >>> matrix_times_vector()
    tensor([ 4., 10.])
    tensor([-3., -3., -3.])
    """
    matrix = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    print(matrix @ torch.tensor([1.0, 0.0, 1.0]))
    print(torch.tensor([1.0, -1.0]) @ matrix)


def batches_of_matrices() -> None:
    """The last two dimensions multiply, the ones before them are the batch.

    >>> batches_of_matrices()
    torch.Size([2, 2, 1])
    tensor([44.]) tensor([44.])
    torch.Size([2, 5, 3, 6])
    Traceback (most recent call last):
        ...
    RuntimeError: The size of tensor a (2) must match the size of tensor b (5) at non-singleton dimension 0
    """
    batch = torch.arange(12.0).reshape(2, 2, 3)
    weights = torch.tensor([[1.0], [2.0], [3.0]])
    product = batch @ weights
    print(product.shape)
    print(product[1, 0], batch[1, 0] @ weights)
    print((torch.ones(2, 1, 3, 4) @ torch.ones(5, 4, 6)).shape)
    print((torch.ones(2, 3, 4) @ torch.ones(5, 4, 6)).shape)


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


def star_or_at() -> None:
    """With the identity matrix * keeps the diagonal, @ keeps everything.

    >>> star_or_at()
    tensor([[1., 0.],
            [0., 4.]])
    tensor([[1., 2.],
            [3., 4.]])
    """
    matrix = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    print(matrix * torch.eye(2))
    print(matrix @ torch.eye(2))


def change_through_a_function() -> None:
    """A function that works in place changes its caller's tensor.

    >>> change_through_a_function()
    tensor([0.0000, 0.5000, 1.0000])
    tensor([ 0., 25., 50.])
    """

    def normalise(values: torch.Tensor) -> torch.Tensor:
        values -= values.min()
        return values / values.max()

    heights = torch.tensor([150.0, 175.0, 200.0])
    print(normalise(heights))
    print(heights)


def vector_minus_its_column() -> None:
    """A vector minus itself is zero; minus itself as a column it is a table.

    >>> vector_minus_its_column()
    tensor([[ 0,  4,  8],
            [-4,  0,  4],
            [-8, -4,  0]])
    """
    hours = torch.tensor([1, 5, 9])
    print(hours - hours.reshape(-1, 1))


def batch_shape() -> None:
    """The last two dimensions multiply, the first ones broadcast.

    >>> batch_shape()
    torch.Size([7, 4, 2, 5])
    torch.Size([7, 1, 2])
    """
    left = torch.ones(7, 1, 2, 3)
    right = torch.ones(4, 3, 5)
    print((left @ right).shape)
    print((left @ torch.ones(3)).shape)
