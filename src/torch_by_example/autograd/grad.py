"""torch.autograd.grad, second passes and higher derivatives."""

import torch


def grad_returns_a_tuple() -> None:
    """autograd.grad returns a tuple of gradients and stores none.

    >>> grad_returns_a_tuple()
    1.0 MeanBackward0
    tuple (tensor([2.]),)
    None
    """
    x = torch.ones(1)
    label = torch.ones(1)
    w = torch.full((1,), 2.0, requires_grad=True)
    mse = ((x * w - label) ** 2).mean()
    gradients = torch.autograd.grad(mse, [w])
    print(mse.item(), mse.grad_fn.name())
    print(type(gradients).__name__, gradients)
    print(w.grad)


def backward_returns_nothing() -> None:
    """backward computes the same, returns None and adds to grad.

    >>> backward_returns_nothing()
    None
    tensor([2.])
    """
    x = torch.ones(1)
    label = torch.ones(1)
    w = torch.full((1,), 2.0, requires_grad=True)
    mse = ((x * w - label) ** 2).mean()
    print(mse.backward())
    print(w.grad)


def with_respect_to_a_result() -> None:
    """A result can be an input too: no leaf and no retain_grad needed.

    >>> with_respect_to_a_result()
    (tensor(8.), tensor(4.))
    """
    x = torch.tensor(1.0, requires_grad=True)
    hidden = 2 * x
    loss = hidden**2
    print(torch.autograd.grad(loss, [x, hidden]))


def second_pass_refused() -> None:
    """The first backward frees what it had saved; a second finds it gone.

    >>> second_pass_refused()
    tensor(6.)
    Traceback (most recent call last):
        ...
    RuntimeError: Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward.
    """
    x = torch.tensor(3.0, requires_grad=True)
    y = x**2
    y.backward()
    print(x.grad)
    y.backward()


def shared_part_is_gone() -> None:
    """Two losses over one shared result: the first pass frees the shared part.

    >>> shared_part_is_gone()
    Traceback (most recent call last):
        ...
    RuntimeError: Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward.
    """
    x = torch.tensor(3.0, requires_grad=True)
    shared = x**2
    first = 2 * shared
    second = 5 * shared
    first.backward()
    second.backward()


def add_the_losses() -> None:
    """Add the losses, and one pass is enough.

    >>> add_the_losses()
    tensor(42.)
    """
    x = torch.tensor(3.0, requires_grad=True)
    shared = x**2
    first = 2 * shared
    second = 5 * shared
    (first + second).backward()
    print(x.grad)


def input_not_used() -> None:
    """An input that the output does not depend on is an error.

    >>> input_not_used()
    True
    Set allow_unused=True if this is the desired behavior.
    """
    used = torch.tensor(2.0, requires_grad=True)
    unused = torch.tensor(3.0, requires_grad=True)
    try:
        torch.autograd.grad(used**2, [used, unused])
    except RuntimeError as error:
        # Which tensor it is, only newer versions say.
        print("appears to not have been used in the graph" in str(error))
        print(str(error).split(". ")[1])


def allow_it() -> None:
    """allow_unused gives None instead; materialize_grads gives zeros.

    >>> allow_it()
    (tensor(4.), None)
    (tensor(4.), tensor(0.))
    """
    used = torch.tensor(2.0, requires_grad=True)
    unused = torch.tensor(3.0, requires_grad=True)
    both = [used, unused]
    print(torch.autograd.grad(used**2, both, allow_unused=True))
    print(torch.autograd.grad(used**2, both, materialize_grads=True))


def sliced_too_late() -> None:
    """A slice made afterwards is a new result, which y does not know.

    >>> sliced_too_late()
    (None,)
    (tensor(6.),)
    """
    x = torch.tensor([3.0, 4.0], requires_grad=True)
    y = (x**2).sum()
    first = x[0]
    print(torch.autograd.grad(y, first, allow_unused=True))
    first = x[0]
    y = first**2 + x[1] ** 2
    print(torch.autograd.grad(y, first))


def derivatives_of_a_cube() -> None:
    """create_graph=True records the gradient, so it has a gradient too.

    >>> derivatives_of_a_cube()
    27.0 18.0 6.0
    27 18 6
    """
    x = torch.tensor(3.0, requires_grad=True)
    (first,) = torch.autograd.grad(x**3, x, create_graph=True)
    (second,) = torch.autograd.grad(first, x, create_graph=True)
    (third,) = torch.autograd.grad(second, x)
    print(first.item(), second.item(), third.item())
    print(3 * 3**2, 6 * 3, 6)


def gradient_not_recorded() -> None:
    """Without create_graph the gradient is only a number.

    >>> gradient_not_recorded()
    tensor(12.)
    Traceback (most recent call last):
        ...
    RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn
    """
    x = torch.tensor(2.0, requires_grad=True)
    (first,) = torch.autograd.grad(x**3, x)
    print(first)
    torch.autograd.grad(first, x)


def surface(point: torch.Tensor) -> torch.Tensor:
    """A surface over two coordinates.

    Args:
        point: The coordinates, shape (2,).

    Returns:
        The square of the first times the second, plus the cube of the second,
        shape ().
    """
    return point[0] ** 2 * point[1] + point[1] ** 3


def all_second_derivatives() -> None:
    """The Hessian matrix, row by row and by formula.

    >>> all_second_derivatives()
    tensor([6., 4.])
    tensor([ 4., 18.])
    tensor([[ 6.,  4.],
            [ 4., 18.]])
    """
    point = torch.tensor([2.0, 3.0], requires_grad=True)
    (gradient,) = torch.autograd.grad(surface(point), point, create_graph=True)
    for entry in gradient:
        print(torch.autograd.grad(entry, point, retain_graph=True)[0])
    a, b = 2.0, 3.0
    print(torch.tensor([[2 * b, 2 * a], [2 * a, 6 * b]]))


def loss_with_a_gradient() -> None:
    """A gradient may be part of a loss, as in a gradient penalty.

    >>> loss_with_a_gradient()
    tensor(999.) 999
    """
    x = torch.tensor(3.0, requires_grad=True)
    y = x**3
    (slope,) = torch.autograd.grad(y, x, create_graph=True)
    loss = y + slope**2
    loss.backward()
    print(x.grad, 3 * 3**2 + 36 * 3**3)


def two_outputs_at_once() -> None:
    """Gradients of several outputs are added.

    >>> two_outputs_at_once()
    (tensor(16.),)
    """
    x = torch.tensor(3.0, requires_grad=True)
    print(torch.autograd.grad([x**2, 10 * x], x))


def penalty_without_create_graph() -> None:
    """A gradient that was not recorded counts as a constant.

    >>> penalty_without_create_graph()
    tensor(27.)
    """
    x = torch.tensor(3.0, requires_grad=True)
    y = x**3
    (slope,) = torch.autograd.grad(y, x, retain_graph=True)
    loss = y + slope**2
    loss.backward()
    print(x.grad)
