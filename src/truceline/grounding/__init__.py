"""Grounding: who, where and when, in the world rather than in the words."""
