"""PyTorch changes, and an example notices: one named example for each change."""

from __future__ import annotations

from functools import cache

import pytest
from tests.changed_torch.changes import CHANGES
from tests.project import LIBRARY

from example_docs.verify.verify import verify

NOTICED_BY = {
    "arange includes its end": "tensors.create:half_open_range",
    "linspace leaves out its end": "tensors.create:both_ends",
    "Python's floats become float64": "tensors.create:from_number",
    "manual_seed is ignored": "tensors.random:same_seed_same_numbers",
    "from_numpy copies": "tensors.numpy:from_numpy_shares",
    "detach copies": "autograd.control:detach_shares_memory",
    "Tensor.to always copies": "tensors.devices:already_there",
    "// rounds towards zero": "tensors.dtypes:divisions_of_integers",
    "/ of integers gives integers, as before PyTorch 1.5": (
        "tensors.dtypes:average_of_two_bytes"
    ),
    "+ wants equal shapes": "tensors.broadcast:row_plus_column",
    "uint8 stops at 255 and does not wrap around": (
        "tensors.dtypes:integers_wrap_around"
    ),
    "round takes a half upwards, not to the even neighbour": (
        "tensors.dtypes:cut_floor_or_round"
    ),
    "The message of a matrix product of unequal sizes is reworded": (
        "backprop.layer:weights_not_transposed"
    ),
    "cat refuses different dtypes": "tensors.join:cat_mixed_types",
    "view copies where it used to refuse": "tensors.memory:view_of_a_transpose",
    "squeeze(dim) refuses a dimension that is not 1": (
        "tensors.reshape:squeeze_only_ones"
    ),
    "mean keeps the dimension": "tensors.reduce:one_dimension_goes",
    "argmax takes the last of equal ones": (
        "optimise.gradient_descent:steps_by_condition"
    ),
    "std divides by n by default": "tensors.reduce:two_standard_deviations",
    "median of an even count lies between the two in the middle": (
        "tensors.reduce:middle_of_an_even_count"
    ),
    "The norm adds absolute values": "autograd.gradients:steepest_of_all",
    "backward overwrites gradients and does not add to them": (
        "autograd.gradients:gradients_add_up"
    ),
    "backward keeps the graph": "autograd.grad:second_pass_refused",
    "torch.autograd.grad records what it computes": (
        "autograd.grad:gradient_not_recorded"
    ),
    "torch.autograd.grad allows inputs that are not used": (
        "autograd.grad:input_not_used"
    ),
    "no_grad records": "autograd.control:no_grad_records_nothing",
    "inference_mode lets its results back into a graph": (
        "autograd.control:inference_tensor_cannot_be_saved"
    ),
    "gradcheck finds nothing": "autograd.extend:mistake_found",
    "The gradient of relu at 0 is 1": "activations.relu:slope_zero_or_one",
    "The gradient of clamp is 0 at its ends": (
        "activations.subgradients:ends_of_a_range"
    ),
    "The gradient of max goes to one of equal ones": (
        "activations.subgradients:three_winners"
    ),
    "sigmoid is off by 0.001": "activations.sigmoid:formula_and_functions",
    "tanh is off by a thousandth of itself": "activations.tanh:formula_and_functions",
    "softmax does not subtract the largest score": (
        "activations.softmax:subtract_the_largest"
    ),
    "torch.softmax takes the last dimension if none is given": (
        "activations.softmax:dim_is_required"
    ),
    "The default slope of leaky_relu is 0.1": (
        "activations.all:slopes_of_the_relatives"
    ),
    "softplus becomes the identity beyond 1 already": (
        "activations.all:slopes_of_the_relatives"
    ),
    "cross_entropy adds up by default": "losses.cross_entropy:batch_of_three",
    "mse_loss broadcasts without a warning": "losses.mse:warning_into_error",
    "binary_cross_entropy does not stop at 100": (
        "losses.cross_entropy:cut_off_at_a_hundred"
    ),
    "nn.Linear has no bias by default": "backprop.layer:same_as_linear",
    "zero_grad writes zeros, as before PyTorch 2.0": (
        "autograd.descent:who_changes_what"
    ),
    "SGD dampens its momentum by a tenth": "optimise.gradient_descent:momentum_by_hand",
    "Adam does not correct its bias": "optimise.gradient_descent:adam_by_hand",
    "DataLoader does not shuffle": "regression.linear:shuffle_every_epoch",
    "Module.to moves a copy": "tensors.devices:module_moves_in_place",
    "AddBackward0 is called AddBackward1": "autograd.pitfalls:total_that_remembers",
    "Tensors are printed to five decimals": "activations.relu:two_spellings",
    "requires_grad=True is not printed": "autograd.control:switch_on_and_off",
    "item is deprecated": "autograd.descent:one_step_by_hand",
    "stack warns of a change to come": "tensors.join:stack_makes_a_dimension",
}
"""Each change, and the example that must notice it."""


@cache
def complaint_today(name: str) -> str | None:
    """What verification says of an example when PyTorch is as it is."""
    return verify(LIBRARY.example(name)).complaint


@pytest.mark.parametrize(("words", "name"), NOTICED_BY.items(), ids=NOTICED_BY)
def test_a_change_of_pytorch_is_noticed(words: str, name: str) -> None:
    example = LIBRARY.example(name)
    assert complaint_today(name) is None
    with CHANGES[words]():
        changed = verify(example)
    assert changed.complaint is not None, f"{name} does not notice: {words}"
    assert verify(example).complaint is None


def test_each_change_has_its_example() -> None:
    assert NOTICED_BY.keys() == CHANGES.keys()


def test_a_change_that_nobody_notices_fails() -> None:
    with pytest.raises(AssertionError, match="does not notice: sigmoid is off"):
        test_a_change_of_pytorch_is_noticed(
            "sigmoid is off by 0.001", "tensors.create:both_ends"
        )
