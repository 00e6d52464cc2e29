"""PyTorch as it might become: each change is put in place for a while.

Nothing of PyTorch on disk is touched. Where a name of PyTorch is exchanged, the
examples meet the new one, as they would after an upgrade.
"""
# ruff: noqa: ANN401 - what PyTorch's functions take and return is anything
# ruff: noqa: D403 - a sentence may begin with the name of a function: arange

from __future__ import annotations

import contextlib
import functools
import math
import warnings
from typing import TYPE_CHECKING, Any
from unittest import mock

import torch
from torch import _tensor_str
from torch.nn import functional as F  # noqa: N812 - as everywhere
from torch.utils.data import DataLoader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torch import Tensor

Patch = contextlib.AbstractContextManager[object]

CHANGES: dict[str, Callable[[], Patch]] = {}
"""The changes by what they say of PyTorch."""


@contextlib.contextmanager
def instead(owner: object, name: str, new: object) -> Iterator[None]:
    """Put ``new`` in the place of an attribute."""
    with mock.patch.object(owner, name, new):
        yield


def around(owner: object, name: str, change: Callable[..., Any]) -> Patch:
    """Let ``change(original, *arguments)`` stand for a function of PyTorch."""
    original = getattr(owner, name)

    @functools.wraps(original)
    def changed(*arguments: Any, **options: Any) -> Any:
        return change(original, *arguments, **options)

    return instead(owner, name, changed)


def with_default(owner: object, name: str, **defaults: object) -> Patch:
    """Change the defaults of keyword arguments that a call does not give."""
    return around(
        owner, name, lambda original, *a, **k: original(*a, **{**defaults, **k})
    )


def after(owner: object, name: str, change: Callable[[Any], Any]) -> Patch:
    """Change what a function returns."""
    return around(owner, name, lambda original, *a, **k: change(original(*a, **k)))


def change(function: Callable[[], Patch]) -> Callable[[], Patch]:
    """Register a change under the words of its docstring."""
    words = (function.__doc__ or "").strip().rstrip(".")
    assert words
    assert words not in CHANGES
    CHANGES[words] = function
    return function


@contextlib.contextmanager
def together(*changes: Patch) -> Iterator[None]:
    """Several changes at once."""
    with contextlib.ExitStack() as stack:
        for each in changes:
            stack.enter_context(each)
        yield


# Making tensors -----------------------------------------------------------------------


@change
def arange_includes() -> Patch:
    """arange includes its end."""

    def including(original: Any, *a: Any, **k: Any) -> Any:
        values = original(*a, **k)
        step = a[2] if len(a) > 2 else 1
        last = a[1] if len(a) > 1 else a[0]
        end = torch.as_tensor([last], dtype=values.dtype)
        reaches = len(values) and values[-1] + step == end
        return torch.cat([values, end]) if reaches else values

    return around(torch, "arange", including)


@change
def linspace_excludes() -> Patch:
    """linspace leaves out its end."""
    return around(
        torch,
        "linspace",
        lambda original, start, end, steps, **k: original(start, end, steps + 1, **k)[
            :-1
        ],
    )


@change
def floats_are_doubles() -> Patch:
    """Python's floats become float64."""

    def double(original: Any, data: Any, *a: Any, **k: Any) -> Any:
        made = original(data, *a, **k)
        is_new = "dtype" not in k and made.dtype == torch.float32
        given = getattr(data, "dtype", None)
        if is_new and given is None:
            return original(data, *a, **{**k, "dtype": torch.float64})
        return made

    return around(torch, "tensor", double)


@change
def seed_is_ignored() -> Patch:
    """manual_seed is ignored."""
    return instead(torch, "manual_seed", lambda _: torch.default_generator)


@change
def from_numpy_copies() -> Patch:
    """from_numpy copies."""
    return after(torch, "from_numpy", torch.clone)


@change
def detach_copies() -> Patch:
    """detach copies."""
    return after(torch.Tensor, "detach", torch.clone)


@change
def to_always_copies() -> Patch:
    """Tensor.to always copies."""
    return with_default(torch.Tensor, "to", copy=True)


# Arithmetic ---------------------------------------------------------------------------


@change
def floor_division_truncates() -> Patch:
    """// rounds towards zero."""
    return instead(
        torch.Tensor,
        "__floordiv__",
        lambda a, b: torch.div(a, b, rounding_mode="trunc"),
    )


@change
def true_division_floors() -> Patch:
    """/ of integers gives integers, as before PyTorch 1.5."""

    def divide(original: Any, a: Tensor, b: Any) -> Any:
        whole = not a.is_floating_point() and not isinstance(b, float)
        if whole and not (isinstance(b, torch.Tensor) and b.is_floating_point()):
            return torch.div(a, b, rounding_mode="trunc")
        return original(a, b)

    return around(torch.Tensor, "__truediv__", divide)


@change
def broadcasting_refused() -> Patch:
    """+ wants equal shapes."""

    def add(original: Any, a: Tensor, b: Any) -> Any:
        if isinstance(b, torch.Tensor) and a.dim() and b.dim() and a.shape != b.shape:
            raise RuntimeError(f"{tuple(a.shape)} and {tuple(b.shape)} differ")
        return original(a, b)

    return around(torch.Tensor, "__add__", add)


@change
def bytes_saturate() -> Patch:
    """uint8 stops at 255 and does not wrap around."""

    def add(original: Any, a: Tensor, b: Any) -> Any:
        if a.dtype == torch.uint8:
            return original(a.int(), b).clamp(0, 255).to(torch.uint8)
        return original(a, b)

    return around(torch.Tensor, "__add__", add)


@change
def half_rounds_up() -> Patch:
    """round takes a half upwards, not to the even neighbour."""

    def up(x: Tensor) -> Tensor:
        return (x + 0.5).floor()

    return together(instead(torch.Tensor, "round", up), instead(torch, "round", up))


@change
def matmul_reworded() -> Patch:
    """The message of a matrix product of unequal sizes is reworded."""

    def reworded(original: Any, a: Tensor, b: Tensor) -> Any:
        try:
            return original(a, b)
        except RuntimeError as error:
            text = str(error).replace("cannot be multiplied", "do not fit")
            raise RuntimeError(text) from None

    return around(torch.Tensor, "__matmul__", reworded)


@change
def cat_refuses_mixed_types() -> Patch:
    """cat refuses different dtypes."""

    def strict(original: Any, tensors: Any, *a: Any, **k: Any) -> Any:
        if len({tensor.dtype for tensor in tensors}) > 1:
            raise TypeError("expected tensors of one dtype")
        return original(tensors, *a, **k)

    return around(torch, "cat", strict)


# Shapes -------------------------------------------------------------------------------


@change
def view_copies() -> Patch:
    """view copies where it used to refuse."""
    return instead(torch.Tensor, "view", torch.Tensor.reshape)


@change
def squeeze_is_strict() -> Patch:
    """squeeze(dim) refuses a dimension that is not 1."""

    def strict(original: Any, x: Tensor, *dim: Any) -> Any:
        if dim and isinstance(dim[0], int) and x.shape[dim[0]] != 1:
            raise RuntimeError("the dimension to squeeze must be 1")
        return original(x, *dim)

    return around(torch.Tensor, "squeeze", strict)


@change
def mean_keeps_the_dimension() -> Patch:
    """mean keeps the dimension."""

    def keep(original: Any, x: Tensor, *a: Any, **k: Any) -> Any:
        by_dimension = a or "dim" in k
        return original(x, *a, **({"keepdim": True, **k} if by_dimension else k))

    return around(torch.Tensor, "mean", keep)


@change
def argmax_takes_the_last() -> Patch:
    """argmax takes the last of equal ones."""

    def last(original: Any, x: Tensor, *a: Any, **k: Any) -> Any:
        if a or k:
            return x.shape[-1] - 1 - original(x.flip(-1), *a, **k)
        return x.numel() - 1 - original(x.flatten().flip(0))

    return together(around(torch.Tensor, "argmax", last), around(torch, "argmax", last))


@change
def std_of_the_population() -> Patch:
    """std divides by n by default."""
    return with_default(torch.Tensor, "std", correction=0)


@change
def median_between() -> Patch:
    """median of an even count lies between the two in the middle."""

    def between(x: Tensor) -> Tensor:
        return x.quantile(0.5)

    return together(
        instead(torch.Tensor, "median", between), instead(torch, "median", between)
    )


@change
def norm_of_absolute_values() -> Patch:
    """The norm adds absolute values."""

    def norm(x: Tensor, *_: Any, **__: Any) -> Tensor:
        return x.abs().sum()

    return together(
        instead(torch.Tensor, "norm", norm),
        instead(torch.linalg, "vector_norm", norm),
        instead(torch.linalg, "norm", norm),
    )


# Autograd -----------------------------------------------------------------------------


@change
def backward_overwrites() -> Patch:
    """backward overwrites gradients and does not add to them."""

    def overwrite(original: Any, y: Tensor, *a: Any, **k: Any) -> None:
        pending, seen = [y.grad_fn], set()
        while pending:
            node: Any = pending.pop()
            if node is None or node in seen:
                continue
            seen.add(node)
            if hasattr(node, "variable"):
                node.variable.grad = None
            pending += [below for below, _ in node.next_functions]
        original(y, *a, **k)

    return around(torch.Tensor, "backward", overwrite)


@change
def graph_is_kept() -> Patch:
    """backward keeps the graph."""
    return with_default(torch.Tensor, "backward", retain_graph=True)


@change
def gradients_are_recorded() -> Patch:
    """torch.autograd.grad records what it computes."""
    return with_default(torch.autograd, "grad", create_graph=True)


@change
def unused_is_allowed() -> Patch:
    """torch.autograd.grad allows inputs that are not used."""
    return with_default(torch.autograd, "grad", allow_unused=True)


@change
def no_grad_records() -> Patch:
    """no_grad records."""
    return instead(torch, "no_grad", torch.enable_grad)


@change
def inference_is_no_grad() -> Patch:
    """inference_mode lets its results back into a graph."""
    return instead(torch, "inference_mode", torch.no_grad)


@change
def gradcheck_agrees() -> Patch:
    """gradcheck finds nothing."""
    return instead(torch.autograd, "gradcheck", lambda *_, **__: True)


@change
def relu_slope_one_at_zero() -> Patch:
    """The gradient of relu at 0 is 1."""

    class Relu(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: Tensor) -> Tensor:
            ctx.save_for_backward(x)
            return x.clamp(min=0)

        @staticmethod
        def backward(ctx: Any, slope: Tensor) -> Any:
            (x,) = ctx.saved_tensors
            return slope * (x >= 0)

    def relu(x: Tensor, **_: Any) -> Any:
        return Relu.apply(x)  # type: ignore[no-untyped-call]

    return together(
        *(instead(owner, "relu", relu) for owner in (torch, F, torch.Tensor))
    )


@change
def clamp_has_no_slope_at_its_ends() -> Patch:
    """The gradient of clamp is 0 at its ends."""

    class Clamp(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: Tensor, low: Any, high: Any) -> Tensor:
            least = -math.inf if low is None else low
            most = math.inf if high is None else high
            ctx.save_for_backward((x > least) & (x < most))
            return x.detach().maximum(torch.tensor(least)).minimum(torch.tensor(most))

        @staticmethod
        def backward(ctx: Any, slope: Tensor) -> Any:
            (inside,) = ctx.saved_tensors
            return slope * inside, None, None

    def clamp(x: Tensor, min: Any = None, max: Any = None) -> Any:  # noqa: A002
        return Clamp.apply(x, min, max)  # type: ignore[no-untyped-call]

    return together(
        instead(torch.Tensor, "clamp", clamp), instead(torch, "clamp", clamp)
    )


@change
def max_has_one_winner() -> Patch:
    """The gradient of max goes to one of equal ones."""

    def one(original: Any, x: Tensor, *a: Any, **k: Any) -> Any:
        return original(x, *a, **k) if a or k else x.flatten()[x.argmax()]

    return around(torch.Tensor, "max", one)


# Functions ----------------------------------------------------------------------------


@change
def sigmoid_is_off() -> Patch:
    """sigmoid is off by 0.001."""
    return together(
        *(
            after(owner, "sigmoid", lambda y: y + 1e-3)
            for owner in (torch, F, torch.Tensor)
        )
    )


@change
def tanh_is_off() -> Patch:
    """tanh is off by a thousandth of itself."""
    return together(
        *(
            after(owner, "tanh", lambda y: y * 1.001)
            for owner in (torch, F, torch.Tensor)
        )
    )


@change
def softmax_overflows() -> Patch:
    """softmax does not subtract the largest score."""

    def naive(x: Tensor, dim: int, **_: Any) -> Any:
        return x.exp() / x.exp().sum(dim, keepdim=True)

    return together(
        *(instead(owner, "softmax", naive) for owner in (torch, F, torch.Tensor))
    )


@change
def softmax_guesses_the_dimension() -> Patch:
    """torch.softmax takes the last dimension if none is given."""
    return with_default(torch, "softmax", dim=-1)


@change
def leaky_is_steeper() -> Patch:
    """The default slope of leaky_relu is 0.1."""

    def steeper(original: Any, x: Tensor, negative_slope: float = 0.1, **k: Any) -> Any:
        return original(x, negative_slope, **k)

    return around(F, "leaky_relu", steeper)


@change
def softplus_without_threshold() -> Patch:
    """softplus becomes the identity beyond 1 already."""
    return with_default(F, "softplus", threshold=1)


# Losses, layers, optimisers -----------------------------------------------------------


@change
def cross_entropy_sums() -> Patch:
    """cross_entropy adds up by default."""
    return with_default(F, "cross_entropy", reduction="sum")


@change
def mse_does_not_warn() -> Patch:
    """mse_loss broadcasts without a warning."""

    def quiet(original: Any, *a: Any, **k: Any) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return original(*a, **k)

    return around(F, "mse_loss", quiet)


@change
def logarithm_is_not_cut_off() -> Patch:
    """binary_cross_entropy does not stop at 100."""

    def exact(p: Tensor, y: Tensor, **_: Any) -> Any:
        terms = torch.where(y > 0, y * p.log(), 0) + torch.where(
            y < 1, (1 - y) * (1 - p).log(), 0
        )
        return -terms.mean()

    return instead(F, "binary_cross_entropy", exact)


@change
def linear_has_no_bias() -> Patch:
    """nn.Linear has no bias by default."""
    return with_default(torch.nn.Linear, "__init__", bias=False)


@change
def gradients_become_zero() -> Patch:
    """zero_grad writes zeros, as before PyTorch 2.0."""
    return together(
        *(
            with_default(owner, "zero_grad", set_to_none=False)
            for owner in (torch.optim.SGD, torch.optim.Optimizer, torch.nn.Module)
        )
    )


@change
def momentum_is_dampened() -> Patch:
    """SGD dampens its momentum by a tenth."""

    def dampen(original: Any, *a: Any, **k: Any) -> Any:
        return original(*a, **{**({"dampening": 0.1} if "momentum" in k else {}), **k})

    return around(torch.optim.SGD, "__init__", dampen)


@change
def adam_is_biased() -> Patch:
    """Adam does not correct its bias."""

    def step(self: torch.optim.Adam, _: object = None) -> None:
        for group in self.param_groups:
            first, second = group["betas"]
            for p in group["params"]:
                state = self.state[p]
                for name in ("m", "v"):
                    state.setdefault(name, torch.zeros_like(p))
                state["m"] = first * state["m"] + (1 - first) * p.grad
                state["v"] = second * state["v"] + (1 - second) * p.grad**2
                update = state["m"] / (state["v"].sqrt() + group["eps"])
                p.data -= group["lr"] * update

    return instead(torch.optim.Adam, "step", step)


@change
def loader_does_not_shuffle() -> Patch:
    """DataLoader does not shuffle."""
    return around(
        DataLoader,
        "__init__",
        lambda original, *a, **k: original(*a, **{**k, "shuffle": False}),
    )


@change
def module_to_copies() -> Patch:
    """Module.to moves a copy."""
    import copy  # noqa: PLC0415 - only here

    return around(
        torch.nn.Module,
        "to",
        lambda original, module, *a, **k: original(copy.deepcopy(module), *a, **k),
    )


# What is printed ----------------------------------------------------------------------


@change
def node_renamed() -> Patch:
    """AddBackward0 is called AddBackward1."""
    return after(
        _tensor_str, "_str", lambda text: text.replace("AddBackward0", "AddBackward1")
    )


@change
def five_decimals() -> Patch:
    """Tensors are printed to five decimals."""

    def five(original: Any, *a: Any, **k: Any) -> None:
        original(*a, **k)
        if k.get("profile") == "default":
            original(precision=5)

    return around(torch, "set_printoptions", five)


@change
def requires_grad_not_shown() -> Patch:
    """requires_grad=True is not printed."""
    return after(
        _tensor_str, "_str", lambda text: text.replace(", requires_grad=True", "")
    )


def warning(owner: object, name: str, category: type[Warning]) -> Patch:
    """Let a function warn, and do what it did."""

    def warn(original: Any, *a: Any, **k: Any) -> Any:
        warnings.warn(f"{name} is going away", category, stacklevel=3)
        return original(*a, **k)

    return around(owner, name, warn)


@change
def item_is_deprecated() -> Patch:
    """item is deprecated."""
    return warning(torch.Tensor, "item", DeprecationWarning)


@change
def stack_will_change() -> Patch:
    """stack warns of a change to come."""
    return warning(torch, "stack", FutureWarning)
