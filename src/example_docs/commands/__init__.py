"""The commands of ``example-docs``, a module each.

A command's module is imported when it is called, with all that it needs. It has a
docstring, which its ``--help`` shows, ``add_arguments(parser)``, and
``run(project, options)``, which returns the exit status.
"""
