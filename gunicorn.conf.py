"""How gunicorn serves: it reads this file wherever it is started from the project's folder."""

worker_class = "config.gunicorn_worker.Worker"
# A thread holds one connection to the database; two cores are busy with fewer.
threads = 4
# No second way to steer the service, beside its signals.
control_socket_disable = True

# Of a request's first line, the longest that gunicorn can limit: lists are filtered by many ids.
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190
# Seconds for the requests that run when the service is told to stop.
graceful_timeout = 20
