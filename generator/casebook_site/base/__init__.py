"""What every layer uses: problems, settings, text, files, processes."""
