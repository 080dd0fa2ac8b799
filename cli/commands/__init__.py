"""The commands of ``dure``, one file a noun; what a command needs is imported when it runs."""
