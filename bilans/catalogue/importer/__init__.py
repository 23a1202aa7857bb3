"""The importer: from the bytes of a published document to ``bilans-catalogue/1``.

``reading`` (bytes to lines) → ``kinds`` → ``layout`` → ``sections`` → ``lettered`` with
``criteria`` (the tree), ``header``, ``register_facts``, ``conditions``, ``validation``
(the values) → ``checks`` (questions) → ``read`` (the answer). Nothing here touches the
database.
"""
