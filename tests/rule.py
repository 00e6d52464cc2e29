"""Hold general sentences of the pages against PyTorch.

A sentence that readers rely on is a *rule*: on the page it carries a name, and under
that name a property in ``tests/rules/<chapter>/<lesson>.py`` hunts for counterexamples.
Beside it stand the false sentences that people take for it; for each of them a
counterexample must be found, among the same cases, so that no property is too lenient::

    @rule(shape=shapes(), by=st.integers(-5, 5))
    def integers_divide_to_floats(shape, by):
        ...
        assert quotient.dtype == torch.float32

    @integers_divide_to_floats.false("integers divide to integers")
    def _(shape, by):
        ...
        assert not quotient.is_floating_point()
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings

from example_docs.rules.read import CASES

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy


@dataclass
class Rule:
    """A sentence with a name, as a property of PyTorch.

    Attributes:
        name: The name it has on the page.
        check: Asserts that one case obeys the sentence.
        strategies: Where the cases come from, by parameter of ``check``.
        cases: How many are tried.
        lies: False sentences, each with a function that asserts it.
    """

    name: str
    check: Callable[..., None]
    strategies: dict[str, SearchStrategy[Any]]
    cases: int
    lies: dict[str, Callable[..., None]] = field(default_factory=dict)

    def false(
        self, sentence: str
    ) -> Callable[[Callable[..., None]], Callable[..., None]]:
        """Add a false sentence, as a decorator of the function that asserts it."""

        def add(check: Callable[..., None]) -> Callable[..., None]:
            self.lies[sentence] = check
            return check

        return add

    def hold(self, check: Callable[..., None] | None = None) -> None:
        """Try the rule, or a false sentence in its place, on all cases.

        Raises:
            AssertionError: A counterexample was found; Hypothesis prints it.
        """
        chosen = settings(max_examples=self.cases)(check or self.check)
        given(**self.strategies)(chosen)()


def rule(
    cases: int = CASES, **strategies: SearchStrategy[Any]
) -> Callable[[Callable[..., None]], Rule]:
    """Make a rule of the function that asserts it, under the function's name.

    Args:
        cases: How many cases are tried.
        strategies: A Hypothesis strategy for each parameter of the function.
    """

    def make(check: Callable[..., None]) -> Rule:
        return Rule(check.__name__, check, strategies, cases)

    return make
