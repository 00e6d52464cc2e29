"""Rules of tensors/devices."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import nn

if TYPE_CHECKING:
    from collections.abc import Callable

# ``meta`` is on every machine; CUDA takes part where there is one.
OTHERS = ["meta", *(["cuda"] if torch.cuda.is_available() else [])]
others, devices = st.sampled_from(OTHERS), st.sampled_from(["cpu", *OTHERS])
shapes = st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple)
sizes = st.integers(1, 5)
element_wise = st.sampled_from(
    [operator.add, operator.sub, operator.mul, operator.truediv, operator.lt, torch.pow]
)


def fails(call: Callable[[], object]) -> bool:
    """Return whether a call ends in an error."""
    try:
        call()
    except (RuntimeError, TypeError):
        return True
    return False


# A tensor on ``meta`` has nothing that could be copied to another device.
moves = st.sampled_from(
    [(start, end) for start in ["cpu", *OTHERS[1:]] for end in ["cpu", *OTHERS]]
    + [("meta", "meta")]
)


@rule(shape=shapes, move=moves)
def tensor_to_leaves_the_tensor(shape: tuple[int, ...], move: tuple[str, str]) -> None:
    start, end = move
    tensor = torch.ones(shape, device=start)
    moved = tensor.to(end)
    assert tensor.device.type == start
    assert moved.device.type == end
    assert (moved is tensor) == (start == end)


@tensor_to_leaves_the_tensor.false("to moves the tensor")
def _(shape: tuple[int, ...], move: tuple[str, str]) -> None:
    start, end = move
    tensor = torch.ones(shape, device=start)
    tensor.to(end)
    assert tensor.device.type == end


class Scaled(nn.Module):
    """Layers with a buffer and a plain tensor, all on the CPU."""

    def __init__(self, size: int, depth: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(size, size) for _ in range(depth))
        self.register_buffer("mean", torch.zeros(size))
        self.scale = torch.ones(size)


@rule(size=sizes, depth=st.integers(1, 3), end=others)
def module_to_moves_parameters_and_buffers_only(
    size: int, depth: int, end: str
) -> None:
    model = Scaled(size, depth)
    torch.stack([own.sum() for own in model.parameters()]).sum().backward()
    assert model.to(end) is model
    gradients = [parameter.grad for parameter in model.parameters()]
    moved = [*model.parameters(), *model.buffers(), *gradients]
    assert {tensor.device.type for tensor in moved if tensor is not None} == {end}
    assert None not in gradients
    assert model.scale.device.type == "cpu"


@module_to_moves_parameters_and_buffers_only.false("Module.to moves all its tensors")
def _(size: int, depth: int, end: str) -> None:
    assert Scaled(size, depth).to(end).scale.device.type == end


@module_to_moves_parameters_and_buffers_only.false("Module.to returns another module")
def _(size: int, depth: int, end: str) -> None:
    model = Scaled(size, depth)
    model.to(end)
    assert next(model.parameters()).device.type == "cpu"


@rule(shape=shapes, other=others, operate=element_wise, swap=st.booleans())
def element_wise_operations_need_one_device(
    shape: tuple[int, ...],
    other: str,
    operate: Callable[[Any, Any], Any],
    *,
    swap: bool,
) -> None:
    pair = torch.ones(shape), torch.ones(shape, device=other)
    assert fails(lambda: operate(*(pair[::-1] if swap else pair)))


@element_wise_operations_need_one_device.false("the result is made on the other device")
def _(
    shape: tuple[int, ...],
    other: str,
    operate: Callable[[Any, Any], Any],
    *,
    swap: bool,
) -> None:
    del swap
    pair = torch.ones(shape), torch.ones(shape, device=other)
    assert not fails(lambda: operate(*pair))


@rule(
    shape=shapes,
    scalar=st.sampled_from([(), (1,)]),
    other=others,
    operate=element_wise,
    swap=st.booleans(),
)
def cpu_scalars_go_along(
    shape: tuple[int, ...],
    scalar: tuple[int, ...],
    other: str,
    operate: Callable[[Any, Any], Any],
    *,
    swap: bool,
) -> None:
    pair = torch.ones(scalar), torch.ones(shape, device=other)
    pair = pair[::-1] if swap else pair
    if scalar == ():
        assert operate(*pair).device.type == other
    else:
        assert fails(lambda: operate(*pair))


@cpu_scalars_go_along.false("a CPU tensor of one element goes along")
def _(
    shape: tuple[int, ...],
    scalar: tuple[int, ...],
    other: str,
    operate: Callable[[Any, Any], Any],
    *,
    swap: bool,
) -> None:
    del swap
    pair = torch.ones(scalar), torch.ones(shape, device=other)
    assert not fails(lambda: operate(*pair))


@cpu_scalars_go_along.false("a tensor without dimensions goes along from any device")
def _(
    shape: tuple[int, ...],
    scalar: tuple[int, ...],
    other: str,
    operate: Callable[[Any, Any], Any],
    *,
    swap: bool,
) -> None:
    del scalar, swap
    assert not fails(lambda: operate(torch.ones(shape), torch.ones((), device=other)))


@cpu_scalars_go_along.false("a CPU tensor without dimensions goes along anywhere")
def _(
    shape: tuple[int, ...],
    scalar: tuple[int, ...],
    other: str,
    operate: Callable[[Any, Any], Any],
    *,
    swap: bool,
) -> None:
    del shape, scalar, operate, swap
    assert not fails(
        lambda: torch.stack([torch.ones(()), torch.ones((), device=other)])
    )


@rule(size=sizes, other=others, data=st.data())
def positions_and_copies_cross_devices(
    size: int, other: str, data: st.DataObject
) -> None:
    tensor = torch.ones(size, device=other)
    positions = data.draw(st.lists(st.integers(0, size - 1), min_size=1, max_size=4))
    chosen = tensor[torch.tensor(positions)]
    assert chosen.device.type == other
    assert chosen.shape == (len(positions),)
    assert tensor.copy_(torch.zeros(size)).device.type == other
    tensor[:1] = torch.zeros(1)
    assert tensor.device.type == other


@positions_and_copies_cross_devices.false("every use of two devices is an error")
def _(size: int, other: str, data: st.DataObject) -> None:
    del data
    assert fails(lambda: torch.ones(size, device=other).copy_(torch.zeros(size)))


@positions_and_copies_cross_devices.false("joining crosses devices")
def _(size: int, other: str, data: st.DataObject) -> None:
    del data
    assert not fails(
        lambda: torch.cat([torch.ones(size, device=other), torch.ones(size)])
    )


OF_NUMPY = (torch.float16, torch.float32, torch.float64, torch.complex64)
dtypes = st.sampled_from([*OF_NUMPY, torch.int64, torch.bool, torch.bfloat16])
made = st.sampled_from(
    [
        lambda tensor: tensor,
        lambda tensor: tensor.conj() if tensor.is_complex() else tensor,
        lambda tensor: tensor.conj().imag if tensor.is_complex() else tensor,
        lambda tensor: tensor[::2],
    ]
)


def tensor_of(size: int, dtype: torch.dtype, *, tracks: bool) -> torch.Tensor:
    """Return ones, which track gradients if asked and if they can."""
    tensor = torch.ones(size, dtype=dtype)
    return tensor.requires_grad_(
        tracks and (tensor.is_floating_point() or tensor.is_complex())
    )


@rule(size=sizes, dtype=dtypes, make=made, tracks=st.booleans())
def numpy_by_force_needs_a_dtype_of_numpy(
    size: int,
    dtype: torch.dtype,
    make: Callable[[torch.Tensor], torch.Tensor],
    *,
    tracks: bool,
) -> None:
    tensor = make(tensor_of(size, dtype, tracks=tracks))
    if dtype == torch.bfloat16:
        assert fails(lambda: tensor.numpy(force=True))
        tensor = tensor.float()
    assert tensor.numpy(force=True).tolist() == tensor.tolist()


@numpy_by_force_needs_a_dtype_of_numpy.false("it works for every dtype")
def _(
    size: int,
    dtype: torch.dtype,
    make: Callable[[torch.Tensor], torch.Tensor],
    *,
    tracks: bool,
) -> None:
    tensor = make(tensor_of(size, dtype, tracks=tracks))
    assert not fails(lambda: tensor.numpy(force=True))


@numpy_by_force_needs_a_dtype_of_numpy.false(
    "detach, cpu, numpy work for every tensor of a dtype that NumPy has"
)
def _(
    size: int,
    dtype: torch.dtype,
    make: Callable[[torch.Tensor], torch.Tensor],
    *,
    tracks: bool,
) -> None:
    tensor = make(tensor_of(size, dtype, tracks=tracks))
    refused = fails(lambda: tensor.detach().cpu().numpy())
    assert refused == (dtype == torch.bfloat16)


factories = st.sampled_from([torch.zeros, torch.ones, torch.empty, torch.rand])


@rule(size=sizes, default=devices, asked=devices, make=factories)
def explicit_device_wins_over_the_default(
    size: int, default: str, asked: str, make: Callable[..., torch.Tensor]
) -> None:
    with torch.device(default):
        assert make(size).device.type == default
        assert make(size, device=asked).device.type == asked
        assert nn.Linear(size, 1, device=asked).weight.device.type == asked


@explicit_device_wins_over_the_default.false("the block decides")
def _(size: int, default: str, asked: str, make: Callable[..., torch.Tensor]) -> None:
    with torch.device(default):
        assert make(size, device=asked).device.type == default


likes = st.sampled_from(
    [torch.zeros_like, torch.ones_like, torch.empty_like, torch.rand_like]
)


@rule(shape=shapes, default=devices, home=devices, make=likes)
def like_functions_follow_their_tensor(
    shape: tuple[int, ...],
    default: str,
    home: str,
    make: Callable[[torch.Tensor], torch.Tensor],
) -> None:
    tensor = torch.ones(shape, device=home)
    with torch.device(default):
        assert make(tensor).device.type == home


@like_functions_follow_their_tensor.false("a function in _like follows the default")
def _(
    shape: tuple[int, ...],
    default: str,
    home: str,
    make: Callable[[torch.Tensor], torch.Tensor],
) -> None:
    tensor = torch.ones(shape, device=home)
    with torch.device(default):
        assert make(tensor).device.type == default


@rule(
    numbers=st.lists(st.integers(-(10**6), 10**6), min_size=9, max_size=9),
    factors=st.lists(st.integers(-(10**6), 10**6), min_size=9, max_size=9),
)
def integer_products_are_exact_in_float64(
    numbers: list[int], factors: list[int]
) -> None:
    one, two = (torch.tensor(rows).reshape(3, 3) for rows in (numbers, factors))
    assert torch.equal((one.double() @ two.double()).long(), one @ two)


@integer_products_are_exact_in_float64.false("float32 is enough")
def _(numbers: list[int], factors: list[int]) -> None:
    one, two = (torch.tensor(rows).reshape(3, 3) for rows in (numbers, factors))
    assert torch.equal((one.float() @ two.float()).long(), one @ two)
