package main

import (
	"runtime/debug"

	"herald/news/text"
)

// How much garbage lies beside what is used, in percent (runtime/debug.SetGCPercent). What reads the open web waits for the
// network most of the time on a small server: memory is dearer to it than work. Who reads thousands of articles wants them soon.
const (
	littleGarbage = 30
	usualGarbage  = 100
	muchGarbage   = 400
)

// letLie sets that, unless an operator has set GOGC to another than its usual value.
func letLie(percent int) {
	if old := debug.SetGCPercent(percent); old != usualGarbage {
		debug.SetGCPercent(old)
	}
}

// fewWords is how many words are remembered where memory is dear.
const fewWords = 1 << 12

// beSparing is for what runs for years on a small server.
func beSparing() {
	letLie(littleGarbage)
	text.Remember(fewWords)
}
