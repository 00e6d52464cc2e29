"""Derivatives, partial derivatives and gradients: what backward computes."""

import math
from collections.abc import Callable

import torch

_Function = Callable[[torch.Tensor], torch.Tensor]


def steps_that_shrink() -> None:
    """Rise over step nears a limit as the step shrinks: the derivative.

    >>> steps_that_shrink()
    step 1.0    rise / step 42.0000
    step 0.1    rise / step 40.2000
    step 0.01   rise / step 40.0200
    step 0.001  rise / step 40.0020
    """
    for step in (1.0, 0.1, 0.01, 0.001):
        rise = 2 * (10 + step) ** 2 - 2 * 10**2
        print(f"step {step:<5}  rise / step {rise / step:.4f}")


def slope_of_parabola() -> None:
    """backward() adds the derivative to the grad of the input.

    >>> slope_of_parabola()
    None
    tensor(40.) 40.0
    """
    x = torch.tensor(10.0, requires_grad=True)
    y = 2 * x**2
    print(x.grad)
    y.backward()
    print(x.grad, 4 * x.item())


def recorded_while_computing() -> None:
    """The value is there at once; grad_fn remembers how it came about.

    >>> recorded_while_computing()
    200.0 True
    MulBackward0
    PowBackward0
    AccumulateGrad
    None
    """
    x = torch.tensor(10.0, requires_grad=True)
    y = 2 * x**2
    print(y.item(), y.requires_grad)
    print(y.grad_fn.name())
    square = y.grad_fn.next_functions[0][0]
    print(square.name())
    print(type(square.next_functions[0][0]).__name__)
    print(x.grad_fn)


def forgotten_requires_grad() -> None:
    """Without requires_grad nothing is recorded, and backward has no way back.

    >>> forgotten_requires_grad()
    Traceback (most recent call last):
        ...
    RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn
    """
    x = torch.tensor(10.0)
    y = 2 * x**2
    y.backward()


def integers_refused() -> None:
    """Whole numbers cannot change a little, so they have no gradient.

    >>> integers_refused()
    Traceback (most recent call last):
        ...
    RuntimeError: Only Tensors of floating point and complex dtype can require gradients
    """
    x = torch.tensor(10, requires_grad=True)
    print(x)


def slope(function: _Function, at: float) -> float:
    """The derivative of a function of one variable, by autograd.

    Args:
        function: Takes and returns a tensor of shape ().
        at: Where to take the derivative.

    Returns:
        The derivative as a number.
    """
    x = torch.tensor(at, requires_grad=True)
    function(x).backward()
    return x.grad.item()


def difference_quotient(function: _Function, at: float) -> float:
    """The derivative of a function of one variable, by a tiny step each way.

    Args:
        function: Takes and returns a float64 tensor of shape ().
        at: Where to take the derivative.

    Returns:
        An approximation, good to about nine digits.
    """
    left = torch.tensor(at - 1e-6, dtype=torch.float64)
    right = torch.tensor(at + 1e-6, dtype=torch.float64)
    return (function(right) - function(left)).item() / 2e-6


def table_of_slopes() -> None:
    """Known derivatives at x = 0.5: formula, autograd, and two small steps.

    >>> table_of_slopes()
    5        0.0000   0.0000   0.0000
    3x       3.0000   3.0000   3.0000
    x^3      0.7500   0.7500   0.7500
    1/x     -4.0000  -4.0000  -4.0000
    sqrt x   0.7071   0.7071   0.7071
    3^x      1.9029   1.9029   1.9029
    e^x      1.6487   1.6487   1.6487
    log3 x   1.8205   1.8205   1.8205
    ln x     2.0000   2.0000   2.0000
    sin x    0.8776   0.8776   0.8776
    cos x   -0.4794  -0.4794  -0.4794
    tan x    1.2984   1.2984   1.2984
    """
    rows = [
        # autograd wants to find an x even in a constant
        ("5", lambda x: 5 + 0 * x, 0.0),
        ("3x", lambda x: 3 * x, 3.0),
        ("x^3", lambda x: x**3, 3 * 0.5**2),
        ("1/x", lambda x: 1 / x, -1 / 0.5**2),
        ("sqrt x", torch.sqrt, 1 / (2 * math.sqrt(0.5))),
        ("3^x", lambda x: 3**x, 3**0.5 * math.log(3)),
        ("e^x", torch.exp, math.exp(0.5)),
        ("log3 x", lambda x: x.log() / math.log(3), 1 / (0.5 * math.log(3))),
        ("ln x", torch.log, 1 / 0.5),
        ("sin x", torch.sin, math.cos(0.5)),
        ("cos x", torch.cos, -math.sin(0.5)),
        ("tan x", torch.tan, 1 / math.cos(0.5) ** 2),
    ]
    for name, function, exact in rows:
        found, steps = slope(function, 0.5), difference_quotient(function, 0.5)
        print(f"{name:6} {exact:8.4f} {found:8.4f} {steps:8.4f}")


def two_partial_derivatives() -> None:
    """One backward() gives each input its own partial derivative.

    >>> two_partial_derivatives()
    tensor(19.) 19.0
    tensor(6.) 6.0
    """
    x = torch.tensor(2.0, requires_grad=True)
    y = torch.tensor(5.0, requires_grad=True)
    f = x**2 + 3 * x * y
    f.backward()
    print(x.grad, 2 * x.item() + 3 * y.item())
    print(y.grad, 3 * x.item())


def bowl(point: torch.Tensor) -> torch.Tensor:
    """A bowl that is steeper along its second axis.

    Args:
        point: Two coordinates, shape (2,).

    Returns:
        The height there, shape ().
    """
    return point[0] ** 2 + 3 * point[1] ** 2


def gradient_in_one_tensor() -> None:
    """Inputs in one tensor: the grad has all partial derivatives.

    >>> gradient_in_one_tensor()
    4.0
    tensor([2., 6.])
    """
    point = torch.tensor([1.0, 1.0], requires_grad=True)
    height = bowl(point)
    height.backward()
    print(height.item())
    print(point.grad)


def slope_along_a_direction() -> None:
    """Gradient times direction is the slope in that direction.

    >>> slope_along_a_direction()
     2.0000  2.0000
     6.0000  6.0000
     5.2000  5.2000
    -5.2000 -5.2000
    """
    point = torch.tensor([1.0, 1.0], dtype=torch.float64, requires_grad=True)
    bowl(point).backward()
    for direction in ([1.0, 0.0], [0.0, 1.0], [0.8, 0.6], [-0.8, -0.6]):
        unit = torch.tensor(direction, dtype=torch.float64)  # of length 1
        rise = bowl(point + 1e-6 * unit) - bowl(point - 1e-6 * unit)
        print(f"{point.grad @ unit:7.4f} {rise.item() / 2e-6:7.4f}")


def steepest_of_all() -> None:
    """Of 360 directions, the one along the gradient climbs most.

    >>> steepest_of_all()
    the gradient points to 71.6 degrees
    steepest way up 72, 6.32
    steepest way down 252, -6.32
    length of the gradient 6.32
    """
    point = torch.tensor([1.0, 1.0], requires_grad=True)
    bowl(point).backward()
    angles = torch.deg2rad(torch.arange(360.0))
    units = torch.stack([angles.cos(), angles.sin()], dim=1)
    slopes = units @ point.grad
    right, up = point.grad.tolist()
    own = math.degrees(math.atan2(up, right))
    print(f"the gradient points to {own:.1f} degrees")
    print(f"steepest way up {slopes.argmax().item()}, {slopes.max():.2f}")
    print(f"steepest way down {slopes.argmin().item()}, {slopes.min():.2f}")
    print(f"length of the gradient {point.grad.norm():.2f}")


def step_up_step_down() -> None:
    """A step along the gradient climbs; a step against it descends.

    >>> step_up_step_down()
    here 4.0000
    with the gradient 4.4112
    against the gradient 3.6112
    """
    point = torch.tensor([1.0, 1.0], requires_grad=True)
    bowl(point).backward()
    with torch.no_grad():
        step = 0.01 * point.grad
        print(f"here {bowl(point):.4f}")
        print(f"with the gradient {bowl(point + step):.4f}")
        print(f"against the gradient {bowl(point - step):.4f}")


def gradients_add_up() -> None:
    """backward() adds to what is in grad, until you clear it.

    >>> gradients_add_up()
    added:   tensor(40.)
    added:   tensor(80.)
    added:   tensor(120.)
    cleared: tensor(40.)
    cleared: tensor(40.)
    """
    x = torch.tensor(10.0, requires_grad=True)
    for _ in range(3):
        (2 * x**2).backward()
        print("added:  ", x.grad)
    for _ in range(2):
        x.grad = None
        (2 * x**2).backward()
        print("cleared:", x.grad)


def used_twice() -> None:
    """An input that is used twice collects both contributions.

    >>> used_twice()
    tensor(7.)
    """
    x = torch.tensor(3.0, requires_grad=True)
    y = x * x + x
    y.backward()
    print(x.grad)


def only_one_asked() -> None:
    """Only the input that asked for a gradient gets one.

    >>> only_one_asked()
    tensor(5.)
    None
    """
    a = torch.tensor(2.0, requires_grad=True)
    b = torch.tensor(5.0)
    (a * b).backward()
    print(a.grad)
    print(b.grad)


def along_the_contour() -> None:
    """Across the gradient the height does not change at first.

    >>> along_the_contour()
    0.0
    """
    point = torch.tensor([1.0, 1.0], requires_grad=True)
    bowl(point).backward()
    across = torch.tensor([-6.0, 2.0])
    print((point.grad @ across).item())
