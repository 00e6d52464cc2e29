from __future__ import annotations

import re

import pytest

from example_docs.errors import ExampleError
from example_docs.languages.words import WORDS, words_of

FIELD = re.compile(r"\{\w*\}")


def gaps(words: dict[str, dict[str, dict[str, str]]]) -> list[str]:
    """Where a language has other places, words or fields than the first one."""
    first, *others = words
    found = []
    for language in others:
        for place in words[first].keys() | words[language].keys():
            ours = words[first].get(place, {})
            theirs = words[language].get(place, {})
            for key in ours.keys() | theirs.keys():
                fields = [
                    sorted(set(FIELD.findall(side[key]))) if key in side else None
                    for side in (ours, theirs)
                ]
                if fields[0] != fields[1]:
                    found.append(f"{language}: {place}: {key}")
    return found


def test_each_language_has_all_words() -> None:
    assert gaps(WORDS) == []


@pytest.mark.parametrize(
    "words",
    [{}, {"a": "x"}, {"a": "{m} x", "b": "y"}, {"a": "{n} x", "b": "y", "c": "z"}],
)
def test_a_gap_is_noticed(words: dict[str, str]) -> None:
    assert gaps({"en": {"p": {"a": "{n}", "b": ""}}, "fr": {"p": words}})


def test_an_unknown_language_is_one_sentence() -> None:
    with pytest.raises(ExampleError, match=r"no words for the language 'fr'; known"):
        words_of("fr", "example")
