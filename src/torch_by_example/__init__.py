"""The lessons' code: one package a chapter, one module a lesson."""
