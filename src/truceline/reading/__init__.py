"""Reading: from text to claims in words, every value with its span."""
