"""行：where YAML ends a line, which is in more places than Python's `splitlines` and in fewer than Unicode's."""

from govit.base.patterns import regex

LINE_END = regex("\r\n|[\n\r\x85\u2028\u2029]")
