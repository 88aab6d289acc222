package sim

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Server is the Bot API and the world behind it. It is an http.Handler and safe for concurrent use; make one with New.
type Server struct {
	opt   Options
	log   *slog.Logger
	me    User
	pages http.Handler // the web chat

	methods map[string]*method

	mu    sync.Mutex
	world // everything below is guarded by mu
	queue
	queries
	pacing
	ledger
	feed
	faults   []*Fault
	commands map[commandKey][]Command
	texts    map[string]string // descriptions set by the bot, by method and language
	files    map[string]*file
	wake     chan struct{} // closed at the next change; nil: nobody waits
	closed   bool
	listener *http.Server

	done  chan struct{} // closed by Close
	stop  context.CancelFunc
	ctx   context.Context // ends with Close; for deliveries and actions
	tasks sync.WaitGroup
	once  sync.Once
}

// New returns a server with an empty world. It listens nowhere yet: use it as an http.Handler, or Start it.
func New(opt Options) *Server {
	if opt.Token == "" {
		opt.Token = DefaultToken
	}
	if opt.BotName == "" {
		opt.BotName = "sim_bot"
	}
	if opt.BotTitle == "" {
		opt.BotTitle = opt.BotName
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	id, _, _ := strings.Cut(opt.Token, ":")
	bot, err := strconv.ParseInt(id, 10, 64)
	if err != nil || bot <= 0 {
		bot = 1
	}
	s := &Server{opt: opt, log: opt.Log, done: make(chan struct{})}
	s.me = User{ID: bot, IsBot: true, FirstName: opt.BotTitle, Username: opt.BotName}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.methods = newMethods()
	s.world = newWorld()
	s.queue = newQueue()
	s.queries = newQueries()
	s.pacing = newPacing(opt.Limits)
	s.ledger = newLedger()
	s.commands = map[commandKey][]Command{}
	s.texts = map[string]string{}
	s.files = map[string]*file{}
	s.pages = s.newPages()
	return s
}

// Bot is the bot's own user.
func (s *Server) Bot() User { return s.me }

// Token is the token that the server answers to.
func (s *Server) Token() string { return s.opt.Token }

// Start listens on addr ("127.0.0.1:0" picks a port) and returns the base address, "http://127.0.0.1:PORT". It refuses
// any address that is not loopback.
func (s *Server) Start(addr string) (string, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return "", fmt.Errorf("listen on %q: %w", addr, err)
	}
	if !loopback(host) {
		return "", fmt.Errorf("listen on %q: only loopback addresses", addr)
	}
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", addr)
	if err != nil {
		return "", fmt.Errorf("listen: %w", err)
	}
	server := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug)}
	s.mu.Lock()
	if s.closed || s.listener != nil {
		s.mu.Unlock()
		return "", errors.Join(fmt.Errorf("start: %w", ErrClosed), l.Close())
	}
	s.listener = server
	s.tasks.Add(1)
	s.mu.Unlock()
	go func() {
		defer s.tasks.Done()
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("sim: serve", "err", err)
		}
	}()
	return "http://" + l.Addr().String(), nil
}

// loopback tells whether a host name or address means this machine.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// Close ends long polls, event streams, deliveries and the listener, and waits for them. More calls do nothing. An
// httptest.Server around the handler can be closed afterwards without waiting for a long poll.
func (s *Server) Close() error {
	var err error
	s.once.Do(func() {
		s.mu.Lock()
		s.closed = true
		server := s.listener
		s.change()
		s.mu.Unlock()
		s.stop()
		close(s.done)
		if server != nil {
			err = server.Close()
		}
		s.tasks.Wait()
	})
	return err
}

// enter counts a request or task in, unless the server is closed.
func (s *Server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.tasks.Add(1)
	return true
}

// ServeHTTP answers /bot<token>/<method>, /file/bot<token>/<path>, and everything else with the web chat. It answers
// only to a loopback name, and to a browser only on its own page: another site's page has no business here.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.enter() {
		writeRefusal(w, errClosed)
		return
	}
	defer s.tasks.Done()
	switch path := r.URL.Path; {
	case !local(r):
		writeRefusal(w, errForeign)
	case strings.HasPrefix(path, "/bot"):
		s.serveCall(w, r, strings.TrimPrefix(path, "/bot"))
	case strings.HasPrefix(path, "/file/bot"):
		s.serveFile(w, r, strings.TrimPrefix(path, "/file/bot"))
	default:
		s.pages.ServeHTTP(w, r)
	}
}

// now is the server's clock.
func (s *Server) now() time.Time { return s.opt.Now() }

// sleep waits for d unless the request or the server ends first.
func (s *Server) sleep(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	case <-s.done:
	}
}
