"""The bulletins of a mission that a ledger holds, as known at one entry."""

from collections.abc import Iterator

from sqlalchemy import or_, select

from truceline.knowledge.bulletins import Template
from truceline.ledger import View, tables
from truceline.ledger.history import at
from truceline.model import Document


def published_by(view: View, template: Template) -> Iterator[Document]:
    """The documents whose publisher is one of the template's, in the order of their ids; not all of them need be bulletins."""
    table = tables.document
    named = or_(*(table.c.publisher.icontains(name, autoescape=True) for name in template.publishers))
    query = select(table.c.id).where(named, *at(table, view.number)).order_by(table.c.id)
    for key in view.connection.scalars(query).all():
        yield view.as_document(key)
