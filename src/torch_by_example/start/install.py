"""Installing PyTorch: what to run to see that it works, and what fails."""

from importlib.util import find_spec
from pathlib import Path

import torch
from torch.torch_version import TorchVersion


def check_the_version() -> None:
    """The version compares as a version, not as text.

    >>> check_the_version()
    True
    True
    """
    print(torch.__version__ >= "2.11")
    print(torch.__version__ >= (2, 11))


def check_a_computation() -> None:
    """One matrix product and one derivative: the two things PyTorch is for.

    >>> check_a_computation()
    54.0
    tensor([[ 7., 11.],
            [ 9., 13.]])
    """
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    total = (x @ x).sum()
    total.backward()
    print(total.item())
    print(x.grad)


def check_the_device() -> None:
    """Compute on CUDA if this build and this machine can, else on the CPU.

    >>> check_the_device()
    5050
    True
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    numbers = torch.arange(101, device=device)
    print(numbers.sum().item())
    print(numbers.device.type == device)


def check_the_companions() -> None:
    """The other packages that programs on this site use.

    >>> check_the_companions()
    numpy True
    matplotlib True
    sklearn True
    """
    for name in ("numpy", "matplotlib", "sklearn"):
        print(name, find_spec(name) is not None)


def import_by_the_project_name() -> None:
    """The project is called PyTorch, the package is called torch.

    >>> import_by_the_project_name()
    Traceback (most recent call last):
        ...
    ModuleNotFoundError: No module named 'pytorch'
    """
    import pytorch  # type: ignore[import-not-found]  # noqa: PLC0415

    print(pytorch.__version__)


def which_file_was_imported() -> None:
    """A package is a folder; its file is the __init__.py in it.

    >>> which_file_was_imported()
    torch __init__.py
    """
    path = Path(torch.__file__)
    print(path.parent.name, path.name)


def device_the_build_lacks() -> None:
    """A build without support for a device says so when you ask for it.

    >>> device_the_build_lacks()
    Traceback (most recent call last):
        ...
    AssertionError: Torch not compiled with XPU enabled
    """
    weights = torch.zeros(2, device="xpu")
    print(weights.device)


def cuda_on_a_cpu_build() -> None:
    """That message, word for word, is what builds without CUDA say.

    >>> cuda_on_a_cpu_build()
    True
    """
    message = "none"
    try:
        torch.zeros(2, device="cuda")
    except (AssertionError, RuntimeError) as error:
        message = str(error)
    not_compiled = message == "Torch not compiled with CUDA enabled"
    print(not_compiled != torch.backends.cuda.is_built())


def version_as_text() -> None:
    """Text is compared letter by letter, a version number by number.

    >>> version_as_text()
    2.9
    2.10
    """
    versions = ["2.9", "2.10"]
    print(max(versions))
    print(max(versions, key=TorchVersion))


def looking_costs_nothing() -> None:
    """Questions about CUDA have an answer on every machine.

    >>> looking_costs_nothing()
    True
    True
    """
    print(isinstance(torch.cuda.is_available(), bool))
    print(torch.cuda.is_available() == bool(torch.cuda.device_count()))


def name_to_import() -> None:
    """Which of the two names can be imported?

    >>> name_to_import()
    torch True
    pytorch False
    """
    for name in ("torch", "pytorch"):
        print(name, find_spec(name) is not None)
