package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// eyes is a script in the page that sees what a person sees. find returns the last visible element with the words in it, point
// the middle of it once it stands still and nothing lies over it, until waits for something.
const eyes = `
globalThis.eyes = (() => {
	const frame = () => new Promise((done) => requestAnimationFrame(done));
	const words = (node) => [node.innerText, node.value, node.getAttribute("aria-label")].filter(Boolean).join("\n");
	const visible = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && node.getClientRects().length > 0;
	const all = (css, text) => [...document.querySelectorAll(css)].filter((node) => visible(node) && words(node).includes(text));
	const find = (css, text) => all(css, text).at(-1);
	const middle = (node) => {
		const r = [...node.getClientRects()].find((r) => r.width > 0 && r.height > 0) ?? node.getBoundingClientRect();
		return { x: Math.round(r.x + r.width / 2), y: Math.round(r.y + r.height / 2) };
	};
	async function until(look) {
		for (;;) {
			const seen = look();
			if (seen) return seen;
			await frame();
		}
	}
	async function settle() {
		await document.fonts.ready;
		for (let calm = 0; calm < 3; calm++) {
			if (document.getAnimations().some((a) => a.playState === "running" && a.effect.getComputedTiming().iterations !== Infinity)) calm = 0;
			await frame();
		}
		return true;
	}
	async function point(css, text) {
		for (let before = null; ; ) {
			const node = await until(() => find(css, text));
			const now = middle(node);
			const top = document.elementFromPoint(now.x, now.y);
			const still = before && before.node === node && before.x === now.x && before.y === now.y;
			if (still && top && (node.contains(top) || top.contains(node) && top.matches("label"))) return now;
			if (still) node.scrollIntoView({ block: "center", behavior: "instant" });
			before = { ...now, node };
			await frame();
			await frame();
		}
	}
	return { all, find, until, point, settle, words };
})();`

// until waits until the JavaScript expression is true and returns its value. What is for the reader of a failure.
func until[T any](b *tab, what, expression string) T {
	b.t.Helper()
	return await[T](b, what, "eyes.until(() => "+expression+")")
}

func await[T any](b *tab, what, promise string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	got, err := chromedp.Run(ctx, chromedp.Evaluate[T](promise, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("waiting for %s: %v\n%s", what, err, b.scene())
	}
	return got
}

// js writes a value as JavaScript does.
func js(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // only strings and numbers come here
	}
	return string(text)
}

// named tells of an element in a failure.
func named(css, words string) string {
	if words == "" {
		return css
	}
	return fmt.Sprintf("%s with “%s”", css, words)
}

// see waits until an element with the words is visible and returns its whole text.
func (b *tab) see(css, words string) string {
	b.t.Helper()
	return until[string](b, named(css, words), fmt.Sprintf("((n) => n && (eyes.words(n) || ' '))(eyes.find(%s, %s))", js(css), js(words)))
}

// gone waits until no element with the words is visible.
func (b *tab) gone(css, words string) {
	b.t.Helper()
	until[bool](b, named(css, words)+" to be gone", fmt.Sprintf("!eyes.find(%s, %s)", js(css), js(words)))
}

// is fails unless the JavaScript expression is true now.
func (b *tab) is(what, expression string) {
	b.t.Helper()
	got, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("Boolean("+expression+")"))
	b.do(what, err)
	if !got {
		b.t.Errorf("not so: %s\n%s", what, b.scene())
	}
}

// settle waits until fonts are there and nothing moves.
func (b *tab) settle() {
	b.t.Helper()
	await[bool](b, "the page to stand still", "eyes.settle()")
}

// click presses the last visible element with the words, with the mouse or, on a touch screen, with a finger.
func (b *tab) click(css, words string) {
	b.t.Helper()
	type point struct {
		X float64 `json:"x"`
		Y float64 `json:"y"`
	}
	at := await[point](b, named(css, words)+" that can be pressed", fmt.Sprintf("eyes.point(%s, %s)", js(css), js(words)))
	press := chromedp.MouseClickXY(at.X, at.Y)
	if b.screen.touch {
		press = chromedp.TapXY(at.X, at.Y)
	}
	b.run("pressing "+named(css, words), press)
}

// keys presses keys one after the other, each with the modifiers; text is typed into what has the focus. A key goes in as the
// system sends it, raw and then as a character, so that the page can keep the character away.
func (b *tab) keys(keys string, modifiers ...chromedp.Modifier) {
	b.t.Helper()
	for _, key := range keys {
		for _, e := range kb.Encode(key) {
			if e.Type == input.DispatchKeyEventTypeKeyDown {
				e.Type = input.DispatchKeyEventTypeRawKeyDown
			}
			for _, m := range modifiers {
				e.Modifiers |= int64(m)
			}
			_, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, *e)
			b.do("typing "+keys, err)
		}
	}
}

// paste puts a text into what has the focus, all at once.
func (b *tab) paste(text string) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, input.InsertText, input.InsertTextParams{Text: text})
	b.do("pasting", err)
}

// tabTo presses Tab, or Shift+Tab backwards, until what has the focus fits the selector and the words.
func (b *tab) tabTo(css, words string, backwards bool) {
	b.t.Helper()
	const most = 60 // stops that a person may be asked for at all
	var shift []chromedp.Modifier
	if backwards {
		shift = append(shift, chromedp.ModifierShift)
	}
	var path []string
	for range most {
		b.keys(kb.Tab, shift...)
		at, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](fmt.Sprintf(
			"((n) => n.matches(%s) && eyes.words(n).includes(%s) ? '' : n.tagName + '#' + n.id + ' ' + eyes.words(n).slice(0, 30))(document.activeElement)",
			js(css), js(words))))
		b.do("looking for the focus", err)
		if at == "" {
			b.is("the focus on "+named(css, words)+" can be seen", "getComputedStyle(document.activeElement).outlineStyle !== 'none' || document.activeElement.id === 'composer'")
			return
		}
		path = append(path, at)
	}
	b.t.Fatalf("Tab does not reach %s; it went\n%s\n%s", named(css, words), strings.Join(path, "\n"), b.scene())
}

// write types into the composer and sends with Enter; on a touch screen with the button. It returns the newest message before,
// which answer takes.
func (b *tab) write(text string) bubble {
	b.t.Helper()
	before := b.last()
	b.click("#composer", "")
	b.keys(text)
	if b.screen.touch {
		b.click("#send", "")
	} else {
		b.keys(kb.Enter)
	}
	return before
}

// ask writes and waits for the answer that contains the words.
func (b *tab) ask(text, words string) bubble {
	b.t.Helper()
	return b.write(text).answer(words)
}

// toast waits for a notice with the words.
func (b *tab) toast(words string) {
	b.t.Helper()
	b.see("#toast.shown", words)
}

// open opens a chat, or a topic of a forum, by its row in the list.
func (b *tab) open(chat int64, topic int) {
	b.t.Helper()
	css := fmt.Sprintf(`#chats [data-chat="%d"]`, chat)
	if topic != 0 {
		css += fmt.Sprintf(`[data-topic="%d"]`, topic)
	}
	b.click(css, "")
	b.see(fmt.Sprintf(`#thread[data-open-chat="%d"][data-open-topic="%d"]`, chat, topic), "")
}

// headline is a story's title in a message: bold and a link.
const headline = ".text :is(a b, b a)"

// bubble is a message as it stands in the open chat.
type bubble struct {
	*tab
	id int
}

// last is the newest message of the open chat.
func (b *tab) last() bubble {
	b.t.Helper()
	id, err := chromedp.Run(b.ctx, chromedp.Evaluate[int](
		`Math.max(0, ...[...document.querySelectorAll("#messages [data-message]")].map((n) => Number(n.dataset.message)))`))
	b.do("looking for the newest message", err)
	return bubble{b, id}
}

// answer waits for a message of somebody else after m that contains the words.
func (m bubble) answer(words string) bubble {
	m.t.Helper()
	id := until[int](m.tab, "an answer with “"+words+"”", fmt.Sprintf(
		`Number(eyes.all("#messages .message.other", %s).map((n) => n.dataset.message).find((id) => Number(id) > %d))`, js(words), m.id))
	return bubble{m.tab, id}
}

// css is a selector inside the message.
func (m bubble) css(inside string) string {
	return fmt.Sprintf(`#messages [data-message="%d"] %s`, m.id, inside)
}

// press presses the button of the message whose label contains the words.
func (m bubble) press(words string) {
	m.t.Helper()
	m.click(m.css("[data-button]"), words)
}

// shows waits until the message contains the words and returns its text.
func (m bubble) shows(words string) string {
	m.t.Helper()
	return m.see(m.css(".text"), words)
}

// headlines are the linked titles in the message.
func (m bubble) headlines() []string {
	m.t.Helper()
	return m.texts(headline, "innerText")
}

// buttons are the labels of the message's buttons.
func (m bubble) buttons() []string {
	m.t.Helper()
	return m.texts("[data-button]", "dataset.button")
}

func (m bubble) texts(css, property string) []string {
	m.t.Helper()
	texts, err := chromedp.Run(m.ctx, chromedp.Evaluate[[]string](fmt.Sprintf("eyes.all(%s, '').map((n) => n.%s)", js(m.css(css)), property)))
	m.do("reading "+m.css(css), err)
	return texts
}

// upload picks a file in the file chooser that act opens.
func (b *tab) upload(file string, act func()) {
	b.t.Helper()
	opened := chromedp.Events(b.ctx, page.FileChooserOpened)
	act()
	for e, err := range opened {
		b.do("waiting for the file chooser", err)
		_, err = chromedp.Call(b.ctx, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: []string{file}, BackendNodeID: e.BackendNodeID})
		b.do("choosing "+file, err)
		return
	}
}
