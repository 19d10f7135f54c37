"""The editor's guide (编辑手册): what may be written, and what each problem code means."""
