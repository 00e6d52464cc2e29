"""What PyTorch says when gradients go wrong: message, cause and cure."""

import copy
import math
import warnings

import numpy as np
import torch

from example_docs.marks import on_cuda


def start_from_integers() -> None:
    """arange made integers, and integers cannot have a gradient.

    >>> start_from_integers()
    Traceback (most recent call last):
        ...
    RuntimeError: only Tensors of floating point dtype can require gradients
    """
    knots = torch.arange(4).requires_grad_()
    print(knots)


def start_from_floats() -> None:
    """Make floats, or convert before the switch.

    >>> start_from_floats()
    tensor([0., 1., 2., 3.], requires_grad=True)
    tensor([0., 1., 2., 3.], requires_grad=True)
    """
    print(torch.arange(4.0).requires_grad_())
    print(torch.arange(4).to(torch.float32).requires_grad_())


def scaled_after_the_switch() -> None:
    """The product is a result; an optimiser takes leaves only.

    >>> scaled_after_the_switch()
    Traceback (most recent call last):
        ...
    ValueError: can't optimize a non-leaf Tensor
    """
    weight = 0.1 * torch.ones(3, requires_grad=True)
    torch.optim.SGD([weight], lr=0.5)


def scaled_before_the_switch() -> None:
    """Compute the starting values first, then turn the switch.

    >>> scaled_before_the_switch()
    tensor([-0.4000, -0.4000, -0.4000], requires_grad=True)
    """
    weight = (0.1 * torch.ones(3)).requires_grad_()
    optimizer = torch.optim.SGD([weight], lr=0.5)
    weight.sum().backward()
    optimizer.step()
    print(weight)


def set_one_weight() -> None:
    """Writing to one element changes a leaf through a view of it.

    >>> set_one_weight()
    Traceback (most recent call last):
        ...
    RuntimeError: a view of a leaf Variable that requires grad is being used in an in-place operation.
    """
    weight = torch.zeros(3, requires_grad=True)
    weight[0] = 1.0


def set_one_weight_unrecorded() -> None:
    """A starting value is no part of the computation: do not record it.

    >>> set_one_weight_unrecorded()
    tensor([1., 0., 0.], requires_grad=True)
    """
    weight = torch.zeros(3, requires_grad=True)
    with torch.no_grad():
        weight[0] = 1.0
    print(weight)


def loss_from_python_numbers() -> None:
    """item() left the graph; a new tensor of numbers has no way back.

    >>> loss_from_python_numbers()
    tensor(2.5000)
    Traceback (most recent call last):
        ...
    RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn
    """
    weight = torch.tensor(3.0, requires_grad=True)
    errors = [((weight * x - 2 * x) ** 2).item() for x in (1.0, 2.0)]
    loss = torch.tensor(errors).mean()
    print(loss)
    loss.backward()


def loss_from_tensors() -> None:
    """torch.stack keeps the way back to the weight.

    >>> loss_from_tensors()
    tensor(2.5000, grad_fn=<MeanBackward0>)
    tensor(5.)
    """
    weight = torch.tensor(3.0, requires_grad=True)
    errors = [(weight * x - 2 * x) ** 2 for x in (1.0, 2.0)]
    loss = torch.stack(errors).mean()
    print(loss)
    loss.backward()
    print(weight.grad)


def accuracy_as_loss() -> None:
    """A comparison gives True or False, and no gradient passes those.

    >>> accuracy_as_loss()
    tensor(0.2500)
    Traceback (most recent call last):
        ...
    RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn
    """
    weight = torch.tensor(0.5, requires_grad=True)
    score = weight * torch.tensor([-2.0, -1.0, 1.0, 2.0])
    label = torch.tensor([False, True, True, True])
    wrong = ((score > 0) != label).float().mean()
    print(wrong)
    wrong.backward()


def rounded_in_silence() -> None:
    """Rounding has no slope either, but its gradient is zero: no message.

    >>> rounded_in_silence()
    tensor(9., grad_fn=<PowBackward0>)
    tensor(0.)
    """
    weight = torch.tensor(0.7, requires_grad=True)
    loss = (torch.round(3 * weight) - 5) ** 2
    print(loss)
    loss.backward()
    print(weight.grad)


def smooth_loss_instead() -> None:
    """Train on a loss that changes a little when the weight does.

    >>> smooth_loss_instead()
    loss 0.5187, gradient -0.2077
    """
    weight = torch.tensor(0.5, requires_grad=True)
    score = weight * torch.tensor([-2.0, -1.0, 1.0, 2.0])
    label = torch.tensor([0.0, 1.0, 1.0, 1.0])
    loss = torch.nn.functional.binary_cross_entropy_with_logits(score, label)
    loss.backward()
    print(f"loss {loss.item():.4f}, gradient {weight.grad.item():.4f}")


def loss_per_sample() -> None:
    """reduction="none" leaves one loss a sample: three numbers, not one.

    >>> loss_per_sample()
    tensor([1., 4., 9.], grad_fn=<MseLossBackward0>)
    Traceback (most recent call last):
        ...
    RuntimeError: grad can be implicitly created only for scalar outputs
    """
    weight = torch.tensor(1.0, requires_grad=True)
    x = torch.tensor([1.0, 2.0, 3.0])
    loss = torch.nn.functional.mse_loss(weight * x, 2 * x, reduction="none")
    print(loss)
    loss.backward()


def one_number_for_all() -> None:
    """Weigh the samples, then reduce to one number.

    >>> one_number_for_all()
    tensor(-3.3333)
    """
    weight = torch.tensor(1.0, requires_grad=True)
    x = torch.tensor([1.0, 2.0, 3.0])
    loss = torch.nn.functional.mse_loss(weight * x, 2 * x, reduction="none")
    importance = torch.tensor([1.0, 1.0, 0.0])
    (importance * loss).mean().backward()
    print(weight.grad)


def memory_across_steps() -> None:
    """state still hangs on the graph of the step before.

    >>> memory_across_steps()
    0 0.2893
    Traceback (most recent call last):
        ...
    RuntimeError: Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward.
    """
    weight = torch.tensor(0.5, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=0.1)
    state = torch.tensor(1.0)
    for step in range(3):
        state = torch.tanh(weight * state)
        loss = (state - 1) ** 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        print(step, f"{loss.item():.4f}")


@on_cuda(
    raises=RuntimeError,
    because="the message names torch.cuda.FloatTensor there",
)
def graph_kept_instead() -> None:
    """retain_graph follows the advice, and the next error is waiting.

    >>> graph_kept_instead()
    0 0.2893
    1 0.5420
    Traceback (most recent call last):
        ...
    RuntimeError: one of the variables needed for gradient computation has been modified by an inplace operation: [torch.FloatTensor []] is at version 2; expected version 1 instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).
    """
    weight = torch.tensor(0.5, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=0.1)
    state = torch.tensor(1.0)
    for step in range(3):
        state = torch.tanh(weight * state)
        loss = (state - 1) ** 2
        optimizer.zero_grad()
        loss.backward(retain_graph=True)
        optimizer.step()
        print(step, f"{loss.item():.4f}")


def state_detached() -> None:
    """detach hands on the value and lets go of the graph.

    >>> state_detached()
    0 0.2893
    1 0.5420
    2 0.6901
    """
    weight = torch.tensor(0.5, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=0.1)
    state = torch.tensor(1.0)
    for step in range(3):
        state = torch.tanh(weight * state.detach())
        loss = (state - 1) ** 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        print(step, f"{loss.item():.4f}")


def saved_result_changed() -> None:
    """exp keeps its result for the backward pass; += overwrites it.

    >>> saved_result_changed()
    one of the variables needed for gradient computation has been modified by an inplace operation
    """
    z = torch.tensor([0.0, 1.0], requires_grad=True)
    hidden = torch.exp(z)
    hidden += 1
    try:
        hidden.sum().backward()
    except RuntimeError as error:
        print(str(error).partition(":")[0])


def nan_without_a_word() -> None:
    """The distance is fine, its gradient is not a number.

    >>> nan_without_a_word()
    0.0 tensor([nan, nan])
    """
    position = torch.zeros(2, requires_grad=True)
    distance = (position**2).sum().sqrt()
    distance.backward()
    print(distance.item(), position.grad)


def anomaly_detection() -> None:
    """Anomaly detection stops at the first nan and names the operation.

    >>> anomaly_detection()
    Function 'PowBackward0' returned nan values in its 0th output.
    Error detected in PowBackward0
    """
    position = torch.zeros(2, requires_grad=True)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            with torch.autograd.set_detect_anomaly(True):
                distance = (position**2).sum().sqrt()
                distance.backward()
        except RuntimeError as error:
            print(error)
    print(str(caught[0].message).partition(". ")[0])


def distance_with_a_floor() -> None:
    """A tiny number under the root keeps its slope finite.

    >>> distance_with_a_floor()
    1.0e-06 tensor([0., 0.])
    (tensor([0., 0.]),)
    """
    position = torch.zeros(2, requires_grad=True)
    distance = ((position**2).sum() + 1e-12).sqrt()
    distance.backward()
    print(f"{distance.item():.1e}", position.grad)

    distance = torch.linalg.vector_norm(position)
    print(torch.autograd.grad(distance, position))


def weight_never_used() -> None:
    """The bias took no part in the loss, so it has no gradient.

    >>> weight_never_used()
    tensor(2.2000, requires_grad=True)
    Traceback (most recent call last):
        ...
    TypeError: unsupported operand type(s) for *: 'float' and 'NoneType'
    """
    weight = torch.tensor(3.0, requires_grad=True)
    bias = torch.tensor(0.0, requires_grad=True)
    loss = (weight * 2.0 - 4.0) ** 2
    loss.backward()
    with torch.no_grad():
        for parameter in (weight, bias):
            parameter.sub_(0.1 * parameter.grad)
            print(parameter)


def who_has_no_gradient() -> None:
    """Ask each parameter before you update: None marks the one left out.

    >>> who_has_no_gradient()
    weight tensor(8.) bias None
    weight tensor(8.) bias tensor(4.)
    """
    weight = torch.tensor(3.0, requires_grad=True)
    bias = torch.tensor(0.0, requires_grad=True)
    for loss in ((weight * 2.0 - 4.0) ** 2, (weight * 2.0 + bias - 4.0) ** 2):
        weight.grad = bias.grad = None
        loss.backward()
        print("weight", weight.grad, "bias", bias.grad)


def cleared_with_a_number() -> None:
    """grad is a tensor or None, never a Python number.

    >>> cleared_with_a_number()
    Traceback (most recent call last):
        ...
    TypeError: assigned grad expected to be a Tensor or None but got grad of type float
    """
    weight = torch.tensor(3.0, requires_grad=True)
    weight.grad = 0.0


def written_into_a_buffer() -> None:
    """out= overwrites a buffer, and that cannot be recorded.

    >>> written_into_a_buffer()
    Traceback (most recent call last):
        ...
    RuntimeError: mul(): functions with out=... arguments don't support automatic differentiation, but one of the arguments requires grad.
    """
    weight = torch.tensor([1.0, 2.0], requires_grad=True)
    buffer = torch.zeros(2)
    torch.mul(weight, 3.0, out=buffer)


@on_cuda(raises=TypeError, because="NumPy shares CPU memory only")
def numpy_function() -> None:
    """A NumPy function wants an array, and NumPy records nothing.

    >>> numpy_function()
    Traceback (most recent call last):
        ...
    RuntimeError: Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.
    """
    weight = torch.tensor([1.0, 2.0], requires_grad=True)
    prediction = weight * 8.0
    print(np.sqrt(prediction))


def torch_function_or_detach() -> None:
    """Need the gradient: torch's function. Need the numbers: detach.

    >>> torch_function_or_detach()
    tensor([2.8284, 4.0000], grad_fn=<SqrtBackward0>)
    [2.828427 4.      ]
    """
    weight = torch.tensor([1.0, 2.0], requires_grad=True)
    prediction = weight * 8.0
    print(torch.sqrt(prediction))
    print(np.sqrt(prediction.detach().cpu().numpy()))


def loss_into_math() -> None:
    """math.sqrt turns the loss into a Python number, and PyTorch warns.

    >>> loss_into_math()
    5.0
    UserWarning: Converting a tensor with requires_grad=True to a scalar may lead to unexpected behavior.
    """
    weight = torch.tensor(3.0, requires_grad=True)
    loss = (weight * 2.0 - 1.0) ** 2
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        print(math.sqrt(loss))
    for warning in caught:
        first_line = str(warning.message).partition("\n")[0]
        print(f"{warning.category.__name__}: {first_line}")


def copy_of_a_result() -> None:
    """A result cannot be copied together with its graph.

    >>> copy_of_a_result()
    Traceback (most recent call last):
        ...
    RuntimeError: Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment.  If you were attempting to deepcopy a module, this may be because of a torch.nn.utils.weight_norm usage, see https://github.com/pytorch/pytorch/pull/103001
    """
    weight = torch.tensor([1.0, 2.0], requires_grad=True)
    prediction = 3 * weight
    best = copy.deepcopy(prediction)
    print(best)


def copy_of_the_values() -> None:
    """Detached, it shares the memory; cloned, it has its own.

    >>> copy_of_the_values()
    tensor([13., 16.]) tensor([3., 6.])
    """
    weight = torch.tensor([1.0, 2.0], requires_grad=True)
    prediction = 3 * weight
    shared = prediction.detach()
    best = prediction.detach().clone()
    prediction += 10
    print(shared, best)


def total_that_remembers() -> None:
    """A sum of losses is a result: it keeps the graph of every step.

    >>> total_that_remembers()
    tensor(14., grad_fn=<AddBackward0>)
    14.0
    PowBackward0
    """
    weight = torch.tensor(3.0, requires_grad=True)
    total = torch.tensor(0.0)
    number = 0
    for x in (1.0, 2.0, 3.0):
        loss = (weight * x - 2 * x) ** 2
        loss.backward()
        total = total + loss
        number = number + loss.item()
    print(total)
    print(number)
    print(total.grad_fn.next_functions[1][0].name())


def predicted_under_no_grad() -> None:
    """The prediction was made where nothing is recorded.

    >>> predicted_under_no_grad()
    tensor(25.)
    Traceback (most recent call last):
        ...
    RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn
    """
    weight = torch.tensor(3.0, requires_grad=True)
    with torch.no_grad():
        prediction = weight * 2.0
    loss = (prediction - 1.0) ** 2
    print(loss)
    loss.backward()


def backward_in_every_step() -> None:
    """A new graph in each step is passed once only.

    >>> backward_in_every_step()
    tensor(8.)
    """
    weight = torch.tensor(3.0, requires_grad=True)
    for _ in range(2):
        loss = (weight - 1) ** 2
        loss.backward()
    print(weight.grad)


def step_without_backward() -> None:
    """An optimiser skips a parameter without a gradient, in silence.

    >>> step_without_backward()
    tensor(3., requires_grad=True)
    """
    weight = torch.tensor(3.0, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=0.1)
    loss = (weight - 1) ** 2
    loss.backward()
    optimizer.zero_grad()
    optimizer.step()
    print(weight)
