"""A perceptron with one output: its error term, by hand and by autograd."""

import torch
import torch.nn.functional as F


def from_inputs_to_error() -> None:
    """Forward: a weighted sum, a sigmoid, half the squared distance.

    >>> from_inputs_to_error()
    z = 0.5000
    o = 0.6225
    E = 0.0713
    """
    x = torch.tensor([1.0, 2.0, -1.0])
    w = torch.tensor([0.5, 0.25, 0.5])
    target = 1.0
    z = (w * x).sum()
    o = torch.sigmoid(z)
    error = (o - target) ** 2 / 2
    print(f"z = {z:.4f}")
    print(f"o = {o:.4f}")
    print(f"E = {error:.4f}")


def how_the_output_follows_the_sum() -> None:
    """Second factor: the slope of the sigmoid, from its output alone.

    >>> how_the_output_follows_the_sum()
    tensor([0.0180, 0.3775, 0.5000, 0.6225, 0.9820])
    tensor([0.0177, 0.2350, 0.2500, 0.2350, 0.0177])
    tensor([0.0177, 0.2350, 0.2500, 0.2350, 0.0177])
    """
    z = torch.tensor([-4.0, -0.5, 0.0, 0.5, 4.0], requires_grad=True)
    o = torch.sigmoid(z)
    o.sum().backward()
    print(o.detach())
    print(z.grad)
    print((o * (1 - o)).detach())


def how_the_sum_follows_each_weight() -> None:
    """Third factor: the derivative by a weight is the input next to it.

    >>> how_the_sum_follows_each_weight()
    tensor([ 1.,  2., -1.])
    """
    x = torch.tensor([1.0, 2.0, -1.0])
    w = torch.zeros(3, requires_grad=True)
    z = (w * x).sum()
    z.backward()
    print(w.grad)


def error_term() -> None:
    """The first two factors make the error term; autograd agrees.

    >>> error_term()
    tensor(-0.0887)
    tensor(-0.0887)
    """
    x = torch.tensor([1.0, 2.0, -1.0])
    w = torch.tensor([0.5, 0.25, 0.5], requires_grad=True)
    target = 1.0
    z = (w * x).sum()
    z.retain_grad()  # z is no leaf: without this its gradient is not kept
    o = torch.sigmoid(z)
    error = (o - target) ** 2 / 2
    error.backward()

    with torch.no_grad():
        delta = (o - target) * o * (1 - o)
    print(delta)
    print(z.grad)


def gradient_by_hand(
    x: torch.Tensor, w: torch.Tensor, target: float
) -> torch.Tensor:
    """The gradient of half the squared error, by the formula.

    Args:
        x: The inputs, shape (n,).
        w: The weights, shape (n,).
        target: What the output should be.

    Returns:
        One partial derivative for each weight, shape (n,).
    """
    o = torch.sigmoid(w @ x)
    delta = (o - target) * o * (1 - o)
    return delta * x


def gradient_by_autograd(
    x: torch.Tensor, w: torch.Tensor, target: float
) -> torch.Tensor:
    """The gradient of half the squared error, by autograd.

    Args:
        x: The inputs, shape (n,).
        w: The weights, shape (n,).
        target: What the output should be.

    Returns:
        One partial derivative for each weight, shape (n,).
    """
    w = w.detach().clone().requires_grad_()
    o = torch.sigmoid(w @ x)
    error = (o - target) ** 2 / 2
    (gradient,) = torch.autograd.grad(error, w)
    return gradient


def gradient_of_the_weights() -> None:
    """One error term times the inputs is the whole gradient.

    >>> gradient_of_the_weights()
    tensor([-0.0887, -0.1774,  0.0887])
    tensor([-0.0887, -0.1774,  0.0887])
    """
    x = torch.tensor([1.0, 2.0, -1.0])
    w = torch.tensor([0.5, 0.25, 0.5])
    print(gradient_by_hand(x, w, target=1.0))
    print(gradient_by_autograd(x, w, target=1.0))


def nudge_each_weight() -> None:
    """A third opinion: move one weight a little and watch the error.

    >>> nudge_each_weight()
    formula -0.088723  nudged -0.088723
    formula -0.177447  nudged -0.177447
    formula  0.088723  nudged  0.088723
    """
    x = torch.tensor([1.0, 2.0, -1.0], dtype=torch.float64)
    w = torch.tensor([0.5, 0.25, 0.5], dtype=torch.float64)
    formula = gradient_by_hand(x, w, target=1.0)
    for j in range(3):
        step = torch.zeros_like(w)
        step[j] = 1e-5
        above = (torch.sigmoid((w + step) @ x) - 1) ** 2 / 2
        below = (torch.sigmoid((w - step) @ x) - 1) ** 2 / 2
        slope = (above - below) / 2e-5
        print(f"formula {formula[j]:9.6f}  nudged {slope:9.6f}")


def input_of_zero() -> None:
    """A weight whose input is 0 took no part, so it gets no blame.

    >>> input_of_zero()
    tensor([ 0.1463,  0.0000, -0.1463])
    """
    x = torch.tensor([1.0, 0.0, -1.0])
    w = torch.tensor([1.0, 0.25, 0.5])
    print(gradient_by_autograd(x, w, target=0.0))


def bias_is_a_weight() -> None:
    """The bias has an input that is always 1: its gradient is the error term.

    >>> bias_is_a_weight()
    tensor(-0.0887)
    tensor([-0.0887, -0.1774,  0.0887])
    """
    x = torch.tensor([1.0, 2.0, -1.0])
    w = torch.tensor([0.75, 0.25, 1.0], requires_grad=True)
    b = torch.tensor(0.25, requires_grad=True)
    o = torch.sigmoid(w @ x + b)
    error = (o - 1.0) ** 2 / 2
    error.backward()
    print(b.grad)
    print(w.grad)


def step_against_the_gradient() -> None:
    """backward changes no weight; the step does, and the error falls.

    >>> step_against_the_gradient()
    tensor([0.5000, 0.2500, 0.5000]) E = 0.0713
    tensor([0.5887, 0.4274, 0.4113]) E = 0.0345
    """
    x = torch.tensor([1.0, 2.0, -1.0])
    w = torch.tensor([0.5, 0.25, 0.5], requires_grad=True)
    error = (torch.sigmoid(w @ x) - 1.0) ** 2 / 2
    error.backward()
    print(w.detach(), f"E = {error:.4f}")

    with torch.no_grad():
        w -= 1.0 * w.grad
        error = (torch.sigmoid(w @ x) - 1.0) ** 2 / 2
    print(w.detach(), f"E = {error:.4f}")


def mean_squared_error_without_the_half() -> None:
    """mse_loss has no half in it, so loss and gradient are doubled.

    >>> mean_squared_error_without_the_half()
    loss 0.1425
    tensor([[-0.1774, -0.3549,  0.1774]])
    tensor([-0.1774, -0.3549,  0.1774])
    """
    x = torch.tensor([[1.0, 2.0, -1.0]])
    w = torch.tensor([[0.5, 0.25, 0.5]], requires_grad=True)
    o = torch.sigmoid(x @ w.T)
    loss = F.mse_loss(o, torch.ones(1, 1))
    loss.backward()
    print(f"loss {loss:.4f}")
    print(w.grad)
    print(2 * gradient_by_hand(x.squeeze(), w.detach().squeeze(), target=1.0))


def any_ten_inputs() -> None:
    """Whatever numbers are drawn, the formula holds.

    >>> any_ten_inputs()
    True
    True
    True
    """
    for _ in range(3):
        x = torch.randn(1, 10)
        w = torch.randn(1, 10, requires_grad=True)
        o = torch.sigmoid(x @ w.T)
        target = torch.rand(1, 1)
        loss = F.mse_loss(o, target)
        loss.backward()
        formula = 2 * (o - target) * o * (1 - o) * x
        print(torch.allclose(w.grad, formula))


def most_wrong_learns_least() -> None:
    """Far on the wrong side, the error is largest and the error term tiny.

    >>> most_wrong_learns_least()
    z =   0  E = 0.1250  delta = -0.125000
    z =  -2  E = 0.3879  delta = -0.092478
    z =  -5  E = 0.4933  delta = -0.006604
    z = -10  E = 0.5000  delta = -0.000045
    """
    for z in (0.0, -2.0, -5.0, -10.0):
        o = torch.sigmoid(torch.tensor(z))
        error = (o - 1) ** 2 / 2
        delta = (o - 1) * o * (1 - o)
        print(f"z = {z:3.0f}  E = {error:.4f}  delta = {delta:.6f}")


def weights_of_zero() -> None:
    """All weights 0, target 1: an easy gradient to do in your head.

    >>> weights_of_zero()
    tensor([-1.,  2., -3.])
    """
    x = torch.tensor([8.0, -16.0, 24.0])
    w = torch.zeros(3)
    print(gradient_by_autograd(x, w, target=1.0))


def signs_of_the_gradient() -> None:
    """An output that is too large pulls each weight against its input.

    >>> signs_of_the_gradient()
    tensor([ 0.1463,  0.2926, -0.1463])
    """
    x = torch.tensor([1.0, 2.0, -1.0])
    w = torch.tensor([0.5, 0.25, 0.5])
    print(gradient_by_autograd(x, w, target=0.0))


def inputs_doubled() -> None:
    """Twice the inputs: is it twice the gradient?

    >>> inputs_doubled()
    tensor([-0.0887, -0.1774,  0.0887])
    tensor([-0.1058, -0.2115,  0.1058])
    """
    x = torch.tensor([1.0, 2.0, -1.0])
    w = torch.tensor([0.5, 0.25, 0.5])
    print(gradient_by_hand(x, w, target=1.0))
    print(gradient_by_hand(2 * x, w, target=1.0))
