"""Shapes: reshape, flatten, squeeze, transpose and permute."""

import torch


def read_the_shape() -> None:
    """shape and size() are the same; numel counts the elements.

    >>> read_the_shape()
    torch.Size([2, 3]) 2 3
    torch.Size([2, 3]) 2 3
    2 6 2
    True
    """
    data = torch.zeros(2, 3)
    print(data.shape, data.shape[0], data.shape[1])
    print(data.size(), data.size(0), data.size(-1))
    print(data.ndim, data.numel(), len(data))
    print(data.shape == (2, 3))


def reshape_keeps_the_order() -> None:
    """reshape reads row by row and fills row by row.

    >>> reshape_keeps_the_order()
    tensor([[10, 20],
            [30, 40],
            [50, 60]])
    tensor([[10, 20, 30, 40, 50, 60]])
    tensor([10, 20, 30, 40, 50, 60])
    """
    data = torch.tensor([[10, 20, 30], [40, 50, 60]])
    print(data.reshape(3, 2))
    print(data.reshape(1, 6))
    print(data.reshape(6))


def let_torch_count() -> None:
    """A length of -1 is worked out from the others, if it comes out even.

    >>> let_torch_count()
    torch.Size([4, 6])
    torch.Size([2, 3, 4])
    torch.Size([24])
    Traceback (most recent call last):
        ...
    RuntimeError: shape '[5, -1]' is invalid for input of size 24
    """
    data = torch.arange(24)
    print(data.reshape(4, -1).shape)
    print(data.reshape(2, -1, 4).shape)
    print(data.reshape(2, 3, 4).reshape(-1).shape)
    print(data.reshape(5, -1).shape)


def flatten_each_image() -> None:
    """flatten joins dimensions, unflatten takes one apart.

    >>> flatten_each_image()
    torch.Size([1920])
    torch.Size([10, 192])
    torch.Size([10, 3, 8, 8])
    """
    images = torch.zeros(10, 3, 8, 8)  # images, channels, rows, columns
    print(images.flatten().shape)
    vectors = images.flatten(start_dim=1)
    print(vectors.shape)
    print(vectors.unflatten(1, (3, 8, 8)).shape)


def add_a_dimension() -> None:
    """unsqueeze puts in a dimension of length 1 at the place you name.

    >>> add_a_dimension()
    tensor([[1, 2, 3, 4, 5]]) torch.Size([1, 5])
    tensor([[1],
            [2],
            [3],
            [4],
            [5]]) torch.Size([5, 1])
    torch.Size([5, 1])
    torch.Size([1, 5]) torch.Size([5, 1])
    """
    vector = torch.tensor([1, 2, 3, 4, 5])
    print(vector.unsqueeze(0), vector.unsqueeze(0).shape)
    print(vector.unsqueeze(1), vector.unsqueeze(1).shape)
    print(vector.unsqueeze(-1).shape)
    print(vector[None].shape, vector[:, None].shape)


def squeeze_a_column() -> None:
    """squeeze removes dimensions; a column becomes a vector, not a row.

    >>> squeeze_a_column()
    torch.Size([5, 1])
    tensor([1, 2, 3, 4, 5]) torch.Size([5])
    torch.Size([1, 5])
    """
    column = torch.tensor([1, 2, 3, 4, 5]).unsqueeze(-1)
    print(column.shape)
    print(column.squeeze(), column.squeeze().shape)
    print(column.T.shape)  # this is the row


def squeeze_only_ones() -> None:
    """squeeze leaves a dimension alone that is longer than 1.

    >>> squeeze_only_ones()
    torch.Size([5])
    torch.Size([5, 1])
    torch.Size([5])
    torch.Size([1, 5, 1])
    """
    data = torch.zeros(1, 5, 1)
    print(data.squeeze().shape)
    print(data.squeeze(0).shape)
    print(data.squeeze((0, 2)).shape)
    print(data.squeeze(1).shape)  # 5 is no 1: nothing happens


def squeeze_takes_too_much() -> None:
    """A batch of one loses its batch dimension as well.

    >>> squeeze_takes_too_much()
    torch.Size([4]) torch.Size([4])
    torch.Size([]) torch.Size([1])
    """
    for batch_size in (4, 1):
        outputs = torch.zeros(batch_size, 1)
        print(outputs.squeeze().shape, outputs.squeeze(-1).shape)


def swap_two_dimensions() -> None:
    """transpose swaps two dimensions; the order does not matter.

    >>> swap_two_dimensions()
    tensor([[10, 40],
            [20, 50],
            [30, 60]])
    torch.Size([2, 4, 3]) torch.Size([2, 4, 3])
    torch.Size([2, 4, 3])
    """
    data = torch.tensor([[10, 20, 30], [40, 50, 60]])
    print(data.transpose(0, 1))
    cube = torch.zeros(2, 3, 4)
    print(cube.transpose(1, 2).shape, cube.transpose(2, 1).shape)
    print(cube.mT.shape)  # the last two dimensions: each matrix turned


def reorder_dimensions() -> None:
    """permute lists the old dimensions in their new order.

    >>> reorder_dimensions()
    torch.Size([4, 5, 3])
    tensor(44) tensor(44)
    True
    """
    image = torch.arange(60).reshape(3, 4, 5)  # channels, rows, columns
    moved = image.permute(1, 2, 0)  # rows, columns, channels
    print(moved.shape)
    print(image[2, 0, 4], moved[0, 4, 2])
    two_steps = image.transpose(0, 1).transpose(1, 2)
    print(torch.equal(moved, two_steps))


def reshape_is_no_transpose() -> None:
    """Both give three rows of two, with the elements in other places.

    >>> reshape_is_no_transpose()
    tensor([[10, 20],
            [30, 40],
            [50, 60]])
    tensor([[10, 40],
            [20, 50],
            [30, 60]])
    """
    data = torch.tensor([[10, 20, 30], [40, 50, 60]])
    print(data.reshape(3, 2))
    print(data.transpose(0, 1))


def guess_the_missing_length() -> None:
    """What -1 stands for in three calls.

    >>> guess_the_missing_length()
    torch.Size([3, 4])
    torch.Size([2, 3, 2])
    torch.Size([1, 12])
    """
    data = torch.arange(12)
    print(data.reshape(3, -1).shape)
    print(data.reshape(2, -1, 2).shape)
    print(data.reshape(-1, 12).shape)


def second_row_of_both() -> None:
    """reshape and transpose put other numbers into row 1.

    >>> second_row_of_both()
    tensor([2, 3])
    tensor([1, 5])
    """
    data = torch.arange(8).reshape(2, 4)
    print(data.reshape(4, 2)[1])
    print(data.T[1])


def follow_the_shape() -> None:
    """Three steps, one shape.

    >>> follow_the_shape()
    torch.Size([4, 1, 6])
    """
    data = torch.zeros(2, 3, 4)
    print(data.permute(2, 0, 1).unsqueeze(1).flatten(2).shape)
