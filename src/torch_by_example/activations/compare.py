"""Activation functions side by side, and a gradient through ten layers."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

from example_docs.marks import on_cuda

FUNCTIONS = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": torch.nn.LeakyReLU(0.1),
    "softplus": F.softplus,
    "silu": F.silu,
}
"""Six element-wise activation functions by name."""


def slopes(name: str, x: torch.Tensor) -> torch.Tensor:
    """The derivative of one of the functions at many points.

    Args:
        name: Which function.
        x: Where to differentiate, any shape, floating dtype.

    Returns:
        The derivatives, shape and dtype of ``x``.
    """
    x = x.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(FUNCTIONS[name](x).sum(), [x])
    return gradient


def values_side_by_side() -> None:
    """Six functions at five points.

    >>> values_side_by_side()
    sigmoid    tensor([0.1192, 0.2689, 0.5000, 0.7311, 0.8808])
    tanh       tensor([-0.9640, -0.7616,  0.0000,  0.7616,  0.9640])
    relu       tensor([0., 0., 0., 1., 2.])
    leaky_relu tensor([-0.2000, -0.1000,  0.0000,  1.0000,  2.0000])
    softplus   tensor([0.1269, 0.3133, 0.6931, 1.3133, 2.1269])
    silu       tensor([-0.2384, -0.2689,  0.0000,  0.7311,  1.7616])
    """
    x = torch.tensor([-2.0, -1.0, 0.0, 1.0, 2.0])
    for name, function in FUNCTIONS.items():
        print(f"{name:10}", function(x))


@on_cuda(runs="cpu", because="Matplotlib reads the CPU's memory only")
def draw_all() -> None:
    """The curves of the six functions.

    >>> draw_all()
    """
    x = torch.linspace(-4, 4, 401)
    fig, ax = plt.subplots()
    for name, function in FUNCTIONS.items():
        ax.plot(x, function(x), label=name)
    ax.set_xlabel("$x$")
    ax.set_ylabel("$f(x)$")
    ax.grid()
    ax.legend()
    plt.show()


def lowest_and_highest() -> None:
    """What the functions make of the numbers from -20 to 20.

    >>> lowest_and_highest()
    sigmoid     0.00  1.00
    tanh       -1.00  1.00
    relu        0.00 20.00
    leaky_relu -2.00 20.00
    softplus    0.00 20.00
    silu       -0.28 20.00
    """
    x = torch.linspace(-20, 20, 4001)
    for name, function in FUNCTIONS.items():
        y = function(x)
        print(f"{name:10} {y.min():5.2f} {y.max():5.2f}")


def gradients_side_by_side() -> None:
    """The derivatives at the same five points, as autograd finds them.

    >>> gradients_side_by_side()
    sigmoid    tensor([0.1050, 0.1966, 0.2500, 0.1966, 0.1050])
    tanh       tensor([0.0707, 0.4200, 1.0000, 0.4200, 0.0707])
    relu       tensor([0., 0., 0., 1., 1.])
    leaky_relu tensor([0.1000, 0.1000, 0.1000, 1.0000, 1.0000])
    softplus   tensor([0.1192, 0.2689, 0.5000, 0.7311, 0.8808])
    silu       tensor([-0.0908,  0.0723,  0.5000,  0.9277,  1.0908])
    """
    x = torch.tensor([-2.0, -1.0, 0.0, 1.0, 2.0])
    for name in FUNCTIONS:
        print(f"{name:10}", slopes(name, x))


@on_cuda(runs="cpu", because="Matplotlib reads the CPU's memory only")
def draw_gradients() -> None:
    """The derivatives of the six functions.

    >>> draw_gradients()
    """
    x = torch.linspace(-4, 4, 401)
    fig, ax = plt.subplots()
    for name in FUNCTIONS:
        ax.plot(x, slopes(name, x), label=name)
    ax.set_xlabel("$x$")
    ax.set_ylabel("$f'(x)$")
    ax.grid()
    ax.legend()
    plt.show()


def steep_and_flat() -> None:
    """The steepest slope, and how much of the axis is flat.

    >>> steep_and_flat()
    sigmoid    0.25  31%
    tanh       1.00  59%
    relu       1.00  50%
    leaky_relu 1.00   0%
    softplus   1.00  15%
    silu       1.10   5%
    """
    x = torch.linspace(-10, 10, 2001)
    for name in FUNCTIONS:
        slope = slopes(name, x)
        flat = (slope.abs() < 0.001).sum() / len(x)
        print(f"{name:10} {slope.max():.2f} {flat:4.0%}")


def ten_times_in_a_row() -> None:
    """Start at 1, apply a function ten times, differentiate.

    >>> ten_times_in_a_row()
    sigmoid    2.8e-07
    tanh       4.1e-02
    relu       1.0e+00
    leaky_relu 1.0e+00
    softplus   2.1e-01
    silu       8.2e-03
    """
    for name, function in FUNCTIONS.items():
        x = torch.tensor(1.0, requires_grad=True)
        h = x
        for _ in range(10):
            h = function(h)
        h.backward()
        print(f"{name:10} {x.grad:.1e}")


def product_of_ten_slopes() -> None:
    """The gradient through ten sigmoids is the product of ten slopes.

    >>> product_of_ten_slopes()
    0.197 0.219 0.224 0.224 0.225 0.225 0.225 0.225 0.225 0.225
    2.8e-07
    9.5e-07 at best
    """
    h = torch.tensor(1.0)
    product = torch.tensor(1.0)
    for _ in range(10):
        slope = slopes("sigmoid", h)
        print(f"{slope:.3f}", end=" ")
        product *= slope
        h = torch.sigmoid(h)
    print()
    print(f"{product:.1e}")
    print(f"{0.25**10:.1e} at best")


def start_below_zero() -> None:
    """Ten times relu or LeakyReLU, starting at -1.

    >>> start_below_zero()
    0e+00
    1e-10
    """
    for function in (torch.relu, torch.nn.LeakyReLU(0.1)):
        x = torch.tensor(-1.0, requires_grad=True)
        h = x
        for _ in range(10):
            h = function(h)
        h.backward()
        print(f"{x.grad:.0e}")


def start_at_zero() -> None:
    """Ten times tanh, starting at 0.

    >>> start_at_zero()
    0.0 1.0
    """
    x = torch.tensor(0.0, requires_grad=True)
    h = x
    for _ in range(10):
        h = torch.tanh(h)
    h.backward()
    print(h.item(), x.grad.item())


def mirrored_inputs() -> None:
    """Which functions answer -x with minus f(x)?

    >>> mirrored_inputs()
    sigmoid    False
    tanh       True
    relu       False
    leaky_relu False
    softplus   False
    silu       False
    """
    x = torch.arange(5.0)
    for name, function in FUNCTIONS.items():
        print(f"{name:10}", torch.allclose(function(-x), -function(x)))


def two_halves() -> None:
    """relu keeps the positive part, relu of -x the negative one.

    >>> two_halves()
    tensor([-2., -1.,  0.,  1.,  2.])
    tensor([2., 1., 0., 1., 2.])
    """
    x = torch.tensor([-2.0, -1.0, 0.0, 1.0, 2.0])
    print(torch.relu(x) - torch.relu(-x))
    print(torch.relu(x) + torch.relu(-x))
