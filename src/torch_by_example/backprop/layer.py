"""A layer of several outputs: its gradient is a matrix of rank one."""

import torch
import torch.nn.functional as F
from torch import nn

from example_docs.marks import on_torch


def small_layer() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Four inputs, three outputs, and what the outputs should be.

    Returns:
        The inputs, shape (4,); the weights, shape (3, 4), which require
        grad; the targets, shape (3,).
    """
    x = torch.tensor([1.0, 2.0, -1.0, 0.5])
    W = torch.tensor(
        [
            [0.5, 0.0, 0.5, -1.0],
            [0.25, 0.5, -0.25, 1.0],
            [-1.0, 0.5, 0.5, 1.0],
        ],
        requires_grad=True,
    )
    return x, W, torch.tensor([1.0, 1.0, 0.0])


def three_outputs() -> None:
    """One row of weights for each output; all rows see the same inputs.

    >>> three_outputs()
    torch.Size([3, 4]) torch.Size([4]) torch.Size([3])
    tensor([-0.5000,  2.0000,  0.0000])
    tensor([0.3775, 0.8808, 0.5000])
    """
    x, W, _ = small_layer()
    z = W @ x
    o = torch.sigmoid(z)
    print(W.shape, x.shape, z.shape)
    print(z.detach())
    print(o.detach())


def error_term_of_each_output() -> None:
    """One error term for each output, all at once.

    >>> error_term_of_each_output()
    tensor([-0.1463, -0.0125,  0.1250])
    tensor([-0.1463, -0.0125,  0.1250])
    """
    x, W, target = small_layer()
    z = W @ x
    z.retain_grad()
    o = torch.sigmoid(z)
    error = ((o - target) ** 2).sum() / 2
    error.backward()

    with torch.no_grad():
        delta = (o - target) * o * (1 - o)
    print(delta)
    print(z.grad)


def gradient_matrix() -> None:
    """Every error term times every input: the gradient of all weights.

    >>> gradient_matrix()
    tensor([[-0.1463, -0.2926,  0.1463, -0.0731],
            [-0.0125, -0.0250,  0.0125, -0.0063],
            [ 0.1250,  0.2500, -0.1250,  0.0625]])
    tensor([[-0.1463, -0.2926,  0.1463, -0.0731],
            [-0.0125, -0.0250,  0.0125, -0.0063],
            [ 0.1250,  0.2500, -0.1250,  0.0625]])
    """
    x, W, target = small_layer()
    o = torch.sigmoid(W @ x)
    error = ((o - target) ** 2).sum() / 2
    error.backward()

    with torch.no_grad():
        delta = (o - target) * o * (1 - o)
    print(torch.outer(delta, x))
    print(W.grad)


def rank_of_the_gradient() -> None:
    """Twelve numbers, one direction: all rows are multiples of the inputs.

    >>> rank_of_the_gradient()
    tensor([[-0.1463, -0.1463, -0.1463, -0.1463],
            [-0.0125, -0.0125, -0.0125, -0.0125],
            [ 0.1250,  0.1250,  0.1250,  0.1250]])
    1
    0.4820
    0.0000
    0.0000
    """
    x, W, target = small_layer()
    error = ((torch.sigmoid(W @ x) - target) ** 2).sum() / 2
    error.backward()
    print(W.grad / x)
    print(torch.linalg.matrix_rank(W.grad).item())
    for value in torch.linalg.svdvals(W.grad):
        print(f"{value:.4f}")


def one_example_again_and_again() -> None:
    """From zero, one example alone never leads beyond rank one.

    >>> one_example_again_and_again()
    0.0013
    tensor([[ 0.5581,  1.1162, -0.5581,  0.2790],
            [ 0.5581,  1.1162, -0.5581,  0.2790],
            [-0.5581, -1.1162,  0.5581, -0.2790]])
    1
    """
    x, _, target = small_layer()
    W = torch.zeros(3, 4, requires_grad=True)
    for _ in range(100):
        W.grad = None
        error = ((torch.sigmoid(W @ x) - target) ** 2).sum() / 2
        error.backward()
        with torch.no_grad():
            W -= W.grad
    print(f"{error:.4f}")
    print(W.detach())
    print(torch.linalg.matrix_rank(W).item())


def mean_over_the_outputs() -> None:
    """mse_loss divides by the number of outputs: a factor of 2/3 here.

    >>> mean_over_the_outputs()
    tensor([[0.6667, 0.6667, 0.6667, 0.6667],
            [0.6667, 0.6667, 0.6667, 0.6667],
            [0.6667, 0.6667, 0.6667, 0.6667]])
    """
    x, W, target = small_layer()
    o = torch.sigmoid(W @ x)
    F.mse_loss(o, target).backward()
    with torch.no_grad():
        delta = (o - target) * o * (1 - o)
    print(W.grad / torch.outer(delta, x))


def any_layer_of_three() -> None:
    """Whatever numbers are drawn: formula and rank hold.

    >>> any_layer_of_three()
    torch.Size([1, 3]) True 1
    torch.Size([1, 3]) True 1
    torch.Size([1, 3]) True 1
    """
    for _ in range(3):
        x = torch.randn(1, 10)
        W = torch.randn(3, 10, requires_grad=True)
        o = torch.sigmoid(x @ W.T)
        target = torch.rand(1, 3)
        F.mse_loss(o, target).backward()
        delta = 2 / 3 * (o - target) * o * (1 - o)
        same = torch.allclose(W.grad, delta.T @ x)
        print(o.shape, same, torch.linalg.matrix_rank(W.grad).item())


@on_torch(
    since="2.15",
    because="the message names the function",
    prints="torch.Size([1, 3])",
    raises="RuntimeError: mm: mat1 and mat2 shapes cannot be multiplied "
    "(1x4 and 3x4)",
)
def weights_not_transposed() -> None:
    """With the inputs in a row, the weights have to be transposed.

    >>> weights_not_transposed()
    torch.Size([1, 3])
    Traceback (most recent call last):
        ...
    RuntimeError: mat1 and mat2 shapes cannot be multiplied (1x4 and 3x4)
    """
    x, W, _ = small_layer()
    row = x.unsqueeze(0)
    print((row @ W.T).shape)
    print((row @ W).shape)


def square_hides_the_mistake() -> None:
    """As many outputs as inputs: no error, only wrong numbers.

    >>> square_hides_the_mistake()
    tensor([[ 2.5000, -2.0000]])
    tensor([[ 0.5000, -1.0000]])
    """
    row = torch.tensor([[1.0, 2.0]])
    W = torch.tensor([[0.5, 1.0], [0.0, -1.0]])
    print(row @ W.T)
    print(row @ W)


def same_as_linear() -> None:
    """nn.Linear keeps its weights in this shape and gets these gradients.

    >>> same_as_linear()
    tensor([[-0.1463, -0.2926,  0.1463, -0.0731],
            [-0.0125, -0.0250,  0.0125, -0.0063],
            [ 0.1250,  0.2500, -0.1250,  0.0625]])
    tensor([-0.1463, -0.0125,  0.1250])
    """
    x, W, target = small_layer()
    layer = nn.Linear(4, 3)
    with torch.no_grad():
        layer.weight.copy_(W)
        layer.bias.zero_()
    o = torch.sigmoid(layer(x))
    error = ((o - target) ** 2).sum() / 2
    error.backward()
    print(layer.weight.grad)
    print(layer.bias.grad)


def batch_adds_up() -> None:
    """Two examples: the gradient is the sum of their two matrices.

    >>> batch_adds_up()
    tensor([[-0.1463, -0.2654,  0.1735, -0.0187],
            [-0.0125, -0.0333,  0.0043, -0.0227],
            [ 0.1250,  0.2479, -0.1271,  0.0582]])
    tensor([[-0.1463, -0.2654,  0.1735, -0.0187],
            [-0.0125, -0.0333,  0.0043, -0.0227],
            [ 0.1250,  0.2479, -0.1271,  0.0582]])
    tensor([[-0.1463, -0.2654,  0.1735, -0.0187],
            [-0.0125, -0.0333,  0.0043, -0.0227],
            [ 0.1250,  0.2479, -0.1271,  0.0582]])
    2
    """
    x, W, target = small_layer()
    X = torch.stack([x, torch.tensor([0.0, 1.0, 1.0, 2.0])])
    T = torch.stack([target, torch.tensor([0.0, 1.0, 1.0])])
    Y = torch.sigmoid(X @ W.T)
    error = ((Y - T) ** 2).sum() / 2
    error.backward()

    with torch.no_grad():
        D = (Y - T) * Y * (1 - Y)
    print(torch.outer(D[0], X[0]) + torch.outer(D[1], X[1]))
    print(D.T @ X)
    print(W.grad)
    print(torch.linalg.matrix_rank(W.grad).item())


def blame_of_the_inputs() -> None:
    """Backwards through the weights: each input collects from all outputs.

    >>> blame_of_the_inputs()
    tensor([-0.2013,  0.0562, -0.0075,  0.2588])
    tensor([-0.2013,  0.0562, -0.0075,  0.2588])
    """
    x, W, target = small_layer()
    x.requires_grad_()
    o = torch.sigmoid(W @ x)
    error = ((o - target) ** 2).sum() / 2
    error.backward()

    with torch.no_grad():
        delta = (o - target) * o * (1 - o)
        print(W.T @ delta)
    print(x.grad)


def output_that_is_right() -> None:
    """The first output hits its target.

    >>> output_that_is_right()
    tensor([[ 0.0000,  0.0000],
            [-0.2500, -0.5000]])
    """
    x = torch.tensor([2.0, 4.0])
    W = torch.zeros(2, 2, requires_grad=True)
    target = torch.tensor([0.5, 1.0])
    error = ((torch.sigmoid(W @ x) - target) ** 2).sum() / 2
    error.backward()
    print(W.grad)


def input_that_is_silent() -> None:
    """The second input is 0.

    >>> input_that_is_silent()
    tensor([[1., 0.],
            [1., 0.],
            [1., 0.]])
    """
    x = torch.tensor([8.0, 0.0])
    W = torch.zeros(3, 2, requires_grad=True)
    error = torch.sigmoid(W @ x).square().sum() / 2
    error.backward()
    print(W.grad)


def shapes_of_a_batch() -> None:
    """Thirty-two examples, ten inputs, three outputs.

    >>> shapes_of_a_batch()
    torch.Size([3, 10])
    tensor([4.])
    1
    """
    X = torch.ones(32, 10)
    W = torch.zeros(3, 10, requires_grad=True)
    error = torch.sigmoid(X @ W.T).square().sum() / 2
    error.backward()
    print(W.grad.shape)
    print(W.grad.unique())
    print(torch.linalg.matrix_rank(W.grad).item())
