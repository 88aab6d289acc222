package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestBrowserSettings sets up a chat: sources from a file, the time zone from a place, the digest, the panel; and reads what
// is sent to it.
func TestBrowserSettings(t *testing.T) {
	t.Parallel()
	b := openTab(t, wide)
	defer b.close()
	b.open(ada, 0)
	b.station(t, "an OPML file", func() { b.imports() })
	b.station(t, "a location", func() { b.locates() })
	b.station(t, "digest", func() { b.digests() })
	b.station(t, "settings", func() { b.changesSettings() })
	b.station(t, "unsubscribe", func() { b.unfollows() })
	b.station(t, "a link", func() { b.sendsLink() })
	b.station(t, "words that mean nothing", func() {
		b.ask("hello there", "/help")
		b.ask("/nonsense", "/help")
		b.ask("/help", "Reading")
		b.shots("36-help")
	})
	b.station(t, "block and unblock", func() {
		b.click("#chat-menu", "")
		b.click(`[data-menu="block"]`, "")
		b.see("#closed", "You blocked the bot")
		b.shot("37-blocked")
		b.click("#closed button", "Unblock")
		b.gone("#closed", "")
		b.ask("/quotes", "Who said what")
		b.shots("39-all-quotes")
	})
	b.station(t, "a channel", func() { b.servesChannel() })
}

func (b *tab) imports() {
	feeds := b.Press.Feeds(b.Sample)[:3]
	var outlines strings.Builder
	for _, f := range feeds {
		fmt.Fprintf(&outlines, `<outline type="rss" text=%q xmlUrl=%q/>`, f.Title, f.URL)
	}
	file := filepath.Join(b.t.TempDir(), "sources.opml")
	opml := `<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>` + outlines.String() + `</body></opml>`
	if err := os.WriteFile(file, []byte(opml), 0o600); err != nil {
		b.t.Fatal(err)
	}
	before := b.last()
	b.click("#attach", "")
	b.shot("30-attach")
	b.upload(file, func() { b.click(`[data-menu="file"]`, "") })
	b.see("#messages .message.own .file", "sources.opml")
	report := before.answer("3 new sources are followed")
	b.see(report.css("blockquote"), feeds[0].Title)
	b.shots("31-opml")
}

func (b *tab) locates() {
	before := b.last()
	b.click("#attach", "")
	b.click(`[data-menu="location"]`, "")
	b.see("dialog[open]", "Share a location")
	b.shots("32-location")
	b.click("[data-city]", "Kathmandu")
	b.see("#messages .message.own .place", "27.717° N, 85.324° E")
	before.answer("Asia/Kathmandu")
	zones := b.ask("/timezone", "Asia/Kathmandu")
	b.shots("33-timezone")
	zones.press("Berlin")
	b.toast("Time zone set")
	zones.shows("Europe/Berlin")
}

func (b *tab) digests() {
	panel := b.ask("/digest 08:00", "Digest at 08:00")
	panel.shows("Europe/Berlin")
	b.shot("34-digest")
	panel.press("18:00")
	b.toast("Digest at 18:00")
	panel.shows("Digest at 18:00")
	panel.press("Digest off")
	b.toast("Digest off")
	panel.shows("stories come at once")
	quiet := b.ask("/quiet 22:00-07:00", "Quiet from 22:00 to 07:00")
	b.shots("34-quiet")
	quiet.press("Turn quiet hours off")
	b.toast("No quiet time")
	quiet.shows("stories come at any hour")
}

func (b *tab) changesSettings() {
	panel := b.ask("/settings", "Settings of this chat")
	b.shots("35-settings")
	panel.press("Link previews")
	b.toast("Saved")
	b.see(panel.css("[data-button]"), "⬜️ Link previews")
	panel.press("Link previews")
	b.see(panel.css("[data-button]"), "✅ Link previews")
	panel.press("Summaries: short")
	b.see(panel.css("[data-button]"), "Summaries: long")
	panel.press("Language")
	panel.press("Deutsch")
	panel.shows("Einstellungen")
	panel.press("Deutsch")
	panel.press("English")
	panel.shows("Settings of this chat")
}

func (b *tab) unfollows() {
	panel := b.ask("/unsubscribe", "Tap a source")
	dropped := strings.TrimPrefix(panel.buttons()[0], "✖ ")
	panel.press(dropped)
	b.toast(dropped + " is no longer followed")
	b.gone(panel.css("[data-button]"), dropped)
	sources := b.ask("/sources", "Followed here")
	b.gone(sources.css(".text"), dropped)
}

func (b *tab) sendsLink() {
	address := b.article()
	before := b.last()
	b.click("#composer", "")
	b.paste(address)
	b.click("#send", "")
	card := before.answer("The Merrow Bay Courier")
	if got := card.texts(".text a", "href"); !slices.Contains(got, address) {
		b.t.Errorf("the card links %q, want %s among them", got, address)
	}
	b.shots("38-link")
}

// article is the address of an article of a sample newspaper.
func (b *tab) article() string {
	b.t.Helper()
	list := b.ask("/search Merrow", "Merrow")
	for _, link := range list.texts(".text a", "href") {
		if strings.Contains(link, "/courier/") {
			return link
		}
	}
	b.t.Fatalf("no article of the Courier in the search\n%s", b.scene())
	return ""
}

func (b *tab) servesChannel() {
	const publisher = "Ostral Dispatch"
	b.ask("/subscribe "+publisher+" @morning_wire", "Morning Wire")
	for from := ""; from != publisher && b.Press.Left() > 0; {
		from, _ = b.pressBreak()
	}
	b.click("#chats [data-chat]", "Morning Wire")
	b.see("#messages .message", publisher) // as its source or among those that report it too
	b.shot("39-channel")
}

// TestBrowserColours switches between light and dark by the button; the choice outlives a reload, and whatever the system wishes.
func TestBrowserColours(t *testing.T) {
	t.Parallel()
	b := openTab(t, wide)
	defer b.close()
	light := b.paper()
	b.click("#theme", "")
	b.see("#theme", "Use light colours")
	dark := b.paper()
	if dark == light {
		t.Errorf("the button changed nothing: %s", light)
	}
	b.run("reloading", chromedp.Reload())
	b.see("#theme", "Use light colours")
	if got := b.paper(); got != dark {
		t.Errorf("after a reload the page is %s, want the chosen %s", got, dark)
	}
	b.click("#theme", "")
	b.look(wide, "dark")
	b.see("#theme", "Use dark colours")
	if got := b.paper(); got != light {
		t.Errorf("light was chosen, and the page is %s, want %s", got, light)
	}
}

// paper is the colour behind everything.
func (b *tab) paper() string {
	b.t.Helper()
	b.settle()
	colour, err := chromedp.Run(b.ctx, chromedp.Evaluate[string]("getComputedStyle(document.documentElement).backgroundColor"))
	b.do("reading the colour of the page", err)
	return colour
}
