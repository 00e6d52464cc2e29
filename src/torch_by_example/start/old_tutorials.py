"""What older courses write, what it does today, and what to write instead."""

import io
import pickle
import warnings
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F
from sklearn import datasets
from torch import nn
from torch.autograd import Variable


def old_loop_and_todays() -> None:
    """Two training steps in both spellings: the numbers are the same.

    >>> old_loop_and_todays()
    tensor([[2.1467]]) tensor([[2.1467]])
    """
    inputs = torch.tensor([[1.0], [2.0], [3.0]])
    labels = 3 * inputs

    weights = []
    for old in (True, False):
        net = nn.Linear(1, 1, bias=False)
        nn.init.zeros_(net.weight)
        optimizer = torch.optim.SGD(net.parameters(), lr=0.05)
        if old:
            x, y = Variable(inputs), Variable(labels)
        else:
            x, y = inputs, labels
        for _ in range(2):
            loss = F.mse_loss(net(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        weights.append(net.weight.data if old else net.weight.detach())
    print(*weights)


def warning_of(call: Callable[[], object]) -> str:
    """Make a call, and say which warning comes with it.

    Args:
        call: A function without parameters.

    Returns:
        The kind of warning and its first sentence, or ``no warning``.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        call()
    if not caught:
        return "no warning"
    sentence = str(caught[0].message).split(". ")[0].partition("\n")[0]
    return f"{caught[0].category.__name__}: {sentence}"


def range_includes_its_end() -> None:
    """torch.range keeps its end, makes floats, and warns.

    >>> range_includes_its_end()
    tensor([0., 1., 2., 3.])
    tensor([0, 1, 2])
    tensor([0., 1., 2., 3.])
    UserWarning: torch.range is deprecated
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        print(torch.range(0, 3))
    print(torch.arange(0, 3))
    print(torch.linspace(0, 3, steps=4))
    first_words = str(caught[0].message).partition(" and ")[0]
    print(f"{caught[0].category.__name__}: {first_words}")


def list_or_size() -> None:
    """torch.Tensor reads a list as values and bare integers as a size.

    >>> list_or_size()
    tensor([3., 4.])
    torch.Size([3, 4])
    torch.Size([3])
    tensor(3)
    """
    print(torch.Tensor([3, 4]))
    # Only the shapes: the elements are uninitialised memory.
    print(torch.Tensor(3, 4).shape)
    print(torch.Tensor(3).shape)
    print(torch.tensor(3))


def legacy_types() -> None:
    """The name fixes the dtype; integer types cut fractions off, silently.

    >>> legacy_types()
    tensor([ 2,  3, -2], dtype=torch.int16)
    tensor([ 2,  3, -2], dtype=torch.int32)
    tensor([ 2,  3, -2])
    tensor([ 2.5000,  3.9000, -2.5000])
    tensor([ 2.5000,  3.9000, -2.5000], dtype=torch.float64)
    """
    values = [2.5, 3.9, -2.5]
    print(torch.ShortTensor(values))
    print(torch.IntTensor(values))
    print(torch.LongTensor(values))
    print(torch.FloatTensor(values))
    print(torch.DoubleTensor(values))


def legacy_alias() -> None:
    """Given a tensor, torch.Tensor neither copies nor converts it.

    >>> legacy_alias()
    torch.int64
    tensor([100,   2,   3])
    """
    counts = torch.tensor([1, 2, 3])
    alias = torch.Tensor(counts)
    alias[0] = 100
    print(alias.dtype)
    print(counts)


def write_today() -> None:
    """Today's functions say what they mean: values, size, dtype.

    >>> write_today()
    tensor(3.5000)
    tensor([ 2,  3, -2], dtype=torch.int32)
    tensor([ 2,  4, -2], dtype=torch.int32)
    tensor([[0., 0., 0.],
            [0., 0., 0.]], dtype=torch.float64)
    """
    print(torch.tensor(3.5))
    values = [2.5, 3.9, -2.5]
    print(torch.tensor(values, dtype=torch.int32))
    print(torch.tensor(values).round().to(torch.int32))
    print(torch.zeros(2, 3, dtype=torch.float64))


def type_by_name() -> None:
    """type() is older: it takes a dtype, a tensor type or its name.

    >>> type_by_name()
    torch.FloatTensor
    tensor([ 1.5000, -2.5000], dtype=torch.float16)
    tensor([ 1.5000, -2.5000], dtype=torch.float64)
    tensor([ 1, -2])
    """
    data = torch.tensor([1.5, -2.5], device="cpu")
    print(data.type())
    print(data.type(torch.float16))
    print(data.type(torch.DoubleTensor))
    print(data.type("torch.LongTensor"))


def tensor_type_means_cpu() -> None:
    """torch.DoubleTensor is a dtype and a device: float64 on the CPU.

    >>> tensor_type_means_cpu()
    tensor(..., device='meta', size=(2,), dtype=torch.float64)
    Traceback (most recent call last):
        ...
    NotImplementedError: Cannot copy out of meta tensor; no data!
    """
    data = torch.ones(2, device="meta")
    print(data.type(torch.float64))
    print(data.type(torch.DoubleTensor))


def three_dimensions_reversed() -> None:
    """T turns a batch of matrices inside out; mT transposes each of them.

    >>> three_dimensions_reversed()
    torch.Size([4, 3, 2])
    UserWarning: The use of `x.T` on tensors of dimension other than 2
    torch.Size([2, 4, 3])
    torch.Size([4, 3, 2])
    """
    batch = torch.zeros(2, 3, 4)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        print(batch.T.shape)
    first_words = str(caught[0].message).partition(" to reverse")[0]
    print(f"{caught[0].category.__name__}: {first_words}")
    print(batch.mT.shape)
    print(batch.permute(2, 1, 0).shape)  # if that is what you want


def mask_of_bytes() -> None:
    """A mask of bytes still selects, with a warning; ~ does not turn it round.

    >>> mask_of_bytes()
    tensor([10, 30])
    tensor([254, 255, 254], dtype=torch.uint8) tensor([10, 20, 30])
    UserWarning: indexing with dtype torch.uint8 is now deprecated
    tensor([20])
    """
    data = torch.tensor([10, 20, 30])
    mask = torch.tensor([1, 0, 1], dtype=torch.uint8)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        print(data[mask])
        print(~mask, data[~mask])  # all that is not 0 selects
    first_words = str(caught[0].message).partition(",")[0]
    print(f"{caught[0].category.__name__}: {first_words}")
    print(data[~mask.bool()])


def list_inside_a_list() -> None:
    """Lists within one list are still read as pairs, with a warning.

    >>> list_inside_a_list()
    tensor([1, 7])
    UserWarning: Using a non-tuple sequence for multidimensional indexing is deprecated
    tensor([1, 7])
    torch.Size([2, 2, 5])
    """
    table = torch.arange(20).reshape(4, 5)
    places = [[0, 1], [1, 2]]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        print(table[places])
    for warning in caught:
        advice = str(warning.message).partition(" and will be")[0]
        print(f"{warning.category.__name__}: {advice}")
    print(table[tuple(places)])  # pairs, for certain
    print(table[torch.tensor(places)].shape)  # rows, for certain


def default_tensor_type() -> None:
    """One call for dtype and device at once is now two calls.

    >>> default_tensor_type()
    UserWarning: torch.set_default_tensor_type() is deprecated
    torch.float64
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        torch.set_default_tensor_type(torch.FloatTensor)
    first_words = str(caught[0].message).partition(" as of")[0]
    print(f"{caught[0].category.__name__}: {first_words}")

    torch.set_default_dtype(torch.float64)
    print(torch.zeros(2).dtype)
    torch.set_default_dtype(torch.float32)


def new_keeps_the_type() -> None:
    """new guesses like torch.Tensor; the long names say what they make.

    >>> new_keeps_the_type()
    tensor([0, 2])
    torch.Size([2, 3])
    tensor([0.5000, 2.9000])
    tensor([[0, 0, 0],
            [0, 0, 0]])
    """
    counts = torch.tensor([7])
    print(counts.new([0.5, 2.9]))  # values, and their fractions are gone
    print(counts.new(2, 3).shape)  # a size, and nobody knows the values

    print(counts.new_tensor([0.5, 2.9], dtype=torch.float32))
    print(counts.new_zeros(2, 3))


def names_of_dimensions() -> None:
    """Named dimensions never left their trial; today they warn or fail.

    >>> names_of_dimensions()
    warned or refused
    torch.Size([2, 3, 4])
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a warning ends here as well
        try:
            torch.zeros(2, 3, names=("N", "C"))
        except (TypeError, UserWarning):
            print("warned or refused")

    images = torch.zeros(2, 4, 3)  # sample, width, channel
    print(images.transpose(1, 2).shape)


def linear_algebra_moved() -> None:
    """Old functions of torch are gone; torch.linalg has the new ones.

    >>> linear_algebra_moved()
    torch.symeig: removed
    torch.eig: removed
    torch.lstsq: removed
    torch.solve: removed
    tensor([1., 3.])
    tensor([3.+0.j, 1.+0.j])
    tensor([1., 2.])
    """
    A = torch.tensor([[2.0, 1.0], [1.0, 2.0]])
    b = torch.tensor([4.0, 5.0])
    for name in ("symeig", "eig", "lstsq", "solve"):
        matrices = (A,) if name.endswith("eig") else (A, A)
        try:
            getattr(torch, name)(*matrices)
        except (RuntimeError, AttributeError):
            print(f"torch.{name}: removed")

    print(torch.linalg.eigvalsh(A))
    print(torch.linalg.eigvals(A))  # complex, even of a real matrix
    print(torch.linalg.solve(A, b))  # the matrix comes first now


def variable_does_nothing() -> None:
    """Variable gives back a plain tensor that records nothing.

    >>> variable_does_nothing()
    Tensor False
    True
    True
    """
    plain = torch.ones(3, 1)
    wrapped = Variable(plain)
    print(type(wrapped).__name__, wrapped.requires_grad)
    print(isinstance(plain, Variable))
    network = torch.nn.Linear(1, 1)
    print(network(plain).requires_grad)


def volatile_does_nothing() -> None:
    """volatile=True no longer switches recording off.

    >>> volatile_does_nothing()
    UserWarning: volatile was removed and now has no effect
    tensor(6., grad_fn=<MulBackward0>)
    tensor(6.)
    """
    weight = torch.tensor(2.0, requires_grad=True)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        x = Variable(torch.tensor(3.0), volatile=True)
    first_sentence = str(caught[0].message).split(". ")[0]
    print(f"{caught[0].category.__name__}: {first_sentence}")

    print(weight * x)
    with torch.no_grad():
        print(weight * x)


def first_element_of_a_number() -> None:
    """A loss has no dimension, so there is no element 0.

    >>> first_element_of_a_number()
    torch.Size([])
    2.5
    Traceback (most recent call last):
        ...
    IndexError: invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number
    """
    loss = F.mse_loss(torch.tensor([1.0, 2.0]), torch.tensor([0.0, 0.0]))
    print(loss.shape)
    print(loss.item())
    print(loss.data[0])


def variables_retained() -> None:
    """retain_variables has been renamed, and its old name is refused.

    >>> variables_retained()
    tensor(12.)
    Traceback (most recent call last):
        ...
    TypeError: Tensor.backward() got an unexpected keyword argument 'retain_variables'
    """
    w = torch.tensor(3.0, requires_grad=True)
    y = w**2
    y.backward(retain_graph=True)
    y.backward()
    print(w.grad)
    y.backward(retain_variables=True)


class OldSquare(torch.autograd.Function):
    """A function of one's own, in the old form: methods of an object."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:  # type: ignore[override]  # the old form is what this shows
        """Compute the square and save what backward needs."""
        self.save_for_backward(x)
        return x**2


def function_with_a_self() -> None:
    """An object with a forward of its own is refused.

    >>> function_with_a_self()
    Legacy autograd function with non-static forward method is deprecated.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns first, then it refuses
        try:
            OldSquare()(torch.tensor(3.0))
        except RuntimeError as error:
            print(str(error).partition(" Please")[0])


def async_is_a_keyword() -> None:
    """async became a word of Python itself, so the argument got a new name.

    >>> async_is_a_keyword()
    x.cuda(async=True): SyntaxError
    x.cuda(non_blocking=True): fine
    """
    for line in ("x.cuda(async=True)", "x.cuda(non_blocking=True)"):
        try:
            compile(line, "old.py", "eval")
            print(f"{line}: fine")
        except SyntaxError:
            print(f"{line}: SyntaxError")


def size_average_and_reduce() -> None:
    """Two switches for one choice; reduction names it.

    >>> size_average_and_reduce()
    UserWarning: size_average and reduce args will be deprecated
    tensor(3.3333) tensor(3.3333)
    tensor(10.) tensor(10.)
    tensor([0., 1., 9.]) tensor([0., 1., 9.])
    """
    p, y = torch.tensor([1.0, 2.0, 4.0]), torch.ones(3)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        old_mean = F.mse_loss(p, y, size_average=True)
        old_sum = F.mse_loss(p, y, size_average=False)
        old_each = F.mse_loss(p, y, reduce=False)
    first_words = str(caught[0].message).partition(",")[0]
    print(f"{caught[0].category.__name__}: {first_words}")
    print(old_mean, F.mse_loss(p, y, reduction="mean"))
    print(old_sum, F.mse_loss(p, y, reduction="sum"))
    print(old_each, F.mse_loss(p, y, reduction="none"))


def two_names_one_function() -> None:
    """F.tanh and F.sigmoid are torch.tanh and torch.sigmoid.

    >>> two_names_one_function()
    tensor(0.9640) tensor(0.9640)
    tensor(0.8808) tensor(0.8808)
    """
    x = torch.tensor(2.0)
    print(F.tanh(x), torch.tanh(x))
    print(F.sigmoid(x), torch.sigmoid(x))


def underscore_at_the_end() -> None:
    """What changes its argument ends in an underscore now.

    >>> underscore_at_the_end()
    FutureWarning: `nn.init.constant` is now deprecated
    FutureWarning: `torch.nn.utils.clip_grad_norm` is now deprecated
    no warning
    no warning
    """
    w = torch.zeros(2)
    for old_or_new in (
        lambda: nn.init.constant(w, 1.0),
        lambda: nn.utils.clip_grad_norm(w, 1.0),
        lambda: nn.init.constant_(w, 1.0),
        lambda: nn.utils.clip_grad_norm_(w, 1.0),
    ):
        print(warning_of(old_or_new).partition(" in favor")[0])


def rates_of_three_epochs(*, scheduler_first: bool) -> list[float]:
    """Step through three epochs, halving the learning rate after each.

    Args:
        scheduler_first: Step the scheduler before the optimiser, as was
            done before PyTorch 1.1.

    Returns:
        The rate that the optimiser used in each epoch.
    """
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=0.8)
    halve = torch.optim.lr_scheduler.StepLR(optimizer, 1, gamma=0.5)
    rates = []
    for _ in range(3):
        if scheduler_first:
            halve.step()
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if not scheduler_first:
            halve.step()
    return rates


def scheduler_before_optimizer() -> None:
    """In the old order, the first rate is skipped.

    >>> scheduler_before_optimizer()
    [0.4, 0.2, 0.1]
    UserWarning: Detected call of `lr_scheduler.step()` before `optimizer.step()`
    [0.8, 0.4, 0.2]
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        print(rates_of_three_epochs(scheduler_first=True))
    first_sentence = str(caught[0].message).split(". ")[0]
    print(f"{caught[0].category.__name__}: {first_sentence}")
    print(rates_of_three_epochs(scheduler_first=False))


def next_of_a_loader() -> None:
    """Iterators have no method next; Python's own next does it.

    >>> next_of_a_loader()
    tensor([10, 20]) tensor([30])
    False
    """
    batches = iter(torch.utils.data.DataLoader([10, 20, 30], batch_size=2))
    print(next(batches), next(batches))
    print(hasattr(batches, "next"))


def other_old_names() -> None:
    """Four more old names that warn today.

    >>> other_old_names()
    F.upsample: deprecated
    nn.NLLLoss2d: deprecated
    nn.utils.weight_norm: deprecated
    torch.cuda.amp.autocast: deprecated
    """
    picture = torch.zeros(1, 1, 2, 2)
    calls = {
        "F.upsample": lambda: F.upsample(picture, scale_factor=2),
        "nn.NLLLoss2d": nn.NLLLoss2d,
        "nn.utils.weight_norm": lambda: nn.utils.weight_norm(nn.Linear(1, 1)),
        "torch.cuda.amp.autocast": torch.cuda.amp.autocast,
    }
    for name, call in calls.items():
        if "deprecated" in warning_of(call):
            print(f"{name}: deprecated")


def whole_module_refused() -> None:
    """A saved module may run any code while it loads, so load refuses.

    >>> whole_module_refused()
    UnpicklingError: Weights only load failed.
    GLOBAL torch.nn.modules.linear.Linear
    """
    file = io.BytesIO()
    torch.save(nn.Linear(2, 1), file)
    file.seek(0)
    try:
        torch.load(file)
    except pickle.UnpicklingError as error:
        first_sentence = str(error).partition(".")[0]
        print(f"{type(error).__name__}: {first_sentence}.")
        refused = str(error).partition("Unsupported global: ")[2]
        print(refused.partition(" was")[0])


def weights_and_class() -> None:
    """Save the weights; make the module anew, and put them in.

    >>> weights_and_class()
    ['weight', 'bias']
    <All keys matched successfully>
    True
    """
    trained = nn.Linear(2, 1)
    file = io.BytesIO()  # or the name of a file, such as "weights.pt"
    torch.save(trained.state_dict(), file)

    file.seek(0)
    weights = torch.load(file)
    print(list(weights))
    model = nn.Linear(2, 1)
    print(model.load_state_dict(weights))
    print(torch.equal(model.weight, trained.weight))


def style_called_seaborn() -> None:
    """The style has a version in its name now.

    >>> style_called_seaborn()
    'seaborn' is not a valid package style
    ['seaborn-v0_8']
    """
    try:
        plt.style.use("seaborn")
    except OSError as error:
        print(str(error).partition(",")[0])
    print([name for name in plt.style.available if name == "seaborn-v0_8"])


def types_called_np() -> None:
    """np.int was Python's int and is gone; np.bool is back as NumPy's own.

    >>> types_called_np()
    np.int: gone
    np.float: gone
    np.object: gone
    int64 float64 bool
    True
    """
    for name in ("int", "float", "object"):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                getattr(np, name)
        except AttributeError:
            print(f"np.{name}: gone")
    print(*(np.zeros(1, dtype=kind).dtype for kind in (int, float, bool)))
    print(np.bool is np.bool_)


def boston_is_gone() -> None:
    """The Boston house prices have been removed; other data are there.

    >>> boston_is_gone()
    `load_boston` has been removed from scikit-learn since version 1.2.
    (442, 10) (442,)
    """
    try:
        datasets.load_boston()
    except ImportError as error:
        print(str(error).strip().partition("\n")[0])

    # These come along; fetch_california_housing() has to download.
    x, y = datasets.load_diabetes(return_X_y=True)
    print(x.shape, y.shape)


def count_with_range() -> None:
    """The same three arguments, with and without the end.

    >>> count_with_range()
    tensor([ 0.,  2.,  4.,  6.,  8., 10.])
    tensor([0, 2, 4, 6, 8])
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        print(torch.range(0, 10, 2))
    print(torch.arange(0, 10, 2))


def turned_in_two_ways() -> None:
    """Two matrices, transposed one by one, or all axes reversed.

    >>> turned_in_two_ways()
    tensor(5) tensor(3)
    """
    batch = torch.arange(8).reshape(2, 2, 2)
    print(batch.mT[1, 1, 0], batch.permute(2, 1, 0)[1, 1, 0])


def saved_and_then_changed() -> None:
    """What has been saved does not follow the module.

    >>> saved_and_then_changed()
    1.0 5.0
    """
    model = nn.Linear(1, 1)
    nn.init.ones_(model.weight)
    file = io.BytesIO()
    torch.save(model.state_dict(), file)
    kept = model.state_dict()
    nn.init.constant_(model.weight, 5.0)

    file.seek(0)
    print(torch.load(file)["weight"].item(), kept["weight"].item())


def half_as_a_mask() -> None:
    """The old way and the new way to make a mask, from a half.

    >>> half_as_a_mask()
    tensor(0, dtype=torch.uint8) tensor(True)
    """
    share = torch.tensor(0.5)
    print(share.byte(), share.bool())
