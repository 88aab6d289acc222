package news

import "testing"

func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		"The pier\nfell.":                  "The pier fell.",
		"Parking\n\nPermits cost more.":    "Parking: Permits cost more.",
		"What happened?\n\nThe pier fell.": "What happened? The pier fell.",
		"Parking (town)\nNo change.":       "Parking (town): No change.",
		"Parking \r\n 240 crowns.":         "Parking: 240 crowns.",
		"the pier fell on Monday":          "The pier fell on Monday.",
		"“The pier fell.”":                 "“The pier fell.”",
		"он сказал: «Причал упал»":         "Он сказал: «Причал упал».",
		"élu maire (à 40 ans)":             "Élu maire (à 40 ans).",
		"eBay bought the pier.":            "eBay bought the pier.",
		"Who knows?":                       "Who knows?",
		"码头倒塌了。":                           "码头倒塌了。",
		"पुल गिर गया":                      "पुल गिर गया",
		"":                                 "",
		"The pier fell, and the quay…":     "The pier fell, and the quay…",
	} {
		if got := (Sentence{Text: text}).Plain(); got != want {
			t.Errorf("Plain(%q) = %q, want %q", text, got, want)
		}
	}
}
