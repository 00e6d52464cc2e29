"""Rules of autograd/control."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch import Tensor

if TYPE_CHECKING:
    from collections.abc import Callable

OPERATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "sum": torch.sum,
    "square": torch.square,
    "exp": torch.exp,
    "scale": lambda x: 3 * x,
    "double": lambda x: x.double(),
    "view": lambda x: x.view(-1),
    "slice": lambda x: x[:1],
    "clone": torch.clone,
    "detach": lambda x: x.detach(),
}
# Whether the operation saves its input or its result for the way back.
SAVES: dict[str, tuple[Callable[[Tensor, Tensor], Tensor], bool]] = {
    "add": (torch.add, False),
    "sub": (torch.sub, False),
    "mul": (torch.mul, True),
    "div": (torch.div, True),
    "dot": (torch.dot, True),
    "pow": (torch.pow, True),
    "atan2": (torch.atan2, True),
}
values = st.lists(st.floats(0.5, 4, width=32), min_size=1, max_size=4)
chains = st.lists(st.sampled_from(sorted(OPERATIONS)), max_size=4)


def works(function: Callable[..., object], *arguments: Tensor) -> bool:
    """Tell whether a call does not end in a RuntimeError."""
    try:
        function(*arguments)
    except RuntimeError:
        return False
    return True


def version(x: Tensor) -> int:
    """Return how often a tensor was changed in place; PyTorch has no public name."""
    return x._version  # noqa: SLF001 - it has no other


def results(value: list[float], chain: list[str]) -> list[Tensor]:
    """Compute a chain of operations, from data and from a weight."""
    tensors = []
    for flag in (False, True):
        x = torch.tensor(value, requires_grad=flag)
        tensors.append(x)
        for name in chain:
            x = OPERATIONS[name](x.reshape(-1))
            tensors.append(x)
        with torch.no_grad():
            tensors.append(x + 1)
    return tensors


@rule(value=values, chain=chains)
def leaves_have_no_grad_fn(value: list[float], chain: list[str]) -> None:
    for tensor in results(value, chain):
        assert tensor.is_leaf == (tensor.grad_fn is None)


@leaves_have_no_grad_fn.false("what an operation made is no leaf")
def _(value: list[float], chain: list[str]) -> None:
    x = torch.tensor(value)
    for name in chain:
        assert not OPERATIONS[name](x).is_leaf


@leaves_have_no_grad_fn.false("leaves require grad")
def _(value: list[float], chain: list[str]) -> None:
    for tensor in results(value, chain):
        assert not tensor.is_leaf or tensor.requires_grad


smooth = st.lists(
    st.sampled_from(["square", "exp", "scale", "clone", "view"]),
    min_size=1,
    max_size=3,
)


def stored(value: list[float], chain: list[str]) -> tuple[Tensor, list[Tensor]]:
    """Go back through a chain; return the leaf and the results on the way."""
    leaf = x = torch.tensor(value, requires_grad=True)
    way = []
    for name in chain:
        x = OPERATIONS[name](x / 2)
        way.append(x)
    x.sum().backward()
    return leaf, way


# Asking a result for its gradient warns, which is what the rule is about.
def has_gradient(tensor: Tensor) -> bool:
    """Tell whether a tensor holds a gradient, without the warning."""
    return tensor.grad is not None if tensor.is_leaf or tensor.retains_grad else False


@rule(value=values, chain=smooth)
def backward_stores_gradients_in_leaves(value: list[float], chain: list[str]) -> None:
    leaf, way = stored(value, chain)
    assert has_gradient(leaf)
    assert not any(map(has_gradient, way))


@backward_stores_gradients_in_leaves.false("in each tensor on the way")
def _(value: list[float], chain: list[str]) -> None:
    _, way = stored(value, chain)
    assert all(map(has_gradient, way))


@rule(value=values, chain=smooth)
def a_detached_factor_counts_as_a_constant(
    value: list[float], chain: list[str]
) -> None:
    x = torch.tensor(value, requires_grad=True)
    factor = torch.tensor(value)
    other = x
    for name in chain:
        factor, other = OPERATIONS[name](factor / 3), OPERATIONS[name](other / 3)
    (x.sin() * other.detach()).sum().backward()
    torch.testing.assert_close(x.grad, x.detach().cos() * factor)


@a_detached_factor_counts_as_a_constant.false("it takes part in the gradient")
def _(value: list[float], chain: list[str]) -> None:
    gradients = []
    for detached in (False, True):
        x = torch.tensor(value, requires_grad=True)
        other = x
        for name in chain:
            other = OPERATIONS[name](other / 3)
        (x.sin() * (other.detach() if detached else other)).sum().backward()
        gradients.append(x.grad)
    torch.testing.assert_close(*gradients)


@rule(value=values, new=st.floats(-9, 9, width=32), of_result=st.booleans())
def detached_tensors_share_memory(
    value: list[float], new: float, *, of_result: bool
) -> None:
    x = torch.tensor(value, requires_grad=True)
    y = 2 * x if of_result else x
    detached = y.detach()
    detached[0] = new
    assert y[0] == new
    assert detached.data_ptr() == y.data_ptr()
    with torch.no_grad():
        y += 1
    assert torch.equal(detached, y)


@detached_tensors_share_memory.false("a detached tensor can be changed freely")
def _(value: list[float], new: float, *, of_result: bool) -> None:
    x = torch.tensor(value, requires_grad=True)
    y = 2 * x if of_result else x
    before = y.tolist()
    y.detach()[0] = new
    assert y.tolist() == before


@rule(value=values, chain=chains)
def what_is_computed_under_no_grad_requires_none(
    value: list[float], chain: list[str]
) -> None:
    x = torch.tensor(value, requires_grad=True)
    with torch.no_grad():
        for name in [*chain, "scale"]:
            x = OPERATIONS[name](x.reshape(-1))
    assert not x.requires_grad
    assert x.grad_fn is None


@what_is_computed_under_no_grad_requires_none.false("nothing inside requires grad")
def _(value: list[float], chain: list[str]) -> None:
    x = torch.tensor(value, requires_grad=True)
    with torch.no_grad():
        for name in chain:
            assert not OPERATIONS[name](x).requires_grad
        assert not x.requires_grad


@what_is_computed_under_no_grad_requires_none.false(
    "nor does a recorded result that is changed inside"
)
def _(value: list[float], chain: list[str]) -> None:
    del chain
    y = 2 * torch.tensor(value, requires_grad=True)
    with torch.no_grad():
        y += 1
    assert not y.requires_grad


@rule(value=values, name=st.sampled_from(sorted(SAVES)))
def inference_tensors_cannot_be_saved_for_backward(
    value: list[float], name: str
) -> None:
    function, saves = SAVES[name]
    weight = torch.tensor(value, requires_grad=True)
    with torch.inference_mode():
        features = torch.tensor(value) + 1
    assert works(function, weight, features) != saves
    assert works(function, weight, features.clone())


@inference_tensors_cannot_be_saved_for_backward.false("they never go into a graph")
def _(value: list[float], name: str) -> None:
    weight = torch.tensor(value, requires_grad=True)
    with torch.inference_mode():
        features = torch.tensor(value) + 1
    assert not works(SAVES[name][0], weight, features)


@inference_tensors_cannot_be_saved_for_backward.false("nor can those of no_grad")
def _(value: list[float], name: str) -> None:
    function, saves = SAVES[name]
    weight = torch.tensor(value, requires_grad=True)
    with torch.no_grad():
        features = torch.tensor(value) + 1
    assert works(function, weight, features) != saves


SWITCHES: dict[str, Callable[[], Any]] = {
    "no_grad": torch.no_grad,
    "inference_mode": torch.inference_mode,
    "set_grad_enabled": lambda: torch.set_grad_enabled(False),
}


@rule(switch=st.sampled_from(sorted(SWITCHES)), share=st.floats(0.2, 0.8))
def recording_and_dropout_are_switched_apart(switch: str, share: float) -> None:
    model = torch.nn.Dropout(share)
    x = torch.ones(1000, requires_grad=True)
    with SWITCHES[switch]():
        assert (model(x) == 0).any()
    model.eval()
    assert torch.equal(model(x), x)
    assert (2 * model(x)).requires_grad
    frozen = torch.ones(1000)
    assert (model.train()(frozen) == 0).any()
    assert (model(x.detach()) == 0).any()


@recording_and_dropout_are_switched_apart.false("under no_grad nothing is dropped")
def _(switch: str, share: float) -> None:
    with SWITCHES[switch]():
        assert not (torch.nn.Dropout(share)(torch.ones(1000)) == 0).any()


@recording_and_dropout_are_switched_apart.false("eval() stops the recording")
def _(switch: str, share: float) -> None:
    del switch
    model = torch.nn.Sequential(torch.nn.Dropout(share), torch.nn.Linear(2, 1)).eval()
    assert not model(torch.ones(2)).requires_grad


CHANGES: dict[str, Callable[[Tensor], object]] = {
    "add": lambda x: x.add_(1),
    "index": lambda x: x.__setitem__(0, 7.0),
    "view": lambda x: x.view(-1).mul_(2),
    "slice": lambda x: x[:1].zero_(),
    "detach": lambda x: x.detach().fill_(3),
    "copy": lambda x: x.copy_(torch.zeros_like(x)),
}
changes = st.sampled_from(sorted(CHANGES))


@rule(value=values, change=changes, flag=st.booleans())
def in_place_operations_raise_the_version(
    value: list[float], change: str, *, flag: bool
) -> None:
    x = torch.tensor(value, requires_grad=flag)
    before = version(x)
    with torch.no_grad():
        CHANGES[change](x)
    assert version(x) > before
    # What a graph has saved of it cannot be used any more.
    x.requires_grad_()
    loss = x.exp().sum() + x.square().sum()
    with torch.no_grad():
        CHANGES[change](x)
    assert not works(loss.backward)


@in_place_operations_raise_the_version.false("not if it goes through a view")
def _(value: list[float], change: str, *, flag: bool) -> None:
    x = torch.tensor(value, requires_grad=flag)
    with torch.no_grad():
        CHANGES[change](x)
    assert version(x) == (0 if change in {"view", "slice"} else 1)


@in_place_operations_raise_the_version.false("each tensor has a version number")
def _(value: list[float], change: str, *, flag: bool) -> None:
    del change, flag
    with torch.inference_mode():
        x = torch.tensor(value)
    assert works(version, x)


@rule(value=values, change=changes)
def changes_through_data_go_unnoticed(value: list[float], change: str) -> None:
    x = torch.tensor(value, requires_grad=True)
    loss = x.square().sum()
    CHANGES[change](x.data)
    assert version(x) == 0
    loss.backward()
    # The gradient is that of the new values, not of those in the loss.
    torch.testing.assert_close(x.grad, 2 * x.detach())


@changes_through_data_go_unnoticed.false("backward() finds them out")
def _(value: list[float], change: str) -> None:
    x = torch.tensor(value, requires_grad=True)
    loss = x.square().sum()
    CHANGES[change](x.data)
    assert not works(loss.backward)


@changes_through_data_go_unnoticed.false("as do those through detach()")
def _(value: list[float], change: str) -> None:
    x = torch.tensor(value, requires_grad=True)
    loss = x.square().sum()
    CHANGES[change](x.detach())
    assert works(loss.backward)
