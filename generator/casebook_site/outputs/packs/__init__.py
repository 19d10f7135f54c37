"""PDF and Word: study packs of places, cases, teaching points and classes."""
