"""Every element-wise or gated activation of torch.nn: shape, slope, range, cost."""

import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

from example_docs.marks import on_cuda

ACTIVATIONS: dict[str, nn.Module] = {
    "Sigmoid": nn.Sigmoid(),
    "Hardsigmoid": nn.Hardsigmoid(),
    "Tanh": nn.Tanh(),
    "Hardtanh": nn.Hardtanh(),
    "Softsign": nn.Softsign(),
    "ReLU": nn.ReLU(),
    "ReLU6": nn.ReLU6(),
    "Threshold": nn.Threshold(1.0, 0.0),
    "LeakyReLU": nn.LeakyReLU(),
    "PReLU": nn.PReLU(),
    "RReLU": nn.RReLU().eval(),
    "ELU": nn.ELU(),
    "CELU": nn.CELU(alpha=2.0),
    "SELU": nn.SELU(),
    "Softplus": nn.Softplus(),
    "LogSigmoid": nn.LogSigmoid(),
    "SiLU": nn.SiLU(),
    "GELU": nn.GELU(),
    "Mish": nn.Mish(),
    "Hardswish": nn.Hardswish(),
    "Hardshrink": nn.Hardshrink(),
    "Softshrink": nn.Softshrink(),
    "Tanhshrink": nn.Tanhshrink(),
}
"""All element-wise activations of torch.nn, with their default options.

Two have none or none that shows: Threshold cuts at 1 here, and CELU has an alpha of
2, since with 1 it is ELU.
"""


@on_cuda(runs="cpu", because="Matplotlib reads CPU memory only")
def draw_every_curve() -> None:
    """Each activation and its slope, in a small plot of its own.

    >>> draw_every_curve()
    """
    fig, axes = plt.subplots(6, 4, figsize=(9, 11), sharex=True, sharey=True)
    for ax, (name, activation) in zip(
        axes.flat, ACTIVATIONS.items(), strict=False
    ):
        x = (torch.arange(-400, 401) / 100).requires_grad_()
        y = activation(x)
        (slope,) = torch.autograd.grad(y.sum(), x)
        ax.plot(x.detach(), y.detach())
        ax.plot(x.detach(), slope)
        ax.set_title(name)
        ax.set_ylim(-2.5, 4)
        ax.grid()
    axes.flat[-1].axis("off")
    plt.show()


@on_cuda(runs="cpu", because="PReLU holds a parameter, made on the CPU")
def range_and_slope() -> None:
    """How low, how high and how steep each of them gets, from -20 to 20.

    >>> range_and_slope()
                 lowest highest steepest   flat
    Sigmoid        0.00    1.00     0.25   65%
    Hardsigmoid    0.00    1.00     0.17   85%
    Tanh          -1.00    1.00     1.00   79%
    Hardtanh      -1.00    1.00     1.00   95%
    Softsign      -0.95    0.95     1.00    0%
    ReLU           0.00   20.00     1.00   50%
    ReLU6          0.00    6.00     1.00   85%
    Threshold      0.00   20.00     1.00   52%
    LeakyReLU     -0.20   20.00     1.00    0%
    PReLU         -5.00   20.00     1.00    0%
    RReLU         -4.58   20.00     1.00    0%
    ELU           -1.00   20.00     1.00   33%
    CELU          -2.00   20.00     1.00   15%
    SELU          -1.76   21.01     1.74   31%
    Softplus       0.00   20.00     1.00   33%
    LogSigmoid   -20.00   -0.00     1.00   33%
    SiLU          -0.28   20.00     1.10   28%
    GELU          -0.17   20.00     1.13   40%
    Mish          -0.31   20.00     1.09   28%
    Hardswish     -0.38   20.00     1.50   43%
    Hardshrink   -20.00   20.00     1.00    2%
    Softshrink   -19.50   19.50     1.00    2%
    Tanhshrink   -19.00   19.00     1.00    0%
    """
    print("             lowest highest steepest   flat")
    for name, activation in ACTIVATIONS.items():
        x = torch.linspace(-20, 20, 4001, requires_grad=True)
        y = activation(x)
        (slope,) = torch.autograd.grad(y.sum(), x)
        flat = (slope.abs() < 0.001).sum() / len(x)
        print(
            f"{name:12} {y.min():6.2f}  {y.max():6.2f}"
            f"   {slope.max():6.2f}  {flat:4.0%}"
        )


def slopes_of_the_relatives() -> None:
    """Each derivative by autograd, and whether its formula agrees.

    >>> slopes_of_the_relatives()
    leaky_relu True tensor([0.0100, 0.0100, 0.0100, 1.0000, 1.0000])
    elu        True tensor([0.1353, 0.3679, 1.0000, 1.0000, 1.0000])
    softplus   True tensor([0.1192, 0.2689, 0.5000, 0.7311, 0.8808])
    silu       True tensor([-0.0908,  0.0723,  0.5000,  0.9277,  1.0908])
    gelu       True tensor([-0.0852, -0.0833,  0.5000,  1.0833,  1.0852])
    """
    x = torch.arange(-2.0, 3.0, requires_grad=True)
    at = x.detach()
    s = torch.sigmoid(at)
    bell = torch.exp(-(at**2) / 2) / math.sqrt(2 * math.pi)
    area = torch.special.ndtr(at)  # under the bell, left of x
    for function, formula in (
        (F.leaky_relu, torch.where(at > 0, 1.0, 0.01)),
        (F.elu, torch.exp(at).clamp(max=1)),
        (F.softplus, s),
        (F.silu, s * (1 + at * (1 - s))),
        (F.gelu, area + at * bell),
    ):
        (slope,) = torch.autograd.grad(function(x).sum(), x)
        same = torch.allclose(slope, formula)
        print(f"{function.__name__:10} {same} {slope}")


def softplus_from_afar() -> None:
    """softplus is relu with a rounded bend; beta sharpens it.

    >>> softplus_from_afar()
    softplus   0.0000  0.3133  0.6931  1.3133 10.0000
    beta = 10  0.0000  0.0000  0.0693  1.0000 10.0000
    relu       0.0000  0.0000  0.0000  1.0000 10.0000
    """
    x = torch.tensor([-10.0, -1.0, 0.0, 1.0, 10.0])
    for name, y in (
        ("softplus", F.softplus(x)),
        ("beta = 10", F.softplus(x, beta=10)),
        ("relu", torch.relu(x)),
    ):
        print(f"{name:9}", " ".join(f"{value:7.4f}" for value in y.tolist()))


def learned_slope() -> None:
    """PReLU has the slope on the left as a parameter, with a gradient.

    >>> learned_slope()
    slope on the left: 0.25
    output: tensor([-0.7500, -0.2500,  2.0000])
    gradient of the slope: -4.0
    """
    activation = nn.PReLU()
    x = torch.tensor([-3.0, -1.0, 2.0])
    y = activation(x)
    y.sum().backward()
    print("slope on the left:", activation.weight.item())
    print("output:", y.detach())
    print("gradient of the slope:", activation.weight.grad.item())


def random_slope() -> None:
    """RReLU draws its slope in training and takes the mean afterwards.

    >>> random_slope()
    training: from 0.125 to 0.333
    eval:     from 0.229 to 0.229
    """
    activation = nn.RReLU()
    x = torch.full((100_000,), -1.0)
    drawn = -activation(x)
    print(f"training: from {drawn.min():.3f} to {drawn.max():.3f}")
    activation.eval()
    used = -activation(x)
    print(f"eval:     from {used.min():.3f} to {used.max():.3f}")


def hard_and_smooth() -> None:
    """The hard versions are made of straight pieces, and nearly as good.

    >>> hard_and_smooth()
    sigmoid      0.018  0.119  0.500  0.731  0.982
    hardsigmoid  0.000  0.167  0.500  0.667  1.000
    tanh        -0.999 -0.964  0.000  0.762  0.999
    hardtanh    -1.000 -1.000  0.000  1.000  1.000
    silu        -0.072 -0.238  0.000  0.731  3.928
    hardswish   -0.000 -0.333  0.000  0.667  4.000
    """
    x = torch.tensor([-4.0, -2.0, 0.0, 1.0, 4.0])
    for smooth, hard in (
        (F.sigmoid, F.hardsigmoid),
        (F.tanh, F.hardtanh),
        (F.silu, F.hardswish),
    ):
        for function in (smooth, hard):
            numbers = " ".join(f"{value:6.3f}" for value in function(x))
            print(f"{function.__name__:11} {numbers}")


def two_formulas_of_gelu() -> None:
    """GELU has an exact form and an approximate one; they are not the same.

    >>> two_formulas_of_gelu()
    largest difference 0.000473
    at x = 2.70
    """
    x = torch.linspace(-5, 5, 10_001, dtype=torch.float64)
    exact = F.gelu(x)
    approximate = F.gelu(x, approximate="tanh")
    difference = (exact - approximate).abs()
    print(f"largest difference {difference.max():.6f}")
    print(f"at x = {x[difference.argmax()].abs():.2f}")


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def selu_keeps_mean_and_variance() -> None:
    """Behind thirty layers SELU still has mean 0 and variance 1.

    >>> selu_keeps_mean_and_variance()
    elu : mean -0.00, variance 0.01
    selu: mean 0.01, variance 1.01
    """
    for name, activation in (("elu", F.elu), ("selu", F.selu)):
        torch.manual_seed(0)
        h = torch.randn(1000, 300)
        for _ in range(30):
            h = activation(h @ (torch.randn(300, 300) / 300**0.5))
        print(f"{name:4}: mean {h.mean():.2f}, variance {h.var():.2f}")


def glu_multiplies_two_halves() -> None:
    """GLU multiplies the first half by the sigmoid of the second.

    >>> glu_multiplies_two_halves()
    glu:           tensor([[1.5000, 0.0899]])
    value * gate:  tensor([[1.5000, 0.0899]])
    wrong half:    tensor([[ 0.0000, -3.9732]])
    """
    x = torch.tensor([[3.0, 5.0, 0.0, -4.0]])
    value, gate = x.chunk(2, dim=1)
    print("glu:          ", F.glu(x, dim=1))
    print("value * gate: ", value * torch.sigmoid(gate))
    print("wrong half:   ", torch.sigmoid(value) * gate)


def glu_of_an_odd_size() -> None:
    """Halves need an even number of features.

    >>> glu_of_an_odd_size()
    torch.Size([2, 2])
    Traceback (most recent call last):
        ...
    RuntimeError: Halving dimension must be even, but dimension 1 is size 3
    """
    print(F.glu(torch.ones(2, 4), dim=1).shape)
    print(F.glu(torch.ones(2, 3), dim=1).shape)


def swiglu() -> None:
    """SwiGLU opens its gate by SiLU instead of the sigmoid.

    >>> swiglu()
    value:    tensor([[ 1.0000, -1.5000,  4.0000]])
    gate:     tensor([[ 1.7616, -0.1423,  0.7311]])
    swiglu:   tensor([[1.7616, 0.2134, 2.9242]])
    """
    x = torch.tensor([[1.0, 2.0]])
    for_value = torch.tensor([[1.0, 0.0], [0.5, -1.0], [2.0, 1.0]])
    for_gate = torch.tensor([[0.0, 1.0], [-1.0, -1.0], [1.0, 0.0]])
    value, gate = x @ for_value.T, x @ for_gate.T
    print("value:   ", value)
    print("gate:    ", F.silu(gate))
    print("swiglu:  ", F.silu(gate) * value)


def what_is_kept_for_backward() -> None:
    """Some keep their output for the way back, others their input.

    >>> what_is_kept_for_backward()
    relu      keeps its output
    sigmoid   keeps its output
    tanh      keeps its output
    silu      keeps its input
    gelu      keeps its input
    hardswish keeps its input
    """
    for function in (F.relu, F.sigmoid, F.tanh, F.silu, F.gelu, F.hardswish):
        x = torch.ones(3, requires_grad=True)
        node = function(x).grad_fn
        keeps = "output" if hasattr(node, "_saved_result") else "input"
        print(f"{function.__name__:9} keeps its {keeps}")


def shrunk() -> None:
    """Two functions that bring small numbers to 0.

    >>> shrunk()
    hardshrink: tensor([-2.,  0.,  0.,  2.])
    softshrink: tensor([-1.5000, -0.0000,  0.0000,  1.5000])
    """
    x = torch.tensor([-2.0, -0.25, 0.5, 2.0])
    print("hardshrink:", F.hardshrink(x))
    print("softshrink:", F.softshrink(x))


def capped_at_six() -> None:
    """The names say where the two are cut off.

    >>> capped_at_six()
    relu6:    tensor([0.0000, 0.5000, 3.0000, 6.0000])
    hardtanh: tensor([-1.0000,  0.5000,  1.0000,  1.0000])
    """
    x = torch.tensor([-5.0, 0.5, 3.0, 10.0])
    print("relu6:   ", F.relu6(x))
    print("hardtanh:", F.hardtanh(x))
