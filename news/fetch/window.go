package fetch

import "github.com/klauspost/compress/zstd"

// How much memory a compressed body may ask its reader for, in bytes. One that asks for more than smallWindow counts as a large
// body from its beginning, since many at once would take more than all they hold.
const (
	smallWindow = 4 << 20 // what servers' usual settings ask for
	maxWindow   = 8 << 20 // of zstd (RFC 9659); brotli has 16 MB at most (RFC 7932, section 9.1)
)

// brotliWindow is the window that a brotli stream asks for, by its first byte (RFC 7932, section 9.1).
func brotliWindow(first byte) int {
	bits := 16
	switch n, m := int(first>>1&7), int(first>>4&7); {
	case first&1 == 0:
	case n != 0:
		bits = 17 + n
	case m != 0:
		bits = 8 + m
	default:
		bits = 17
	}
	return 1 << bits
}

// zstdWindow is the window that the first frame of a zstd stream asks for; where it does not say, it is taken for large.
func zstdWindow(head []byte) int {
	var h zstd.Header
	switch err := h.Decode(head); {
	case err != nil || h.Skippable:
		return maxWindow
	case h.SingleSegment:
		return int(min(h.FrameContentSize, maxWindow))
	}
	return int(min(h.WindowSize, maxWindow))
}
