# The front door. `make run` and `make test` need make, Python 3.11 or newer and the package registries.
# Arguments: make run PORT=8080, make test ARGS="people -x", make bench ARGS="--size smoke", make prove ARGS=--again.

PORT ?= 8000
ARGS ?=
export PORT

# The first Python that is new enough. PYTHON=/path/to/python chooses another.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$python" -c '$(NEW_ENOUGH)' 2>/dev/null && echo "$$python" && break; done)

.PHONY: run test check services reset browser prove bench setup python
.DEFAULT_GOAL := run

python:
	@"$(PYTHON)" -c '$(NEW_ENOUGH)' 2>/dev/null || { echo 'caseportal: Python 3.11 or newer is needed: install it, or name it with PYTHON=/path/to/python3.' >&2; exit 1; }

run services reset setup test browser prove bench check: python
	@exec "$(PYTHON)" caseportal/evaluation/setup.py $@ $(ARGS)
