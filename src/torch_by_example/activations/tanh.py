"""The hyperbolic tangent: a sigmoid centred around zero, and its use in time."""

import matplotlib.pyplot as plt
import torch
from torch import nn

from example_docs.marks import on_cuda


def formula_and_functions() -> None:
    """A quotient of exponentials, by hand and by torch.

    >>> formula_and_functions()
    tensor([-0.9640, -0.4621,  0.0000,  0.4621,  0.9640])
    tensor([-0.9640, -0.4621,  0.0000,  0.4621,  0.9640])
    True True
    """
    x = torch.tensor([-2.0, -0.5, 0.0, 0.5, 2.0])
    y = torch.tanh(x)
    grown, shrunk = torch.exp(x), torch.exp(-x)
    print((grown - shrunk) / (grown + shrunk))
    print(y)
    print(torch.equal(x.tanh(), y), torch.equal(nn.Tanh()(x), y))


def ten_points() -> None:
    """Ten inputs from -1 to 1: the signs stay, the ends come closer.

    >>> ten_points()
    tensor([-0.7616, -0.6514, -0.5047, -0.3215, -0.1107,  0.1107,  0.3215,  0.5047,
             0.6514,  0.7616], grad_fn=<TanhBackward0>)
    """
    a = torch.linspace(-1, 1, 10, requires_grad=True)
    b = torch.tanh(a)
    print(b)


@on_cuda(runs="cpu", because="Matplotlib reads CPU memory only")
def draw_curve() -> None:
    """tanh and its slope, as autograd finds it.

    >>> draw_curve()
    """
    x = torch.linspace(-4, 4, 401, requires_grad=True)
    y = torch.tanh(x)
    y.sum().backward()

    fig, ax = plt.subplots()
    ax.plot(x.detach(), y.detach(), label=r"$\tanh(x)$")
    ax.plot(x.detach(), x.grad, label=r"$\tanh'(x)$")
    ax.set_xlabel("$x$")
    ax.set_yticks([-1, -0.5, 0, 0.5, 1])
    ax.grid()
    ax.legend()
    plt.show()


def slope_from_the_output() -> None:
    """The slope is 1 - t * t, and autograd agrees.

    >>> slope_from_the_output()
    tensor([0.0707, 0.4200, 1.0000, 0.4200, 0.0707])
    tensor([0.0707, 0.4200, 1.0000, 0.4200, 0.0707])
    """
    x = torch.arange(-2.0, 3.0, requires_grad=True)
    t = torch.tanh(x)
    t.sum().backward()
    print(x.grad)
    print((1 - t * t).detach())


def stretched_sigmoid() -> None:
    """Twice as high, twice as steep, and shifted: tanh from the sigmoid.

    >>> stretched_sigmoid()
    tensor([0.1192, 0.2689, 0.5000, 0.7311, 0.8808])
    tensor([0.0180, 0.1192, 0.5000, 0.8808, 0.9820])
    tensor([0.0360, 0.2384, 1.0000, 1.7616, 1.9640])
    tensor([-0.9640, -0.7616,  0.0000,  0.7616,  0.9640])
    tensor([-0.9640, -0.7616,  0.0000,  0.7616,  0.9640])
    """
    x = torch.tensor([-2.0, -1.0, 0.0, 1.0, 2.0])
    print(torch.sigmoid(x))
    print(torch.sigmoid(2 * x))
    print(2 * torch.sigmoid(2 * x))
    print(2 * torch.sigmoid(2 * x) - 1)
    print(torch.tanh(x))


def ends_only_by_rounding() -> None:
    """float32 rounds to 1 at 10, float64 not before 20; the truth never does.

    >>> ends_only_by_rounding()
    missing to 1 at 5, 10 and 20:
    torch.float32 9.1e-05 0.0e+00 0.0e+00
    torch.float64 9.1e-05 4.1e-09 0.0e+00
    """
    print("missing to 1 at 5, 10 and 20:")
    for dtype in (torch.float32, torch.float64):
        y = torch.tanh(torch.tensor([5.0, 10.0, 20.0], dtype=dtype))
        print(dtype, *[f"{missing:.1e}" for missing in 1 - y])


def flat_at_the_same_distance() -> None:
    """Left and right the slope ends at the same distance, unlike sigmoid's.

    >>> flat_at_the_same_distance()
    tanh    0.0e+00 0.0e+00 1.0e+00 0.0e+00 0.0e+00
    sigmoid 2.1e-09 4.5e-05 2.5e-01 4.5e-05 0.0e+00
    """
    x = torch.linspace(-20, 20, 5, requires_grad=True)
    for activation in (torch.tanh, torch.sigmoid):
        (slopes,) = torch.autograd.grad(activation(x).sum(), x)
        numbers = " ".join(f"{slope:.1e}" for slope in slopes)
        print(f"{activation.__name__:7} {numbers}")


def centred_around_zero() -> None:
    """Inputs centred around 0 stay there; sigmoid moves them to one half.

    >>> centred_around_zero()
    tanh: mean 0.00
    sigmoid: mean 0.50
    """
    x = torch.arange(-3.0, 4.0)
    for activation in (torch.tanh, torch.sigmoid):
        mean = activation(x).mean().item()
        print(f"{activation.__name__}: mean {abs(mean):.2f}")


def signs_of_the_weight_gradients() -> None:
    """Behind a sigmoid one sample pushes all weights of a neuron the same way.

    >>> signs_of_the_weight_gradients()
    sigmoid tensor([0.3879, 1.3236, 0.8028, 1.8730])
    tanh    tensor([ 1.7037, -0.8698,  0.8698, -1.8145])
    """
    x = torch.tensor([-1.5, 0.5, -0.5, 2.0])
    for activation in (torch.sigmoid, torch.tanh):
        weights = torch.ones(4, requires_grad=True)
        loss = (weights @ activation(x) - 1) ** 2
        loss.backward()
        print(f"{activation.__name__:7}", weights.grad)


def state_that_stays_in_bounds() -> None:
    """Thirty steps with the weight 2: tanh keeps the state, others do not.

    >>> state_that_stays_in_bounds()
    none: 1.074e+09
    relu: 1.074e+09
    tanh: 0.9575
    """
    for name, activation in (
        ("none", lambda z: z),
        ("relu", torch.relu),
        ("tanh", torch.tanh),
    ):
        state = torch.tensor(1.0)
        for _ in range(30):
            state = activation(2 * state)
        print(f"{name}: {state.item():.4g}")


def gradient_through_time() -> None:
    """How the last state follows the first: one factor for each step.

    >>> gradient_through_time()
     1 steps: 0.7398 0.7398
     5 steps: 0.3300 0.3300
    10 steps: 0.1665 0.1665
    20 steps: 0.0542 0.0542
    """
    weight = 0.9
    first = torch.tensor(0.5, requires_grad=True)
    state = first
    product = 1.0
    for step in range(1, 21):
        state = torch.tanh(weight * state)
        product *= weight * (1 - state.item() ** 2)
        if step in (1, 5, 10, 20):
            (slope,) = torch.autograd.grad(state, first, retain_graph=True)
            print(f"{step:2} steps: {slope.item():.4f} {product:.4f}")


def far_left() -> None:
    """tanh and sigmoid, far to the left.

    >>> far_left()
    tensor(-1.)
    tensor(1.9287e-22)
    """
    x = torch.tensor(-50.0)
    print(torch.tanh(x))
    print(torch.sigmoid(x))


def slope_at_zero() -> None:
    """The slope of a product with tanh.

    >>> slope_at_zero()
    tensor(3.)
    """
    x = torch.tensor(0.0, requires_grad=True)
    torch.tanh(3 * x).backward()
    print(x.grad)


def there_and_back() -> None:
    """atanh undoes tanh, as long as tanh has not rounded.

    >>> there_and_back()
    tensor([0.5000,    inf])
    """
    x = torch.tensor([0.5, 20.0])
    print(torch.atanh(torch.tanh(x)))


def from_minus_one_to_one() -> None:
    """A picture in the range of tanh, as bytes.

    >>> from_minus_one_to_one()
    tensor([  0, 128, 255], dtype=torch.uint8)
    """
    picture = torch.tanh(torch.tensor([-torch.inf, 0.0, torch.inf]))
    print(((picture + 1) / 2 * 255).round().to(torch.uint8))
