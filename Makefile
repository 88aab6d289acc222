# What a person runs; .ci/run runs the same. Tools are pinned here and stay out of go.mod.
BIN      := $(CURDIR)/.bin
LINT     := $(BIN)/golangci-lint
GOTESTSUM:= $(BIN)/gotestsum
FUZZTIME ?= 10s
KILLS    ?= 200

.PHONY: build try test check lint race browser fuzz bench kills clean

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

race: $(GOTESTSUM) ## everything but the browser tests, which `make browser` runs with it, too
	$(GOTESTSUM) --format pkgname -- -race -skip Browser -timeout 20m ./...

browser: ## the web chat in headless Chromium; screenshots land in out/
	HERALD_TEST_BROWSER=required HERALD_TEST_SCREENSHOTS=$(CURDIR)/out go test -race -count=1 -run Browser -v .

fuzz: ## every fuzz test for a short time
	FUZZTIME=$(FUZZTIME) .ci/fuzz

bench: ## about half an hour; docs/reading.md says what reading should show
	go test -run '^$$' -bench . -benchmem -timeout 60m ./...

kills: ## kill -9 at KILLS random moments of broadcasts and digests; on a full disk, too, where DISK is a folder on a small file system (mount -t tmpfs -o size=24m tmpfs FOLDER)
	HERALD_TEST_KILLS=$(KILLS) HERALD_TEST_DISK=$(DISK) go test -count=1 -timeout 3h -run 'TestKill' -v .

$(LINT):
	GOBIN=$(BIN) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

$(GOTESTSUM):
	GOBIN=$(BIN) go install gotest.tools/gotestsum@v1.13.0

clean:
	rm -rf $(BIN) out herald
