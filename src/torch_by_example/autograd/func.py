"""torch.func: derivatives as functions of functions, for many samples at once."""

import warnings

import torch
from torch import nn
from torch.func import (
    functional_call,
    grad,
    grad_and_value,
    hessian,
    jacfwd,
    jacrev,
    jvp,
    stack_module_state,
    vjp,
    vmap,
)

from torch_by_example.autograd.vectors import three_from_two


def squared_error(
    weight: torch.Tensor, x: torch.Tensor, y: torch.Tensor
) -> torch.Tensor:
    """Squared error of a line through the origin, for one sample.

    Args:
        weight: The slope of the line, shape ().
        x: The input, shape ().
        y: The target, shape ().

    Returns:
        The error, shape ().
    """
    return (weight * x - y) ** 2


def one_gradient_after_another() -> None:
    """A loop over the samples finds the one that pulls hardest.

    >>> one_gradient_after_another()
    x 1  y  2  gradient  -1.0
    x 2  y  4  gradient  -4.0
    x 3  y -6  gradient  63.0
    x 4  y  8  gradient -16.0
    """
    inputs = torch.tensor([1.0, 2.0, 3.0, 4.0])
    targets = torch.tensor([2.0, 4.0, -6.0, 8.0])
    weight = torch.tensor(1.5, requires_grad=True)
    for x, y in zip(inputs, targets, strict=True):
        loss = squared_error(weight, x, y)
        (gradient,) = torch.autograd.grad(loss, weight)
        print(f"x {x:.0f}  y {y:2.0f}  gradient {gradient:5.1f}")


def gradient_of_a_function() -> None:
    """torch.func.grad turns a function into the function of its slope.

    >>> gradient_of_a_function()
    tensor(12.)
    tensor(12.)
    False None
    """

    def cube(x: torch.Tensor) -> torch.Tensor:
        return x**3

    x = torch.tensor(2.0)
    print(grad(cube)(x))
    print(grad(grad(cube))(x))
    print(x.requires_grad, x.grad)


def several_arguments() -> None:
    """Argument 0 is differentiated, unless argnums says which.

    >>> several_arguments()
    of weight: tensor(63.)
    of weight and x: tensor(63.) tensor(31.5000)
    gradient and value: tensor(63.) tensor(110.2500)
    """
    weight, x, y = torch.tensor(1.5), torch.tensor(3.0), torch.tensor(-6.0)
    print("of weight:", grad(squared_error)(weight, x, y))
    both = grad(squared_error, argnums=(0, 1))
    print("of weight and x:", *both(weight, x, y))
    gradient, value = grad_and_value(squared_error)(weight, x, y)
    print("gradient and value:", gradient, value)


def for_each_sample() -> None:
    """vmap makes a function of many samples from a function of one.

    >>> for_each_sample()
    tensor([  0.2500,   1.0000, 110.2500,   4.0000])
    """
    weight = torch.tensor(1.5)
    inputs = torch.tensor([1.0, 2.0, 3.0, 4.0])
    targets = torch.tensor([2.0, 4.0, -6.0, 8.0])
    errors = vmap(squared_error, in_dims=(None, 0, 0))
    print(errors(weight, inputs, targets))


def all_gradients_at_once() -> None:
    """vmap of grad: the gradient of each sample, without a loop.

    >>> all_gradients_at_once()
    tensor([ -1.,  -4.,  63., -16.])
    pulls hardest: 2
    """
    weight = torch.tensor(1.5)
    inputs = torch.tensor([1.0, 2.0, 3.0, 4.0])
    targets = torch.tensor([2.0, 4.0, -6.0, 8.0])
    gradients = vmap(grad(squared_error), in_dims=(None, 0, 0))
    of_each = gradients(weight, inputs, targets)
    print(of_each)
    print("pulls hardest:", of_each.abs().argmax().item())


def jacobian_in_two_ways() -> None:
    """jacrev goes row by row, jacfwd column by column, to the same matrix.

    >>> jacobian_in_two_ways()
    tensor([[ 3.,  2.],
            [ 4.,  0.],
            [ 0., 27.]])
    True
    """
    # Forward mode still loads a part of PyTorch that is on its way out.
    warnings.filterwarnings("ignore", message=".*torch.jit.script")
    x = torch.tensor([2.0, 3.0])
    print(jacrev(three_from_two)(x))
    print(torch.equal(jacrev(three_from_two)(x), jacfwd(three_from_two)(x)))


def hessian_of_each_point() -> None:
    """Transforms can be combined: the Hessian at each of three points.

    >>> hessian_of_each_point()
    tensor([[[ 6.,  4.],
             [ 4., 18.]],
    <BLANKLINE>
            [[ 0.,  2.],
             [ 2.,  0.]],
    <BLANKLINE>
            [[-2.,  0.],
             [ 0., -6.]]])
    """
    # Forward mode still loads a part of PyTorch that is on its way out.
    warnings.filterwarnings("ignore", message=".*torch.jit.script")

    def valley(point: torch.Tensor) -> torch.Tensor:
        return point[0] ** 2 * point[1] + point[1] ** 3

    points = torch.tensor([[2.0, 3.0], [1.0, 0.0], [0.0, -1.0]])
    print(vmap(hessian(valley))(points))


def one_row_one_column() -> None:
    """vjp pulls a vector back, jvp pushes one forward; neither builds a matrix.

    >>> one_row_one_column()
    v times J: tensor([3., 2.])
    J times u: tensor([3., 4., 0.])
    """
    # Forward mode still loads a part of PyTorch that is on its way out.
    warnings.filterwarnings("ignore", message=".*torch.jit.script")
    x = torch.tensor([2.0, 3.0])
    pull_back = vjp(three_from_two, x)[1]
    print("v times J:", *pull_back(torch.tensor([1.0, 0.0, 0.0])))
    pushed = jvp(three_from_two, (x,), (torch.tensor([1.0, 0.0]),))[1]
    print("J times u:", pushed)


def model_as_a_function() -> None:
    """functional_call lends a model other parameters for one call.

    >>> model_as_a_function()
    weight tensor([[69., 92.]])
    bias tensor([23.])
    None
    """
    model = nn.Linear(2, 1)
    weights = {
        "weight": torch.tensor([[1.0, 2.0]]),
        "bias": torch.tensor([0.5]),
    }
    x = torch.tensor([3.0, 4.0])

    def loss(parameters: dict[str, torch.Tensor]) -> torch.Tensor:
        return functional_call(model, parameters, (x,)).sum() ** 2

    for name, gradient in grad(loss)(weights).items():
        print(name, gradient)
    print(model.weight.grad)


def four_models_at_once() -> None:
    """stack_module_state makes one dictionary of several models.

    >>> four_models_at_once()
    torch.Size([4, 1, 2])
    True
    """
    torch.manual_seed(0)
    models = [nn.Linear(2, 1) for _ in range(4)]
    parameters, buffers = stack_module_state(models)
    print(parameters["weight"].shape)

    def predict(
        parameters: dict[str, torch.Tensor],
        buffers: dict[str, torch.Tensor],
        x: torch.Tensor,
    ) -> torch.Tensor:
        return functional_call(models[0], (parameters, buffers), (x,))

    x = torch.tensor([3.0, 4.0])
    together = vmap(predict, in_dims=(0, 0, None))(parameters, buffers, x)
    one_by_one = torch.stack([model(x) for model in models])
    print(torch.allclose(together, one_by_one))


def decision_in_vmap() -> None:
    """Under vmap a tensor stands for many numbers: no if, no item().

    >>> decision_in_vmap()
    tensor([0., 2.])
    Traceback (most recent call last):
        ...
    RuntimeError: vmap: It looks like you're attempting to use a Tensor in some data-dependent control flow. We don't support that yet, please file an issue at https://github.com/pytorch/pytorch/issues .
    """

    def relu(x: torch.Tensor) -> torch.Tensor:
        return x if x > 0 else 0 * x

    numbers = torch.tensor([-1.0, 2.0])
    print(vmap(lambda x: torch.where(x > 0, x, 0))(numbers))
    print(vmap(relu)(numbers))


def chance_in_vmap() -> None:
    """Random numbers: say whether each sample gets its own.

    >>> chance_in_vmap()
    same 1
    different 3
    Traceback (most recent call last):
        ...
    RuntimeError: vmap: called random operation while in randomness error mode. Please either use the 'same' or 'different' randomness flags on vmap or perform the randomness operation out of vmap
    """

    def noisy(x: torch.Tensor) -> torch.Tensor:
        return x + torch.rand(())

    zeros = torch.zeros(3)
    for randomness in ("same", "different"):
        noise = vmap(noisy, randomness=randomness)(zeros)
        print(randomness, noise.unique().numel())
    vmap(noisy)(zeros)


def misspelt_parameter() -> None:
    """A name that the model does not have is passed over, unless strict.

    >>> misspelt_parameter()
    0.0
    Traceback (most recent call last):
        ...
    RuntimeError: Error(s) in reparametrizing for Linear:
        Unexpected key(s): 'wieght'.
        Missing key(s): 'weight'.
    """
    model = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(model.weight)
    new = {"wieght": torch.tensor([[5.0]])}
    x = torch.ones(1)
    print(functional_call(model, new, x).item())
    print(functional_call(model, new, x, strict=True))


def slope_of_a_slope() -> None:
    """Which derivative of x**4 is this, at 1, 2 and 3?

    >>> slope_of_a_slope()
    tensor([ 12.,  48., 108.])
    """
    print(vmap(grad(grad(lambda x: x**4)))(torch.tensor([1.0, 2.0, 3.0])))
