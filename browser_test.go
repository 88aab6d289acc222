package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
)

// TestBrowserFirstMinute is the story of TestFirstMinute with mouse and keyboard on the try page: read, follow, be told, share.
func TestBrowserFirstMinute(t *testing.T) {
	t.Parallel()
	b := openTab(t, wide)
	defer b.close()
	var list bubble
	b.station(t, "start", func() { b.starts() })
	b.station(t, "latest by the command menu", func() { list = b.picksLatest() })
	b.station(t, "pages turn in place", func() { b.turnsPages(list) })
	b.station(t, "a card by its number", func() { b.opensCard(list) })
	b.station(t, "sources", func() { b.follows() })
	b.station(t, "the group's topic", func() { b.followsInTopic() })
	b.station(t, "a story breaks", func() { b.breaksStory() })
	b.station(t, "share", func() { b.shares() })
	b.station(t, "inline mode", func() { b.sharesInline() })
}

func (b *tab) starts() {
	b.open(ada, 0)
	b.shots("01-empty")
	none := b.last()
	b.click(`[data-command="start"]`, "")
	welcome := none.answer("I'm Herald")
	if got := welcome.buttons(); len(got) != 3 || !strings.Contains(got[0], "Latest") {
		b.t.Errorf("buttons of the welcome: %q, want Latest and two more", got)
	}
	b.gone(`[data-command="start"]`, "")
	b.shots("02-welcome")
}

func (b *tab) picksLatest() bubble {
	before := b.last()
	b.click("#composer", "")
	b.keys("/")
	b.see(`[data-command="quotes"]`, "Who said what")
	b.shots("03-menu")
	b.keys("la")
	b.see(`[data-command="latest"]`, "The newest stories")
	b.gone(`[data-command="quotes"]`, "")
	b.keys(kb.Enter)
	list := before.answer("Latest news")
	list.shows("5. ")
	b.is("the field is empty again", `document.getElementById("composer").value === ""`)
	b.shots("04-latest")
	return list
}

func (b *tab) turnsPages(list bubble) {
	first := list.headlines()
	list.press("Older")
	list.shows("Page 2")
	if second := list.headlines(); len(second) == 0 || slices.ContainsFunc(second, func(s string) bool { return slices.Contains(first, s) }) {
		b.t.Errorf("page 2 tells %q, page 1 told %q", second, first)
	}
	b.see(list.css(".meta"), "edited")
	if last := b.last(); last.id != list.id {
		b.t.Errorf("page 2 is message %d, want it in place of %d", last.id, list.id)
	}
	b.shot("05-page-2")
	list.press("Newer")
	b.gone(list.css(".text"), "Page 2")
	if diff := cmp.Diff(first, list.headlines()); diff != "" {
		b.t.Errorf("page 1 after page 2 (-before +after):\n%s", diff)
	}
}

func (b *tab) opensCard(list bubble) {
	const number = 1
	title := list.headlines()[number-1]
	list.press(fmt.Sprint(number))
	card := list.answer(title)
	b.see(card.css(".preview"), title)
	b.shots("06-card")
	card.press("Quotes")
	quotes := card.answer("Who says what")
	b.see(quotes.css("blockquote"), "")
	b.shots("07-quotes")
	card.press("Full text")
	full := quotes.answer(title)
	b.see(full.css("blockquote .more"), "Show more")
	b.shots("08-full-text")
	b.click(full.css(".more"), "Show more")
	b.see(full.css(".more"), "Show less")
	b.is("the full text is whole", fmt.Sprintf("(n => n.scrollHeight <= n.clientHeight + 1)(document.querySelector(%s))", js(full.css(".clamp"))))
	b.shots("09-full-text-open")
}

func (b *tab) follows() {
	panel := b.ask("/subscribe", "Tap a source")
	b.shots("10-subscribe")
	b.pressAll(panel, "➕")
	b.shots("11-subscribed")
	sources := b.ask("/sources", "Followed here")
	if got := strings.Count(sources.shows("Merrow Bay"), "•"); got != len(panel.buttons()) {
		b.t.Errorf("%d sources are followed, want %d", got, len(panel.buttons()))
	}
	b.shots("12-sources")
}

// pressAll presses every button of the panel that carries the mark, and waits for its notice and its new mark.
func (b *tab) pressAll(panel bubble, mark string) {
	b.t.Helper()
	for _, label := range panel.buttons() {
		source := strings.TrimPrefix(label, mark+" ")
		panel.press(label)
		b.toast("Following " + source)
		b.see(panel.css("[data-button]"), "✅ "+source)
	}
}

func (b *tab) followsInTopic() {
	room, topic := b.group("World")
	b.open(room, topic)
	b.see("#who", "World")
	b.writeAs("Ben", ben)
	b.ask("/subscribe", "Only administrators")
	b.writeAs("Ada", ada)
	panel := b.ask("/subscribe", "Tap a source")
	b.shots("13-topic")
	b.pressAll(panel, "➕")
}

// writeAs chooses who writes by typing the name, as in any list of choices.
func (b *tab) writeAs(name string, id int) {
	b.t.Helper()
	b.click("#write-as", "")
	b.keys(name)
	b.keys(kb.Enter)
	b.is(name+" writes", fmt.Sprintf(`document.getElementById("write-as").value === "%d"`, id))
}

func (b *tab) breaksStory() {
	before := b.last()
	_, title := b.pressBreak()
	push := before.answer(title)
	b.shots("14-push-topic")
	if got := push.buttons(); !slices.Contains(got, "Share") {
		b.t.Errorf("buttons of the push: %q, want Share among them", got)
	}
	b.see(fmt.Sprintf(`#chats [data-chat="%d"] .badge`, ada), "1")
	b.open(ada, 0)
	b.see("#messages .message.other", title)
	b.gone(fmt.Sprintf(`#chats [data-chat="%d"] .badge`, ada), "")
	b.shots("15-push")
	b.portrait()
}

// portrait takes the picture of the README: a whole card, without suggestions and notices.
func (b *tab) portrait() {
	b.t.Helper()
	if os.Getenv(shotsVariable) == "" {
		return
	}
	b.gone("#toast.shown", "")
	b.click("#chips .away", "")
	b.look(screen{width: 1280, height: 960}, "light")
	b.run("moving the mouse away", chromedp.MouseEvent(chromedp.MouseMoved, 1, 1))
	b.shot("try")
	b.look(wide, "light")
}

// pressBreak presses "Break a story" and returns what the notice tells: the publisher and the title.
func (b *tab) pressBreak() (publisher, title string) {
	b.t.Helper()
	shown, err := chromedp.Run(b.ctx, chromedp.Evaluate[int](`Number(document.getElementById("toast").dataset.count ?? 0)`))
	b.do("counting notices", err)
	b.click(`[data-action="break"]`, "")
	notice := until[string](b, "the notice of a story", fmt.Sprintf(
		`(n => Number(n.dataset.count) > %d && n.classList.contains("shown") && n.innerText)(document.getElementById("toast"))`, shown))
	publisher, rest, _ := strings.Cut(notice, ": “")
	title, _, ok := strings.Cut(rest, "” (")
	if !ok {
		b.t.Fatalf("the notice of a story is %q", notice)
	}
	return publisher, title
}

func (b *tab) shares() {
	push := b.last()
	title := push.headlines()[0]
	room, topic := b.group("Science")
	push.press("Share")
	b.see("dialog[open]", "Share to")
	b.shots("16-share")
	b.click(fmt.Sprintf(`[data-share="%d"][data-share-topic="%d"]`, room, topic), "")
	b.see(fmt.Sprintf(`#thread[data-open-chat="%d"][data-open-topic="%d"]`, room, topic), "")
	before := b.last()
	b.see("[data-inline-result]", title)
	b.shots("17-share-result")
	b.click("[data-inline-result]", title)
	shared := until[int](b, "the shared card", fmt.Sprintf(`Number(eyes.find("#messages .message.own", %s)?.dataset.message)`, js(title)))
	if shared <= before.id {
		b.t.Errorf("the shared card is message %d, want one after %d", shared, before.id)
	}
	card := bubble{b, shared}
	b.see(card.css(".via"), "via @herald_bot")
	b.shots("18-shared")
	card.press("Read in Herald")
	b.see(fmt.Sprintf(`#thread[data-open-chat="%d"]`, ada), "")
	push.answer(title)
}

func (b *tab) sharesInline() {
	b.open(ben, 0)
	before := b.last()
	b.click("#composer", "")
	b.keys("@her")
	b.see("#suggest [role=option]", "@herald_bot")
	b.keys(kb.Tab)
	b.keys("last lamp")
	b.see("[data-inline-result]", "The last lamp of Skerrow")
	b.shots("19-inline")
	b.keys(kb.ArrowDown)
	b.keys(kb.ArrowUp)
	b.keys(kb.Enter)
	b.see("#messages .message.own .via", "via @herald_bot")
	if b.last().id <= before.id {
		b.t.Errorf("nothing was shared")
	}
	b.shot("20-inline-sent")
}
