"""Rules of the domain that several outputs need."""
