"""The sigmoid: its curve, its slope, and where floating point ends it."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

from example_docs.marks import on_cuda


def formula_and_functions() -> None:
    """One over one plus exp(-x), by hand and by torch.

    >>> formula_and_functions()
    tensor([0.0025, 0.1192, 0.5000, 0.8808, 0.9975])
    tensor([0.0025, 0.1192, 0.5000, 0.8808, 0.9975])
    True True True
    """
    x = torch.tensor([-6.0, -2.0, 0.0, 2.0, 6.0])
    y = torch.sigmoid(x)
    print(1 / (1 + torch.exp(-x)))
    print(y)
    same = (x.sigmoid(), torch.special.expit(x), nn.Sigmoid()(x))
    print(*(torch.equal(other, y) for other in same))


@on_cuda(runs="cpu", because="Matplotlib reads CPU memory only")
def draw_curve() -> None:
    """The sigmoid and its slope, as autograd finds it.

    >>> draw_curve()
    """
    x = torch.linspace(-8, 8, 401, requires_grad=True)
    y = torch.sigmoid(x)
    y.sum().backward()

    fig, ax = plt.subplots()
    ax.plot(x.detach(), y.detach(), label=r"$\sigma(x)$")
    ax.plot(x.detach(), x.grad, label=r"$\sigma'(x)$")
    ax.set_xlabel("$x$")
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1])
    ax.grid()
    ax.legend()
    plt.show()


def slope_from_the_output() -> None:
    """The slope is s(1 - s), and autograd agrees.

    >>> slope_from_the_output()
    tensor([0.1050, 0.1966, 0.2500, 0.1966, 0.1050])
    tensor([0.1050, 0.1966, 0.2500, 0.1966, 0.1050])
    """
    x = torch.arange(-2.0, 3.0, requires_grad=True)
    s = torch.sigmoid(x)
    s.sum().backward()
    print(x.grad)
    print((s * (1 - s)).detach())


def flat_on_both_sides() -> None:
    """A large input, of either sign, leaves hardly any slope.

    >>> flat_on_both_sides()
       x   sigmoid     slope
     -15   3.1e-07   3.1e-07
     -10   4.5e-05   4.5e-05
      -5   6.7e-03   6.6e-03
       0   5.0e-01   2.5e-01
       5   9.9e-01   6.6e-03
      10   1.0e+00   4.5e-05
      15   1.0e+00   3.1e-07
    """
    x = torch.linspace(-15, 15, 7, dtype=torch.float64, requires_grad=True)
    s = torch.sigmoid(x)
    (slope,) = torch.autograd.grad(s.sum(), x)
    print("   x   sigmoid     slope")
    for row in torch.column_stack([x, s, slope]).tolist():
        print("{:4.0f}   {:.1e}   {:.1e}".format(*row))


def steps_until_undecided(start: float) -> int:
    """Count gradient steps from a wrong, certain answer to an undecided one.

    Args:
        start: The input of the sigmoid at the beginning, above 0. The right
            output is 0.

    Returns:
        How many steps of learning rate 1 it takes until the output is below
        one half.
    """
    x = torch.tensor(start, requires_grad=True)
    steps = 0
    while x > 0:
        loss = torch.sigmoid(x) ** 2
        (slope,) = torch.autograd.grad(loss, x)
        x = (x - slope).detach().requires_grad_()
        steps += 1
    return steps


def way_back_from_saturation() -> None:
    """Each unit further out takes two to three times as many steps.

    >>> way_back_from_saturation()
    from 1: 4 steps
    from 2: 8 steps
    from 3: 17 steps
    from 4: 36 steps
    from 5: 85 steps
    from 6: 214 steps
    from 7: 563 steps
    """
    for start in range(1, 8):
        print(f"from {start}: {steps_until_undecided(float(start))} steps")


def table_from_minus_to_plus_100() -> None:
    """One hundred inputs from -100 to 100: zeros, tiny numbers, ones.

    >>> table_from_minus_to_plus_100()
    tensor([0.0000e+00, 0.0000e+00, 0.0000e+00, 0.0000e+00, 0.0000e+00, 0.0000e+00,
            6.8348e-39, 5.1533e-38, 3.8855e-37, 2.9296e-36, 2.2089e-35, 1.6655e-34,
            1.2557e-33, 9.4682e-33, 7.1389e-32, 5.3826e-31, 4.0584e-30, 3.0599e-29,
            2.3072e-28, 1.7396e-27, 1.3116e-26, 9.8893e-26, 7.4564e-25, 5.6220e-24,
            4.2389e-23, 3.1961e-22, 2.4098e-21, 1.8169e-20, 1.3699e-19, 1.0329e-18,
            7.7880e-18, 5.8721e-17, 4.4274e-16, 3.3382e-15, 2.5170e-14, 1.8978e-13,
            1.4309e-12, 1.0789e-11, 8.1345e-11, 6.1333e-10, 4.6244e-09, 3.4867e-08,
            2.6289e-07, 1.9822e-06, 1.4945e-05, 1.1267e-04, 8.4891e-04, 6.3653e-03,
            4.6075e-02, 2.6696e-01, 7.3304e-01, 9.5392e-01, 9.9363e-01, 9.9915e-01,
            9.9989e-01, 9.9999e-01, 1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00,
            1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00,
            1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00,
            1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00,
            1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00,
            1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00,
            1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00,
            1.0000e+00, 1.0000e+00, 1.0000e+00, 1.0000e+00],
           grad_fn=<SigmoidBackward0>)
    """
    a = torch.linspace(-100, 100, 100, requires_grad=True)
    b = torch.sigmoid(a)
    print(b)


def count_the_flat_places() -> None:
    """Zeros, ones, and the places where no gradient is left.

    >>> count_the_flat_places()
    exactly 0: 6
    exactly 1: 42
    gradient exactly 0: 48
    """
    a = torch.linspace(-100, 100, 100, requires_grad=True)
    b = torch.sigmoid(a)
    b.sum().backward()
    print("exactly 0:", (b == 0).sum().item())
    print("exactly 1:", (b == 1).sum().item())
    print("gradient exactly 0:", (a.grad == 0).sum().item())


def why_there_are_zeros() -> None:
    """Below -88.7 exp(-x) is infinite and the quotient 0; exp(x) is not.

    >>> why_there_are_zeros()
    x = -88: exp(-x) 1.6516e+38, sigmoid 6.0546e-39
      exp(x) 6e-39, in float64 6.0546e-39
    x = -89: exp(-x) inf, sigmoid 0.0000e+00
      exp(x) 2e-39, in float64 2.2274e-39
    x = -100: exp(-x) inf, sigmoid 0.0000e+00
      exp(x) 4e-44, in float64 3.7201e-44
    """
    for number in (-88.0, -89.0, -100.0):
        x = torch.tensor(number)
        print(
            f"x = {number:.0f}: exp(-x) {torch.exp(-x).item():.4e},", end=" "
        )
        print(f"sigmoid {torch.sigmoid(x).item():.4e}")
        exact = torch.sigmoid(x.double()).item()
        print(f"  exp(x) {torch.exp(x).item():.0e}, in float64 {exact:.4e}")


def one_is_reached_early() -> None:
    """1 + exp(-x) is 1 for float32 long before exp(-x) is 0.

    >>> one_is_reached_early()
    lost beside 1: anything up to 6.0e-08
    x = 16: exp(-x) 1.1e-07, is 1: False, slope is 0: False
    x = 17: exp(-x) 4.1e-08, is 1: True, slope is 0: True
    x = -17: exp(-x) 2.4e+07, is 1: False, slope is 0: False
    tensor([False,  True])
    """
    eps = torch.finfo(torch.float32).eps
    print(f"lost beside 1: anything up to {eps / 2:.1e}")
    for number in (16, 17, -17):
        x = torch.tensor(float(number), requires_grad=True)
        s = torch.sigmoid(x)
        s.backward()
        print(f"x = {number}: exp(-x) {torch.exp(-x).item():.1e},", end=" ")
        print(f"is 1: {s.item() == 1}, slope is 0: {x.grad.item() == 0}")
    wide = torch.arange(36.0, 38.0, dtype=torch.float64)
    print(torch.sigmoid(wide) == 1)


def formula_loses_the_gradient() -> None:
    """By hand the value survives the overflow, the gradient does not.

    >>> formula_loses_the_gradient()
    tensor([0.0000, 0.8808]) tensor([   nan, 0.1050])
    tensor([0.0000, 0.8808]) tensor([0.0000, 0.1050])
    """
    x = torch.tensor([-100.0, 2.0], requires_grad=True)
    by_hand = 1 / (1 + torch.exp(-x))
    by_torch = torch.sigmoid(x)
    for s in (by_hand, by_torch):
        (slope,) = torch.autograd.grad(s.sum(), x)
        print(s.detach(), slope)


def use_the_other_tail() -> None:
    """1 - sigmoid(x) loses what sigmoid(-x) keeps; so does the logarithm.

    >>> use_the_other_tail()
    0.0000e+00
    2.0612e-09
    tensor(-inf)
    tensor(-200.)
    """
    x = torch.tensor(20.0)
    print(f"{1 - torch.sigmoid(x).item():.4e}")
    print(f"{torch.sigmoid(-x).item():.4e}")
    x = torch.tensor(-200.0)
    print(torch.log(torch.sigmoid(x)))
    print(F.logsigmoid(x))


def scores_to_probabilities() -> None:
    """A score of 0 is even odds; each 1 more multiplies the odds by e.

    >>> scores_to_probabilities()
    tensor([0.1192, 0.5000, 0.7311, 0.8808])
    tensor([0.1353, 1.0000, 2.7183, 7.3891])
    tensor([-2.0000,  0.0000,  1.0000,  2.0000])
    tensor([-2.0000,  0.0000,  1.0000,  2.0000])
    """
    score = torch.tensor([-2.0, 0.0, 1.0, 2.0])
    probability = torch.sigmoid(score)
    odds = probability / (1 - probability)
    print(probability)
    print(odds)
    print(torch.log(odds))
    print(torch.logit(probability))


def colours_of_pixels() -> None:
    """Whatever a network puts out, sigmoid makes it a colour.

    >>> colours_of_pixels()
    tensor([[9.9988e-01, 1.2339e-04, 1.2339e-04],
            [5.0000e-01, 5.0000e-01, 5.0000e-01],
            [8.1757e-01, 6.2246e-01, 4.7426e-02]])
    tensor([[255,   0,   0],
            [128, 128, 128],
            [208, 159,  12]], dtype=torch.uint8)
    """
    # One row of three pixels: red, green and blue of each.
    raw = torch.tensor([[9.0, -9.0, -9.0], [0.0, 0.0, 0.0], [1.5, 0.5, -3.0]])
    colour = torch.sigmoid(raw)
    print(colour)
    print((colour * 255).round().to(torch.uint8))


def sigmoid_twice() -> None:
    """A probability, sent through the sigmoid again.

    >>> sigmoid_twice()
    tensor([0.5000, 0.6225, 0.7311])
    """
    score = torch.tensor([-torch.inf, 0.0, torch.inf])
    probability = torch.sigmoid(score)
    print(torch.sigmoid(probability))


def logit_of_certainty() -> None:
    """There and back, once in reach and once too far out.

    >>> logit_of_certainty()
    tensor([2.0000,    inf])
    """
    score = torch.tensor([2.0, 20.0])
    print(torch.logit(torch.sigmoid(score)))
