package desk

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"herald/news"

	"github.com/google/go-cmp/cmp"
)

// read is what is compared of an article.
type read struct{ Title, Byline, Published, Text string }

func readOf(a *news.Article) read {
	r := read{Title: a.Title, Byline: a.Byline, Text: a.Text}
	if !a.Published.IsZero() {
		r.Published = a.Published.Format(time.RFC3339)
	}
	return r
}

func TestMail(t *testing.T) {
	const head = "From: Ona Field <ona@skarn.example>\nDate: Sat, 03 May 2025 20:00:00 +0200\nSubject: Light over Skarn\n"
	const date = "2025-05-03T20:00:00+02:00"
	for _, c := range []struct {
		name, mail string
		want       read
	}{
		{"plain", head + "\nThe lamp burns.\n\nCome and see.\n-- \nOna Field\n", read{"Light over Skarn", "Ona Field", date, "The lamp burns.\n\nCome and see."}},
		{"line ends of the wire", strings.ReplaceAll(head+"\nThe lamp burns.\n", "\n", "\r\n"), read{"Light over Skarn", "Ona Field", date, "The lamp burns."}},
		{
			"encoded header",
			"From: =?iso-8859-1?Q?J=F8rn_Sk=E5r?= <j@skarn.example>\nSubject: =?utf-8?B?TGljaHQgw7xiZXI=?= =?utf-8?Q?_Skarn?=\n\nDas Licht brennt.\n",
			read{"Licht über Skarn", "Jørn Skår", "", "Das Licht brennt."},
		},
		{
			"quoted-printable in Latin-1",
			head + "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nEin Licht f=FCr =\nalle.\n",
			read{"Light over Skarn", "Ona Field", date, "Ein Licht für alle."},
		},
		{"base64", head + "Content-Transfer-Encoding: base64\n\nVGhlIGxhbXAg\nYnVybnMu\n", read{"Light over Skarn", "Ona Field", date, "The lamp burns."}},
		{
			"plain text before HTML and attachments",
			head + "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/plain\nContent-Disposition: attachment\n\nA list.\n" +
				"--a\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>The <b>lamp</b> burns.</p>\n--b\n\nThe lamp burns.\n--b--\n--a--\n",
			read{"Light over Skarn", "Ona Field", date, "The lamp burns."},
		},
		{
			"HTML alone",
			head + "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>The <b>lamp</b> burns.</p><p>Come &amp; see.</p>\n--b--\n",
			read{"Light over Skarn", "Ona Field", date, "The lamp burns.\n\nCome & see."},
		},
		{"an address is no name", "From: ona@skarn.example\nSubject: x\n\nThe lamp burns.\n", read{"x", "", "", "The lamp burns."}},
		{"forwarded", head + "\n> The lamp\n> burns.\n>> It does.\n", read{"Light over Skarn", "Ona Field", date, "The lamp\nburns.\nIt does."}},
		{"cut off", head + "Content-Type: multipart/mixed; boundary=a\n\n--a\n\nThe lamp burns.\n", read{"Light over Skarn", "Ona Field", date, "The lamp burns."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !IsMail([]byte(c.mail)) && c.want.Published != "" {
				t.Error("not taken for mail")
			}
			a, err := New(nil).Mail([]byte(c.mail), "")
			if err != nil {
				t.Fatal(err)
			}
			check(t, a)
			if d := cmp.Diff(c.want, readOf(a)); d != "" {
				t.Error("-want +got:\n" + d)
			}
		})
	}
	for _, s := range []string{"", "no header", "From: a@b.example\n\n", "From: a@b.example\nContent-Type: image/png\n\nxx"} {
		if _, err := New(nil).Mail([]byte(s), ""); !errors.Is(err, news.ErrNotArticle) {
			t.Errorf("Mail(%q): got %v, want %v", s, err, news.ErrNotArticle)
		}
	}
	for _, s := range []string{"", "Light over Skarn\n\nThe lamp burns.", "Note: it rains.\nFrom: the coast.\n", "Subject: alone\n\nx"} {
		if IsMail([]byte(s)) && !strings.HasPrefix(s, "Note") {
			t.Errorf("%q is taken for mail", s)
		}
	}
}

func TestMarkdown(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     read
	}{
		{
			"headings and marks",
			"# Light over *Skarn*\n\nThe **lamp** [burns](https://skarn.example/a_(b)) again,\nsays `Ona_Field`.\n\n## Why ##\n\n> It was __time__.\n",
			read{"Light over Skarn", "", "", "Light over Skarn\n\nThe lamp burns again, says Ona_Field.\n\nWhy\n\nIt was time."},
		},
		{"underlined", "Light over Skarn\n================\n\nThe lamp burns.\n\nWhy\n---\nIt was time.\n", read{"Light over Skarn", "", "", "Light over Skarn\n\nThe lamp burns.\n\nWhy\n\nIt was time."}},
		{
			"front matter", "---\ntitle: \"Light over Skarn\"\nauthor: Ona Field\ndate: 2025-05-03\n---\n\nThe lamp burns.\n",
			read{"Light over Skarn", "Ona Field", "2025-05-03T00:00:00Z", "The lamp burns."},
		},
		{"lists", "Bring:\n\n- bread\n* [x] salt\n+ oil\n\n1. Go up.\n2. Look\n   around.\n", read{"", "", "", "Bring:\n\nbread\nsalt\noil\n\n1. Go up.\n2. Look around."}},
		{"table", "| Lamp | Miles |\n|------|:-----:|\n| old | 9 |\n", read{"", "", "", "Lamp · Miles\n\nold · 9"}},
		{"pictures, notes, targets, HTML", "![The lamp](l.png)\n\nIt burns.[^1] <br>See [here][x] & there &ndash; <https://skarn.example/>.\n\n[x]: https://skarn.example/\n", read{"", "", "", "It burns. See here & there – https://skarn.example/."}},
		{"no marks", "2 * 3 * 4 is 24, snake_case_name is one word, and \\*this\\* has stars.\n", read{"", "", "", "2 * 3 * 4 is 24, snake_case_name is one word, and *this* has stars."}},
		{"rules and code", "One.\n\n***\n\n```go\nx := 1\n```\nTwo.\n", read{"", "", "", "One.\n\nx := 1\n\nTwo."}},
		{"nothing", "", read{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := New(nil).Markdown(c.in, "")
			check(t, a)
			if d := cmp.Diff(c.want, readOf(a)); d != "" {
				t.Error("-want +got:\n" + d)
			}
		})
	}
}

func TestUnwrap(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{
			"a column",
			"Light over Skarn\n\nThe lighthouse of Skarn was lit again on Saturday, forty\nyears after its keeper had put it out. About six hundred\npeople watched.\n\nIt burns.\n",
			"Light over Skarn\n\nThe lighthouse of Skarn was lit again on Saturday, forty years after its keeper had put it out. About six hundred people watched.\n\nIt burns.\n",
		},
		{"Windows", "The lighthouse of Skarn was lit again on Saturday, forty\r\nyears after.\r\n", "The lighthouse of Skarn was lit again on Saturday, forty  years after.\r\n"},
		{"verse", "The lamp is lit,\nthe sea is grey,\nand home we sit.\n", "The lamp is lit,\nthe sea is grey,\nand home we sit.\n"},
		{"paragraphs", strings.Repeat("The lamp burns. ", 12) + "\nIt does.\n" + strings.Repeat("See it. ", 20) + "\nGo.", strings.Repeat("The lamp burns. ", 12) + "\nIt does.\n" + strings.Repeat("See it. ", 20) + "\nGo."},
		{"a list", "The lighthouse of Skarn was lit again on Saturday at ten.\n- Bring bread and salt and oil and whatever else you like.\n- Bring a coat.\n", "The lighthouse of Skarn was lit again on Saturday at ten.\n- Bring bread and salt and oil and whatever else you like.\n- Bring a coat.\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, Unwrap(c.in)); d != "" {
				t.Error("-want +got:\n" + d)
			}
		})
	}
}

// FuzzDocument holds for any bytes: mail and Markdown give articles whose parts fit, or an error; unwrapping moves nothing.
func FuzzDocument(f *testing.F) {
	f.Add([]byte("From: a <b@c.example>\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\n> x\n--a\nContent-Type: text/html\n\n<p>y"))
	f.Add([]byte("---\ntitle: x\n---\n# a\n[b](c) *d* `e` ![f](g)\n| h |\n> - i\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		d := New(nil)
		if a, err := d.Mail(b, ""); err == nil {
			check(t, a)
		} else if !errors.Is(err, news.ErrNotArticle) {
			t.Errorf("got %v, want %v", err, news.ErrNotArticle)
		}
		IsMail(b)
		s := strings.ToValidUTF8(string(b), "")
		check(t, d.Markdown(s, ""))
		if u := Unwrap(s); len(u) != len(s) || !utf8.ValidString(u) || strings.Join(strings.Fields(u), " ") != strings.Join(strings.Fields(s), " ") {
			t.Errorf("Unwrap(%q) = %q", s, u)
		}
	})
}
