"""Write what readers take home: pages as Markdown, notebooks, llms.txt."""
