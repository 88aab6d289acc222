package bot

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"herald/news"
)

const (
	maxInFlight = 128                    // requests at once: enough for 30 messages/s at four seconds each
	sendTime    = 40 * time.Second       // a message may be long on its way: given up too soon, it would arrive twice
	shortFlood  = 5 * time.Second        // a longer flood wait is told to the caller
	commandTime = 2 * time.Minute        // how long a command's answer is tried again when Telegram can't be reached
	retryPause  = 500 * time.Millisecond // doubled each time, with jitter
	longRetry   = 5 * time.Second        // at most
	drainTime   = 3 * time.Second        // for what is accepted when Run is told to end
)

// sender sends messages in their turn. One loop (run) decides; each request has a goroutine, which ends with it.
type sender struct {
	client *client
	log    *slog.Logger
	now    func() time.Time
	wake   chan struct{} // something changed; holds one

	flooding func(chat int64, until time.Time) // may be nil

	mu       sync.Mutex
	queue    *queue
	doubt    doubt
	untold   []flood // flood waits for flooding
	inFlight int
	stopped  bool
}

// job is a message on its way. Its fields but outcome belong to the sender once it is queued.
type job struct {
	class  Class
	place  news.Place
	method string
	params params
	file   *file // nil: no upload
	plain  bool  // already reduced to plain text
	tries  int   // that failed because Telegram could not be reached
	probe  bool  // its answer tells whether a flood wait is everybody's
	queued time.Time
	slot   *slot        // of its request in flight
	done   chan outcome // holds one
}

// outcome is how a job ended.
type outcome struct {
	id  int
	err error
}

func newSender(c Config, cl *client) *sender {
	return &sender{
		client: cl, log: c.Log, now: c.Now, wake: make(chan struct{}, 1),
		queue: newQueue(c.Rate, c.ChatRate, c.GroupRate), flooding: c.Flooded,
	}
}

// send queues a job and waits for its end. When ctx ends first, a job that waits is taken back, with the cause; one in flight is waited
// for, because only its answer tells whether it must be sent again. That takes at most sendTime.
func (s *sender) send(ctx context.Context, j *job) (int, error) {
	if ctx.Err() != nil {
		return 0, context.Cause(ctx)
	}
	j.done = make(chan outcome, 1)
	if err := s.accept(j); err != nil {
		return 0, err
	}
	select {
	case o := <-j.done:
		return o.id, o.err
	case <-ctx.Done():
	}
	s.mu.Lock()
	removed := s.queue.remove(j, s.now())
	s.mu.Unlock()
	if removed {
		return 0, context.Cause(ctx)
	}
	o := <-j.done
	return o.id, o.err
}

// accept queues a job, unless it is known already that it can't be sent soon.
func (s *sender) accept(j *job) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return ErrStopped
	}
	j.queued = s.now()
	if wait := s.flooded(j.place.Chat, j.queued); wait > shortFlood {
		return &FloodError{After: wait}
	}
	s.queue.add(j, false, j.queued)
	s.signal()
	return nil
}

// flooded is how long the chat, or the bot as a whole, must still keep silent.
func (s *sender) flooded(chat int64, now time.Time) time.Duration {
	until := s.queue.held
	if l := s.queue.chats[chat]; l != nil {
		until = later(until, l.held)
	}
	return max(until.Sub(now), 0)
}

func (s *sender) signal() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// run is the loop, and the drain after it.
func (s *sender) run(ctx context.Context) error {
	lasting := context.WithoutCancel(ctx)
	alive, kill := context.WithCancelCause(lasting)
	s.loop(alive, ctx.Done(), func() bool { return false })

	s.fail(func(j *job) bool { return j.class != ClassCommand })
	drain, stop := context.WithTimeout(lasting, drainTime)
	s.loop(alive, drain.Done(), s.empty)
	stop()

	kill(ErrStopped)
	s.fail(func(*job) bool { return true })
	s.loop(alive, nil, s.empty)
	s.client.close()
	return nil
}

// loop sends what may be sent until end is closed or finished says so.
func (s *sender) loop(ctx context.Context, end <-chan struct{}, finished func() bool) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for !finished() {
		select {
		case <-end:
			return
		default:
		}
		if wait := s.step(ctx); wait > 0 {
			timer.Reset(wait)
			select {
			case <-timer.C:
			case <-s.wake:
			case <-end:
				return
			}
		}
	}
}

// idleWait is how long the loop rests where nothing is due; a signal ends it.
const idleWait = time.Hour

// step starts the next request if one may start, or tells how long to wait.
func (s *sender) step(ctx context.Context) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.inFlight >= maxInFlight {
		return idleWait
	}
	now := s.now()
	if wait := s.doubt.wait(now); wait > 0 {
		return wait
	}
	j, wake := s.queue.next(now)
	switch {
	case j != nil:
		s.inFlight++
		s.doubt.begun(j, now)
		go s.perform(ctx, j)
		return 0
	case wake.IsZero():
		return idleWait
	}
	return max(wake.Sub(now), time.Microsecond)
}

func (s *sender) empty() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.inFlight > 0 {
		return false
	}
	for _, l := range s.queue.chats {
		if _, queued := l.top(); queued {
			return false
		}
	}
	return true
}

// fail ends, with ErrStopped, the queued jobs that the test picks; from then on nothing new is accepted.
func (s *sender) fail(pick func(*job) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped = true
	for _, l := range s.queue.chats {
		for _, j := range s.queue.take(l, s.now(), pick) {
			j.done <- outcome{err: ErrStopped}
		}
	}
}

func (s *sender) perform(ctx context.Context, j *job) {
	var raw json.RawMessage
	var err error
	if j.file != nil {
		raw, err = s.client.upload(ctx, j.method, j.params, j.file)
	} else {
		raw, err = s.client.call(ctx, j.method, j.params, sendTime)
	}
	for _, f := range s.end(j, raw, err) {
		s.flooding(f.chat, f.until)
	}
}

// end draws the consequences of a request's end, and returns the flood waits that are to be noted.
func (s *sender) end(j *job, raw json.RawMessage, err error) []flood {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.signal()
	s.inFlight--
	now := s.now()
	l := s.queue.lane(j.place.Chat)
	s.queue.all.ended(j.slot, err == nil, now)
	s.doubt.answered(j, err)
	if again := s.judge(l, j, err, now); again && !(s.stopped && j.class != ClassCommand) {
		s.queue.add(j, true, now)
	} else {
		j.done <- outcome{id: messageID(raw), err: err}
	}
	s.queue.done(l, now)
	untold := s.untold
	s.untold = nil
	return untold
}

// judge holds what an error says is to be held; true: the message is to be tried again.
func (s *sender) judge(l *lane, j *job, err error, now time.Time) bool {
	var wait *FloodError
	switch {
	case errors.As(err, &wait):
		s.flood(l, wait.After, now)
		return j.class == ClassCommand && s.flooded(l.chat, now) <= shortFlood
	case errors.Is(err, ErrTransient):
		if j.class != ClassCommand || now.Sub(j.queued) >= commandTime {
			return false
		}
		pause := min(retryPause<<min(j.tries, 8), longRetry)
		j.tries++
		s.queue.hold(l, now.Add(pause+rand.N(pause/2)), now)
		return true
	}
	if errors.Is(err, ErrFormat) && !j.plain {
		s.log.Error("message refused, sent again as plain text", "chat", j.place.Chat, "err", err, "text", j.params["text"])
		j.plain, j.params = true, j.params.plain(err.Error())
		return true
	}
	return false
}

// messageID is the number of the message in a result; 0 where the result is none.
func messageID(raw json.RawMessage) int {
	var m struct {
		ID int `json:"message_id"`
	}
	if json.Unmarshal(raw, &m) != nil {
		return 0
	}
	return m.ID
}
