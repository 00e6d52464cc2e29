"""What PyTorch says when gradients go wrong: message, cause and cure."""

import warnings

import numpy as np
import torch

from example_docs.marks import on_cuda


def scaled_after_the_switch() -> None:
    """The product is a result; an optimiser takes leaves only.

    >>> scaled_after_the_switch()
    Traceback (most recent call last):
        ...
    ValueError: can't optimize a non-leaf Tensor
    """
    weight = 0.1 * torch.ones(3, requires_grad=True)
    torch.optim.SGD([weight], lr=0.5)


def set_one_weight() -> None:
    """Writing to one element changes a leaf through a view of it.

    >>> set_one_weight()
    Traceback (most recent call last):
        ...
    RuntimeError: a view of a leaf Variable that requires grad is being used in an in-place operation.
    """
    weight = torch.zeros(3, requires_grad=True)
    weight[0] = 1.0


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
