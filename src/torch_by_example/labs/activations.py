"""Lab: activation functions, their slopes, deep stacks, and one of your own."""

from collections.abc import Callable

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

from example_docs.marks import on_cuda, takes_long
from torch_by_example.activations.compare import FUNCTIONS, slopes
from torch_by_example.activations.initialisation import through_ten_layers


def learn_a_wave(
    function: Callable[[torch.Tensor], torch.Tensor],
    width: int,
    steps: int,
    lr: float = 0.02,
) -> tuple[torch.Tensor, torch.Tensor, list[float]]:
    """Train a network with two hidden layers on a sine wave.

    Args:
        function: The activation of both hidden layers, element by element.
        width: How many units each of them has.
        steps: How many steps of Adam.
        lr: The learning rate.

    Returns:
        x, from -3 to 3, and the network's answer, both of shape (200, 1);
        and the loss before each step.
    """
    torch.manual_seed(0)
    x = torch.linspace(-3, 3, 200).unsqueeze(1)
    sizes = [(1, width), (width, width), (width, 1)]
    layers = [torch.nn.Linear(*size) for size in sizes]
    parameters = [p for layer in layers for p in layer.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=lr)

    def answer() -> torch.Tensor:
        hidden = function(layers[1](function(layers[0](x))))
        return layers[2](hidden)

    losses = []
    for _ in range(steps):
        loss = F.mse_loss(answer(), torch.sin(2 * x))
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return x, answer().detach(), losses


@on_cuda(runs="cpu", because="Matplotlib reads CPU memory only")
def draw_one(name: str = "silu", reach: float = 6.0) -> None:
    """One of the functions and its slope.

    >>> draw_one()
    lowest value -0.278 at -1.29
    greatest slope 1.100 at 2.40
    """
    x = torch.linspace(-reach, reach, 401)
    y, slope = FUNCTIONS[name](x), slopes(name, x)
    print(f"lowest value {y.min():.3f} at {x[y.argmin()]:.2f}")
    print(f"greatest slope {slope.max():.3f} at {x[slope.argmax()]:.2f}")

    fig, ax = plt.subplots()
    ax.plot(x, y, label="$f(x)$")
    ax.plot(x, slope, label="$f'(x)$")
    ax.set_xlabel("$x$")
    ax.grid()
    ax.legend()
    plt.show()


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def send_a_gradient_back(gain: float = 1.0) -> None:
    """What is left of a gradient behind ten layers.

    >>> send_a_gradient_back()
    sigmoid     layer 10: 2.3e-01  layer 1: 4.7e-07
    tanh        layer 10: 9.4e-01  layer 1: 2.7e-01
    relu        layer 10: 6.5e-01  layer 1: 2.6e-02
    leaky_relu  layer 10: 6.7e-01  layer 1: 2.7e-02
    softplus    layer 10: 5.2e-01  layer 1: 1.9e-03
    silu        layer 10: 5.0e-01  layer 1: 1.5e-03
    """
    for name in FUNCTIONS:
        sizes = through_ten_layers(name, gain)
        print(f"{name:10}  layer 10: {sizes[9]:.1e}  layer 1: {sizes[0]:.1e}")


def draw_gains(
    name: str = "relu",
    gains: tuple[float, ...] = (0.5, 1.0, 1.4, 2.0),
) -> None:
    """The gradient on its way back, for several sizes of the weights.

    >>> draw_gains()
    """
    fig, ax = plt.subplots()
    for gain in gains:
        ax.semilogy(through_ten_layers(name, gain), label=f"${gain}$")
    ax.set_xlabel("$k$")
    ax.set_ylabel("$g_k$")
    ax.set_ylim(1e-6, 1e3)
    ax.grid()
    ax.legend()
    plt.show()


def build_your_own() -> None:
    """A function of your own, held against its slope.

    >>> build_your_own()
    values tensor([-0.8000, -0.5000,  0.0000,  0.5000,  0.8000])
    slopes tensor([0.0400, 0.2500, 1.0000, 0.2500, 0.0400])
    """

    def bend(x: torch.Tensor) -> torch.Tensor:
        return x / (1 + x.abs())

    x = torch.tensor([-4.0, -1.0, 0.0, 1.0, 4.0], requires_grad=True)
    y = bend(x)
    (slope,) = torch.autograd.grad(y.sum(), [x])
    print("values", y.detach())
    print("slopes", slope)


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
@takes_long(seconds=60, reason="a network is trained with each function")
def race_on_a_wave(width: int = 10, steps: int = 200) -> None:
    """The same small network with each function, on the same wave.

    >>> race_on_a_wave()
    sigmoid     loss 0.69 -> 0.02
    tanh        loss 0.54 -> 0.00
    relu        loss 0.63 -> 0.01
    leaky_relu  loss 0.62 -> 0.01
    softplus    loss 0.75 -> 0.07
    silu        loss 0.59 -> 0.00
    """
    for name, function in FUNCTIONS.items():
        _, _, losses = learn_a_wave(function, width, steps)
        print(f"{name:10}  loss {losses[0]:.2f} -> {losses[-1]:.2f}")


@on_cuda(runs="cpu", because="Matplotlib reads CPU memory only")
@takes_long(seconds=60, reason="two networks are trained")
def draw_the_wave(
    names: tuple[str, ...] = ("relu", "tanh"),
    width: int = 10,
    steps: int = 200,
) -> None:
    """What networks made of the wave.

    >>> draw_the_wave()
    """
    fig, ax = plt.subplots()
    for name in names:
        x, answer, _ = learn_a_wave(FUNCTIONS[name], width, steps)
        ax.plot(x, answer, label=name)
    ax.plot(x, torch.sin(2 * x), "C2:", label=r"$\sin 2x$")
    ax.set_xlabel("$x$")
    ax.set_ylabel("$y$")
    ax.set_ylim(-1.5, 1.5)
    ax.legend()
    plt.show()
