"""Data types: what a tensor's elements can hold, and who decides."""

import torch
from torch import nn

from example_docs.marks import on_torch


def size_of_an_element() -> None:
    """The name says how many bits an element has; bool takes eight.

    >>> size_of_an_element()
    torch.bool 1 bytes False
    torch.uint8 1 bytes False
    torch.int64 8 bytes False
    torch.float32 4 bytes True
    True True
    """
    for dtype in (torch.bool, torch.uint8, torch.int64, torch.float32):
        print(dtype, dtype.itemsize, "bytes", dtype.is_floating_point)
    print(torch.float is torch.float32, torch.long is torch.int64)


def largest_integers() -> None:
    """iinfo knows the range of an integer type.

    >>> largest_integers()
    torch.uint8 0 255
    torch.int8 -128 127
    torch.int16 -32768 32767
    torch.int32 -2147483648 2147483647
    True
    """
    for dtype in (torch.uint8, torch.int8, torch.int16, torch.int32):
        info = torch.iinfo(dtype)
        print(dtype, info.min, info.max)
    print(torch.iinfo(torch.int64).max == 2**63 - 1)


def range_and_precision() -> None:
    """finfo: the largest number, and the step from 1 to the next one.

    >>> range_and_precision()
    torch.float16: up to 6.55e+04, step 9.8e-04
    torch.bfloat16: up to 3.39e+38, step 7.8e-03
    torch.float32: up to 3.40e+38, step 1.2e-07
    torch.float64: up to 1.80e+308, step 2.2e-16
    """
    for dtype in (torch.float16, torch.bfloat16, torch.float32, torch.float64):
        info = torch.finfo(dtype)
        print(f"{dtype}: up to {info.max:.2e}, step {info.eps:.1e}")


def default_is_for_floats() -> None:
    """The default dtype changes floats and complex numbers, nothing else.

    >>> default_is_for_floats()
    torch.float32 torch.complex64
    torch.int64 torch.bool
    torch.float64 torch.complex128
    torch.int64 torch.bool
    """
    for default in (torch.float32, torch.float64):
        torch.set_default_dtype(default)
        print(torch.zeros(1).dtype, torch.tensor(1j).dtype)
        print(torch.arange(3).dtype, torch.tensor(True).dtype)
    torch.set_default_dtype(torch.float32)


def convert_with_to() -> None:
    """to makes a converted copy; with the same dtype it returns the tensor.

    >>> convert_with_to()
    tensor([1., 2., 3.], dtype=torch.float64)
    torch.int64
    True
    """
    counts = torch.tensor([1, 2, 3])
    print(counts.to(torch.float64))
    print(counts.dtype)
    print(counts.to(torch.int64) is counts)


def one_method_for_each_dtype() -> None:
    """Most dtypes have a method of their name.

    >>> one_method_for_each_dtype()
    torch.float16 torch.float32 torch.float64
    torch.int16 torch.int32 torch.int64
    torch.bfloat16 torch.bool
    """
    data = torch.ones(2)
    print(data.half().dtype, data.float().dtype, data.double().dtype)
    print(data.short().dtype, data.int().dtype, data.long().dtype)
    print(data.bfloat16().dtype, data.bool().dtype)


def type_by_name() -> None:
    """type() is older: it takes a dtype, a tensor type or its name.

    >>> type_by_name()
    torch.FloatTensor
    tensor([ 1.5000, -2.5000], dtype=torch.float16)
    tensor([ 1.5000, -2.5000], dtype=torch.float64)
    tensor([ 1, -2])
    """
    data = torch.tensor([1.5, -2.5], device="cpu")
    print(data.type())
    print(data.type(torch.float16))
    print(data.type(torch.DoubleTensor))
    print(data.type("torch.LongTensor"))


def tensor_type_means_cpu() -> None:
    """torch.DoubleTensor is a dtype and a device: float64 on the CPU.

    >>> tensor_type_means_cpu()
    tensor(..., device='meta', size=(2,), dtype=torch.float64)
    Traceback (most recent call last):
        ...
    NotImplementedError: Cannot copy out of meta tensor; no data!
    """
    data = torch.ones(2, device="meta")
    print(data.type(torch.float64))
    print(data.type(torch.DoubleTensor))


def cut_floor_or_round() -> None:
    """Conversion to integers cuts off the fraction; rounding is your job.

    >>> cut_floor_or_round()
    tensor([ 2, -2,  0,  1,  2])
    tensor([ 2, -3,  0,  1,  2])
    tensor([ 3, -3,  0,  2,  2])
    """
    data = torch.tensor([2.7, -2.7, 0.5, 1.5, 2.5])
    print(data.long())
    print(data.floor().long())
    print(data.round().long())


def too_large_for_a_byte() -> None:
    """Some numbers that do not fit are refused, others are changed.

    >>> too_large_for_a_byte()
    tensor([255], dtype=torch.uint8)
    tensor([inf], dtype=torch.float16)
    Traceback (most recent call last):
        ...
    RuntimeError: value cannot be converted to type uint8 without overflow
    """
    print(torch.tensor([-1], dtype=torch.uint8))
    print(torch.tensor([1e10], dtype=torch.float16))
    print(torch.tensor([256], dtype=torch.uint8))


def integers_wrap_around() -> None:
    """Computing and converting do not refuse: they go round, silently.

    >>> integers_wrap_around()
    tensor([110, 210,   4], dtype=torch.uint8)
    tensor([200, 144, 244], dtype=torch.uint8)
    tensor([ 0, 44], dtype=torch.uint8)
    tensor([110, 210, 255], dtype=torch.uint8)
    """
    pixels = torch.tensor([100, 200, 250], dtype=torch.uint8)
    print(pixels + 10)
    print(pixels * 2)
    print(torch.tensor([256, 300]).to(torch.uint8))
    print((pixels.int() + 10).clamp(max=255).to(torch.uint8))


def more_general_dtype_wins() -> None:
    """Two tensors meet in a dtype that suits both.

    >>> more_general_dtype_wins()
    torch.int32 [2, 2]
    torch.int64 [2, 4]
    torch.float32 [1.5, 3.5]
    torch.float64 [1.0, 3.0]
    """
    flags = torch.tensor([True, False])
    small = torch.tensor([1, 2], dtype=torch.int32)
    large = torch.tensor([1, 2])
    data = torch.tensor([0.5, 1.5])
    sums = [flags + small, small + large, large + data, data + data.double()]
    for total in sums:
        print(total.dtype, total.tolist())


def meet_in_a_third_dtype() -> None:
    """Where neither suits both, a third one does.

    >>> meet_in_a_third_dtype()
    torch.int16
    torch.float32
    torch.float16
    """
    print(torch.promote_types(torch.uint8, torch.int8))
    print(torch.promote_types(torch.float16, torch.bfloat16))
    print(torch.promote_types(torch.int64, torch.float16))


def numbers_adapt() -> None:
    """A Python number changes the dtype only if its kind is more general.

    >>> numbers_adapt()
    tensor([6, 7], dtype=torch.int8)
    tensor([6., 7.])
    tensor([5.5000, 6.5000], dtype=torch.float16)
    tensor([5.5000, 6.5000], dtype=torch.float16)
    tensor([6., 7.], dtype=torch.float64)
    """
    small = torch.tensor([1, 2], dtype=torch.int8)
    half = torch.tensor([0.5, 1.5], dtype=torch.float16)
    print(small + 5)
    print(small + 5.0)
    print(half + 5.0)
    # A float without dimensions keeps its dtype among integers only.
    double = torch.tensor(5.0, dtype=torch.float64)
    print(half + double)
    print(small + double)


def model_and_data_differ() -> None:
    """A layer promotes nothing: data and weights need one dtype.

    >>> model_and_data_differ()
    torch.float32
    Traceback (most recent call last):
        ...
    RuntimeError: mat1 and mat2 must have the same dtype, but got Double and Float
    """
    layer = nn.Linear(2, 1)
    data = torch.ones(1, 2, dtype=torch.float64)
    print(layer(data.float()).dtype)
    print(layer(data).dtype)


def divisions_of_integers() -> None:
    """One slash gives floats, two round down, and % is what remains then.

    >>> divisions_of_integers()
    tensor([ 3.5000, -3.5000])
    tensor([ 3, -4])
    tensor([1, 1])
    tensor([ 3, -3])
    """
    data = torch.tensor([7, -7])
    print(data / 2)
    print(data // 2)
    print(data % 2)
    print((data / 2).long())


def tenth_is_not_a_tenth() -> None:
    """The same literal is another number in another dtype.

    >>> tenth_is_not_a_tenth()
    tensor(False)
    1.49e-09
    tensor(True)
    tensor(True)
    Traceback (most recent call last):
        ...
    RuntimeError: Float did not match Double
    """
    single = torch.tensor(0.1)
    double = torch.tensor(0.1, dtype=torch.float64)
    print(single == double)
    print(f"{(single - double).item():.2e}")
    print(single == double.float())
    print(torch.isclose(single.double(), double))
    print(torch.isclose(single, double))


def minute_that_disappears() -> None:
    """Two times a minute apart become one time in float32.

    >>> minute_that_disappears()
    torch.float32 0.0 [1700000000.0, 1700000000.0]
    torch.float64 60.0 [1700000000.0, 1700000060.0]
    """
    seconds = torch.tensor([1_700_000_000, 1_700_000_060])
    for dtype in (torch.float32, torch.float64):
        times = seconds.to(dtype)
        print(dtype, (times[1] - times[0]).item(), times.tolist())


def counter_that_stops() -> None:
    """From 2 to the power of 24 on, float32 cannot count.

    >>> counter_that_stops()
    torch.float32 16777216.0
    torch.float64 16778216.0
    """
    for dtype in (torch.float32, torch.float64):
        counter = torch.tensor(2**24, dtype=dtype)
        for _ in range(1000):
            counter += 1
        print(dtype, counter.item())


def solution_that_vanishes() -> None:
    """The solution of x*x + 10000 x + 1 = 0 near zero, by the formula.

    >>> solution_that_vanishes()
    torch.float32 0.00000000
    torch.float64 -0.00010000
    torch.float32 -0.00010000
    """
    for dtype in (torch.float32, torch.float64):
        b = torch.tensor(1e4, dtype=dtype)
        root = (b * b - 4).sqrt()
        print(dtype, f"{((root - b) / 2).item():.8f}")
    # The same solution, without a difference of nearly equal numbers.
    b = torch.tensor(1e4)
    print(b.dtype, f"{(-2 / (b + (b * b - 4).sqrt())).item():.8f}")


def half_the_bits() -> None:
    """float16 runs out of range, bfloat16 out of digits.

    >>> half_the_bits()
    tensor([   inf, 1.0010, 0.0000], dtype=torch.float16)
    tensor([7.0144e+04, 1.0000e+00, 1.0012e-08], dtype=torch.bfloat16)
    """
    data = torch.tensor([70000.0, 1.001, 1e-8])
    print(data.half())
    print(data.bfloat16())


def byte_minus_byte() -> None:
    """What is 3 - 5 between bytes?

    >>> byte_minus_byte()
    tensor([254], dtype=torch.uint8)
    tensor([-2], dtype=torch.int32)
    """
    before = torch.tensor([3], dtype=torch.uint8)
    after = torch.tensor([5], dtype=torch.uint8)
    print(before - after)
    print(before.int() - after.int())


@on_torch(
    since="2.14",
    because="the error has a type of its own, one kind of RuntimeError",
    prints="tensor([2, 1, 2])",
    raises="NotImplementedError: Subtraction, the `-` operator, with a bool tensor is "
    "not supported. If you are trying to invert a mask, use the `~` or "
    "`logical_not()` operator instead.",
)
def one_minus_mask() -> None:
    """Turning a mask round by arithmetic.

    >>> one_minus_mask()
    tensor([2, 1, 2])
    Traceback (most recent call last):
        ...
    RuntimeError: Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.
    """
    mask = torch.tensor([True, False, True])
    print(mask + 1)
    print(1 - mask)


def average_of_two_bytes() -> None:
    """Which dtype, and which average?

    >>> average_of_two_bytes()
    tensor([22.])
    tensor([150.])
    """
    first = torch.tensor([200], dtype=torch.uint8)
    second = torch.tensor([100], dtype=torch.uint8)
    print((first + second) / 2)
    print(first / 2 + second / 2)


def sum_of_three_kinds() -> None:
    """A bool, an integer and a float in one expression.

    >>> sum_of_three_kinds()
    tensor([True, True])
    tensor([4, 5])
    tensor([4.5000, 5.5000])
    """
    flags = torch.tensor([True, True])
    counts = torch.tensor([3, 4])
    print(flags + flags)
    print(flags + counts)
    print(flags + counts + 0.5)
