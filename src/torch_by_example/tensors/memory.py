"""Memory: views and copies, strides, and what view needs."""

import torch


def write_into_a_part() -> None:
    """A row is a view: what is written into it arrives in the table.

    >>> write_into_a_part()
    tensor([[20.5000, 21.0000, 21.5000],
            [18.5000, 19.0000,     nan]])
    tensor([18.5000, 19.0000, 20.0000])
    """
    missing = float("nan")
    readings = torch.tensor([[20.5, 21.0, missing], [18.5, 19.0, missing]])
    first = readings[0]
    second = readings[1].clone()
    first[2] = 21.5
    second[2] = 20.0
    print(readings)
    print(second)


def one_memory_many_shapes() -> None:
    """Changing the shape usually copies nothing.

    >>> one_memory_many_shapes()
    tensor([[99, 20],
            [30, 40],
            [50, 60]])
    tensor([99, 20, 30, 40, 50, 60])
    tensor([[99, 40],
            [20, 50],
            [30, 60]])
    tensor([[[99, 20, 30],
             [40, 50, 60]]])
    """
    data = torch.tensor([[10, 20, 30], [40, 50, 60]])
    others = [
        data.view(3, 2),
        data.reshape(6),
        data.transpose(0, 1),
        data.unsqueeze(0),
    ]
    data[0, 0] = 99
    for other in others:
        print(other)


def share_or_copy() -> None:
    """Compare where the memory of each result begins with that of the original.

    >>> share_or_copy()
    data[1]            shares
    data[:, 1:]        shares
    data.T             shares
    data.unsqueeze(0)  shares
    data.reshape(6)    shares
    data.T.reshape(6)  copies
    data[[0, 1]]       copies
    data[data > 20]    copies
    data.int()         copies
    data.long()        shares
    data.clone()       copies
    """
    data = torch.tensor([[10, 20, 30], [40, 50, 60]])
    results = {
        "data[1]": data[1],
        "data[:, 1:]": data[:, 1:],
        "data.T": data.T,
        "data.unsqueeze(0)": data.unsqueeze(0),
        "data.reshape(6)": data.reshape(6),
        "data.T.reshape(6)": data.T.reshape(6),
        "data[[0, 1]]": data[[0, 1]],
        "data[data > 20]": data[data > 20],
        "data.int()": data.int(),
        "data.long()": data.long(),
        "data.clone()": data.clone(),
    }
    start = data.untyped_storage().data_ptr()
    for call, result in results.items():
        shared = result.untyped_storage().data_ptr() == start
        print(f"{call:18}", "shares" if shared else "copies")


def small_view_of_a_large_tensor() -> None:
    """A view keeps the whole memory alive; a clone holds its own elements.

    >>> small_view_of_a_large_tensor()
    view   12288 bytes of  12288000
    clone  12288 bytes of     12288
    """
    images = torch.zeros(1000, 3, 32, 32)
    first = images[0]
    for name, tensor in (("view", first), ("clone", first.clone())):
        size = tensor.untyped_storage().nbytes()
        print(f"{name:5} {tensor.nbytes:6} bytes of {size:9}")


def strides() -> None:
    """Offset and strides say at which place in memory an element lies.

    >>> strides()
    torch.Size([2, 3]) (3, 1) 0
    torch.Size([3, 2]) (1, 3) 0
    torch.Size([2, 2]) (3, 1) 1
    5 tensor(60) tensor(60)
    """
    data = torch.tensor([[10, 20, 30], [40, 50, 60]])
    part = data[:, 1:]
    for tensor in (data, data.transpose(0, 1), part):
        print(tensor.shape, tensor.stride(), tensor.storage_offset())
    row, column = 1, 1
    steps = row * part.stride(0) + column * part.stride(1)
    place = part.storage_offset() + steps
    print(place, part[row, column], data.flatten()[place])


def view_of_a_transpose() -> None:
    """No two strides walk through this transposed matrix row by row.

    >>> view_of_a_transpose()
    False tensor([10, 40, 20, 50, 30, 60])
    Traceback (most recent call last):
        ...
    RuntimeError: view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead.
    """
    data = torch.tensor([[10, 20, 30], [40, 50, 60]])
    turned = data.transpose(0, 1)
    print(turned.is_contiguous(), turned.flatten())
    print(turned.view(2, 3))


def contiguous_then_view() -> None:
    """contiguous lays the elements out anew, in their present order.

    >>> contiguous_then_view()
    (2, 1) True
    tensor([[10, 40, 20],
            [50, 30, 60]])
    tensor(99) tensor(10)
    """
    data = torch.tensor([[10, 20, 30], [40, 50, 60]])
    turned = data.transpose(0, 1)
    copied = turned.contiguous()
    print(copied.stride(), copied.is_contiguous())
    print(copied.view(2, 3))
    data[0, 0] = 99
    print(turned[0, 0], copied[0, 0])


def view_after_transpose() -> None:
    """These views work, although the tensors are not contiguous.

    >>> view_after_transpose()
    False torch.Size([3, 2, 1])
    False torch.Size([3, 2, 2, 2])
    """
    turned = torch.zeros(2, 3).transpose(0, 1)
    print(turned.is_contiguous(), turned.view(3, 2, 1).shape)
    cube = torch.zeros(2, 3, 4).transpose(0, 1)
    print(cube.is_contiguous(), cube.view(3, 2, 2, 2).shape)


def merge_neighbours() -> None:
    """view merges two dimensions if one stride continues the other.

    >>> merge_neighbours()
    torch.Size([4, 2, 3]) (1, 12, 4) False
    (1, 4)
    Traceback (most recent call last):
        ...
    RuntimeError: view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead.
    """
    data = torch.arange(24).reshape(2, 3, 4).permute(2, 0, 1)
    print(data.shape, data.stride(), data.is_contiguous())
    merged = data.view(4, 6)  # 12 == 3 * 4: one stride continues the other
    print(merged.stride())
    print(data.view(8, 3))  # 1 != 2 * 12


def slice_without_a_view() -> None:
    """A plain slice can be out of the reach of view, too.

    >>> slice_without_a_view()
    False (4, 1)
    Traceback (most recent call last):
        ...
    RuntimeError: view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead.
    """
    left = torch.arange(12).reshape(3, 4)[:, :2]
    print(left.is_contiguous(), left.stride())
    print(left.view(6))


def length_one_takes_no_step() -> None:
    """A dimension of length 1 merges with its neighbour, whatever its stride.

    >>> length_one_takes_no_step()
    torch.Size([5, 1]) (1, 5) tensor([0, 1, 2, 3, 4])
    torch.Size([3, 1]) (4, 1) tensor([0, 4, 8])
    """
    turned = torch.arange(5).reshape(1, 5).transpose(0, 1)
    print(turned.shape, turned.stride(), turned.view(5))
    first = torch.arange(12).reshape(3, 4)[:, :1]
    print(first.shape, first.stride(), first.view(3))


def reshape_copies_if_it_must() -> None:
    """reshape is a view where it can be one, and else a copy.

    >>> reshape_copies_if_it_must()
    tensor([[5., 0., 0.],
            [0., 0., 0.]])
    tensor([5., 7., 0., 0., 0., 0.])
    tensor([[5., 0., 0.],
            [0., 0., 0.]])
    """
    data = torch.zeros(2, 3)
    data.reshape(6)[0] = 5.0
    print(data)
    copied = data.transpose(0, 1).reshape(6)
    copied[1] = 7.0
    print(copied)
    print(data)


def contiguous_twice() -> None:
    """contiguous copies only what is not contiguous.

    >>> contiguous_twice()
    tensor([[0., 1.],
            [0., 0.]])
    """
    data = torch.zeros(2, 2)
    data.contiguous()[0, 1] = 1.0
    data.T.contiguous()[0, 1] = 2.0
    print(data)


def writes_that_arrive() -> None:
    """Three ways to reach an element, and three writes.

    >>> writes_that_arrive()
    tensor([[0., 1.],
            [3., 0.]])
    """
    data = torch.zeros(2, 2)
    data[0][1] = 1.0
    data[[1]][0] = 2.0
    data.T[0, 1] = 3.0
    print(data)
