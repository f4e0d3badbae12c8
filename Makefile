# Needs Python 3.11 or later (PYTHON=... names one) and Node 20 or later with npm.
#
#   make run     the service with demo data, on http://127.0.0.1:8000/ or PORT=...
#   make test    every test, in a real browser too
#   make fuzz    hundreds of invented examples, where "make test" tries a few
#   make prove   what is killed, frozen, locked, or done at once by many, into docs/reliability.md
#   make product  every page of the demo under every policy, every rule at every width, every role at
#                every address by every method, queries at fifty rows
#   make lint    what the tests cannot see: style, settings, migrations, lock files, types
#   make style   the part of it that takes seconds; a commit hook runs it (.pre-commit-config.yaml)
#   make coverage  the tests again, and which branches of the product they run
#   make bench   how fast it is with national data, into docs/performance.md; SCALE=0.01 for a quick look
#   make lock    the lock files anew from requirements/*.in and package.json; UPGRADE=1 for new releases
#   make sbom    what the service is made of, as CycloneDX, from the lock files into var/sbom/
#   make pictures  pictures of each situation under each policy, for README, docs and var/pictures/
#   make setup   what the others need; done once, and again when a lock file has changed

.PHONY: run test fuzz prove product lint style coverage bench lock sbom setup pictures

PY := .venv/bin/python
# On all cores. Tests of a file stay together, as they have their world in common. What is compiled
# is kept for the next run and for the processes that tests start.
PYTEST := PYTHONDONTWRITEBYTECODE= $(PY) -m pytest
ALL_CORES := -n auto --maxprocesses=4 --dist=worksteal
# For targets with tests that take longer than those of the suite may.
TAKES_LONG := -o faulthandler_timeout=0
# Stand-ins for the secrets that production demands, so that its settings can be checked.
PRODUCTION := ENVIRONMENT=production ALLOWED_HOSTS=service.example \
	DATABASE_URL=postgresql://nobody@database.example/nothing \
	SECRET_KEY=only-to-check-the-settings-0123456789-abcdefghijklmnop

run: setup
	@$(PY) -m config.run

test: setup
	@$(PY) tests/browser/find_chromium.py
	$(PYTEST) $(ALL_CORES)

fuzz: setup
	$(PYTEST) $(ALL_CORES) $(TAKES_LONG) -m "hypothesis or fuzz" --hypothesis-profile=many

prove: setup
	$(PYTEST) $(TAKES_LONG) -m proof

product: setup
	@$(PY) tests/browser/find_chromium.py
	EVERY_RULE=1 $(PYTEST) $(ALL_CORES) $(TAKES_LONG) -m "product or browser"
	EVERY_RULE=1 $(PYTEST) $(ALL_CORES) $(TAKES_LONG) tests/access/test_every_address.py \
		tests/access/test_query_counts.py

pictures: setup
	@$(PY) tests/browser/find_chromium.py
	$(PYTEST) tests/browser/make_pictures.py -p no:randomly

coverage: setup
	@$(PY) tests/browser/find_chromium.py
	$(PYTEST) $(ALL_CORES) --cov --cov-report=term:skip-covered

bench: setup
	$(PY) -m benchmarks $(SCALE)

style: setup
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
	$(PY) -m djlint --lint templates

lint: style
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) -m tests.lint_migrations
	.venv/bin/hadolint Dockerfile
	@! grep -nE '"resolved":|--(extra-)?index-url|--find-links|@ *https?:' \
		requirements/*.txt package-lock.json || (echo "A lock file names a registry" >&2; exit 1)
	$(PY) -m mypy

COMPILE = var/uv/bin/uv pip compile --quiet $(if $(UPGRADE),--upgrade) --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock"

# npm runs in a folder of its own: beside a node_modules that is a symbolic link, it empties that.
lock: | var/uv/bin/uv
	$(COMPILE) --output-file requirements/production.txt requirements/production.in
	$(COMPILE) --output-file requirements/development.txt requirements/development.in
	@mkdir -p var/npm && cp package.json package-lock.json var/npm/
	cd var/npm && npm $(if $(UPGRADE),update,install) --package-lock-only \
		--omit-lockfile-registry-resolved --no-audit --no-fund
	@cp var/npm/package-lock.json package-lock.json

sbom: | var/cyclonedx/bin/cyclonedx-py
	@mkdir -p var/sbom
	var/cyclonedx/bin/cyclonedx-py requirements --output-reproducible \
		-o var/sbom/python.json requirements/production.txt
	npm sbom --sbom-format=cyclonedx --package-lock-only --omit=dev > var/sbom/node.json

setup: .venv/.installed node_modules/.installed

# The lock file names all that is needed. Resolving it again, pip may find a newer release of what is
# asked for with an extra, for which there is no hash.
.venv/.installed: requirements/development.txt .venv/bin/python
	@echo "Installing the Python packages"
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r $<
	@touch $@

.venv/bin/python:
	@config/setup/virtual_environment.sh

node_modules/.installed: package-lock.json package.json
	@echo "Installing the Node packages"
	@config/setup/node_packages.sh
	@touch $@

# A fixed release, so that two people's lock files are the same.
var/uv/bin/uv: | .venv/bin/python
	$(PY) -m venv --clear var/uv
	var/uv/bin/python -m pip install -qq --disable-pip-version-check uv==0.13.9

# In an environment of its own: it brings 25 packages that nothing else here needs.
var/cyclonedx/bin/cyclonedx-py: | .venv/bin/python
	$(PY) -m venv --clear var/cyclonedx
	var/cyclonedx/bin/python -m pip install -qq --disable-pip-version-check cyclonedx-bom==7.5.0
