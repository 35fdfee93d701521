"""`python -m govit` is the same as `govit`."""

from govit.cli import main

if __name__ == "__main__":
    main()
