"""The breach baseline: what is alleged since an agreement took effect, and how much of it could be seen."""
