"""Gradients between backward() and step(): add up, clip, freeze."""

import torch
from torch.nn.utils import clip_grad_norm_, clip_grad_value_


def data_in_pieces() -> None:
    """Pieces give the gradient of the whole if each counts with its share.

    >>> data_in_pieces()
    whole:       tensor(16.)
    means:       tensor(37.3333)
    with shares: tensor(16.)
    """
    inputs = torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0])
    weight = torch.tensor(1.0, requires_grad=True)
    ((weight * inputs - 1) ** 2).mean().backward()
    print("whole:      ", weight.grad)

    weight.grad = None
    for piece in inputs.split(3):
        ((weight * piece - 1) ** 2).mean().backward()
    print("means:      ", weight.grad)

    weight.grad = None
    for piece in inputs.split(3):
        loss = ((weight * piece - 1) ** 2).mean()
        (loss * len(piece) / len(inputs)).backward()
    print("with shares:", weight.grad)


def step_after_all_pieces() -> None:
    """Clear once, add up all pieces, step once.

    >>> step_after_all_pieces()
    step 0  weight 2.2000
    step 1  weight 1.9800
    step 2  weight 2.0020
    """
    inputs = torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0])
    targets = 2 * inputs
    weight = torch.tensor(0.0, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=0.05)
    for step in range(3):
        optimizer.zero_grad()
        pieces = zip(inputs.split(3), targets.split(3), strict=True)
        for x, y in pieces:
            loss = ((weight * x - y) ** 2).mean()
            (loss * len(x) / len(inputs)).backward()
        optimizer.step()
        print(f"step {step}  weight {weight.item():.4f}")


def cleared_for_each_piece() -> None:
    """Cleared inside the inner loop, only the last piece counts.

    >>> cleared_for_each_piece()
    tensor([1., 2., 3.]) tensor(3.2000)
    tensor([4., 5.]) tensor(12.8000)
    """
    inputs = torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0])
    weight = torch.tensor(1.0, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=0.05)
    for piece in inputs.split(3):
        optimizer.zero_grad()
        loss = ((weight * piece - 1) ** 2).mean()
        (loss * len(piece) / len(inputs)).backward()
        print(piece, weight.grad)


def none_or_zero() -> None:
    """zero_grad leaves None behind; zeros come only on request.

    >>> none_or_zero()
    tensor([6.])
    None
    tensor([6.])
    tensor([0.])
    """
    weight = torch.tensor([3.0], requires_grad=True)
    optimizer = torch.optim.SGD([weight])
    for set_to_none in (True, False):
        (weight**2).backward()
        print(weight.grad)
        optimizer.zero_grad(set_to_none=set_to_none)
        print(weight.grad)


def clip_the_norm() -> None:
    """clip_grad_norm_ shortens all gradients by the same factor.

    >>> clip_the_norm()
    before: tensor([ 6., -8.]) tensor(12.)
    norm:   15.6205
    after:  tensor([ 0.3841, -0.5121]) tensor(0.7682)
    """
    weight = torch.tensor([3.0, -4.0], requires_grad=True)
    bias = torch.tensor(6.0, requires_grad=True)
    loss = (weight**2).sum() + bias**2
    loss.backward()
    print("before:", weight.grad, bias.grad)
    norm = clip_grad_norm_([weight, bias], max_norm=1.0)
    print(f"norm:   {norm:.4f}")
    print("after: ", weight.grad, bias.grad)


def clip_each_number() -> None:
    """clip_grad_value_ cuts each number off and turns the direction.

    >>> clip_each_number()
    before: tensor([ 0.2000, -8.0000])
    after:  tensor([ 0.2000, -1.0000])
    """
    weight = torch.tensor([0.1, -4.0], requires_grad=True)
    (weight**2).sum().backward()
    print("before:", weight.grad)
    clip_grad_value_([weight], clip_value=1.0)
    print("after: ", weight.grad)


def steep_start() -> None:
    """On x**4 a step from 10 runs away; clipped steps arrive.

    >>> steep_start()
    max_norm inf: -390.0 23727210.0 -5343182624953087295488.0 nan ... nan
    max_norm 1.0: 9.9 9.8 9.7 9.6 ... 0.1
    """
    for max_norm in (float("inf"), 1.0):
        x = torch.tensor(10.0, requires_grad=True)
        optimizer = torch.optim.SGD([x], lr=0.1)
        places = []
        for _ in range(200):
            optimizer.zero_grad()
            (x**4).backward()
            clip_grad_norm_([x], max_norm)
            optimizer.step()
            places.append(f"{x.item():.1f}")
        print(f"max_norm {max_norm}:", *places[:4], "...", places[-1])


def clipped_piece_by_piece() -> None:
    """Clip once, after the last piece; clipping each can turn the direction.

    >>> clipped_piece_by_piece()
    once: tensor(2.)
    each: tensor(-10.0000)
    """
    weight = torch.tensor(1.0, requires_grad=True)
    for slope in (30.0, -28.0):
        (slope * weight).backward()
    clip_grad_norm_([weight], max_norm=10.0)
    print("once:", weight.grad)

    weight.grad = None
    for slope in (30.0, -28.0):
        (slope * weight).backward()
        clip_grad_norm_([weight], max_norm=10.0)
    print("each:", weight.grad)


def norm_that_is_nan() -> None:
    """One nan spoils all gradients; error_if_nonfinite stops in time.

    >>> norm_that_is_nan()
    tensor(6.) tensor(nan)
    tensor(nan) tensor(nan)
    Traceback (most recent call last):
        ...
    RuntimeError: The total norm of order 2.0 for gradients from `parameters` is non-finite, so it cannot be clipped. To disable this error and scale the gradients by the non-finite norm anyway, set `error_if_nonfinite=False`
    """
    good = torch.tensor(3.0, requires_grad=True)
    bad = torch.tensor(0.0, requires_grad=True)
    loss = good**2 + (bad**2).sqrt()
    loss.backward()
    print(good.grad, bad.grad)
    clip_grad_norm_([good, bad], 1.0)
    print(good.grad, bad.grad)
    clip_grad_norm_([good, bad], 1.0, error_if_nonfinite=True)


def freeze_a_weight() -> None:
    """A frozen weight gets no new gradient; the one it has must be cleared.

    >>> freeze_a_weight()
    frozen:  tensor(2.) tensor(30.)
    step:    tensor(1.7000)
    cleared: tensor(1.7000) None
    step:    tensor(1.7000) tensor(2.6722, requires_grad=True)
    """
    first = torch.tensor(2.0, requires_grad=True)
    second = torch.tensor(3.0, requires_grad=True)
    optimizer = torch.optim.SGD([first, second], lr=0.01)
    ((first * second - 1) ** 2).backward()

    first.requires_grad_(False)
    print("frozen: ", first, first.grad)
    optimizer.step()
    print("step:   ", first)
    optimizer.zero_grad()
    ((first * second - 1) ** 2).backward()
    print("cleared:", first, first.grad)
    optimizer.step()
    print("step:   ", first, second)


def frozen_but_moving() -> None:
    """With zeros in grad, momentum still moves a frozen weight.

    >>> frozen_but_moving()
    frozen at 1.60, grad 0.0, then 1.24 0.92 0.62
    frozen at 1.60, grad None, then 1.60 1.60 1.60
    """
    for set_to_none in (False, True):
        weight = torch.tensor(2.0, requires_grad=True)
        optimizer = torch.optim.SGD([weight], lr=0.1, momentum=0.9)
        (weight**2).backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=set_to_none)
        weight.requires_grad_(False)
        print(
            f"frozen at {weight.item():.2f}, grad {weight.grad}, then", end=""
        )
        for _ in range(3):
            optimizer.step()
            print(f" {weight.item():.2f}", end="")
        print()


def decay_without_a_gradient() -> None:
    """Weight decay and a gradient of zero.

    >>> decay_without_a_gradient()
    4.0
    4.0
    """
    weight = torch.tensor(8.0, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=0.5, weight_decay=1.0)
    for grad in (torch.tensor(0.0), None):
        weight.grad = grad
        optimizer.step()
        print(weight.item())


def one_step_for_four_pieces() -> None:
    """Four pieces of one sample, each with its share.

    >>> one_step_for_four_pieces()
    tensor(2.5000)
    """
    weight = torch.tensor(1.0, requires_grad=True)
    for x in (1.0, 2.0, 3.0, 4.0):
        loss = x * weight / 4
        loss.backward()
    print(weight.grad)
