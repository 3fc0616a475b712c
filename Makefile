# SPDX-License-Identifier: Apache-2.0
# The two commands that do all the set-up: `make demo` and `make test`.

SHELL := /bin/bash
PREFIX ?= $(HOME)/.local
COMMAND := .build/release/semblance

.PHONY: help setup build demo test check docs format soak bench install clean

help: ## Say what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

demo: ## Install what is missing, build, and synthesize the penguins (YES=1 asks nothing)
	@Scripts/demo

test: ## Install what is missing, and run all tests
	@Scripts/test

check: ## Run every check a commit must pass, stopping at the first failure
	@Scripts/check

setup: ## Install what is missing, after asking
	@Scripts/setup

build: ## Build the command for use
	@Scripts/build

install: build ## Copy the command to PREFIX/bin (default: ~/.local/bin)
	@install -d "$(PREFIX)/bin"
	@install -m 755 "$(COMMAND)" "$(PREFIX)/bin/semblance"
	@echo "Installed $(PREFIX)/bin/semblance"

docs: ## Build the documentation of every target; a warning is an error
	@Scripts/docs

format: ## Bring all Swift files into the house's format
	@swift format -i -r Package.swift Sources Tests Scripts Fuzz/Package.swift Fuzz/Sources

soak: ## Run the long checks (hours); record them in Benchmarks/SOAK.md
	@Scripts/soak

bench: ## Measure speed, memory and scaling (see Benchmarks/README.md)
	@Benchmarks/run

clean: ## Remove everything that was built
	@rm -rf .build .build-* Fuzz/.build
