"""Devices: where a tensor's numbers are, and how to move them."""

import torch
from torch import nn


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


def shapes_without_numbers() -> None:
    """A meta tensor has a shape and a dtype, but no memory for numbers.

    >>> shapes_without_numbers()
    meta torch.float32
    torch.Size([1000, 150528])
    602.112 MB
    """
    images = torch.empty(1000, 3, 224, 224, device="meta")
    print(images.device, images.dtype)
    print(images.flatten(start_dim=1).shape)
    print(images.nbytes / 10**6, "MB")


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
    """Inside the block, tensors are made on its device.

    >>> default_for_a_block()
    meta cpu
    """
    with torch.device("meta"):
        weights = torch.zeros(3)
        asked = torch.zeros(3, device="cpu")
    print(weights.device, asked.device)


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


def tf32_by_default() -> None:
    """Convolutions may use TF32 on CUDA, matrix products only if you say so.

    >>> tf32_by_default()
    convolutions: True
    matrix products: False
    """
    print("convolutions:", torch.backends.cudnn.allow_tf32)
    print("matrix products:", torch.backends.cuda.matmul.allow_tf32)


def autocast_rounds_products() -> None:
    """Inside autocast, products are computed in bfloat16, and rounded.

    >>> autocast_rounds_products()
    product inside:  3.0 torch.bfloat16
    sum inside:      3.000999927520752 torch.float32
    product outside: 3.000999927520752
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    features = torch.tensor([[1.001, 2.0]], device=device)
    weights = torch.tensor([[1.0], [1.0]], device=device)
    with torch.autocast(device, dtype=torch.bfloat16):
        product = features @ weights
        total = features.sum()
    print("product inside: ", product.item(), product.dtype)
    print("sum inside:     ", total.item(), total.dtype)
    print("product outside:", (features @ weights).item())


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
