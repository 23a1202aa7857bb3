"""One document tree and its three renderings: HTML, DOCX and PDF.

Dataclasses in, bytes out: nothing here queries, and nothing here imports an app of ours.
"""
