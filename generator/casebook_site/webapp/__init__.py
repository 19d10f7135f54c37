"""The local web application: the form and the preview, as one WSGI callable and a server for it."""
