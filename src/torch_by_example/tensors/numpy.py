"""Tensors and NumPy arrays: sharing memory, copying, plain Python numbers."""

import warnings

import numpy as np
import torch

from example_docs.marks import on_cuda


@on_cuda(raises=TypeError, because="NumPy shares CPU memory only")
def numpy_shares_memory() -> None:
    """A write on either side shows on the other side.

    >>> numpy_shares_memory()
    tensor([100,   3,   4])
    [100   3  -1]
    """
    tensor = torch.tensor([2, 3, 4])
    array = tensor.numpy()
    array[0] = 100
    print(tensor)
    tensor[2] = -1
    print(array)


def from_numpy_shares() -> None:
    """from_numpy keeps the array's dtype and shares the array's memory.

    >>> from_numpy_shares()
    tensor([2., 3., 4.], dtype=torch.float64)
    [100.   3.   4.]
    """
    array = np.array([2.0, 3.0, 4.0])
    tensor = torch.from_numpy(array)
    print(tensor)
    tensor[0] = 100.0
    print(array)


@on_cuda(runs="cpu", because="as_tensor copies an array to another device")
def as_tensor_shares_if_it_can() -> None:
    """as_tensor shares when nothing has to change, and copies otherwise.

    >>> as_tensor_shares_if_it_can()
    tensor:    tensor([1., 2.], dtype=torch.float64)
    as_tensor: tensor([100.,   2.], dtype=torch.float64)
    as_tensor: tensor([1., 2.])
    """
    array = np.array([1.0, 2.0])
    copied = torch.tensor(array)
    same_dtype = torch.as_tensor(array)
    other_dtype = torch.as_tensor(array, dtype=torch.float32)
    array[0] = 100.0
    print("tensor:   ", copied)
    print("as_tensor:", same_dtype)
    print("as_tensor:", other_dtype)


def keyword_for_from_numpy() -> None:
    """from_numpy takes the array by position only.

    >>> keyword_for_from_numpy()
    Traceback (most recent call last):
        ...
    TypeError: torch._VariableFunctionsClass.from_numpy() takes no keyword arguments
    """
    tensor = torch.from_numpy(ndarray=np.ones(3))
    print(tensor)


@on_cuda(
    raises=RuntimeError,
    because="the weights are on CUDA and the array is not",
)
def float64_meets_float32() -> None:
    """NumPy's floats are float64, a model's weights are float32.

    >>> float64_meets_float32()
    float64 torch.float32
    tensor([[4.]])
    Traceback (most recent call last):
        ...
    RuntimeError: expected m1 and m2 to have the same dtype, but got: double != float
    """
    array = np.array([[1.5, 2.5]])
    weights = torch.ones(2, 1)
    print(array.dtype, weights.dtype)
    print(torch.tensor(array, dtype=torch.float32) @ weights)
    print(torch.from_numpy(array) @ weights)


@on_cuda(raises=TypeError, because="NumPy cannot read a tensor on CUDA")
def mixed_operands() -> None:
    """With the tensor on the left NumPy computes, in float64; else it fails.

    >>> mixed_operands()
    tensor([30., 80.])
    tensor([30., 80.], dtype=torch.float64)
    Traceback (most recent call last):
        ...
    TypeError: unsupported operand type(s) for *: 'numpy.ndarray' and 'Tensor'
    """
    prices = np.array([10.0, 20.0])
    amounts = torch.tensor([3.0, 4.0])
    print(torch.tensor(prices, dtype=torch.float32) * amounts)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # NumPy warns of a later change
        print(amounts * prices)
    print(prices * amounts)


def array_of_objects() -> None:
    """One None makes an array of Python objects, which no tensor can hold.

    >>> array_of_objects()
    object
    tensor([31., nan, 27.])
    Traceback (most recent call last):
        ...
    TypeError: can't convert np.ndarray of type numpy.object_. The only supported types are: float64, float32, float16, complex64, complex128, int64, int32, int16, int8, uint64, uint32, uint16, uint8, and bool.
    """
    ages = np.array([31, None, 27])
    print(ages.dtype)
    print(torch.from_numpy(ages.astype(np.float32)))
    print(torch.from_numpy(ages))


def reversed_array() -> None:
    """A reversed array has a negative stride; copy it first.

    >>> reversed_array()
    tensor([3, 2, 1])
    Traceback (most recent call last):
        ...
    ValueError: At least one stride in the given numpy array is negative, and tensors with negative strides are not currently supported. (You can probably work around this by making a copy of your array  with array.copy().)
    """
    row = np.array([1, 2, 3])
    print(torch.from_numpy(row[::-1].copy()))
    print(torch.from_numpy(row[::-1]))


@on_cuda(raises=TypeError, because="NumPy shares CPU memory only")
def no_bfloat16_in_numpy() -> None:
    """NumPy has no bfloat16; convert before you leave PyTorch.

    >>> no_bfloat16_in_numpy()
    [0.5 1.5]
    Traceback (most recent call last):
        ...
    TypeError: Got unsupported ScalarType BFloat16
    """
    weights = torch.tensor([0.5, 1.5], dtype=torch.bfloat16)
    print(weights.float().numpy())
    print(weights.numpy())


@on_cuda(raises=TypeError, because="NumPy shares CPU memory only")
def force_an_array() -> None:
    """numpy(force=True) takes the steps that a plain numpy() asks you for.

    >>> force_an_array()
    [0.5 1.5]
    Traceback (most recent call last):
        ...
    RuntimeError: Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.
    """
    weights = torch.tensor([0.5, 1.5], requires_grad=True)
    print(weights.numpy(force=True))
    print(weights.numpy())


def one_number() -> None:
    """item() takes the number out of a tensor with one element.

    >>> one_number()
    30 <class 'int'>
    30 <class 'int'>
    2.5 <class 'float'>
    True <class 'bool'>
    """
    for data in (30, [30], [[2.5]], True):
        number = torch.tensor(data).item()
        print(number, type(number))


def nested_list() -> None:
    """tolist() gives nested lists of Python numbers, a copy.

    >>> nested_list()
    [[100, 2, 3], [4, 5, 6]]
    tensor([[1, 2, 3],
            [4, 5, 6]])
    """
    table = torch.tensor([[1, 2, 3], [4, 5, 6]])
    rows = table.tolist()
    rows[0][0] = 100
    print(rows)
    print(table)


def float32_seen_from_python() -> None:
    """Python's floats have more digits and show what float32 really holds.

    >>> float32_seen_from_python()
    tensor(0.1000)
    0.10000000149011612
    False
    """
    tenth = torch.tensor(0.1)
    print(tenth)
    print(tenth.item())
    print(tenth.item() == 0.1)


@on_cuda(raises=TypeError, because="NumPy shares CPU memory only")
def array_of_one_row() -> None:
    """A row of a matrix shares with the matrix, and so does its array.

    >>> array_of_one_row()
    tensor([[0., 0., 0.],
            [7., 7., 7.]])
    """
    matrix = torch.zeros(2, 3)
    array = matrix[1].numpy()
    array[:] = 7.0
    print(matrix)


def sum_of_an_array() -> None:
    """A result of NumPy can be a bare number, which from_numpy refuses.

    >>> sum_of_an_array()
    tensor(6., dtype=torch.float64)
    Traceback (most recent call last):
        ...
    TypeError: expected np.ndarray (got numpy.float64)
    """
    array = np.array([1.0, 2.0, 3.0])
    print(torch.tensor(array.sum()))
    print(torch.from_numpy(array.sum()))
