package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// TestBrowserPhone uses the try page with a finger on a screen of 390 by 844: the list and the chat are two views.
func TestBrowserPhone(t *testing.T) {
	t.Parallel()
	b := openTab(t, phone)
	defer b.close()
	b.station(t, "from the list into a chat and back", func() {
		b.gone("#thread", "")
		b.shot("40-phone-list")
		b.open(ada, 0)
		b.gone("#sidebar", "")
		b.click("#back", "")
		b.gone("#thread", "")
		b.see("#sidebar", "Newsroom")
	})
	b.station(t, "read", func() { b.readsOnPhone() })
	b.station(t, "a turned phone stays at the newest message", func() {
		b.look(screen{width: phone.height, height: phone.width, touch: true}, "light")
		until[bool](b, "the newest message on the turned phone", atEnd)
		b.shot("41-phone-turned")
		b.look(phone, "light")
		until[bool](b, "the newest message on the phone turned back", atEnd)
	})
	b.station(t, "nothing is wider than the screen", func() { b.fits() })
	b.station(t, "the group", func() {
		b.click("#back", "")
		room, topic := b.group("World")
		b.open(room, topic)
		b.ask("/latest", "Latest news")
		b.fits()
		b.click("#chat-menu", "")
		b.shot("42-phone-menu")
		b.click(`[data-menu="do-break"]`, "")
		b.toast("more to come")
	})
}

// fits fails where something has to be scrolled sideways.
func (b *tab) fits() {
	b.t.Helper()
	b.is("the page is as wide as the screen", "document.documentElement.scrollWidth <= innerWidth")
	b.is("the messages are as wide as the chat", `(n => n.scrollWidth <= n.clientWidth)(document.getElementById("scroll"))`)
}

func (b *tab) readsOnPhone() {
	b.open(ada, 0)
	none := b.last()
	b.click(`[data-command="start"]`, "")
	welcome := none.answer("I'm Herald")
	welcome.press("Latest")
	list := welcome.answer("Latest news")
	title := list.headlines()[0]
	list.press("1")
	card := list.answer(title)
	card.press("Full text")
	full := card.answer(title)
	b.click(`[data-chip="quotes"]`, "")
	full.answer("Who said what")
}

// atEnd is true when the thread stands at its newest message.
const atEnd = `(n => n.scrollHeight - n.scrollTop - n.clientHeight < 2)(document.getElementById("scroll"))`

// TestBrowserKeyboard reads, turns pages and changes the chat without ever touching the mouse.
func TestBrowserKeyboard(t *testing.T) {
	t.Parallel()
	b := openTab(t, wide)
	defer b.close()
	var list bubble
	b.station(t, "past the list to the field", func() {
		b.keys(kb.Tab)
		b.is("the first stop is the way to the field", `document.activeElement.id === "skip"`)
		b.shot("50-skip")
		b.keys(kb.Enter)
		b.is("the field has the focus", `document.activeElement.id === "composer"`)
	})
	b.station(t, "a command by arrows", func() {
		before := b.last()
		b.keys("/")
		b.see("#suggest [role=option][aria-selected]", "/latest")
		b.keys(kb.ArrowDown)
		b.keys(kb.ArrowUp)
		b.keys(kb.Enter)
		list = before.answer("Latest news")
	})
	b.station(t, "a page by Tab and Enter", func() {
		b.tabTo(list.css("[data-button]"), "Older", true)
		b.keys(kb.Enter)
		list.shows("Page 2")
		b.is("the focus stays under the list", fmt.Sprintf("document.activeElement.closest(%s) !== null", js(list.css(".keys"))))
		b.shot("51-focus")
		title := list.headlines()[1]
		b.tabTo(list.css("[data-button]"), "2", true)
		b.keys(kb.Enter)
		list.answer(title)
	})
	b.station(t, "typing goes to the field from anywhere", func() {
		before := b.last()
		b.keys("/quotes")
		b.keys(kb.Enter)
		before.answer("Who said what")
	})
	b.station(t, "the chat list by arrows", func() {
		b.keys(kb.Escape)
		b.is("Esc leads to the list", `document.activeElement.closest("#chats") !== null`)
		b.keys(kb.ArrowDown)
		b.keys(kb.Enter)
		b.see(fmt.Sprintf(`#thread[data-open-chat="%d"]`, ben), "")
	})
	b.station(t, "menus and dialogs by keys", func() {
		b.tabTo("#attach", "", false)
		b.keys(kb.Enter)
		b.see("[role=menu] [data-menu]", "Location")
		b.keys(kb.ArrowDown)
		b.keys(kb.Enter)
		b.see("dialog[open]", "Share a location")
		b.tabTo("[data-city]", "Kathmandu", false)
		b.keys(kb.Enter)
		b.see("#messages .message.other", "Asia/Kathmandu")
	})
}
