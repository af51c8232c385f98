"""What the record shows of an agreement: obligations and their clocks, bulletins as series, control of places, statistics."""
