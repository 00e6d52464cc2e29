"""Data types: what a tensor's elements can hold, and who decides."""

import torch

from example_docs.marks import on_torch


def largest_integers() -> None:
    """iinfo knows the range of an integer type, itemsize its bytes.

    >>> largest_integers()
    torch.uint8: 1 bytes, 0 to 255
    torch.int8: 1 bytes, -128 to 127
    torch.int16: 2 bytes, -32768 to 32767
    torch.int64: 8 bytes, -9223372036854775808 to 9223372036854775807
    """
    for dtype in (torch.uint8, torch.int8, torch.int16, torch.int64):
        info = torch.iinfo(dtype)
        print(f"{dtype}: {dtype.itemsize} bytes, {info.min} to {info.max}")


def range_and_precision() -> None:
    """finfo: the largest number, and the step from 1 to the next one.

    >>> range_and_precision()
    torch.float16: 2 bytes, up to 6.55e+04, step 9.8e-04
    torch.bfloat16: 2 bytes, up to 3.39e+38, step 7.8e-03
    torch.float32: 4 bytes, up to 3.40e+38, step 1.2e-07
    torch.float64: 8 bytes, up to 1.80e+308, step 2.2e-16
    """
    for dtype in (torch.float16, torch.bfloat16, torch.float32, torch.float64):
        info = torch.finfo(dtype)
        size = f"{dtype.itemsize} bytes, up to {info.max:.2e}"
        print(f"{dtype}: {size}, step {info.eps:.1e}")


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
    unchanged: torch.int64
    the same tensor: True
    torch.float16 torch.float32 torch.float64
    torch.int16 torch.int32 torch.int64
    """
    counts = torch.tensor([1, 2, 3])
    print(counts.to(torch.float64))
    print("unchanged:", counts.dtype)
    print("the same tensor:", counts.to(torch.int64) is counts)

    print(counts.half().dtype, counts.float().dtype, counts.double().dtype)
    print(counts.short().dtype, counts.int().dtype, counts.long().dtype)


def cut_floor_or_round() -> None:
    """Conversion to integers cuts off the fraction; rounding is your job.

    >>> cut_floor_or_round()
    cut:   tensor([ 2, -2,  0,  1,  2])
    floor: tensor([ 2, -3,  0,  1,  2])
    round: tensor([ 3, -3,  0,  2,  2])
    """
    data = torch.tensor([2.7, -2.7, 0.5, 1.5, 2.5])
    print("cut:  ", data.long())
    print("floor:", data.floor().long())
    print("round:", data.round().long())


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
    bool + int32:    torch.int32
    int32 + int64:   torch.int64
    int64 + float32: torch.float32
    """
    flags = torch.tensor([True, False])
    small = torch.tensor([1, 2], dtype=torch.int32)
    large = torch.tensor([1, 2])
    data = torch.tensor([0.5, 1.5])
    print("bool + int32:   ", (flags + small).dtype)
    print("int32 + int64:  ", (small + large).dtype)
    print("int64 + float32:", (large + data).dtype)


def numbers_adapt() -> None:
    """A Python number changes the dtype only if its kind is more general.

    >>> numbers_adapt()
    tensor([6, 7], dtype=torch.int8)
    tensor([6., 7.])
    tensor([5.5000, 6.5000], dtype=torch.float16)
    """
    small = torch.tensor([1, 2], dtype=torch.int8)
    half = torch.tensor([0.5, 1.5], dtype=torch.float16)
    print(small + 5)
    print(small + 5.0)
    print(half + 5.0)


def divisions_of_integers() -> None:
    """One slash gives floats, two round down, and % is what remains then.

    >>> divisions_of_integers()
    /   tensor([ 3.5000, -3.5000])
    //  tensor([ 3, -4])
    %   tensor([1, 1])
    cut tensor([ 3, -3])
    """
    data = torch.tensor([7, -7])
    print("/  ", data / 2)
    print("// ", data // 2)
    print("%  ", data % 2)
    print("cut", (data / 2).long())


def tenth_is_not_a_tenth() -> None:
    """The same literal is another number in another dtype.

    >>> tenth_is_not_a_tenth()
    equal: False
    difference: 1.49e-09
    in float32: True
    nearly: True
    """
    single = torch.tensor(0.1)
    double = torch.tensor(0.1, dtype=torch.float64)
    print("equal:", (single == double).item())
    print(f"difference: {(single - double).item():.2e}")
    print("in float32:", (single == double.float()).item())
    print("nearly:", torch.isclose(single.double(), double).item())


def minute_that_disappears() -> None:
    """Two times a minute apart become one time in float32.

    >>> minute_that_disappears()
    torch.float32: 0.0 seconds
    torch.float64: 60.0 seconds
    """
    for dtype in (torch.float32, torch.float64):
        start = torch.tensor(1_700_000_000, dtype=dtype)
        end = torch.tensor(1_700_000_060, dtype=dtype)
        print(f"{dtype}: {(end - start).item()} seconds")


def half_the_bits() -> None:
    """float16 runs out of range, bfloat16 out of digits.

    >>> half_the_bits()
    tensor([   inf, 1.0010, 0.0000], dtype=torch.float16)
    tensor([7.0144e+04, 1.0000e+00, 1.0012e-08], dtype=torch.bfloat16)
    """
    data = torch.tensor([70000.0, 1.001, 1e-8])
    print(data.half())
    print(data.bfloat16())


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
