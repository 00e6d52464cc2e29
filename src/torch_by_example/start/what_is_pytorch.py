"""What PyTorch is: tensors, autograd, modules and optimisers, run as Python."""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.fx import GraphModule

from example_docs.marks import on_torch


def one_line_for_many_numbers() -> None:
    """A tensor computes with all its numbers at once, without a loop.

    >>> one_line_for_many_numbers()
    tensor([[23.0000, 32.0000, 54.5000],
            [64.4000, 77.0000, 87.8000]])
    torch.Size([2, 3]) torch.float32
    """
    celsius = torch.tensor([[-5.0, 0.0, 12.5], [18.0, 25.0, 31.0]])
    fahrenheit = celsius * 9 / 5 + 32
    print(fahrenheit)
    print(fahrenheit.shape, fahrenheit.dtype)


def from_number_to_films() -> None:
    """Several tensors of one shape make a tensor with one dimension more.

    >>> from_number_to_films()
    0 ()
    1 (32,)
    2 (24, 32)
    3 (3, 24, 32)
    4 (10, 3, 24, 32)
    5 (2, 10, 3, 24, 32)
    """
    number = torch.zeros(())
    row = torch.stack([number] * 32)
    image = torch.stack([row] * 24)
    colour_image = torch.stack([image] * 3)
    film = torch.stack([colour_image] * 10)
    films = torch.stack([film] * 2)
    for data in (number, row, image, colour_image, film, films):
        print(data.ndim, tuple(data.shape))


def methods_of_a_tensor() -> None:
    """A tensor is an object of one class, which brings its operations along.

    >>> methods_of_a_tensor()
    True
    tensor(25.) tensor(25.)
    False None
    """
    celsius = torch.tensor([18.0, 25.0, 32.0])
    print(isinstance(celsius, Tensor))
    print(celsius.mean(), torch.mean(celsius))
    print(celsius.requires_grad, celsius.grad)


def slopes_of_an_error() -> None:
    """backward computes the derivative of the error by every parameter.

    >>> slopes_of_an_error()
    9.0
    tensor(-18.) tensor(-6.)
    """
    weight = torch.tensor(2.0, requires_grad=True)
    bias = torch.tensor(1.0, requires_grad=True)
    prediction = weight * 3.0 + bias
    error = (prediction - 10.0) ** 2
    error.backward()
    print(error.item())
    print(weight.grad, bias.grad)


class Line(nn.Module):
    """A straight line whose slope and height are learned.

    Attributes:
        weight: The slope, a scalar.
        bias: The height at 0, a scalar.
    """

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(0.0))
        self.bias = nn.Parameter(torch.tensor(0.0))

    def forward(self, x: Tensor) -> Tensor:
        """Compute the points of the line.

        Args:
            x: Any shape.

        Returns:
            A tensor of the same shape.
        """
        return self.weight * x + self.bias


def parameters_of_a_module() -> None:
    """A module knows its parameters by name.

    >>> parameters_of_a_module()
    weight 0.0 True
    bias 0.0 True
    tensor([0., 0.], grad_fn=<AddBackward0>)
    """
    line = Line()
    for name, parameter in line.named_parameters():
        print(name, parameter.item(), parameter.requires_grad)
    print(line(torch.ones(2)))


def fit_a_line() -> None:
    """Predict, measure, differentiate, step: training is this loop.

    >>> fit_a_line()
    y = 2.000 x + 1.000
    """
    x = torch.tensor([0.0, 1.0, 2.0, 3.0])
    y = torch.tensor([1.0, 3.0, 5.0, 7.0])
    line = Line()
    loss_function = nn.MSELoss()
    optimiser = torch.optim.SGD(line.parameters(), lr=0.1)
    for _ in range(300):
        loss = loss_function(line(x), y)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    print(f"y = {line.weight.item():.3f} x + {line.bias.item():.3f}")


def where_optimisers_live() -> None:
    """Layers and losses are in torch.nn, optimisers in torch.optim.

    >>> where_optimisers_live()
    Linear   True False
    Conv2d   True False
    LSTM     True False
    MSELoss  True False
    SGD      False True
    Adam     False True
    """
    for name in ("Linear", "Conv2d", "LSTM", "MSELoss", "SGD", "Adam"):
        print(f"{name:8} {hasattr(nn, name)} {hasattr(torch.optim, name)}")


def double_until(x: Tensor, limit: float) -> tuple[Tensor, int]:
    """Double a number until it reaches a limit.

    Args:
        x: A positive number without dimensions.
        limit: Where to stop.

    Returns:
        The first number that is not below the limit, and how many doublings
        it took.
    """
    steps = 0
    while x < limit:
        x = x * 2
        steps += 1
    return x, steps


def loop_that_depends_on_data() -> None:
    """How often the loop runs is known only while it runs.

    >>> loop_that_depends_on_data()
    50.0 -> 100.0: steps 1, slope 2.0
    10.0 -> 160.0: steps 4, slope 16.0
    3.0 -> 192.0: steps 6, slope 64.0
    """
    for start in (50.0, 10.0, 3.0):
        x = torch.tensor(start, requires_grad=True)
        y, steps = double_until(x, limit=100.0)
        y.backward()
        print(f"{start} -> {y.item()}: steps {steps}, slope {x.grad}")


def count_graph_nodes() -> None:
    """Each run leaves a graph of its own behind; walk it to its end.

    >>> count_graph_nodes()
    50.0: MulBackward0 x 1
    10.0: MulBackward0 x 4
    3.0: MulBackward0 x 6
    """
    for start in (50.0, 10.0, 3.0):
        x = torch.tensor(start, requires_grad=True)
        y, _ = double_until(x, limit=100.0)
        doublings = 0
        node = y.grad_fn
        while node is not None and node.name() == "MulBackward0":
            doublings += 1
            node = node.next_functions[0][0]
        print(f"{start}: MulBackward0 x {doublings}")


@on_torch(
    since="2.15",
    because="the message names the function",
    prints="hidden: torch.Size([4, 5])",
    raises="RuntimeError: mm: mat1 and mat2 shapes cannot be multiplied "
    "(4x5 and 3x2)",
)
def error_at_its_line() -> None:
    """Each line runs at once: what came before the mistake is there to see.

    >>> error_at_its_line()
    hidden: torch.Size([4, 5])
    Traceback (most recent call last):
        ...
    RuntimeError: mat1 and mat2 shapes cannot be multiplied (4x5 and 3x2)
    """
    batch = torch.ones(4, 3)
    hidden = batch @ torch.ones(3, 5)
    print("hidden:", hidden.shape)
    scores = hidden @ torch.ones(3, 2)
    print("scores:", scores.shape)


def compiled_or_not() -> None:
    """torch.compile catches the operations once, and calls what is made of them.

    >>> compiled_or_not()
    tensor([ 0.0000,  0.4546, -0.3784, -0.1397])
    caught: sin cos mul
    tensor([ 0.0000,  0.4546, -0.3784, -0.1397])
    tensor([ 0.4546, -0.3784, -0.1397,  0.4947])
    """

    def wave(angle: Tensor) -> Tensor:
        return torch.sin(angle) * torch.cos(angle)

    def show(graph: GraphModule, _: list[Tensor]) -> Callable[..., object]:
        # A backend that compiles nothing: it prints what it was given.
        calls = [n for n in graph.graph.nodes if n.op.startswith("call")]
        print("caught:", *(call.name for call in calls))
        return graph.forward

    # Leave the backend out, and PyTorch's own makes fast code.
    compiled_wave = torch.compile(wave, backend=show)
    angles = torch.linspace(0, 3, 4)
    print(wave(angles))
    print(compiled_wave(angles))
    print(compiled_wave(angles + 1))


def times_two() -> None:
    """A list repeats, a tensor computes.

    >>> times_two()
    [1, 2, 1, 2]
    tensor([2, 4])
    """
    print([1, 2] * 2)
    print(torch.tensor([1, 2]) * 2)


def double_from_seven() -> None:
    """The number of doublings shows in the slope.

    >>> double_from_seven()
    4 112.0 tensor(16.)
    """
    x = torch.tensor(7.0, requires_grad=True)
    y, steps = double_until(x, limit=100.0)
    y.backward()
    print(steps, y.item(), x.grad)


def branch_that_depends_on_data() -> None:
    """Only the branch that ran is part of the graph.

    >>> branch_that_depends_on_data()
    4.0 tensor(-4.)
    0.0 tensor(0.)
    3.0 tensor(3.)
    """
    for start in (-2.0, 0.0, 1.0):
        x = torch.tensor(start, requires_grad=True)
        y = 3 * x if x > 0 else x**2
        y.backward()
        print(y.item(), x.grad)


class PlainLine(nn.Module):
    """A line whose slope is a plain tensor: no optimiser finds it."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = torch.tensor(0.5, requires_grad=True)


def forgot_nn_parameter() -> None:
    """A module lists what is an nn.Parameter, and nothing else.

    >>> forgot_nn_parameter()
    tensor(0.5000, requires_grad=True)
    []
    Traceback (most recent call last):
        ...
    ValueError: optimizer got an empty parameter list
    """
    line = PlainLine()
    print(line.weight)
    print(list(line.parameters()))
    torch.optim.SGD(line.parameters())
