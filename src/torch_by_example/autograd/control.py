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
