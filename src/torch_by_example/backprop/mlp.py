"""Two layers and more: error terms travel backwards through the weights."""

import itertools
from collections.abc import Callable

import torch


def small_network() -> tuple[torch.Tensor, ...]:
    """Two inputs, three hidden units, two outputs, and their targets.

    Returns:
        The inputs x, shape (2,); W1, shape (3, 2), b1, shape (3,), W2, shape
        (2, 3), and b2, shape (2,), which require grad; the targets, shape
        (2,). The biases are 0.
    """
    x = torch.tensor([1.0, 2.0])
    W1 = torch.tensor([[0.5, 0.0], [1.0, -0.5], [-1.0, 1.0]])
    W2 = torch.tensor([[1.0, -1.0, 0.5], [-0.5, 1.0, 2.0]])
    target = torch.tensor([1.0, 0.0])
    b1, b2 = torch.zeros(3), torch.zeros(2)
    for parameter in (W1, b1, W2, b2):
        parameter.requires_grad_()
    return x, W1, b1, W2, b2, target


def values_forward() -> None:
    """Forward, each layer works on the outputs of the one before.

    >>> values_forward()
    tensor([0.6225, 0.5000, 0.7311])
    tensor([0.6196, 0.8390])
    0.4243
    """
    x, W1, b1, W2, b2, target = small_network()
    h = torch.sigmoid(W1 @ x + b1)
    o = torch.sigmoid(W2 @ h + b2)
    error = ((o - target) ** 2).sum() / 2
    print(h.detach())
    print(o.detach())
    print(f"{error:.4f}")


def last_layer() -> None:
    """The last layer is a layer like any other; its inputs are h.

    >>> last_layer()
    tensor([-0.0896,  0.1133])
    tensor([[-0.0558, -0.0448, -0.0655],
            [ 0.0705,  0.0567,  0.0828]])
    tensor([[-0.0558, -0.0448, -0.0655],
            [ 0.0705,  0.0567,  0.0828]])
    """
    x, W1, b1, W2, b2, target = small_network()
    h = torch.sigmoid(W1 @ x + b1)
    o = torch.sigmoid(W2 @ h + b2)
    error = ((o - target) ** 2).sum() / 2
    error.backward()

    with torch.no_grad():
        delta2 = (o - target) * o * (1 - o)
    print(delta2)
    print(torch.outer(delta2, h.detach()))
    print(W2.grad)


def two_ways_to_the_error() -> None:
    """A hidden unit reaches the error through every output.

    >>> two_ways_to_the_error()
    -0.0896 + -0.0567
    -0.1463
    tensor([-0.1463,  0.2030,  0.1818])
    """
    x, W1, b1, W2, b2, target = small_network()
    h = torch.sigmoid(W1 @ x + b1)
    h.retain_grad()
    o = torch.sigmoid(W2 @ h + b2)
    error = ((o - target) ** 2).sum() / 2
    error.backward()

    delta2 = (o - target) * o * (1 - o)
    first_way = W2[0, 0] * delta2[0]
    second_way = W2[1, 0] * delta2[1]
    print(f"{first_way:.4f} + {second_way:.4f}")
    print(f"{first_way + second_way:.4f}")
    print(h.grad)


def error_term_of_the_hidden_units() -> None:
    """Times the slope of the sigmoid, it is the hidden units' error term.

    >>> error_term_of_the_hidden_units()
    tensor([-0.0344,  0.0507,  0.0357])
    tensor([-0.0344,  0.0507,  0.0357])
    """
    x, W1, b1, W2, b2, target = small_network()
    z1 = W1 @ x + b1
    z1.retain_grad()
    h = torch.sigmoid(z1)
    o = torch.sigmoid(W2 @ h + b2)
    error = ((o - target) ** 2).sum() / 2
    error.backward()

    with torch.no_grad():
        delta2 = (o - target) * o * (1 - o)
        delta1 = (W2.T @ delta2) * h * (1 - h)
    print(delta1)
    print(z1.grad)


def gradients_by_hand(
    x: torch.Tensor, parameters: tuple[torch.Tensor, ...], target: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Half the squared error of a network of two layers, differentiated.

    Args:
        x: The inputs, shape (n,).
        parameters: The hidden layer's weights, shape (m, n), and biases, shape
            (m,); the output layer's, shapes (p, m) and (p,).
        target: What the outputs should be, shape (p,).

    Returns:
        The gradient of each parameter, in its shape and in the same order.
    """
    W1, b1, W2, b2 = parameters
    with torch.no_grad():
        h = torch.sigmoid(W1 @ x + b1)
        o = torch.sigmoid(W2 @ h + b2)
        delta2 = (o - target) * o * (1 - o)
        delta1 = (W2.T @ delta2) * h * (1 - h)
    return torch.outer(delta1, x), delta1, torch.outer(delta2, h), delta2


def first_layer() -> None:
    """With its own error term, the first layer is like the last.

    >>> first_layer()
    tensor([[-0.0344, -0.0688],
            [ 0.0507,  0.1015],
            [ 0.0357,  0.0715]])
    tensor([[-0.0344, -0.0688],
            [ 0.0507,  0.1015],
            [ 0.0357,  0.0715]])
    """
    x, W1, b1, W2, b2, target = small_network()
    o = torch.sigmoid(W2 @ torch.sigmoid(W1 @ x + b1) + b2)
    error = ((o - target) ** 2).sum() / 2
    error.backward()
    parameters = W1, b1, W2, b2
    by_hand, _, _, _ = gradients_by_hand(x, parameters, target)
    print(by_hand)
    print(W1.grad)


def slopes_by_small_steps(
    error: Callable[[], torch.Tensor], W: torch.Tensor
) -> torch.Tensor:
    """The gradient of an error, by a tiny step each way for each weight.

    Args:
        error: Takes nothing, computes the error from W, shape ().
        W: The weights, float64; they come back unchanged.

    Returns:
        An approximation of the gradient, shape of W.
    """
    slopes = torch.zeros_like(W)
    with torch.no_grad():
        for place in range(W.numel()):
            weight = W.view(-1)[place]  # a view: changing it changes W
            kept = weight.clone()
            weight += 1e-5
            above = error()
            weight -= 2e-5
            below = error()
            weight.copy_(kept)
            slopes.view(-1)[place] = (above - below) / 2e-5
    return slopes


def every_weight_three_times() -> None:
    """Each of the twelve weights: the formula, autograd, small steps.

    >>> every_weight_three_times()
    -0.0343837  -0.0343837  -0.0343837
    -0.0687674  -0.0687674  -0.0687674
     0.0507437   0.0507437   0.0507437
     0.1014873   0.1014873   0.1014873
     0.0357498   0.0357498   0.0357498
     0.0714995   0.0714995   0.0714995
    -0.0558023  -0.0558023  -0.0558023
    -0.0448240  -0.0448240  -0.0448240
    -0.0655380  -0.0655380  -0.0655380
     0.0705412   0.0705412   0.0705412
     0.0566633   0.0566633   0.0566633
     0.0828483   0.0828483   0.0828483
    """
    x, W1, b1, W2, b2, target = (
        part.detach().double() for part in small_network()
    )
    W1.requires_grad_()
    W2.requires_grad_()

    def error() -> torch.Tensor:
        o = torch.sigmoid(W2 @ torch.sigmoid(W1 @ x + b1) + b2)
        return ((o - target) ** 2).sum() / 2

    error().backward()
    parameters = W1, b1, W2, b2
    first, _, last, _ = gradients_by_hand(x, parameters, target)
    for W, formula in ((W1, first), (W2, last)):
        columns = formula, W.grad, slopes_by_small_steps(error, W)
        for row in torch.stack(columns).flatten(start_dim=1).T:
            print("  ".join(f"{slope:10.7f}" for slope in row))


def worked_example() -> None:
    """A well-known example: its error, and all parameters after one step.

    >>> worked_example()
    error 0.298371
    tensor([[0.149781, 0.199561],
            [0.249751, 0.299502]])
    tensor([0.345614, 0.345023])
    tensor([[0.358916, 0.408666],
            [0.511301, 0.561370]])
    tensor([0.530751, 0.619049])
    """
    x, target = torch.tensor([0.05, 0.10]), torch.tensor([0.01, 0.99])
    W1 = torch.tensor([[0.15, 0.20], [0.25, 0.30]])
    b1 = torch.tensor([0.35, 0.35])
    W2 = torch.tensor([[0.40, 0.45], [0.50, 0.55]])
    b2 = torch.tensor([0.60, 0.60])
    h = torch.sigmoid(W1 @ x + b1)
    o = torch.sigmoid(W2 @ h + b2)
    print(f"error {((o - target) ** 2).sum() / 2:.6f}")

    parameters = W1, b1, W2, b2
    gradients = gradients_by_hand(x, parameters, target)
    torch.set_printoptions(precision=6)
    for parameter, gradient in zip(parameters, gradients, strict=True):
        print(parameter - 0.5 * gradient)


def backwards_not_transposed() -> None:
    """Backwards, the weights have to be transposed.

    >>> backwards_not_transposed()
    torch.Size([3])
    Traceback (most recent call last):
        ...
    RuntimeError: size mismatch, got input (2), mat (2x3), vec (2)
    """
    _, _, _, W2, _, _ = small_network()
    delta2 = torch.ones(2)  # its shape is all that matters here
    print((W2.T @ delta2).shape)
    print((W2 @ delta2).shape)


def updated_too_early() -> None:
    """Update W2 first, and the gradient of W1 comes from the wrong network.

    >>> updated_too_early()
    tensor([[-0.0344, -0.0688],
            [ 0.0507,  0.1015],
            [ 0.0357,  0.0715]])
    tensor([[-0.0405, -0.0810],
            [ 0.0455,  0.0910],
            [ 0.0297,  0.0595]])
    """
    x, W1, b1, W2, b2, target = small_network()
    parameters = W1, b1, W2, b2
    right, _, last, _ = gradients_by_hand(x, parameters, target)

    with torch.no_grad():
        h = torch.sigmoid(W1 @ x + b1)
        o = torch.sigmoid(W2 @ h + b2)
        delta2 = (o - target) * o * (1 - o)
        W2 -= 2.0 * last  # too early: the next line still needs the old W2
        delta1 = (W2.T @ delta2) * h * (1 - h)
    print(right)
    print(torch.outer(delta1, x))


def backpropagate(
    x: torch.Tensor,
    weights: list[torch.Tensor],
    biases: list[torch.Tensor],
    target: torch.Tensor,
) -> list[torch.Tensor]:
    """Return the error terms of a network with any number of sigmoid layers.

    Args:
        x: The inputs, shape (n,).
        weights: One matrix for each layer, shape (units, units before).
        biases: One vector for each layer, shape (units,).
        target: What the last outputs should be.

    Returns:
        One error term for each layer, shape (units,), first layer first.
    """
    outputs = []
    before = x
    for W, b in zip(weights, biases, strict=True):
        before = torch.sigmoid(W @ before + b)
        outputs.append(before)
    blame = outputs[-1] - target
    deltas: list[torch.Tensor] = []
    for W, o in zip(reversed(weights), reversed(outputs), strict=True):
        delta = blame * o * (1 - o)
        deltas.insert(0, delta)
        blame = W.T @ delta
    return deltas


def any_number_of_layers() -> None:
    """The same two lines, layer after layer: autograd agrees on each.

    >>> any_number_of_layers()
    (4, 3) True True
    (5, 4) True True
    (3, 5) True True
    (2, 3) True True
    """
    sizes = [3, 4, 5, 3, 2]
    x, target = torch.randn(3), torch.rand(2)
    weights, biases = [], []
    for before, after in itertools.pairwise(sizes):
        weights.append(torch.randn(after, before, requires_grad=True))
        biases.append(torch.randn(after, requires_grad=True))
    values = [x]
    for W, b in zip(weights, biases, strict=True):
        values.append(torch.sigmoid(W @ values[-1] + b))
    error = ((values.pop() - target) ** 2).sum() / 2
    error.backward()

    deltas = backpropagate(x, weights, biases, target)
    layers = zip(weights, biases, deltas, values, strict=True)
    for W, b, delta, before in layers:
        same = torch.allclose(torch.outer(delta, before), W.grad, atol=1e-7)
        print(tuple(W.shape), same, torch.allclose(delta, b.grad, atol=1e-7))


def error_terms_shrink() -> None:
    """Each sigmoid layer takes at least three quarters of the error term.

    >>> error_terms_shrink()
    layer 1  0.000118
    layer 2  0.000521
    layer 3  0.002201
    layer 4  0.008923
    layer 5  0.040515
    layer 6  0.193932
    """
    x = torch.tensor([1.0, -1.0])
    turn = torch.tensor([[0.8, -0.6], [0.6, 0.8]])
    biases = [torch.zeros(2)] * 6
    deltas = backpropagate(x, [turn] * 6, biases, torch.tensor([1.0, 0.0]))
    for number, delta in enumerate(deltas, start=1):
        print(f"layer {number}  {delta.norm():.6f}")


def learn_exclusive_or() -> None:
    """Four examples, two layers, no autograd: the formulas learn.

    >>> learn_exclusive_or()
    0 0.5526
    1000 0.0031
    2000 0.0012
    3000 0.0007
    tensor([[0., 1., 1., 0.]])
    """
    # The last input is always 1: its weights are the biases.
    X = torch.tensor([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1.0]])
    T = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
    W1 = torch.tensor([[1.0, -1.0, 0.5], [-1.0, 1.0, 0.5], [0.5, 1.0, 0.0]])
    W2 = torch.tensor([[1.0, 1.0, -1.0]])
    for epoch in range(3001):
        H = torch.sigmoid(X @ W1.T)
        Y = torch.sigmoid(H @ W2.T)
        if epoch % 1000 == 0:
            print(epoch, f"{((Y - T) ** 2).sum() / 2:.4f}")
        D2 = (Y - T) * Y * (1 - Y)
        D1 = (D2 @ W2) * H * (1 - H)
        W2 -= D2.T @ H
        W1 -= D1.T @ X
    print(Y.round().T)


def hidden_units_alike() -> None:
    """All weights begin equal, so all hidden units get the same gradient.

    >>> hidden_units_alike()
    tensor([[0.0071, 0.0143],
            [0.0071, 0.0143],
            [0.0071, 0.0143]])
    tensor([[-0.0325, -0.0325, -0.0325],
            [ 0.1109,  0.1109,  0.1109]])
    """
    x, _, b1, _, b2, target = small_network()
    W1 = torch.full((3, 2), 0.5)
    W2 = torch.full((2, 3), 0.5)
    parameters = W1, b1, W2, b2
    first, _, last, _ = gradients_by_hand(x, parameters, target)
    print(first)
    print(last)


def output_weights_of_zero() -> None:
    """Only the weights of the last layer begin at zero.

    >>> output_weights_of_zero()
    tensor([[0., 0.],
            [0., 0.],
            [0., 0.]])
    tensor([[-0.0778, -0.0625, -0.0914],
            [ 0.0778,  0.0625,  0.0914]])
    """
    x, W1, b1, _, b2, target = small_network()
    W2 = torch.zeros(2, 3)
    parameters = W1, b1, W2, b2
    first, _, last, _ = gradients_by_hand(x, parameters, target)
    print(first)
    print(last)


def hidden_unit_unplugged() -> None:
    """The second hidden unit leads nowhere: its column in W2 is zero.

    >>> hidden_unit_unplugged()
    tensor([[-0.0289, -0.0578],
            [ 0.0000,  0.0000],
            [ 0.0493,  0.0985]])
    tensor([[-0.0334, -0.0268, -0.0392],
            [ 0.0863,  0.0693,  0.1014]])
    """
    x, W1, b1, W2, b2, target = small_network()
    with torch.no_grad():
        W2[:, 1] = 0
    parameters = W1, b1, W2, b2
    first, _, last, _ = gradients_by_hand(x, parameters, target)
    print(first)
    print(last)
