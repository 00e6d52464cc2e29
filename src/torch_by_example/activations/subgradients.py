"""Where there is no derivative: kinks, ties, and slopes without end."""

from collections.abc import Callable

import torch
import torch.nn.functional as F

from example_docs.marks import on_torch


def left_and_right() -> None:
    """From the left the slope is 0, from the right 1: no derivative at 0.

    >>> left_and_right()
      -0.1  0.0
    -0.001  0.0
     0.001  1.0
       0.1  1.0
    """
    for step in (-0.1, -0.001, 0.001, 0.1):
        here, there = torch.relu(torch.tensor([0.0, step]))
        print(f"{step:7.4f}  {(here - there) / (0 - step):.1f}")


def around_zero(
    function: Callable[[torch.Tensor], torch.Tensor],
) -> tuple[torch.Tensor, torch.Tensor]:
    """A function left of 0, at 0 and right of it.

    Args:
        function: Takes a tensor and works on each of its elements.

    Returns:
        Its values at -1, 0 and 1, and its slopes there, each of shape (3,).
    """
    x = torch.tensor([-1.0, 0.0, 1.0], requires_grad=True)
    y = function(x)
    (slopes,) = torch.autograd.grad(y.sum(), x)
    return y.detach(), slopes


def relu_four_ways() -> None:
    """One function, four spellings; at 0 they have three different gradients.

    >>> relu_four_ways()
    relu(x)
    tensor([0., 0., 1.]) tensor([0., 0., 1.])
    maximum(x, 0)
    tensor([0., 0., 1.]) tensor([0.0000, 0.5000, 1.0000])
    where(x > 0, x, 0)
    tensor([0., 0., 1.]) tensor([0., 0., 1.])
    where(x >= 0, x, 0)
    tensor([0., 0., 1.]) tensor([0., 1., 1.])
    """
    ways = {
        "relu(x)": torch.relu,
        "maximum(x, 0)": lambda x: torch.maximum(x, torch.zeros(())),
        "where(x > 0, x, 0)": lambda x: torch.where(x > 0, x, 0.0),
        "where(x >= 0, x, 0)": lambda x: torch.where(x >= 0, x, 0.0),
    }
    for name, way in ways.items():
        print(name)
        print(*around_zero(way))


def check_at_the_kink() -> None:
    """At a kink gradcheck asks for the mean of the slopes left and right.

    >>> check_at_the_kink()
    relu(x)       autograd 0.0, passed: False
    maximum(x, 0) autograd 0.5, passed: True
    abs(x)        autograd 0.0, passed: True
    """
    ways = {
        "relu(x)": torch.relu,
        "maximum(x, 0)": lambda x: torch.maximum(x, torch.zeros_like(x)),
        "abs(x)": torch.abs,
    }
    for name, way in ways.items():
        x = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
        (slope,) = torch.autograd.grad(way(x), x)
        passed = torch.autograd.gradcheck(way, x, raise_exception=False)
        print(f"{name:13} autograd {slope:.1f}, passed: {passed}")


def zero_start() -> None:
    """Here the choice matters: with weights of 0, every unit is at its kink.

    >>> zero_start()
    relu(z)
    tensor([[0., 0.],
            [0., 0.],
            [0., 0.]])
    maximum(z, 0)
    tensor([[0.5000, 1.0000],
            [0.5000, 1.0000],
            [0.5000, 1.0000]])
    """
    x = torch.tensor([1.0, 2.0])
    ways = {
        "relu(z)": torch.relu,
        "maximum(z, 0)": lambda z: torch.maximum(z, torch.zeros(())),
    }
    for name, way in ways.items():
        W = torch.zeros(3, 2, requires_grad=True)
        way(W @ x).sum().backward()
        print(name)
        print(W.grad)


def largest_of_all() -> None:
    """Several largest elements share the gradient evenly.

    >>> largest_of_all()
    tensor([0.0000, 0.5000, 0.5000])
    tensor([0.0000, 0.5000, 0.5000])
    """
    scores = torch.tensor([0.0, 5.0, 5.0], requires_grad=True)
    scores.max().backward()
    print(scores.grad)
    scores.grad = None
    scores.amax(dim=0).backward()
    print(scores.grad)


def largest_with_its_place() -> None:
    """With dim, max names one place, and that place gets everything.

    >>> largest_with_its_place()
    tensor([0., 0., 0., 1.])
    True
    """
    scores = torch.ones(4, requires_grad=True)
    largest, place = scores.max(dim=0)
    largest.backward()
    print(scores.grad.sort().values)
    print(scores.grad.argmax().item() == place.item())


@on_torch(
    since="2.14",
    because="clamp no longer lets the gradient through at its limits",
    prints="""\
tensor([-1., -1.,  0.,  1.,  1.])
tensor([0., 0., 1., 0., 0.])
tensor([-1., -1.,  0.,  1.,  1.])
tensor([0., 0., 1., 0., 0.])""",
)
def ends_of_a_range() -> None:
    """clamp lets the gradient through at its ends, hardtanh does not.

    >>> ends_of_a_range()
    tensor([-1., -1.,  0.,  1.,  1.])
    tensor([0., 1., 1., 1., 0.])
    tensor([-1., -1.,  0.,  1.,  1.])
    tensor([0., 0., 1., 0., 0.])
    """
    for squeeze in (lambda x: x.clamp(-1, 1), F.hardtanh):
        x = torch.tensor([-2.0, -1.0, 0.0, 1.0, 2.0], requires_grad=True)
        y = squeeze(x)
        y.sum().backward()
        print(y.detach())
        print(x.grad)


def stairs() -> None:
    """Between their steps round, floor and sign are flat: the gradient is 0.

    >>> stairs()
    tensor([-1.,  0.,  0.,  1.]) tensor([0., 0., 0., 0.])
    tensor([-1.,  0.,  0.,  0.]) tensor([0., 0., 0., 0.])
    tensor([-1.,  0.,  1.,  1.]) tensor([0., 0., 0., 0.])
    """
    for step in (torch.round, torch.floor, torch.sign):
        x = torch.tensor([-1.0, 0.0, 0.5, 0.9], requires_grad=True)
        y = step(x)
        y.sum().backward()
        print(y.detach(), x.grad)


def slopes_without_end() -> None:
    """At 0 the slope of the root and of the logarithm has no bound.

    >>> slopes_without_end()
    tensor([1.0000, 0.1000, 0.0100, 0.0000])
    tensor([ 0.5000,  5.0000, 50.0000,     inf])
    tensor([ 0.0000, -4.6052, -9.2103,    -inf])
    tensor([1.0000e+00, 1.0000e+02, 1.0000e+04,        inf])
    """
    for function in (torch.sqrt, torch.log):
        x = torch.tensor([1.0, 1e-2, 1e-4, 0.0], requires_grad=True)
        y = function(x)
        y.sum().backward()
        print(y.detach())
        print(x.grad)


def slope_at(
    function: Callable[[torch.Tensor], torch.Tensor], at: float
) -> float:
    """What autograd answers when asked for a derivative.

    Args:
        function: Takes and returns a tensor of shape ().
        at: Where to ask.

    Returns:
        The answer as a number, which may be inf or nan.
    """
    x = torch.tensor(at, requires_grad=True)
    (slope,) = torch.autograd.grad(function(x), x)
    return slope.item()


def infinity_times_zero() -> None:
    """A slope of 0 behind an infinite one: the product is nan.

    >>> infinity_times_zero()
    nan
    nan
    0.0
    """
    print(0.0 * torch.inf)
    print(slope_at(lambda x: x.square().sqrt(), 0.0))
    print(slope_at(torch.abs, 0.0))


def mask_that_does_not_help() -> None:
    """where hides the value, but 0 times infinity comes back as nan.

    >>> mask_that_does_not_help()
    tensor([0.5000, 0.0000])
    tensor([1., nan])
    """
    x = torch.tensor([0.25, 0.0], requires_grad=True)
    y = torch.where(x > 0, x.sqrt(), 0.0)
    y.sum().backward()
    print(y.detach())
    print(x.grad)


def mask_before_the_root() -> None:
    """Make the input harmless first, then hide the value.

    >>> mask_before_the_root()
    tensor([0.5000, 0.0000])
    tensor([1., 0.])
    """
    x = torch.tensor([0.25, 0.0], requires_grad=True)
    harmless = torch.where(x > 0, x, 1.0)
    y = torch.where(x > 0, harmless.sqrt(), 0.0)
    y.sum().backward()
    print(y.detach())
    print(x.grad)


def difference_of_two_relus() -> None:
    """relu(x) - relu(-x) is x itself, everywhere.

    >>> difference_of_two_relus()
    -2.0 1.0
    0.0 0.0
    2.0 1.0
    """

    def identity(x: torch.Tensor) -> torch.Tensor:
        return torch.relu(x) - torch.relu(-x)

    for at in (-2.0, 0.0, 2.0):
        print(identity(torch.tensor(at)).item(), slope_at(identity, at))


def three_winners() -> None:
    """Three of four are largest.

    >>> three_winners()
    tensor([2., 2., 0., 2.])
    """
    scores = torch.tensor([7.0, 7.0, 0.0, 7.0], requires_grad=True)
    (6 * scores.max()).backward()
    print(scores.grad)


def root_of_the_absolute_value() -> None:
    """sqrt(abs(x)): what comes back at 4, and at 0?

    >>> root_of_the_absolute_value()
    0.25
    nan
    """
    for at in (4.0, 0.0):
        print(slope_at(lambda x: x.abs().sqrt(), at))
