"""`python -m casebook_site` is `casebook`."""

from casebook_site.cli.main import main

main()
