"""Extending autograd: derivatives of your own, hooks, and memory for time."""

import warnings
from functools import partial

import torch
from torch.autograd.function import BackwardCFunction, FunctionCtx
from torch.autograd.graph import saved_tensors_hooks
from torch.utils.checkpoint import checkpoint


def rounded_weight_learns_nothing() -> None:
    """The slope of round is zero, so nothing comes back to the weight.

    >>> rounded_weight_learns_nothing()
    64.0 tensor(0.)
    """
    weight = torch.tensor(0.3, requires_grad=True)
    loss = (weight.round() * 2 - 8) ** 2
    loss.backward()
    print(loss.item(), weight.grad)


class StraightThrough(torch.autograd.Function):
    """Rounding that pretends, on the way back, to have done nothing."""

    @staticmethod
    def forward(x: torch.Tensor) -> torch.Tensor:
        """Round to the nearest whole numbers."""
        return x.round()

    @staticmethod
    def setup_context(
        _ctx: FunctionCtx, _inputs: tuple[torch.Tensor], _output: torch.Tensor
    ) -> None:
        """Save nothing, since backward needs nothing."""

    @staticmethod
    def backward(_ctx: BackwardCFunction, v: torch.Tensor) -> torch.Tensor:
        """Pass the gradient on as it comes."""
        return v


def rounded_weight_learns() -> None:
    """With a gradient that goes straight through, it finds the 4.

    >>> rounded_weight_learns()
    step 0  weight  0.20  rounded 0.0
    step 1  weight  1.80  rounded 2.0
    step 2  weight  2.60  rounded 3.0
    step 3  weight  3.00  rounded 3.0
    step 4  weight  3.40  rounded 3.0
    step 5  weight  3.80  rounded 4.0
    step 6  weight  3.80  rounded 4.0
    """
    weight = torch.tensor(0.2, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=0.05)
    for step in range(7):
        rounded = StraightThrough.apply(weight)
        loss = (rounded * 2 - 8) ** 2
        print(
            f"step {step}  weight {weight.item():5.2f}  rounded {rounded.item()}"
        )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def straight_through_in_one_line() -> None:
    """The same without a class: the difference is detached.

    >>> straight_through_in_one_line()
    0.0 tensor(2.)
    """
    weight = torch.tensor(0.3, requires_grad=True)
    rounded = weight + (weight.round() - weight).detach()
    (rounded * 2).backward()
    print(rounded.item(), weight.grad)


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


class Power(torch.autograd.Function):
    """A power whose exponent is a Python number."""

    @staticmethod
    def forward(x: torch.Tensor, exponent: int) -> torch.Tensor:
        """Compute the power."""
        return x**exponent

    @staticmethod
    def setup_context(
        ctx: FunctionCtx,
        inputs: tuple[torch.Tensor, int],
        _output: torch.Tensor,
    ) -> None:
        """Save the tensor with its check, the number as it is."""
        x, ctx.exponent = inputs
        ctx.save_for_backward(x)

    @staticmethod
    def backward(
        ctx: BackwardCFunction, v: torch.Tensor
    ) -> tuple[torch.Tensor | None, ...]:
        """Return a gradient for each input of forward."""
        (x,) = ctx.saved_tensors
        return v * ctx.exponent * x ** (ctx.exponent - 1), None


class ShortPower(Power):
    """The power again, with too few gradients."""

    @staticmethod
    def backward(
        ctx: BackwardCFunction, v: torch.Tensor
    ) -> tuple[torch.Tensor | None, ...]:
        """Return a gradient for the first input only."""
        return Power.backward(ctx, v)[:1]


def gradient_for_each_input() -> None:
    """backward returns as many gradients as forward has inputs.

    >>> gradient_for_each_input()
    tensor(12.)
    Traceback (most recent call last):
        ...
    RuntimeError: function ShortPowerBackward returned an incorrect number of gradients (expected 2, got 1)
    """
    x = torch.tensor(2.0, requires_grad=True)
    Power.apply(x, 3).backward()
    print(x.grad)
    ShortPower.apply(x, 3).backward()


def order_of_the_steps() -> None:
    """A hook on each result shows when its gradient is known.

    >>> order_of_the_steps()
    loss tensor(1.)
    y2 tensor(-8.)
    y1 tensor(32.)
    w1 tensor(96.)
    """
    x = torch.tensor(3.0)
    w1 = torch.tensor(2.0, requires_grad=True)
    w2 = torch.tensor(-4.0)
    y1 = w1 * x
    y2 = w2 * y1
    loss = (y2 + 20) ** 2
    for name, tensor in (("w1", w1), ("y1", y1), ("y2", y2), ("loss", loss)):
        tensor.register_hook(partial(print, name))
    loss.backward()


def hook_that_changes() -> None:
    """What a hook returns takes the place of the gradient.

    >>> hook_that_changes()
    with the hook: tensor(6.)
    removed:       tensor(60.)
    """
    x = torch.tensor(3.0, requires_grad=True)
    hidden = x**2
    handle = hidden.register_hook(lambda gradient: gradient.clamp(-1, 1))
    (10 * hidden).backward(retain_graph=True)
    print("with the hook:", x.grad)
    handle.remove()
    x.grad = None
    (10 * hidden).backward()
    print("removed:      ", x.grad)


def step_inside_backward() -> None:
    """Update each weight as soon as its gradient is there, and free that.

    >>> step_inside_backward()
    0.8 None
    0.5 None
    """

    def update(weight: torch.Tensor) -> None:
        with torch.no_grad():
            weight -= 0.1 * weight.grad
        weight.grad = None

    weights = [torch.tensor(1.0, requires_grad=True) for _ in range(2)]
    for weight in weights:
        weight.register_post_accumulate_grad_hook(update)
    (weights[0] * 2 + weights[1] * 5).backward()
    for weight in weights:
        print(f"{weight.item():.1f}", weight.grad)


def deep(x: torch.Tensor) -> torch.Tensor:
    """Eight steps in a row, each of which saves its result.

    Args:
        x: Numbers, any shape.

    Returns:
        Numbers of the same shape.
    """
    for _ in range(8):
        x = torch.tanh(x)
    return x


def saved_numbers() -> None:
    """saved_tensors_hooks sees all that is saved for the way back.

    >>> saved_numbers()
    8 tensors, 8000 numbers
    """
    saved = []

    def pack(tensor: torch.Tensor) -> torch.Tensor:
        saved.append(tensor.numel())
        return tensor

    x = torch.linspace(-1, 1, 1000, requires_grad=True)
    with saved_tensors_hooks(pack, lambda tensor: tensor):
        y = deep(x)
    print(len(saved), "tensors,", sum(saved), "numbers")
    y.sum().backward()


def computed_again() -> None:
    """checkpoint saves the input only and computes the rest once more.

    >>> computed_again()
    plain:      1 call
    checkpoint: 2 calls
    same gradient: True
    """
    calls = []

    def counted(x: torch.Tensor) -> torch.Tensor:
        calls.append("forward")
        return deep(x)

    x = torch.linspace(-1, 1, 1000, requires_grad=True)
    (plain,) = torch.autograd.grad(counted(x).sum(), x)
    print("plain:     ", len(calls), "call")
    calls.clear()
    y = checkpoint(counted, x, use_reentrant=False)
    (again,) = torch.autograd.grad(y.sum(), x)
    print("checkpoint:", len(calls), "calls")
    print("same gradient:", torch.equal(plain, again))


def hook_that_doubles() -> None:
    """Two hooks on one tensor.

    >>> hook_that_doubles()
    tensor(40.)
    """
    x = torch.tensor(1.0, requires_grad=True)
    x.register_hook(lambda gradient: gradient + 1)
    x.register_hook(lambda gradient: gradient * 10)
    (3 * x).backward()
    print(x.grad)
