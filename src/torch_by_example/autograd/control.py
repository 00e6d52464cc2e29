"""What autograd records, and how to switch the recording off and on."""

import warnings

import torch

from example_docs.marks import on_cuda


def switch_on_and_off() -> None:
    """requires_grad_ sets the flag in place; the flag itself never goes away.

    >>> switch_on_and_off()
    False
    tensor([1., 2., 3.], requires_grad=True)
    tensor([1., 2., 3.]) False
    """
    x = torch.tensor([1.0, 2.0, 3.0])
    print(x.requires_grad)
    x.requires_grad_()
    print(x)
    x.requires_grad_(False)
    print(x, x.requires_grad)


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


def switch_off_a_result() -> None:
    """A recorded result cannot be switched off, only leaves can.

    >>> switch_off_a_result()
    Traceback (most recent call last):
        ...
    RuntimeError: you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a subgraph that doesn't require differentiation use var_no_grad = var.detach().
    """
    x = torch.ones(2, requires_grad=True)
    y = 2 * x
    y.requires_grad_(False)


def leaf_or_result() -> None:
    """A leaf is a tensor that no recorded operation made.

    >>> leaf_or_result()
    True True True
    True False True
    True False True
    False True False
    True False True
    """
    weight = torch.ones(2, requires_grad=True)
    data = torch.ones(2)
    product = weight * data
    for tensor in (weight, data, data + 1, product, product.detach()):
        print(tensor.is_leaf, tensor.requires_grad, tensor.grad_fn is None)


def gradient_of_a_result() -> None:
    """Results keep no gradient; asking for it gets None and a warning.

    >>> gradient_of_a_result()
    tensor(8.) None
    UserWarning: The .grad attribute of a Tensor that is not a leaf Tensor is being accessed.
    """
    x = torch.tensor(1.0, requires_grad=True)
    y = 2 * x
    (y**2).backward()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        print(x.grad, y.grad)
    for warning in caught:
        first_sentence = str(warning.message).split(". ")[0]
        print(f"{warning.category.__name__}: {first_sentence}.")


def keep_it_anyway() -> None:
    """retain_grad asks a result to keep its gradient.

    >>> keep_it_anyway()
    tensor(8.) tensor(4.)
    """
    x = torch.tensor(1.0, requires_grad=True)
    y = 2 * x
    y.retain_grad()
    (y**2).backward()
    print(x.grad, y.grad)


def detach_cuts_the_graph() -> None:
    """detach gives a tensor like any other, without a way back.

    >>> detach_cuts_the_graph()
    tensor([2., 4.], grad_fn=<MulBackward0>)
    tensor([2., 4.])
    """
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = 2 * x
    print(y)
    print(y.detach())


def detached_factor() -> None:
    """A detached factor counts as a constant.

    >>> detached_factor()
    tensor(6.)
    tensor(3.)
    """
    x = torch.tensor(3.0, requires_grad=True)
    (x * x).backward()
    print(x.grad)
    x.grad = None
    (x * x.detach()).backward()
    print(x.grad)


def detach_shares_memory() -> None:
    """detach copies nothing: both tensors read the same memory.

    >>> detach_shares_memory()
    True
    False
    tensor([-1., 20.], requires_grad=True)
    tensor([10., 20.])
    """
    x = torch.tensor([10.0, 20.0], requires_grad=True)
    shared = x.detach()
    copied = x.detach().clone()
    print(shared.data_ptr() == x.data_ptr())
    print(copied.data_ptr() == x.data_ptr())
    shared[0] = -1.0
    print(x)
    print(copied)


def id_names_the_object() -> None:
    """Two tensors over one memory are two objects, so id cannot tell.

    >>> id_names_the_object()
    False True
    False
    False
    True
    """
    x = torch.zeros(3)
    shared = x.detach()
    print(id(shared) == id(x), shared.data_ptr() == x.data_ptr())
    print(x.data is x.data)

    tail = x[1:]
    print(tail.data_ptr() == x.data_ptr())
    same = tail.untyped_storage().data_ptr() == x.untyped_storage().data_ptr()
    print(same)


@on_cuda(raises=TypeError, because="NumPy shares CPU memory only")
def array_of_a_recorded_tensor() -> None:
    """NumPy records nothing, so a recorded tensor does not go there.

    >>> array_of_a_recorded_tensor()
    [10. 20.]
    Traceback (most recent call last):
        ...
    RuntimeError: Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.
    """
    x = torch.tensor([10.0, 20.0], requires_grad=True)
    print(x.detach().numpy())
    print(x.numpy())


def no_grad_records_nothing() -> None:
    """In no_grad results are not recorded; the flag of x stays as it was.

    >>> no_grad_records_nothing()
    True False True
    True False
    """
    x = torch.ones(2, requires_grad=True)
    with torch.no_grad():
        y = 2 * x
        fresh = torch.ones(2, requires_grad=True)
        print(x.requires_grad, y.requires_grad, fresh.requires_grad)
    print((2 * x).requires_grad, y.requires_grad)


@torch.no_grad()
def predict(weight: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """A prediction that nobody will differentiate.

    Args:
        weight: One number, shape ().
        x: Inputs, shape (n,).

    Returns:
        weight times x, shape (n,), not recorded.
    """
    return weight * x


def no_grad_for_a_function() -> None:
    """As a decorator, no_grad covers a whole function.

    >>> no_grad_for_a_function()
    tensor([3., 6.], grad_fn=<MulBackward0>)
    tensor([3., 6.])
    """
    weight = torch.tensor(3.0, requires_grad=True)
    x = torch.tensor([1.0, 2.0])
    print(weight * x)
    print(predict(weight, x))


def record_only_in_training() -> None:
    """set_grad_enabled takes a bool; enable_grad works inside no_grad.

    >>> record_only_in_training()
    True True
    False False
    False
    True
    """
    x = torch.tensor(2.0, requires_grad=True)
    for training in (True, False):
        with torch.set_grad_enabled(training):
            print(training, (x**2).requires_grad)
    with torch.no_grad():
        print((x**2).requires_grad)
        with torch.enable_grad():
            print((x**2).requires_grad)


def inference_tensor_cannot_be_saved() -> None:
    """A tensor of inference_mode goes into a graph if nothing saves it.

    >>> inference_tensor_cannot_be_saved()
    True False
    tensor([3., 4.], grad_fn=<AddBackward0>)
    tensor([2., 4.], grad_fn=<MulBackward0>)
    Traceback (most recent call last):
        ...
    RuntimeError: Inference tensors cannot be saved for backward. Please do not use Tensors created in inference mode in computation tracked by autograd. To work around this, you can make a clone to get a normal tensor and use it in autograd, or use `torch.no_grad()` instead of `torch.inference_mode()`.
    """
    weight = torch.tensor([1.0, 2.0], requires_grad=True)
    with torch.inference_mode():
        features = torch.tensor(2.0)
    print(features.is_inference(), features.requires_grad)
    print(weight + features)
    print(weight * features.clone())
    print(weight * features)


def in_place_on_a_leaf() -> None:
    """A leaf that is recorded may not be changed in place.

    >>> in_place_on_a_leaf()
    Traceback (most recent call last):
        ...
    RuntimeError: a leaf Variable that requires grad is being used in an in-place operation.
    """
    weight = torch.ones(2, requires_grad=True)
    weight -= 0.1


def change_a_leaf() -> None:
    """Under no_grad it may: same memory, still a leaf.

    >>> change_a_leaf()
    tensor([0.9000, 1.9000], requires_grad=True) True
    True
    """
    weight = torch.tensor([1.0, 2.0], requires_grad=True)
    before = weight.data_ptr()
    with torch.no_grad():
        weight -= 0.1
    print(weight, weight.is_leaf)
    print(weight.data_ptr() == before)


@on_cuda(
    raises=RuntimeError,
    because="the message names torch.cuda.FloatTensor there",
)
def overwrite_what_backward_needs() -> None:
    """The square saved its input; changing it is noticed by backward.

    >>> overwrite_what_backward_needs()
    Traceback (most recent call last):
        ...
    RuntimeError: one of the variables needed for gradient computation has been modified by an inplace operation: [torch.FloatTensor [2]] is at version 1; expected version 0 instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).
    """
    weight = torch.ones(2, requires_grad=True)
    loss = (weight**2).sum()
    with torch.no_grad():
        weight += 10
    loss.backward()


def overwrite_what_nobody_needs() -> None:
    """A sum saves nothing, so its input may change.

    >>> overwrite_what_nobody_needs()
    tensor([1., 1.])
    """
    weight = torch.ones(2, requires_grad=True)
    loss = weight.sum()
    with torch.no_grad():
        weight += 10
    loss.backward()
    print(weight.grad)


def data_hides_the_change() -> None:
    """A change through .data goes unnoticed: a wrong gradient, no error.

    >>> data_hides_the_change()
    5.0 tensor([2., 4.])
    tensor([200.,   4.])
    """
    weight = torch.tensor([1.0, 2.0], requires_grad=True)
    loss = (weight**2).sum()
    print(loss.item(), 2 * weight.detach())
    weight.data[0] = 100.0
    loss.backward()
    print(weight.grad)


@on_cuda(
    raises=RuntimeError,
    because="the message names torch.cuda.FloatTensor there",
)
def detach_reports_the_change() -> None:
    """The same change through detach() is an error, as it should be.

    >>> detach_reports_the_change()
    Traceback (most recent call last):
        ...
    RuntimeError: one of the variables needed for gradient computation has been modified by an inplace operation: [torch.FloatTensor [2]] is at version 1; expected version 0 instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).
    """
    weight = torch.ones(2, requires_grad=True)
    loss = (weight**2).sum()
    weight.detach()[0] = 100.0
    loss.backward()


def assign_to_data() -> None:
    """x.data = new keeps the object and replaces its memory.

    >>> assign_to_data()
    False True
    tensor([10.]) tensor([9.8000], requires_grad=True)
    """
    x = torch.tensor([10.0], requires_grad=True)
    old = x.detach()
    x.data = x.data - 0.2
    print(x.data_ptr() == old.data_ptr(), x.is_leaf)
    print(old, x)


def made_inside_no_grad() -> None:
    """Computed inside, used outside.

    >>> made_inside_no_grad()
    False True tensor(8.)
    """
    x = torch.tensor(2.0, requires_grad=True)
    with torch.no_grad():
        y = x**3
    z = y * x
    z.backward()
    print(y.requires_grad, z.requires_grad, x.grad)


def results_that_are_leaves() -> None:
    """What is computed from unrecorded tensors only is a leaf.

    >>> results_that_are_leaves()
    True
    False
    """
    a = torch.tensor(1.0)
    b = torch.tensor(2.0)
    print((a + b).is_leaf)
    b.requires_grad_()
    print((a + b).is_leaf)
