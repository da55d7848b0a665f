"""`python -m deploy.cli` is `rapport`."""

from deploy.cli import main

main()
