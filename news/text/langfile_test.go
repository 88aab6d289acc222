package text

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestLanguageFiles(t *testing.T) {
	files := fstest.MapFS{
		"lang/xx.txt": {Data: []byte("# a remark\n[stop]\nand  or\n\n[date]\n  noon\n[stop]\nnot\n")},
		"lang/yy.txt": {},
	}
	got := map[string]map[string][]string{}
	for lang, data := range LanguageFiles(files) {
		got[lang] = Sections(data)
	}
	want := map[string]map[string][]string{"xx": {"stop": {"and", "or", "not"}, "date": {"noon"}}, "yy": {}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
