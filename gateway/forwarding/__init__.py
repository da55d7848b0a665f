"""The forward path: routes as data, one plain ASGI application on aiohttp, nothing else."""
