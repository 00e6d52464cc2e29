"""Every word that the tool itself says to readers, by language and by place.

A language of one's own is one more entry of ``WORDS``, with the keys of the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from example_docs.errors import ExampleError

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS: dict[str, dict[str, dict[str, str]]] = {
    "en": {
        "new": {
            "page": """\
---
title: {title}
description: Say here, in 40 to 170 signs, what readers can do after this page.
---

# {title} {{ #{anchor} }}

Say what it is for, in two sentences.

## First section {{ #first }}

Say what to look at, then show it.

::example {name}:first_example

Say in one sentence what to see in the output.
""",
        },
        "contents": {
            "minutes": "{} min",
        },
        "example": {
            "predict": "Show the output",
            "reference": "Reference: ",
        },
        "notices": {
            "page": (
                "Parts of this page have not been held against the Chinese text yet."
            ),
            "block": "The Chinese text of what follows has changed since.",
        },
        "versions": {
            "since": "On PyTorch {since} and later",
            "before": "Before PyTorch {before}",
            "between": "From PyTorch {since} to before {before}",
            "colon": ": ",
        },
        "reading_time": {
            "sentence": "About {} min to read",
        },
        "reference_lesson": {
            "lesson": "Lesson: ",
            "program": "The whole program",
        },
        "records": {
            "colon": ": ",
            "comma": ", ",
            "semicolon": "; ",
            "reason": " ({})",
            "none": "not yet run",
            "passed": "passed",
            "marked": "as marked for this version",
            "properties": "only text, shapes and dtypes compared",
            "raised": "ends in another exception",
            "skipped": "left on the CPU",
            "failed": "failed",
            "changed": "changed since",
            "new": "new since",
            "lesson": "Lesson",
            "examples": "examples",
            "environment": "Environment",
            "date": "Date",
            "commit": "Commit",
        },
        "labs": {
            "download": "Download this lab as a notebook",
            "setup": "Imports and functions for all cells",
        },
        "docstrings": {
            "Args": "Parameters",
            "Attributes": "Attributes",
            "Raises": "Raises",
            "Returns": "Returns",
            "Yields": "Yields",
        },
        "downloads": {
            "markdown": "This page as Markdown",
            "notebook": "Download this page as a notebook that runs",
            "meaning": "What it means",
            "book": "{link}The whole book as a PDF</a> ({size} MB)",
        },
        "notebook": {
            "install": "Installs what is missing.",
            "setup": "The functions that the cells below call.",
        },
        "llms": {
            "claim": (
                "Every program is complete and runs as it stands; the text block "
                "below it is exactly what it prints. The whole book as one file: "
                "[{name}]({address})"
            ),
            "others": "More",
        },
        "rules": {
            "chapter": "Chapter",
            "rules": "Rules",
            "cases": "Cases, at most",
            "refuted": "False sentences refuted",
            "all": "All",
            "mark": (
                "Tried on up to {cases} cases; false sentences refuted: "
                "{refuted}. Open the test"
            ),
            "tried": "Tried on up to {cases} cases.",
            "lies": " Refuted, each by a counterexample among them:",
            "lesson": "In the lesson",
            "test": "The test",
            "file": "In the repository",
        },
        "redirects": {
            "sentence": "This page has moved:",
        },
        "glossary": {
            "term": "Term",
            "other": "Chinese",
            "meaning": "Meaning",
        },
    },
    "zh": {
        "new": {
            "page": """\
---
title: {title}
description: 在这里写清楚：读完这一页，读者能够做什么，二十到八十五个汉字。
---

# {title} {{ #{anchor} }}

用两句话说明它有什么用。

## 第一节 {{ #first }}

先说看什么，再给出例子。

::example {name}:first_example

用一句话说明输出里要看什么。
""",
        },
        "contents": {
            "minutes": "{} 分钟",
        },
        "example": {
            "predict": "查看输出",
            "reference": "参考：",
        },
        "notices": {
            "page": "本页有些内容还没有跟上英文版。",
            "block": "下面这一段的英文已经改过，译文尚未更新。",
        },
        "versions": {
            "since": "在 PyTorch {since} 及更高版本上",
            "before": "在 PyTorch {before} 之前的版本上",
            "between": "在 PyTorch {since} 到 {before} 之前的版本上",
            "colon": "：",
        },
        "reading_time": {
            "sentence": "阅读约需 {} 分钟",
        },
        "reference_lesson": {
            "lesson": "所在课程：",
            "program": "完整程序",
        },
        "records": {
            "colon": "：",
            "comma": "，",
            "semicolon": "；",
            "reason": "（{}）",
            "none": "尚未运行",
            "passed": "通过",
            "marked": "符合该版本的标注",
            "properties": "只比较文字、形状和 dtype",
            "raised": "以另一种异常结束",
            "skipped": "留在 CPU 上",
            "failed": "失败",
            "changed": "之后有改动",
            "new": "之后新增",
            "lesson": "课程",
            "examples": "个示例",
            "environment": "环境",
            "date": "日期",
            "commit": "提交",
        },
        "labs": {
            "download": "下载本实验的 notebook",
            "setup": "各单元格共用的导入与函数",
        },
        "docstrings": {
            "Args": "参数",
            "Attributes": "属性",
            "Raises": "异常",
            "Returns": "返回",
            "Yields": "产出",
        },
        "downloads": {
            "markdown": "本页的 Markdown 版",
            "notebook": "下载本页的 notebook，可直接运行",
            "meaning": "这是什么意思",
            "book": "{link}整本书的 PDF</a>（{size} MB）",
        },
        "notebook": {
            "install": "缺什么就装什么。",
            "setup": "下面各单元格要调用的函数。",
        },
        "llms": {
            "claim": (
                "每个程序都完整，原样就能运行；程序下面的文本块就是它打印的内容，"
                "一字不差。整本书合成一个文件：[{name}]({address})"
            ),
            "others": "其他",
        },
        "rules": {
            "chapter": "章节",
            "rules": "规则",
            "cases": "情况数（上限）",
            "refuted": "推翻的错误说法",
            "all": "合计",
            "mark": "最多试过 {cases} 种情况，推翻错误说法 {refuted} 条。查看测试",
            "tried": "最多试过 {cases} 种情况。",
            "lies": "其中的反例推翻了这些错误说法：",
            "lesson": "课文中的位置",
            "test": "测试代码",
            "file": "在代码仓库中查看",
        },
        "redirects": {
            "sentence": "本页已移至：",
        },
        "glossary": {
            "term": "术语",
            "other": "英文",
            "meaning": "含义",
        },
    },
}


def words_of(language: str, place: str) -> Mapping[str, str]:
    """Find the words of a language for a place, such as below an example.

    Raises:
        ExampleError: Nobody has written the words of the language.
    """
    if language not in WORDS:
        message = (
            f"there are no words for the language {language!r}; known are "
            f"{', '.join(WORDS)}; write its own into example_docs/languages/words.py"
        )
        raise ExampleError(message)
    return WORDS[language][place]
