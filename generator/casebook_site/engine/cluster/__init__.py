"""Pages made on a Dask cluster: the same plan, other hands."""
