"""The service: the API, the pages for candidates and staff."""
