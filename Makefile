# What a person runs; .ci/run runs the same. Tools are pinned here and stay out of go.mod.
BIN      := $(CURDIR)/.bin
LINT     := $(BIN)/golangci-lint
GOTESTSUM:= $(BIN)/gotestsum
FUZZTIME ?= 10s

.PHONY: build try test check lint race browser fuzz bench clean

build: ## the program
	CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o herald .

try: ## the program with everything around it, on this machine alone
	go run . try -open

test: ## what the README promises
	go test ./...

check: lint race browser fuzz ## everything that must be green

lint: $(LINT)
	$(LINT) run ./...
	$(LINT) fmt --diff ./...

race: $(GOTESTSUM)
	$(GOTESTSUM) --format pkgname -- -race ./...

browser: ## the web chat in headless Chromium; screenshots land in out/
	HERALD_TEST_BROWSER=required HERALD_TEST_SCREENSHOTS=$(CURDIR)/out go test -count=1 -run Browser -v .

fuzz: ## every fuzz test for a short time
	FUZZTIME=$(FUZZTIME) .ci/fuzz

bench:
	go test -run '^$$' -bench . -benchmem ./...

$(LINT):
	GOBIN=$(BIN) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

$(GOTESTSUM):
	GOBIN=$(BIN) go install gotest.tools/gotestsum@v1.13.0

clean:
	rm -rf $(BIN) out herald
