"""How gunicorn serves: it reads this file wherever it is started from the project's folder."""

# Of a request's first line, the longest that gunicorn can limit: lists are filtered by many ids.
limit_request_line = 8190
