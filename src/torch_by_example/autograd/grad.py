"""torch.autograd.grad, second passes, higher derivatives and gradcheck."""

import warnings

import torch
import torch.nn.functional as F
from torch.autograd.function import BackwardCFunction, FunctionCtx


def grad_returns_a_tuple() -> None:
    """autograd.grad returns a tuple of gradients and stores none.

    >>> grad_returns_a_tuple()
    1.0 MseLossBackward0
    tuple (tensor([2.]),)
    None
    """
    x = torch.ones(1)
    label = torch.ones(1)
    w = torch.full((1,), 2.0, requires_grad=True)
    mse = F.mse_loss(x * w, label)
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
    mse = F.mse_loss(x * w, label)
    print(mse.backward())
    print(w.grad)


def one_for_each_input() -> None:
    """The tuple has a gradient for each input you name, in your order.

    >>> one_for_each_input()
    tensor(4.) tensor(12.)
    None None
    """
    weight = torch.tensor(2.0, requires_grad=True)
    bias = torch.tensor(1.0, requires_grad=True)
    loss = (weight * 3 + bias - 5) ** 2
    of_bias, of_weight = torch.autograd.grad(loss, [bias, weight])
    print(of_bias, of_weight)
    print(weight.grad, bias.grad)


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


def keep_the_graph() -> None:
    """retain_graph=True keeps it for one pass more, which adds up as ever.

    >>> keep_the_graph()
    tensor(6.)
    tensor(12.)
    """
    x = torch.tensor(3.0, requires_grad=True)
    y = x**2
    y.backward(retain_graph=True)
    print(x.grad)
    y.backward()
    print(x.grad)


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


def nothing_saved_nothing_missed() -> None:
    """A sum saves no values, so its graph can be passed twice.

    >>> nothing_saved_nothing_missed()
    tensor([2., 2.])
    """
    x = torch.ones(2, requires_grad=True)
    y = x.sum()
    y.backward()
    y.backward()
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
    """The Hessian matrix, row by row and by one call.

    >>> all_second_derivatives()
    tensor([6., 4.])
    tensor([ 4., 18.])
    tensor([[ 6.,  4.],
            [ 4., 18.]])
    tensor([[ 6.,  4.],
            [ 4., 18.]])
    """
    point = torch.tensor([2.0, 3.0], requires_grad=True)
    (gradient,) = torch.autograd.grad(surface(point), point, create_graph=True)
    for entry in gradient:
        print(torch.autograd.grad(entry, point, retain_graph=True)[0])
    print(torch.func.jacrev(torch.func.grad(surface))(point.detach()))
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
    print(torch.func.grad(cube)(x))
    print(torch.func.grad(torch.func.grad(cube))(x))
    print(x.requires_grad, x.grad)


class Cube(torch.autograd.Function):
    """The cube of a number, with its derivative written by hand."""

    @staticmethod
    def forward(x: torch.Tensor) -> torch.Tensor:
        """Compute the cube."""
        return x**3

    @staticmethod
    def setup_context(
        ctx: FunctionCtx, inputs: tuple[torch.Tensor], _output: torch.Tensor
    ) -> None:
        """Save what backward needs."""
        (x,) = inputs
        ctx.save_for_backward(x)

    @staticmethod
    def backward(ctx: BackwardCFunction, v: torch.Tensor) -> torch.Tensor:
        """Compute v times the derivative."""
        (x,) = ctx.saved_tensors
        return v * 3 * x**2


def check_by_small_steps() -> None:
    """gradcheck compares autograd with small steps, input by input.

    >>> check_by_small_steps()
    tensor([1., 8.], dtype=torch.float64, grad_fn=<CubeBackward>)
    True
    True
    tensor(12.)
    """
    x = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
    print(Cube.apply(x))
    print(torch.autograd.gradcheck(Cube.apply, [x]))
    print(torch.autograd.gradgradcheck(Cube.apply, [x]))
    print(torch.func.grad(Cube.apply)(torch.tensor(2.0)))


class WrongCube(Cube):
    """The cube of a number, with a mistake in its derivative."""

    @staticmethod
    def backward(ctx: BackwardCFunction, v: torch.Tensor) -> torch.Tensor:
        """Compute v times something else."""
        (x,) = ctx.saved_tensors
        return v * 2 * x**2


def mistake_found() -> None:
    """A wrong derivative is an error that shows both Jacobians.

    >>> mistake_found()
    Traceback (most recent call last):
        ...
    torch.autograd.gradcheck.GradcheckError: Jacobian mismatch for output 0 with respect to input 0,
    numerical:tensor([[ 3.0000,  0.0000],
            [ 0.0000, 12.0000]], dtype=torch.float64)
    analytical:tensor([[2., 0.],
            [0., 8.]], dtype=torch.float64)
    """
    x = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
    print(torch.autograd.gradcheck(WrongCube.apply, [x]))


def step_too_small() -> None:
    """A smaller step is better, until rounding spoils it: soon in float32.

    >>> step_too_small()
    torch.float32
    1e-01  12.6100
    1e-03  12.0049
    1e-05  12.0163
    1e-07   0.0000
    torch.float64
    1e-01  12.6100
    1e-03  12.0060
    1e-05  12.0001
    1e-07  12.0000
    """
    for dtype in (torch.float32, torch.float64):
        x = torch.tensor(2.0, dtype=dtype)
        print(dtype)
        for step in (1e-1, 1e-3, 1e-5, 1e-7):
            far = x + step
            rise = far * far * far - x * x * x
            print(f"{step:.0e} {rise.item() / step:8.4f}")


def check_in_float32() -> None:
    """In float32 the small steps round; a right derivative may fail.

    >>> check_in_float32()
    False
    UserWarning: Input #0 requires gradient and is not a double precision floating point or complex. This check will likely fail if all the inputs are not of double precision floating point or complex.
    """
    x = torch.ones(2, requires_grad=True)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        print(torch.autograd.gradcheck(Cube.apply, [x], raise_exception=False))
    for warning in caught:
        print(f"{warning.category.__name__}: {warning.message}")


def two_outputs_at_once() -> None:
    """Gradients of several outputs are added.

    >>> two_outputs_at_once()
    (tensor(16.),)
    """
    x = torch.tensor(3.0, requires_grad=True)
    print(torch.autograd.grad([x**2, 10 * x], x))


def grad_leaves_grad_alone() -> None:
    """One backward, one autograd.grad.

    >>> grad_leaves_grad_alone()
    tensor(4.)
    tensor(4.)
    """
    x = torch.tensor(2.0, requires_grad=True)
    y = x**2
    y.backward(retain_graph=True)
    print(torch.autograd.grad(y, x)[0])
    print(x.grad)


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
