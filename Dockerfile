# The image of the service: `docker build .`. It needs no secret to be built, and holds none.
FROM node:20-bookworm-slim AS frontend
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts

FROM python:3.11-slim-bookworm AS build
WORKDIR /service
COPY requirements/production.txt requirements/
RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements/production.txt
COPY --from=frontend /build/node_modules node_modules
COPY . .
# The file system is read-only while the service runs, so what Python compiles is made here.
RUN ENVIRONMENT=build .venv/bin/python manage.py collectstatic --noinput \
    && .venv/bin/python -m compileall -q accounts config core declarations demo mentors sandbox schools staff

FROM python:3.11-slim-bookworm
ENV PATH=/service/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /service
# Only the demo writes, and only its outbox.
RUN useradd --uid 10001 --no-create-home --no-log-init service \
    && mkdir -p var/outbox && chown 10001 var/outbox
COPY --from=build /service /service
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["python", "-c", \
    "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health', timeout=4)"]
CMD ["gunicorn", "config.wsgi", "--bind=0.0.0.0:8000", "--workers=4"]
