"""A new agreement's file, to be filled in."""

import re
from string import Template

from truceline.errors import KnowledgeError
from truceline.knowledge.agreement_file import AgreementKind
from truceline.knowledge.knowledge import shipped

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def agreement_skeleton(name: str, kind: AgreementKind = "intrastate") -> str:
    """The text of a commented file with TODO where something is to be filled in.

    Raises:
        KnowledgeError: The id is of another form than ids are.
    """
    if not _ID.fullmatch(name):
        raise KnowledgeError(f"{name!r} is no id; write lower-case letters, digits and hyphens, such as lake-2031")
    text = (shipped() / "skeletons" / "agreement.yaml").read_text(encoding="utf-8")
    return Template(text).substitute(id=name, kind=kind)
