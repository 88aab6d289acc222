package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes this test binary answer to the name herald, for scripts and for tests that start the program as a process.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"herald": main})
}
