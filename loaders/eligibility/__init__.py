"""Who may apply, where and until when: pure functions from a notice's text to typed values.

What cannot be read stays unknown and keeps its text; nothing is guessed.
"""
