"""Say what other machines and versions do, and write it down."""
