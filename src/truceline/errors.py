"""The one hierarchy of errors. Each message says what is wrong, where, and what to do."""


class TrucelineError(Exception):
    """Root of every error Truceline raises on purpose; its text is one line fit for a user's eyes."""


class InputError(TrucelineError):
    """A text cannot be read: missing, empty, binary, too large, in an unreadable encoding or language."""


class KnowledgeError(TrucelineError):
    """A data file (lexicon, actors, agreement, gazetteer) is broken; names the file, the entry and the fault."""


class PipelineError(TrucelineError):
    """The language pipeline is missing, or its weights are not the pinned ones."""


class LedgerError(TrucelineError):
    """A ledger is missing, made by another version, busy, broken, or does not hold or allow what it was asked for."""
