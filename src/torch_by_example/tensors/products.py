"""Products: dot, outer, matrices, batches of them, and einsum."""

import torch

from example_docs.marks import on_torch


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
    """Each day's sales, valued by each of two price lists.

    >>> matrix_product()
    tensor([[16., 18.],
            [44., 42.],
            [50., 45.]])
    tensor(18.) tensor(18.)
    True
    """
    sold = torch.tensor([[3.0, 1.0], [2.0, 4.0], [0.0, 5.0]])  # days, goods
    prices = torch.tensor([[2.0, 3.0], [10.0, 9.0]])  # goods, price lists
    revenue = sold @ prices  # days, price lists
    print(revenue)
    print(revenue[0, 1], torch.dot(sold[0], prices[:, 1]))
    print(torch.equal(revenue, torch.matmul(sold, prices)))


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


def bmm_of_two_batches() -> None:
    """Compare five queries with seven keys in each of eight sentences.

    >>> bmm_of_two_batches()
    bmm:    torch.Size([8, 5, 7])
    @:      torch.Size([8, 5, 7])
    einsum: torch.Size([8, 5, 7])
    """
    queries = torch.ones(8, 5, 4)  # sentences, queries, features
    keys = torch.ones(8, 7, 4)  # sentences, keys, features
    scores = torch.bmm(queries, keys.mT)
    print("bmm:   ", scores.shape)
    print("@:     ", (queries @ keys.mT).shape)
    spelled = torch.einsum("sqf,skf->sqk", queries, keys)
    print("einsum:", spelled.shape)


def outer_product() -> None:
    """Multiply each element of one vector by each element of another.

    >>> outer_product()
    tensor([[10., 20.],
            [20., 40.],
            [30., 60.]])
    True
    """
    lengths = torch.tensor([1.0, 2.0, 3.0])
    widths = torch.tensor([10.0, 20.0])
    areas = torch.outer(lengths, widths)
    print(areas)
    print(torch.equal(areas, lengths.unsqueeze(1) * widths))


def tensordot_over_two_dimensions() -> None:
    """Weigh every pixel of each image, and add up over rows and columns.

    >>> tensordot_over_two_dimensions()
    tensor([ 66., 210.])
    tensor([ 66., 210.])
    torch.Size([2, 4, 4])
    """
    images = torch.arange(24.0).reshape(2, 3, 4)  # images, rows, columns
    weights = torch.ones(3, 4)  # rows, columns
    print(torch.tensordot(images, weights, dims=2))
    print(images.flatten(start_dim=1) @ weights.flatten())
    print(torch.tensordot(images, weights, dims=([1], [0])).shape)


def einsum_names_every_dimension() -> None:
    """A letter that is missing after the arrow is summed over.

    >>> einsum_names_every_dimension()
    tensor([[16., 18.],
            [44., 42.],
            [50., 45.]])
    tensor([110., 105.])
    """
    sold = torch.tensor([[3.0, 1.0], [2.0, 4.0], [0.0, 5.0]])  # days, goods
    prices = torch.tensor([[2.0, 3.0], [10.0, 9.0]])  # goods, price lists
    print(torch.einsum("dg,gl->dl", sold, prices))
    print(torch.einsum("dg,gl->l", sold, prices))  # all days together


def products_as_einsum() -> None:
    """One notation for all products of this lesson.

    >>> products_as_einsum()
    i,i->i    (3,) True
    i,i->     () True
    i,j->ij   (3, 3) True
    ij,j->i   (2,) True
    ij,kj->ik (2, 2) True
    ij->ji    (3, 2) True
    """
    a, b = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([4.0, 5.0, 6.0])
    matrix = torch.arange(6.0).reshape(2, 3)
    products = {
        "i,i->i": (a * b, (a, b)),
        "i,i->": (torch.dot(a, b), (a, b)),
        "i,j->ij": (torch.outer(a, b), (a, b)),
        "ij,j->i": (matrix @ a, (matrix, a)),
        "ij,kj->ik": (matrix @ matrix.T, (matrix, matrix)),
        "ij->ji": (matrix.T, (matrix,)),
    }
    for equation, (named, operands) in products.items():
        spelled = torch.einsum(equation, *operands)
        same = torch.equal(spelled, named)
        print(f"{equation:9}", tuple(spelled.shape), same)


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


def letters_left_out() -> None:
    """Leave out one letter, both, or write one twice.

    >>> letters_left_out()
    tensor([3, 7])
    tensor(10)
    tensor(5)
    """
    table = torch.tensor([[1, 2], [3, 4]])
    print(torch.einsum("ij->i", table))
    print(torch.einsum("ij->", table))
    print(torch.einsum("ii->", table))
