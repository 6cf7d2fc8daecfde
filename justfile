# For those who build Waypost. Those who run it need ./waypost only.

bin := justfile_directory() / ".venv/bin"
export PYTHONPATH := justfile_directory() / "src"

# List the recipes
default:
    @just --list --unsorted

# Make or bring up to date the environment, tests included
setup:
    ./waypost test --version

# Check everything and change nothing
check: test

# Mend what can be mended by a program
fix:
    {{ bin }}/ruff check --fix .
    {{ bin }}/ruff format .

# Run the tests: just test tests/spec -k plans
test *arguments:
    ./waypost test {{ arguments }}

# Check style and layout
style:
    {{ bin }}/ruff check .
    {{ bin }}/ruff format --check .

# Check types
types:
    {{ bin }}/mypy

# Check that every room imports only from the rooms below it
rooms:
    {{ bin }}/lint-imports

# Write the pages of docs/rules from the worked examples
rules:
    cd {{ justfile_directory() }} && {{ bin }}/python -m tests.spec.pages

# Lock the newest versions of all parts, with hashes (needs uv)
lock:
    uv pip compile --upgrade --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header requirements.in -o requirements.lock
    uv pip compile --upgrade --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header requirements-test.in -o requirements-test.lock

# Measure speed and memory, and write docs/performance.md
bench:
    ./waypost bench
