"""命令行：parse, call, print, exit. The only room that prints, asks a person or reads the clock.

In: What a user typed. Out: what a user reads, and an exit code.
May import: every room.
"""
