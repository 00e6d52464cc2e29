"""Initial weights: the gain that keeps numbers and gradients the same size."""

import itertools

import matplotlib.pyplot as plt
import torch
from torch import nn

from example_docs.marks import on_cuda, takes_long
from torch_by_example.activations.compare import FUNCTIONS


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def numbers_that_explode() -> None:
    """Weights of standard deviation 1: each layer of 64 multiplies by about 8.

    >>> numbers_that_explode()
    behind layer  1: size 8.0e+00
    behind layer  2: size 6.4e+01
    behind layer  5: size 3.1e+04
    behind layer 10: size 1.1e+09
    """
    torch.manual_seed(0)
    h = torch.randn(256, 64)
    for layer in range(1, 11):
        h = h @ torch.randn(64, 64)
        if layer in (1, 2, 5, 10):
            print(f"behind layer {layer:2}: size {h.std():.1e}")


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def variance_of_a_sum() -> None:
    """A sum of n products has n times the variance of one.

    >>> variance_of_a_sum()
    n   10: variance    9.8, weights / sqrt(n): 0.98
    n  100: variance  100.1, weights / sqrt(n): 1.00
    n 1000: variance 1009.2, weights / sqrt(n): 1.01
    """
    torch.manual_seed(0)
    for n in (10, 100, 1000):
        x = torch.randn(2000, n)
        weights = torch.randn(n, 100)
        scaled = weights / n**0.5
        print(f"n {n:4}: variance {(x @ weights).var():6.1f}", end=", ")
        print(f"weights / sqrt(n): {(x @ scaled).var():.2f}")


def through_ten_layers(name: str, gain: float) -> list[float]:
    """Send random numbers through ten random layers, and a gradient back.

    Args:
        name: The activation function of all layers.
        gain: The standard deviation of the weights, times the square root of
            the width; the width is 64.

    Returns:
        The size (root mean square) of the gradient in front of layer 1, 2, …
        10, and behind layer 10, where it is about 1.
    """
    torch.manual_seed(0)
    h = torch.randn(256, 64, requires_grad=True)
    hidden = [h]
    for _ in range(10):
        weights = torch.randn(64, 64) * gain / 64**0.5
        hidden.append(FUNCTIONS[name](hidden[-1] @ weights))
    gradients = torch.autograd.grad(
        hidden[-1], hidden, grad_outputs=torch.randn(256, 64)
    )
    return [gradient.square().mean().sqrt().item() for gradient in gradients]


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def sizes_layer_by_layer() -> None:
    """The gradient behind layer 10, in front of it, and so on to the input.

    >>> sizes_layer_by_layer()
    sigmoid  1e+00 2e-01 6e-02 1e-02 3e-03 8e-04 2e-04 4e-05 9e-06 2e-06 5e-07
    tanh     1e+00 9e-01 9e-01 8e-01 8e-01 7e-01 6e-01 6e-01 5e-01 4e-01 3e-01
    relu     1e+00 6e-01 5e-01 3e-01 2e-01 1e-01 1e-01 7e-02 5e-02 4e-02 3e-02
    """
    for name in ("sigmoid", "tanh", "relu"):
        sizes = through_ten_layers(name, gain=1.0)
        print(f"{name:8}", *[f"{size:.0e}" for size in reversed(sizes)])


def draw_ten_layers() -> None:
    """The size of the gradient on its way back, on a logarithmic scale.

    >>> draw_ten_layers()
    """
    fig, ax = plt.subplots()
    for name, gain in (
        ("relu", 2**0.5),
        ("tanh", 1.0),
        ("relu", 1.0),
        ("sigmoid", 1.0),
    ):
        sizes = through_ten_layers(name, gain)
        ax.semilogy(range(11), sizes, marker="o", label=f"{name} {gain:.1f}")
    ax.set_xticks(range(11))
    ax.set_xlabel("$k$")
    ax.set_ylabel("$g_k$")
    ax.grid()
    ax.legend()
    plt.show()


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def too_small_too_large() -> None:
    """Weights too small: the gradient vanishes. Too large: it explodes.

    >>> too_small_too_large()
    gain    relu    tanh
    0.58  0.0001  0.0031
    1.00  0.0260  0.2704
    1.41  0.8331  1.1335
    1.67  4.3058  2.0321
    2.00 26.6603  3.9894
    """
    print("gain    relu    tanh")
    for gain in ((1 / 3) ** 0.5, 1.0, 2**0.5, 5 / 3, 2.0):
        relu = through_ten_layers("relu", gain)[0]
        tanh = through_ten_layers("tanh", gain)[0]
        print(f"{gain:.2f} {relu:7.4f} {tanh:7.4f}")


def gains_of_initialisers() -> None:
    """What Linear starts with, and what PyTorch recommends.

    >>> gains_of_initialisers()
    Linear 0.58
    tanh   1.67, measured 1.67
    relu   1.41, measured 1.41
    """
    torch.manual_seed(0)
    inputs = 500
    weight = nn.Linear(inputs, 400).weight.detach()
    print(f"Linear {weight.std() * inputs**0.5:.2f}")
    for name in ("tanh", "relu"):
        recommended = nn.init.calculate_gain(name)
        nn.init.kaiming_normal_(weight, nonlinearity=name)
        measured = weight.std() * inputs**0.5
        print(f"{name}   {recommended:.2f}, measured {measured:.2f}")


def initialise_layers() -> None:
    """Give each layer weights for its activation, and biases of 0.

    >>> initialise_layers()
    200 inputs: gain 1.4
    300 inputs: gain 1.4
    300 inputs: gain 0.6
    """
    torch.manual_seed(0)
    layers = [nn.Linear(200, 300), nn.Linear(300, 300), nn.Linear(300, 1)]
    for layer in layers[:-1]:
        nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
        nn.init.zeros_(layer.bias)
    for layer in layers:
        gain = layer.weight.std() * layer.in_features**0.5
        print(f"{layer.in_features} inputs: gain {gain:.1f}")


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def forwards_and_backwards() -> None:
    """From 100 units to 400: what is right one way is wrong the other.

    >>> forwards_and_backwards()
    fan_in  variance forwards 1.0, backwards 4.0
    fan_out variance forwards 0.2, backwards 1.0
    xavier  variance forwards 0.4, backwards 1.6
    """
    torch.manual_seed(0)
    weight = torch.empty(400, 100)  # outputs, inputs
    for name, fill in (
        (
            "fan_in",
            lambda w: nn.init.kaiming_normal_(w, nonlinearity="linear"),
        ),
        (
            "fan_out",
            lambda w: nn.init.kaiming_normal_(
                w, mode="fan_out", nonlinearity="linear"
            ),
        ),
        ("xavier", nn.init.xavier_normal_),
    ):
        fill(weight)
        forward = torch.randn(1000, 100) @ weight.T
        back = torch.randn(1000, 400) @ weight
        print(f"{name:7} variance forwards {forward.var():.1f},", end=" ")
        print(f"backwards {back.var():.1f}")


def fan_of_a_transposed_matrix() -> None:
    """kaiming_normal_ takes the last dimension for the inputs.

    >>> fan_of_a_transposed_matrix()
    x @ W.T: mean square  1.0
    x @ W  : mean square  9.0
    """
    torch.manual_seed(0)
    x = torch.randn(1000, 900)
    right = nn.init.kaiming_normal_(torch.empty(100, 900))
    wrong = nn.init.kaiming_normal_(torch.empty(900, 100))
    for name, z in (("x @ W.T", x @ right.T), ("x @ W", x @ wrong)):
        size = torch.relu(z).square().mean()
        print(f"{name:7}: mean square {size:4.1f}")


def fan_of_a_bias() -> None:
    """A bias has no fan; set it to 0.

    >>> fan_of_a_bias()
    tensor([0., 0., 0.])
    Traceback (most recent call last):
        ...
    ValueError: Fan in and fan out can not be computed for tensor with fewer than 2 dimensions
    """
    bias = torch.empty(3)
    print(nn.init.zeros_(bias))
    nn.init.kaiming_normal_(bias)


def losses_from(weights: list[torch.Tensor], steps: int) -> list[float]:
    """Train a network of ReLU layers without biases on |x|.

    Args:
        weights: One matrix for each layer, shape (units, units before); they
            are changed in place.
        steps: How many steps of gradient descent, at a rate of 0.01.

    Returns:
        The loss before each step.
    """
    x = torch.linspace(-1, 1, 50).unsqueeze(1)
    losses = []
    for W in weights:
        W.requires_grad_()
    for _ in range(steps):
        h = x
        for W in weights[:-1]:
            h = torch.relu(h @ W.T)
        loss = (h @ weights[-1].T - x.abs()).square().mean()
        losses.append(loss.item())
        gradients = torch.autograd.grad(loss, weights)
        with torch.no_grad():
            for W, gradient in zip(weights, gradients, strict=True):
                W.sub_(0.01 * gradient)
    return losses


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
@takes_long(seconds=60, reason="ten layers are trained twice")
def ten_layers_that_learn() -> None:
    """Ten layers as Linear draws them, and with the gain of relu.

    >>> ten_layers_that_learn()
    gain 1/sqrt(3): loss 0.3470 -> 0.3470
    gain sqrt(2)  : loss 1.1360 -> 0.0000
    """
    sizes = [1, *[64] * 9, 1]
    for name, gain in (("1/sqrt(3)", (1 / 3) ** 0.5), ("sqrt(2)", 2**0.5)):
        torch.manual_seed(0)
        weights = [
            torch.randn(after, before) * gain / before**0.5
            for before, after in itertools.pairwise(sizes)
        ]
        losses = losses_from(weights, steps=300)
        print(f"gain {name:9}: loss {losses[0]:.4f} -> {losses[-1]:.4f}")


def weights_that_are_zero() -> None:
    """From weights of 0 nothing is learned, for any number of steps.

    >>> weights_that_are_zero()
    loss 0.3469 -> 0.3469
    weights: [0.0] [0.0]
    """
    weights = [torch.zeros(64, 1), torch.zeros(1, 64)]
    losses = losses_from(weights, steps=300)
    print(f"loss {losses[0]:.4f} -> {losses[-1]:.4f}")
    print("weights:", *[W.detach().unique().tolist() for W in weights])


def gain_of_a_leak() -> None:
    """What kaiming_uniform_ is told in nn.Linear: a leak of root five.

    >>> gain_of_a_leak()
    leak 0.00: gain 1.41
    leak 1.00: gain 1.00
    leak 2.24: gain 0.58
    """
    for leak in (0.0, 1.0, 5**0.5):
        gain = nn.init.calculate_gain("leaky_relu", leak)
        print(f"leak {leak:.2f}: gain {gain:.2f}")


def width_of_a_normal() -> None:
    """Fifty inputs, and the gain for relu.

    >>> width_of_a_normal()
    0.2
    """
    inputs = 50
    gain = nn.init.calculate_gain("relu")
    print(f"{gain / inputs**0.5:.1f}")


def bound_of_a_uniform() -> None:
    """A uniform distribution needs a wider interval for the same variance.

    >>> bound_of_a_uniform()
    largest 0.10, standard deviation 0.058
    """
    torch.manual_seed(0)
    weight = nn.init.xavier_uniform_(torch.empty(300, 300))
    print(f"largest {weight.max():.2f}, standard deviation {weight.std():.3f}")
