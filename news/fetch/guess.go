package fetch

import (
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

const (
	guessWithin = 64 << 10 // bytes that an encoding is guessed from
	likely      = 0.4      // share of what a script's usual characters make up in texts that is enough to believe in it
)

// scripts are the encodings of texts that are hardly ASCII, with characters that are the most usual in them, and what share of the
// characters beyond ASCII these make up. In a text that is read in another's encoding they are rare.
var scripts = []struct {
	encoding encoding.Encoding
	usual    string
	share    float64
}{
	{charmap.Windows1251, "оеаинтсрвл", 0.65},
	{charmap.KOI8R, "оеаинтсрвл", 0.65},
	{charmap.Windows1253, "αοιετσνηυρ", 0.65},
	{charmap.Windows1255, "יוהלאמרתבש", 0.65},
	{charmap.Windows1256, "ايلمنوتربع", 0.65},
	{charmap.Windows874, "านรอกเงมยล", 0.5},
	{japanese.ShiftJIS, "のにはをたがでてとしいなる", 0.3},
	{japanese.EUCJP, "のにはをたがでてとしいなる", 0.3},
	{korean.EUCKR, "이다의는에을가고하를지로", 0.3},
	{simplifiedchinese.GB18030, "的一是不了人在有和国中大年为上", 0.12},
	{traditionalchinese.Big5, "的一是不了人在有和國中大年為上", 0.12},
}

// guessed is the encoding of a text that no label tells, if its bytes beyond ASCII stand together as in a script of its own; where
// they stand among Latin letters the encoding is one for those: nil.
func guessed(body []byte) encoding.Encoding {
	body = body[:min(len(body), guessWithin)]
	if !together(body) {
		return nil
	}
	var best encoding.Encoding
	most := likely
	for _, s := range scripts {
		out, err := s.encoding.NewDecoder().Bytes(body)
		if err != nil {
			continue
		}
		usual, all := 0, 0
		for _, r := range string(out) {
			if r < 0x80 {
				continue
			}
			all++
			if strings.ContainsRune(s.usual, r) {
				usual++
			}
		}
		if fit := float64(usual) / float64(max(all, 1)) / s.share; fit > most {
			best, most = s.encoding, fit
		}
	}
	return best
}

// together tells whether most bytes beyond ASCII stand three or more in a row.
func together(body []byte) bool {
	all, beside, row := 0, 0, 0
	for _, b := range body {
		if b < 0x80 {
			row = 0
			continue
		}
		all++
		if row++; row == 3 {
			beside += 2
		}
		if row >= 3 {
			beside++
		}
	}
	return 2*beside > all
}
