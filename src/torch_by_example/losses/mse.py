"""Mean squared error: by hand and by F.mse_loss, its gradient and its trap."""

import inspect
import warnings

import torch
import torch.nn.functional as F


def differences_squared() -> None:
    """Subtract, square, take the mean: that is what mse_loss does.

    >>> differences_squared()
    tensor([-0.5000,  0.5000,  0.0000,  1.0000])
    tensor([0.2500, 0.2500, 0.0000, 1.0000])
    tensor(0.3750)
    tensor(0.3750)
    tensor(0.3750)
    """
    prediction = torch.tensor([2.5, 0.0, 2.0, 8.0])
    target = torch.tensor([3.0, -0.5, 2.0, 7.0])
    difference = prediction - target
    print(difference)
    print(difference**2)
    print((difference**2).mean())
    print(F.mse_loss(prediction, target))
    print(torch.nn.MSELoss()(prediction, target))


def three_reductions() -> None:
    """Each square by itself, their sum, or their mean.

    >>> three_reductions()
    none tensor([0.2500, 0.2500, 0.0000, 1.0000])
    sum  tensor(1.5000)
    mean tensor(0.3750)
    """
    prediction = torch.tensor([2.5, 0.0, 2.0, 8.0])
    target = torch.tensor([3.0, -0.5, 2.0, 7.0])
    for reduction in ("none", "sum", "mean"):
        loss = F.mse_loss(prediction, target, reduction=reduction)
        print(f"{reduction:4}", loss)


def mean_over_everything() -> None:
    """For a table, the mean goes over all numbers, not over the rows.

    >>> mean_over_everything()
    tensor(5.)
    tensor([1., 9.])
    tensor(15.)
    """
    prediction = torch.ones(2, 3)
    target = torch.tensor([[2.0, 2.0, 2.0], [4.0, 4.0, 4.0]])
    print(F.mse_loss(prediction, target))
    squares = F.mse_loss(prediction, target, reduction="none")
    print(squares.mean(dim=1))
    print(squares.sum(dim=1).mean())


def root_in_the_unit_of_the_target() -> None:
    """The root of the mean square has the unit of the target again.

    >>> root_in_the_unit_of_the_target()
      0.0008 m²   0.0289 m
      8.3333 cm²   2.8868 cm
    """
    heights = torch.tensor([170.0, 182.0, 165.0]) / 100
    guesses = torch.tensor([174.0, 179.0, 165.0]) / 100
    for unit, factor in (("m", 1), ("cm", 100)):
        mse = F.mse_loss(factor * guesses, factor * heights)
        print(f"{mse:8.4f} {unit}²   {mse.sqrt():.4f} {unit}")


def gradient_by_prediction() -> None:
    """The gradient by the predictions: twice the differences, by n.

    >>> gradient_by_prediction()
    tensor([-0.2500,  0.2500,  0.0000,  0.5000])
    tensor([-0.2500,  0.2500,  0.0000,  0.5000])
    """
    prediction = torch.tensor([2.5, 0.0, 2.0, 8.0], requires_grad=True)
    target = torch.tensor([3.0, -0.5, 2.0, 7.0])
    F.mse_loss(prediction, target).backward()
    print(prediction.grad)
    print(2 * (prediction.detach() - target) / 4)


def gradient_by_parameters() -> None:
    """The gradient by the parameters of a line, by formula and by autograd.

    >>> gradient_by_parameters()
    tensor(-21.3333) tensor(-10.)
    tensor(-21.3333) tensor(-10.)
    """
    x = torch.tensor([1.0, 2.0, 3.0])
    y = torch.tensor([5.0, 7.0, 9.0])
    w = torch.tensor(1.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    prediction = w * x + b
    F.mse_loss(prediction, y).backward()
    print(w.grad, b.grad)

    difference = (prediction - y).detach()
    print((2 * difference * x).mean(), (2 * difference).mean())


def sum_grows_with_the_batch() -> None:
    """The same samples twice: the mean stays, the sum doubles.

    >>> sum_grows_with_the_batch()
    mean 3 tensor(-21.3333)
    mean 6 tensor(-21.3333)
    sum 3 tensor(-64.)
    sum 6 tensor(-128.)
    """
    x = torch.tensor([1.0, 2.0, 3.0])
    y = torch.tensor([5.0, 7.0, 9.0])
    for reduction in ("mean", "sum"):
        for copies in (1, 2):
            w = torch.tensor(1.0, requires_grad=True)
            prediction = w * x.repeat(copies)
            target = y.repeat(copies)
            F.mse_loss(prediction, target, reduction=reduction).backward()
            print(reduction, 3 * copies, w.grad)


def names_of_the_arguments() -> None:
    """The prediction is called input and comes first, then the target.

    >>> names_of_the_arguments()
    ['input', 'target']
    ['input', 'target']
    """
    print(list(inspect.signature(F.mse_loss).parameters)[:2])
    print(list(inspect.signature(F.cross_entropy).parameters)[:2])


def order_matters_there() -> None:
    """The same exchange with another loss: a different number.

    >>> order_matters_there()
    tensor(0.4900) tensor(0.4900)
    tensor(1.8631)
    tensor(1.4708)
    """
    prediction = torch.tensor([0.9])
    label = torch.tensor([0.2])
    print(F.mse_loss(prediction, label), F.mse_loss(label, prediction))
    print(F.binary_cross_entropy(prediction, label))
    print(F.binary_cross_entropy(label, prediction))


def perfect_yet_wrong() -> None:
    """A column and a row: perfect predictions, and a loss of 2.5.

    >>> perfect_yet_wrong()
    tensor(2.5000)
    UserWarning: Using a target size (torch.Size([4])) that is different to the input size (torch.Size([4, 1])). This will likely lead to incorrect results due to broadcasting. Please ensure they have the same size.
    """
    target = torch.tensor([1.0, 2.0, 3.0, 4.0])
    prediction = torch.tensor([[1.0], [2.0], [3.0], [4.0]])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        print(F.mse_loss(prediction, target))
    for warning in caught:
        print(f"{warning.category.__name__}: {warning.message}")


def sixteen_differences() -> None:
    """Each prediction is compared with each target.

    >>> sixteen_differences()
    tensor([[ 0., -1., -2., -3.],
            [ 1.,  0., -1., -2.],
            [ 2.,  1.,  0., -1.],
            [ 3.,  2.,  1.,  0.]])
    tensor(2.5000)
    """
    target = torch.tensor([1.0, 2.0, 3.0, 4.0])
    prediction = torch.tensor([[1.0], [2.0], [3.0], [4.0]])
    print(prediction - target)
    print(((prediction - target) ** 2).mean())


def fit_line(
    x: torch.Tensor, y: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Fit y = w x + b by 500 steps down the gradient of the mean square.

    Args:
        x: Inputs, shape (n, 1).
        y: Targets; they should have the shape of ``x``.

    Returns:
        The weight and the bias, both without dimensions.
    """
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(500):
        loss = ((w * x + b - y) ** 2).mean()
        of_w, of_b = torch.autograd.grad(loss, [w, b])
        with torch.no_grad():
            w -= 0.1 * of_w
            b -= 0.1 * of_b
    return w.detach(), b.detach()


def learns_the_mean_only() -> None:
    """With targets in a row, the line lies flat at their mean.

    >>> learns_the_mean_only()
    (4,) tensor([9.5000, 9.5000, 9.5000, 9.5000])
    (4, 1) tensor([ 5.0000,  8.0000, 11.0000, 14.0000])
    """
    x = torch.tensor([[1.0], [2.0], [3.0], [4.0]])
    y = torch.tensor([5.0, 8.0, 11.0, 14.0])
    for target in (y, y.unsqueeze(1)):
        w, b = fit_line(x, target)
        print(tuple(target.shape), (w * x + b).squeeze(1))


def warning_into_error() -> None:
    """Ask for it, and the warning stops the program.

    >>> warning_into_error()
    Traceback (most recent call last):
        ...
    UserWarning: Using a target size (torch.Size([4])) that is different to the input size (torch.Size([4, 1])). This will likely lead to incorrect results due to broadcasting. Please ensure they have the same size.
    """
    warnings.simplefilter("error", UserWarning)
    prediction = torch.zeros(4, 1)
    print(F.mse_loss(prediction, torch.zeros(4)))


def ten_times_the_error() -> None:
    """The error is ten times as large; and the loss, and the gradient?

    >>> ten_times_the_error()
    1.0 2.0
    100.0 20.0
    """
    for error in (1.0, 10.0):
        prediction = torch.tensor([error], requires_grad=True)
        loss = F.mse_loss(prediction, torch.zeros(1))
        loss.backward()
        print(loss.item(), prediction.grad.item())


def root_at_zero() -> None:
    """A perfect prediction, and the gradient of the root.

    >>> root_at_zero()
    tensor([nan, nan])
    """
    prediction = torch.tensor([1.0, 2.0], requires_grad=True)
    target = torch.tensor([1.0, 2.0])
    F.mse_loss(prediction, target).sqrt().backward()
    print(prediction.grad)
