"""The commands of `portal`, one module a noun; each module is imported when its command is called."""
