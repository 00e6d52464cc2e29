from __future__ import annotations

import markdown
import pytest

from example_docs.extensions.reading_time import minutes

EXAMPLE = '<div data-example="a:b" data-copy="x"><pre><code>{}</code></pre></div>'
LESSON = f"<h1>Title</h1>\n<p>Text</p>\n{EXAMPLE.format('a')}\n{EXAMPLE.format('b')}"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>word</p>", 1),
        ("<p>" + "word " * 228 + "</p>", 1),
        ("<p>" + "word " * 229 + "</p>", 2),
        ("<p>" + "字" * 255 + "</p>", 1),
        ("<p>" + "字" * 256 + "</p>", 2),
        ("<p>" + "字" * 128 + " word" * 115 + "</p>", 2),
        ("<pre>" + "x = 1\n" * 15 + "</pre>", 1),
        ("<pre><span>" + "x = 1\n" * 16 + "</span></pre>", 2),
        ('<p title="' + "word " * 999 + '">word</p>', 1),
        ("a<svg><text>" + "word " * 999 + "</text></svg>", 1),
        ('a<details class="example-folded"><pre>' + "a\n" * 99 + "</pre></details>", 1),
        ('a<details class="note"><pre>' + "a\n" * 99 + "</pre></details>", 1),
        (
            'a<details class="note"><details class="example-folded">a</details><pre>'
            + "a\n" * 99
            + "</pre></details>",
            1,
        ),
        ('<details class="example-answer"><pre>' + "a\n" * 99 + "</pre></details>", 7),
    ],
)
def test_words_characters_and_lines_take_time(content: str, expected: int) -> None:
    assert minutes(content) == expected


def rendered(text: str, language: str) -> str:
    options = {"example_docs.extensions.reading_time": {"language": language}}
    return markdown.markdown(
        text,
        extensions=["example_docs.extensions.reading_time"],
        extension_configs=options,
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "About 1 min to read"), ("zh", "阅读约需 1 分钟")],
)
def test_the_time_stands_below_the_title(language: str, sentence: str) -> None:
    line = f'<p class="reading-time" data-search-exclude>{sentence}</p>'
    assert f"</h1>\n{line}\n" in rendered(LESSON, language)


@pytest.mark.parametrize(
    "text", [LESSON.replace("h1", "h2"), LESSON.replace("data-example", "id", 1), "a"]
)
def test_what_is_no_lesson_has_no_time(text: str) -> None:
    assert "reading-time" not in rendered(text, "en")
