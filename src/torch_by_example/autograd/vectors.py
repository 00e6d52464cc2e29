"""Vectors: the Jacobian, and the part of it that backward() computes."""

import warnings

import torch


def two_numbers_refused() -> None:
    """A loss of two numbers: backward() does not know which one you mean.

    >>> two_numbers_refused()
    tensor([0., 4.], grad_fn=<PowBackward0>)
    Traceback (most recent call last):
        ...
    RuntimeError: grad can be implicitly created only for scalar outputs
    """
    x = torch.tensor([1.0, 2.0])
    y = torch.tensor([1.0, 2.0])
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    loss = (x * w - y) ** 2
    print(loss)
    loss.backward()


def three_from_two(x: torch.Tensor) -> torch.Tensor:
    """Three numbers from two.

    Args:
        x: Two numbers, shape (2,).

    Returns:
        Their product, the square of the first and the cube of the second,
        shape (3,).
    """
    return torch.stack([x[0] * x[1], x[0] ** 2, x[1] ** 3])


def row_by_row() -> None:
    """Each output has a gradient of its own: a row of the Jacobian.

    >>> row_by_row()
       6 tensor([3., 2.])
       4 tensor([4., 0.])
      27 tensor([ 0., 27.])
    """
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    for i in range(3):
        x.grad = None
        y = three_from_two(x)
        y[i].backward()
        print(f"{y[i].item():4.0f}", x.grad)


def formula_of_the_jacobian() -> None:
    """The same matrix by formula, and by one call.

    >>> formula_of_the_jacobian()
    tensor([[ 3.,  2.],
            [ 4.,  0.],
            [ 0., 27.]])
    True
    """
    a, b = 2.0, 3.0
    formula = torch.tensor([[b, a], [2 * a, 0.0], [0.0, 3 * b**2]])
    print(formula)
    matrix = torch.func.jacrev(three_from_two)(torch.tensor([a, b]))
    print(torch.equal(matrix, formula))


def jacobian_of_a_matrix() -> None:
    """A Jacobian has the output's dimensions, then the input's.

    >>> jacobian_of_a_matrix()
    torch.Size([2, 2, 3])
    tensor([[[1., 2., 3.],
             [0., 0., 0.]],
    <BLANKLINE>
            [[0., 0., 0.],
             [1., 2., 3.]]])
    """
    x = torch.tensor([1.0, 2.0, 3.0])
    weights = torch.zeros(2, 3)
    jacobian = torch.func.jacrev(lambda w: w @ x)(weights)
    print(jacobian.shape)
    print(jacobian)


def sum_of_the_rows() -> None:
    """The gradient of the sum is the sum of the Jacobian's rows.

    >>> sum_of_the_rows()
    tensor([ 7., 29.])
    tensor([ 7., 29.])
    """
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    three_from_two(x).sum().backward()
    print(x.grad)
    rows = torch.func.jacrev(three_from_two)(x.detach())
    print(rows.sum(dim=0))


def sum_or_mean() -> None:
    """mean has the same direction, but is n times shorter.

    >>> sum_or_mean()
    tensor([ 7., 29.]) tensor([2.3333, 9.6667])
    tensor([3.0000, 3.0000])
    """
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    three_from_two(x).sum().backward()
    of_sum = x.grad
    x.grad = None
    three_from_two(x).mean().backward()
    of_mean = x.grad
    print(of_sum, of_mean)
    print(of_sum / of_mean)


def elementwise_is_diagonal() -> None:
    """Element by element, only the diagonal of the Jacobian is not zero.

    >>> elementwise_is_diagonal()
    tensor([[40.,  0.],
            [ 0., 80.]])
    tensor([40., 80.])
    """
    x = torch.tensor([10.0, 20.0], requires_grad=True)
    print(torch.func.jacrev(lambda x: 2 * x**2)(x.detach()))
    (2 * x**2).sum().backward()
    print(x.grad)


def slopes_at_many_points() -> None:
    """One backward() for the slope of the sine at five points.

    >>> slopes_at_many_points()
    tensor([ 1.0000,  0.8776,  0.5403,  0.0707, -0.4161])
    tensor([ 1.0000,  0.8776,  0.5403,  0.0707, -0.4161])
    """
    x = torch.linspace(0, 2, 5, requires_grad=True)
    x.sin().sum().backward()
    print(x.grad)
    print(x.detach().cos())


def shares(x: torch.Tensor) -> torch.Tensor:
    """What part of the whole each number is.

    Args:
        x: Numbers, shape (n,).

    Returns:
        The parts, shape (n,); their sum is 1.
    """
    return x / x.sum()


def sum_hides_everything() -> None:
    """Where outputs share inputs, their sum can hide every change.

    >>> sum_hides_everything()
    tensor([[ 0.1875, -0.0625, -0.0625],
            [-0.0625,  0.1875, -0.0625],
            [-0.1250, -0.1250,  0.1250]])
    tensor([0., 0., 0.])
    """
    x = torch.tensor([1.0, 1.0, 2.0], requires_grad=True)
    print(torch.func.jacrev(shares)(x.detach()))
    shares(x).sum().backward()
    print(x.grad)


def weigh_the_outputs() -> None:
    """backward(gradient=v) computes v times the Jacobian.

    >>> weigh_the_outputs()
    tensor([  43., 2702.])
    tensor([  43., 2702.])
    tensor([  43., 2702.])
    """
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    v = torch.tensor([1.0, 10.0, 100.0])
    three_from_two(x).backward(gradient=v)
    print(x.grad)
    print(v @ torch.func.jacrev(three_from_two)(x.detach()))

    x.grad = None
    (v * three_from_two(x)).sum().backward()
    print(x.grad)


def gradient_of_another_shape() -> None:
    """The argument of backward needs the shape of the output.

    >>> gradient_of_another_shape()
    Traceback (most recent call last):
        ...
    RuntimeError: Mismatch in shape: grad_output[0] has a shape of torch.Size([2]) and output[0] has a shape of torch.Size([3]).
    """
    x = torch.ones(2, requires_grad=True)
    three_from_two(x).backward(gradient=torch.ones(2))


def one_element_is_enough() -> None:
    """What counts is the number of elements, not of dimensions.

    >>> one_element_is_enough()
    torch.Size([]) tensor(4.)
    torch.Size([1]) tensor([4.])
    torch.Size([1, 1]) tensor([[4.]])
    """
    for shape in ((), (1,), (1, 1)):
        w = torch.full(shape, 3.0, requires_grad=True)
        loss = (w - 1) ** 2
        loss.backward()
        print(loss.shape, w.grad)


def column_by_column() -> None:
    """Forward mode computes the Jacobian times a vector: a column a pass.

    >>> column_by_column()
    (tensor([ 6.,  4., 27.]), tensor([3., 4., 0.]))
    (tensor([ 6.,  4., 27.]), tensor([ 2.,  0., 27.]))
    """
    # Forward mode still loads a part of PyTorch that is on its way out.
    warnings.filterwarnings("ignore", message=".*torch.jit.script")
    x = torch.tensor([2.0, 3.0])
    for direction in torch.eye(2):
        print(torch.func.jvp(three_from_two, (x,), (direction,)))


def running_total() -> None:
    """The first number is in three totals, the last in one.

    >>> running_total()
    tensor([3., 2., 1.])
    """
    x = torch.tensor([5.0, 6.0, 7.0], requires_grad=True)
    x.cumsum(dim=0).sum().backward()
    print(x.grad)


def one_row_of_weights() -> None:
    """Only the weights of the chosen output get a gradient.

    >>> one_row_of_weights()
    tensor([[0., 0., 0.],
            [1., 2., 3.]])
    """
    weights = torch.ones(2, 3, requires_grad=True)
    y = weights @ torch.tensor([1.0, 2.0, 3.0])
    y.backward(gradient=torch.tensor([0.0, 1.0]))
    print(weights.grad)
