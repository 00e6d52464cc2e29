"""Python code in colours, with no more elements than there are colours.

Pygments wraps each name, sign and space in an element of its own, two of three without
a colour of its own: on a lesson those were most of all elements, which a phone has to
read, to style and to lay out.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pygments import highlight
from pygments.filter import Filter
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonConsoleLexer, PythonLexer
from pygments.token import (
    Comment,
    Generic,
    Keyword,
    Name,
    Number,
    Operator,
    String,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_COLOURS = {
    Keyword.Constant: Text,  # True, False, None: as all names
    Keyword: Keyword,
    Operator.Word: Keyword,
    String: String,
    Number: Number,
    Comment: Comment,
    Name.Builtin: Name.Builtin,
    Name.Decorator: Name.Decorator,
    Name.Class: Name.Function,
    Name.Exception: Name.Function,
    Name.Function: Name.Function,
    Name.Namespace: Name.Function,
    Generic: Generic.Output,  # prompts and output of a session
}
"""The kinds of tokens that the theme gives a colour, with all that are below them."""


class _Coloured(Filter):
    """Makes one kind of all that look the same; the formatter joins what follows."""

    def filter(self, lexer: Any, stream: Iterable[Any]) -> Iterator[Any]:  # noqa: ANN401, ARG002 - theirs
        for kind, text in stream:
            yield _colour(kind), text


@lru_cache(maxsize=256)
def _colour(kind: Any) -> Any:  # noqa: ANN401 - no types
    return next((_COLOURS[each] for each in _above(kind) if each in _COLOURS), Text)


def _above(kind: Any) -> Iterator[Any]:  # noqa: ANN401 - no types
    while kind is not None:
        yield kind
        kind = kind.parent


_LEXER = PythonLexer(stripnl=False)
_LEXER.add_filter(_Coloured())
_SESSION_LEXER = PythonConsoleLexer(stripnl=False)
_SESSION_LEXER.add_filter(_Coloured())
_FORMATTER = HtmlFormatter(nowrap=True)


@lru_cache(maxsize=256)  # what is folded away is often the same: ``import torch``
def code_block(text: str) -> str:
    """A block of Python code as HTML.

    Args:
        text: The code, with the end of its last line.
    """
    code = highlight(text, _LEXER, _FORMATTER)
    return (
        f'<div class="language-python highlight"><pre><code>{code}</code></pre></div>'
    )


def session(source: str, *_: object, **__: object) -> str:
    """A fence with a Python session as HTML, for ``pymdownx.superfences``.

    By itself it makes a lexer, a formatter and a style sheet anew for each fence, and
    the reference has one for each example.

    Args:
        source: The text of the fence.
        *_: What else a formatter is told.
        **__: The same.
    """
    code = highlight(f"{source}\n", _SESSION_LEXER, _FORMATTER)
    return f'<div class="language-pycon highlight"><pre><code>{code}</code></pre></div>'
