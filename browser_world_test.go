package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// The browser tests read two variables: HERALD_TEST_BROWSER=required makes a machine without Chromium fail instead of skip, and
// HERALD_TEST_SCREENSHOTS names the folder that the pictures of each station go to.
const (
	browserVariable = "HERALD_TEST_BROWSER"
	shotsVariable   = "HERALD_TEST_SCREENSHOTS"
)

// screen is what the page is looked at on.
type screen struct {
	name          string
	width, height int64
	touch         bool
}

var (
	wide  = screen{name: "wide", width: 1280, height: 860}
	phone = screen{name: "phone", width: 390, height: 844, touch: true}
)

// tab is the web chat of a world in a headless browser, used with mouse, keyboard and finger. Its eyes are in
// browser_eyes_test.go.
type tab struct {
	*world
	ctx    context.Context
	cancel context.CancelFunc
	screen screen
	scheme string // "light" or "dark", what the system wishes

	mu      sync.Mutex
	trouble []string // what the page wrote to the console as an error, and requests that left this machine
}

// openTab starts a world and opens its page. The tab has to be closed before the test ends, while the world still runs: a page
// that loses its server complains.
func openTab(t *testing.T, s screen) *tab {
	t.Helper()
	program := findBrowser(t)
	b := &tab{world: newWorld(t), screen: s, scheme: "light"}
	b.ready()
	ctx, stop := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), browserFlags(program, t.TempDir())...)
	ctx, leave := chromedp.NewContext(ctx, chromedp.WithErrorf(b.complain))
	b.ctx, b.cancel = ctx, func() { leave(); stop() }
	t.Cleanup(b.cancel) // for tests that never came to close
	b.do("starting "+program, chromedp.Listen(b.ctx, b.hear))
	b.equip()
	b.look(s, "light")
	b.run("opening the page", chromedp.Navigate(b.URL))
	b.see("#chats [data-chat]", "")
	return b
}

// findBrowser returns the program of a Chromium. The browser tests take as long as Telegram's pace of a message a second lets
// them, so -short leaves them out.
func findBrowser(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: the try page is not tested")
	}
	for _, name := range []string{
		"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "headless-shell",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	} {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	if os.Getenv(browserVariable) == "required" {
		t.Fatalf("no Chromium found, and %s=required: install one (apt-get install chromium)", browserVariable)
	}
	t.Skipf("no Chromium found: the try page is not tested (%s=required makes this a failure)", browserVariable)
	return ""
}

// browserFlags are a browser without a past that talks to this machine alone. WebSocket and HTTP names other than loopback do
// not resolve.
func browserFlags(program, profile string) []chromedp.ExecAllocatorOption {
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(program), chromedp.UserDataDir(profile), chromedp.Headless,
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"), chromedp.Flag("lang", "en-US"),
		chromedp.Flag("disable-features", "Translate,OptimizationHints,MediaRouter"), chromedp.Flag("force-color-profile", "srgb"),
	}
	for _, name := range []string{
		"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync",
		"disable-default-apps", "disable-extensions", "disable-dev-shm-usage", "disable-breakpad", "hide-scrollbars",
		"metrics-recording-only", "mute-audio",
	} {
		options = append(options, chromedp.Flag(name, true))
	}
	return options
}

// hear collects what must not happen while the page is used.
func (b *tab) hear(event any) {
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			b.complain("console %s: %s", e.Type, argsText(e.Args))
		}
	case *runtime.EventExceptionThrown:
		b.complain("exception: %s", exceptionText(e.ExceptionDetails))
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			b.complain("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		if u, err := url.Parse(e.Request.URL); err != nil || u.Scheme != "data" && u.Hostname() != "127.0.0.1" {
			b.complain("the page asked %s", e.Request.URL)
		}
	}
}

func argsText(args []*runtime.RemoteObject) string {
	texts := make([]string, len(args))
	for i, a := range args {
		texts[i] = a.Description
		if texts[i] == "" {
			texts[i] = fmt.Sprint(a.Value)
		}
	}
	return strings.Join(texts, " ")
}

func exceptionText(d *runtime.ExceptionDetails) string {
	if d.Exception != nil {
		return d.Text + " " + d.Exception.Description
	}
	return d.Text
}

func (b *tab) complain(format string, args ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trouble = append(b.trouble, fmt.Sprintf(format, args...))
}

// close fails the test for what the page complained of, and ends the browser in the way that leaves no files.
func (b *tab) close() {
	b.t.Helper()
	b.calm()
	if err := chromedp.Cancel(b.ctx); err != nil {
		b.t.Errorf("ending the browser: %v", err)
	}
	b.cancel()
}

// calm fails the test for what the page complained of so far.
func (b *tab) calm() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, text := range b.trouble {
		b.t.Errorf("the page: %s", text)
	}
	b.trouble = nil
}

// station is a part of a story. The next one builds on it, so a failure ends the story.
func (b *tab) station(t *testing.T, name string, run func()) {
	t.Helper()
	ok := t.Run(name, func(t *testing.T) {
		whole := b.t
		b.t = t
		defer func() { b.t = whole }()
		run()
		b.calm()
	})
	if !ok {
		t.FailNow()
	}
}

// run does what a person does; an error fails the test with a picture.
func (b *tab) run(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	b.do(what, chromedp.Do(ctx, steps...))
}

// do fails the test with a picture where err is one.
func (b *tab) do(what string, err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatalf("%s: %v\n%s", what, err, b.scene())
	}
}

// look changes the screen and the colours that the system wishes. Movement is reduced: a button that flies can't be hit.
func (b *tab) look(s screen, scheme string) {
	b.t.Helper()
	b.screen, b.scheme = s, scheme
	var mode []chromedp.EmulateViewportOption
	if s.touch {
		mode = append(mode, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait)
	}
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}
	b.run("changing the screen", chromedp.EmulateViewport(s.width, s.height, mode...))
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
	b.do("changing the colours", err)
	// Width and height come one after the other; before the page is opened there is nothing to see.
	await[bool](b, "the page to fill the screen", fmt.Sprintf(
		"!globalThis.eyes || eyes.until(() => innerWidth === %d && innerHeight === %d)", s.width, s.height))
}

// equip gives the tab its eyes, a file chooser that upload answers, and a folder for downloads.
func (b *tab) equip() {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: eyes})
	b.do("opening the eyes", err)
	_, err = chromedp.Call(b.ctx, page.SetInterceptFileChooserDialog, page.SetInterceptFileChooserDialogParams{Enabled: true})
	b.do("taking the file chooser", err)
	_, err = chromedp.CallBrowser(b.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: b.t.TempDir(),
	})
	b.do("taking downloads", err)
}

// shots takes pictures of the station in both colours, wide and on a phone, if a folder for them is named.
func (b *tab) shots(name string) {
	b.t.Helper()
	folder := os.Getenv(shotsVariable)
	if folder == "" {
		return
	}
	s, scheme := b.screen, b.scheme
	for _, on := range []screen{wide, {name: "phone", width: phone.width, height: phone.height}} {
		for _, colours := range []string{"light", "dark"} {
			b.look(on, colours)
			b.shoot(filepath.Join(folder, fmt.Sprintf("%s-%s-%s.png", name, on.name, colours)))
		}
	}
	b.look(s, scheme)
}

// shot takes one picture of the page as it is.
func (b *tab) shot(name string) {
	b.t.Helper()
	if folder := os.Getenv(shotsVariable); folder != "" {
		b.shoot(filepath.Join(folder, name+".png"))
	}
}

func (b *tab) shoot(file string) {
	b.t.Helper()
	b.settle()
	picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.MkdirAll(filepath.Dir(file), 0o755)
	}
	if err == nil {
		err = os.WriteFile(file, picture, 0o644)
	}
	if err != nil {
		b.t.Fatalf("picture %s: %v", file, err)
	}
}

// scene tells what stands on the page and where its picture is, for whoever reads a failure.
func (b *tab) scene() string {
	ctx, cancel := context.WithTimeout(b.ctx, patience/6)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body.innerText.replace(/\n+/g, "\n").slice(-3000)`))
	if err != nil {
		return "the page can't be looked at: " + err.Error()
	}
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return "no picture: " + err.Error() + "\n" + text
	}
	return "picture: " + b.keep(picture) + "\nthe page shows:\n" + text
}

// keep stores the picture of a failure where it outlives the test.
func (b *tab) keep(picture []byte) string {
	folder := os.Getenv(shotsVariable)
	if folder == "" {
		folder = os.TempDir()
	}
	name := "herald-failed-" + strings.NewReplacer("/", "-", " ", "-").Replace(b.t.Name()) + ".png"
	file := filepath.Join(folder, name)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err.Error()
	}
	if err := os.WriteFile(file, picture, 0o644); err != nil {
		return err.Error()
	}
	return file
}
