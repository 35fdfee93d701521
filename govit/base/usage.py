"""用法错误：what the person at the keyboard got wrong; a message and exit code 2, never a traceback."""


class UsageError(Exception):
    """Carries one Chinese sentence: what is wrong and what to do."""
