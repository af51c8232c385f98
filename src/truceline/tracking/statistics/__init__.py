"""Statistics with bounds: by counting rule, by voice, by side and status; never one number where sources differ."""
