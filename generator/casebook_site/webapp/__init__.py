"""The local web application: form and preview."""
