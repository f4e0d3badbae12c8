"""The service's gunicorn worker, which gives clients less time: for tests that wait for its end."""

from config import gunicorn_worker

gunicorn_worker.REQUEST_SECONDS = 2.0
Worker = gunicorn_worker.Worker
