"""Pure makers of files: model in, output files out."""
