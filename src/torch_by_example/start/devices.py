"""Devices: where a tensor's numbers are, and how to move them."""

import numpy as np
import torch
from torch import nn

from example_docs.marks import on_cuda


def choose_a_device() -> None:
    """Take CUDA where there is one, the CPU otherwise.

    >>> choose_a_device()
    True
    7.5
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    prices = torch.tensor([1.5, 2.0, 4.0], device=device)
    print(prices.device.type == device)
    print(prices.sum().item())


def any_accelerator() -> None:
    """torch.accelerator finds GPUs of every maker, not only CUDA's.

    >>> any_accelerator()
    True
    """
    found = torch.accelerator.current_accelerator(check_available=True)
    device = found or torch.device("cpu")
    prices = torch.ones(3, device=device)
    print(prices.device.type == device.type)


def type_and_index() -> None:
    """A device has a type and perhaps an index; it need not exist to be named.

    >>> type_and_index()
    cuda 0
    cuda None
    False True
    """
    first = torch.device("cuda:0")
    current = torch.device("cuda")
    print(first.type, first.index)
    print(current.type, current.index)
    print(first == current, first.type == current.type)


def shapes_without_numbers() -> None:
    """A meta tensor has a shape and a dtype, but no memory for numbers.

    >>> shapes_without_numbers()
    meta torch.float32
    torch.Size([1000, 150528])
    tensor(..., device='meta', size=(1000, 3, 224, 224))
    """
    images = torch.empty(1000, 3, 224, 224, device="meta")
    print(images.device, images.dtype)
    print(images.flatten(start_dim=1).shape)
    print(images)


def to_returns_a_new_tensor() -> None:
    """Tensor.to leaves the tensor where it is and returns another one.

    >>> to_returns_a_new_tensor()
    cpu
    meta
    """
    prices = torch.ones(3, device="cpu")
    prices.to("meta")
    print(prices.device)
    prices = prices.to("meta")
    print(prices.device)


def module_moves_in_place() -> None:
    """Module.to moves parameters and buffers of the module, no other tensors.

    >>> module_moves_in_place()
    True
    meta meta cpu
    """
    model = nn.Linear(3, 1, device="cpu")
    model.register_buffer("mean", torch.zeros(3, device="cpu"))
    model.scale = torch.ones(1, device="cpu")  # a plain attribute
    moved = model.to("meta")
    print(moved is model)
    print(model.weight.device, model.mean.device, model.scale.device)


def already_there() -> None:
    """Moving to where it already is copies nothing.

    >>> already_there()
    True
    """
    prices = torch.ones(3)
    print(prices.to(prices.device) is prices)


def train_step_on_a_device() -> None:
    """Model and data go to one device; the results are made there.

    >>> train_step_on_a_device()
    True
    True
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = nn.Linear(3, 1).to(device)
    inputs = torch.ones(8, 3).to(device)
    targets = torch.zeros(8, 1, device=device)
    loss = nn.functional.mse_loss(model(inputs), targets)
    loss.backward()
    print(loss.device.type == device)
    print(model.weight.grad.device.type == device)


def two_devices() -> None:
    """A sum needs both tensors on one device.

    >>> two_devices()
    Traceback (most recent call last):
        ...
    RuntimeError: Tensor on device meta is not on the expected device cpu!
    """
    prices = torch.ones(3, device="cpu")
    counts = torch.ones(3, device="meta")
    print(prices + counts)


def scalars_may_stay() -> None:
    """Numbers, positions and copies may come from the CPU, a vector may not.

    >>> scalars_may_stay()
    meta
    meta
    meta
    Traceback (most recent call last):
        ...
    RuntimeError: Tensor on device cpu is not on the expected device meta!
    """
    prices = torch.ones(3, device="meta")
    rate = torch.tensor(1.19, device="cpu")
    print((prices * rate).device)
    print(prices[torch.tensor([0, 2], device="cpu")].device)
    print(prices.copy_(torch.zeros(3, device="cpu")).device)
    print(prices * torch.tensor([1.19], device="cpu"))


def numpy_needs_the_cpu() -> None:
    """NumPy knows the CPU's memory only.

    >>> numpy_needs_the_cpu()
    Traceback (most recent call last):
        ...
    TypeError: can't convert meta device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host memory first.
    """
    prices = torch.ones(3, device="meta")
    print(prices.numpy())


def back_for_numpy() -> None:
    """detach, cpu, numpy: the way back, and one call that does it all.

    >>> back_for_numpy()
    [2. 4.]
    float32
    6.0 [2.0, 4.0]
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    weights = torch.tensor([1.0, 2.0], device=device, requires_grad=True)
    doubled = 2 * weights
    print(doubled.detach().cpu().numpy())
    print(doubled.bfloat16().float().numpy(force=True).dtype)
    print(doubled.sum().item(), doubled.tolist())


def default_for_a_block() -> None:
    """Inside the block, tensors and modules are made on its device.

    >>> default_for_a_block()
    meta meta cpu
    """
    with torch.device("meta"):
        weights = torch.zeros(3)
        model = nn.Linear(3, 1)
        asked = torch.zeros(3, device="cpu")
    print(weights.device, model.bias.device, asked.device)


@on_cuda(
    runs="cpu",
    because="a device chosen by with wins over set_default_device",
)
def default_for_a_program() -> None:
    """set_default_device holds until it is set again; a with block wins.

    >>> default_for_a_program()
    meta meta
    cpu cpu
    cpu cpu
    """
    torch.set_default_device("meta")
    print(torch.get_default_device(), torch.zeros(3).device)
    with torch.device("cpu"):
        print(torch.get_default_device(), torch.zeros(3).device)
    torch.set_default_device(None)
    print(torch.get_default_device(), torch.zeros(3).device)


def who_ignores_the_default() -> None:
    """Shared memory, _like functions and generators do not follow it.

    >>> who_ignores_the_default()
    tensor     meta
    from_numpy cpu
    zeros_like cpu
    Generator  cpu
    """
    prices = torch.zeros(3, device="cpu")
    with torch.device("meta"):
        print("tensor    ", torch.tensor(np.zeros(3)).device)
        print("from_numpy", torch.from_numpy(np.zeros(3)).device)
        print("zeros_like", torch.zeros_like(prices).device)
        print("Generator ", torch.Generator().device)


def draw_then_move() -> None:
    """Random numbers drawn on the CPU are the same on every device.

    >>> draw_then_move()
    True
    [1.541, -0.2934, -2.1788]
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    generator = torch.Generator(device="cpu").manual_seed(0)
    noise = torch.randn(3, generator=generator, device="cpu")
    print(noise.to(device).tolist() == noise.tolist())
    print([round(number, 4) for number in noise.tolist()])


def integers_as_float64() -> None:
    """A matrix product of integers that CUDA can do as well.

    >>> integers_as_float64()
    tensor([[19, 22],
            [43, 50]])
    """
    counts = torch.tensor([[1, 2], [3, 4]])
    weights = torch.tensor([[5, 6], [7, 8]])
    product = counts.double() @ weights.double()
    print(product.long())


def order_of_a_sum() -> None:
    """The same three numbers, added in two orders.

    >>> order_of_a_sum()
    tensor(0.)
    tensor(1.)
    """
    large, small = torch.tensor(1e8), torch.tensor(1.0)
    print((large + small) - large)
    print((large - large) + small)


def tf32_by_default() -> None:
    """Convolutions may use TF32 on CUDA, matrix products only if you say so.

    >>> tf32_by_default()
    convolutions: True
    matrix products: False
    """
    print("convolutions:", torch.backends.cudnn.allow_tf32)
    print("matrix products:", torch.backends.cuda.matmul.allow_tf32)


def compare_with_tolerance() -> None:
    """Results of two computations are compared with a tolerance.

    >>> compare_with_tolerance()
    1.0000001192092896
    tensor(False)
    tensor(True)
    """
    total = torch.tensor(0.0)
    for _ in range(10):
        total += 0.1
    one = torch.tensor(1.0)
    print(total.item())
    print(total == one)
    print(torch.isclose(total, one))
    # Says nothing if the two are close enough, raises AssertionError if not.
    torch.testing.assert_close(total, one)


def forgot_to_move_the_data() -> None:
    """The model has moved, the batch has not.

    >>> forgot_to_move_the_data()
    Traceback (most recent call last):
        ...
    RuntimeError: Tensor on device meta is not on the expected device cpu!
    """
    model = nn.Linear(3, 1, device="cpu")
    batch = torch.ones(8, 3, device="cpu")
    model.to("meta")
    batch.to("meta")
    print(model(batch).shape)


def like_or_shape() -> None:
    """A _like function follows its input, a shape follows the default.

    >>> like_or_shape()
    cpu
    meta
    """
    prices = torch.ones(3, device="cpu")
    with torch.device("meta"):
        print(torch.zeros_like(prices).device)
        print(torch.zeros(prices.shape).device)


def move_and_convert() -> None:
    """to takes a device and a dtype, and neither changes the original.

    >>> move_and_convert()
    tensor(..., device='meta', size=(3,), dtype=torch.float64)
    tensor([1, 2, 3])
    """
    counts = torch.tensor([1, 2, 3], device="cpu")
    moved = counts.to("meta", torch.float64)
    print(moved)
    print(counts)
