"""Read pages as Markdown text: directives, blocks, marks within lines, front matter."""
