"""Who: noun phrases to actors, actors to parties and roles."""

from truceline.grounding.actors.resolver import ActorResolver

__all__ = ["ActorResolver"]
