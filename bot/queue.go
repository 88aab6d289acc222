package bot

import (
	"container/heap"
	"container/list"
	"time"
)

// queue holds the messages that wait, and says which goes next. Its chats take turns, so that none holds up another; the
// one with a request in flight waits for it, which keeps a chat's messages in order. It is not safe for concurrent use.
type queue struct {
	rate, chatRate, groupRate float64

	chats   map[int64]*lane
	ready   [classes]*list.List // of *lane: may send now, in turn
	waiting laneHeap            // may send later, soonest first
	all     flow
	spread  spacer    // for all classes but commands
	held    time.Time // a flood wait of the bot as a whole
	paused  bool      // only commands go
	streak  int       // commands sent in a row
	sweepAt int       // number of chats at which idle ones are forgotten
}

func newQueue(rate, chatRate, groupRate float64) *queue {
	q := &queue{
		rate: rate, chatRate: chatRate, groupRate: groupRate, chats: map[int64]*lane{}, sweepAt: minSweep,
		all: newFlow(rate), spread: newSpacer(rate),
	}
	for c := range q.ready {
		q.ready[c] = list.New()
	}
	return q
}

// minSweep is the fewest chats worth sweeping.
const minSweep = 1024

// lane is one chat's queue and pace.
type lane struct {
	chat   int64
	jobs   [classes][]*job
	busy   bool      // a request is in flight
	held   time.Time // a flood wait, or the pause before a retry
	last   time.Time // when the last request ended
	gap    time.Duration
	burst  pacer // commands may come faster than one a second, for a moment
	minute pacer // groups, supergroups and channels

	turn  *list.Element // in ready[class]; nil: not there
	class Class
	due   time.Time // in waiting
	index int       // in waiting; -1: not there
}

// What a chat bears beyond its average.
const (
	burst        = 3 // commands in a row; Telegram tolerates a short burst (Bot API FAQ)
	groupReserve = 3 // of a group's messages a minute that only commands may use
)

func (q *queue) lane(chat int64) *lane {
	if l := q.chats[chat]; l != nil {
		return l
	}
	l := &lane{chat: chat, index: -1}
	if q.chatRate > 0 {
		l.gap = time.Duration(margin / q.chatRate * float64(time.Second))
		l.burst = pacer{n: burst, per: burst * l.gap}
	}
	if chat < 0 { // groups, supergroups and channels have negative ids
		l.minute = newPacer(q.groupRate, time.Minute)
	}
	q.chats[chat] = l
	return l
}

// add puts a job at the end of its chat's and class's queue, or at the front for another try.
func (q *queue) add(j *job, front bool, now time.Time) {
	l := q.lane(j.place.Chat)
	if front {
		l.jobs[j.class] = append([]*job{j}, l.jobs[j.class]...)
	} else {
		l.jobs[j.class] = append(l.jobs[j.class], j)
	}
	q.settle(l, now)
}

// remove takes a job that nobody waits for any more out of the queue; false: it is not there.
func (q *queue) remove(j *job, now time.Time) bool {
	l := q.chats[j.place.Chat]
	if l == nil {
		return false
	}
	for i, x := range l.jobs[j.class] {
		if x == j {
			l.jobs[j.class] = append(l.jobs[j.class][:i:i], l.jobs[j.class][i+1:]...)
			q.settle(l, now)
			return true
		}
	}
	return false
}

// take removes and returns all jobs that the test picks, of one chat.
func (q *queue) take(l *lane, now time.Time, pick func(*job) bool) []*job {
	var taken []*job
	for c := range l.jobs {
		var kept []*job
		for _, j := range l.jobs[c] {
			if pick(j) {
				taken = append(taken, j)
			} else {
				kept = append(kept, j)
			}
		}
		l.jobs[c] = kept
	}
	q.settle(l, now)
	return taken
}

// settle puts a lane where it belongs: among the ready ones at the back, among the waiting ones, or nowhere.
func (q *queue) settle(l *lane, now time.Time) {
	class, ok := l.top()
	if l.turn != nil && (!ok || l.busy || class != l.class) {
		q.ready[l.class].Remove(l.turn)
		l.turn = nil
	}
	if !ok || l.busy {
		q.unwait(l)
		return
	}
	due := l.readyAt(class)
	if due.After(now) {
		q.wait(l, due)
		return
	}
	q.unwait(l)
	if l.turn == nil {
		l.class, l.turn = class, q.ready[class].PushBack(l)
	}
}

// wait puts a lane among the waiting ones, due then.
func (q *queue) wait(l *lane, due time.Time) {
	if l.turn != nil {
		q.ready[l.class].Remove(l.turn)
		l.turn = nil
	}
	l.due = due
	if l.index >= 0 {
		heap.Fix(&q.waiting, l.index)
		return
	}
	heap.Push(&q.waiting, l)
}

func (q *queue) unwait(l *lane) {
	if l.index >= 0 {
		heap.Remove(&q.waiting, l.index)
	}
}

// next takes the job that may go now, if there is one, and marks its chat busy. Else wake is when to look again; zero:
// not before something changes.
func (q *queue) next(now time.Time) (j *job, wake time.Time) {
	for len(q.waiting) > 0 && !q.waiting[0].due.After(now) {
		q.settle(q.waiting[0], now)
	}
	if len(q.waiting) > 0 {
		wake = q.waiting[0].due
	}
	class, ok := q.choose(now)
	if !ok {
		return nil, wake
	}
	if at := q.openAt(class, now); at.After(now) {
		return nil, sooner(wake, at)
	}
	return q.send(q.ready[class].Front().Value.(*lane), class, now), time.Time{}
}

// openAt is when the bot as a whole may send a message of the class.
func (q *queue) openAt(class Class, now time.Time) time.Time {
	at := later(q.all.ready(now), q.held)
	if class != ClassCommand {
		at = later(at, q.spread.next)
	}
	return at
}

// choose is the class whose turn it is: commands first, unless they have had many turns; then the class whose first
// message waited longest, counting patience for each class above it.
func (q *queue) choose(now time.Time) (Class, bool) {
	best, found := ClassCommand, false
	var most time.Duration
	for c := ClassCommand + 1; c < classes && !q.paused; c++ {
		front := q.ready[c].Front()
		if front == nil {
			continue
		}
		waited := now.Sub(front.Value.(*lane).jobs[c][0].queued) - time.Duration(c)*patience
		if !found || waited > most {
			best, most, found = c, waited, true
		}
	}
	q.spread.idle = q.spread.idle || !found
	if q.ready[ClassCommand].Len() > 0 && (!found || q.streak < commandsRow) {
		return ClassCommand, true
	}
	return best, found
}

func (q *queue) send(l *lane, class Class, now time.Time) *job {
	j := l.jobs[class][0]
	l.jobs[class][0] = nil
	l.jobs[class] = l.jobs[class][1:]
	l.busy = true
	q.settle(l, now)
	j.slot = q.all.sent(now)
	if class == ClassCommand {
		q.streak++
	} else {
		q.streak = 0
		q.spread.sent(now)
	}
	return j
}

// done marks the chat's request as ended. Its pace counts from then: wherever in between Telegram counted it, the next
// one is not too early.
func (q *queue) done(l *lane, now time.Time) {
	l.busy = false
	l.last = now
	l.burst.sent(now)
	l.minute.sent(now)
	q.settle(l, now)
	q.sweep(now)
}

// hold lets nothing go to the chat before then.
func (q *queue) hold(l *lane, until, now time.Time) {
	l.held = later(l.held, until)
	q.settle(l, now)
}

// sweep forgets idle chats, each time their number has doubled.
func (q *queue) sweep(now time.Time) {
	if len(q.chats) < q.sweepAt {
		return
	}
	for id, l := range q.chats {
		if l.idle(now) {
			delete(q.chats, id)
		}
	}
	q.sweepAt = max(2*len(q.chats), minSweep)
}

// top is the most urgent class with a job.
func (l *lane) top() (Class, bool) {
	for c, jobs := range l.jobs {
		if len(jobs) > 0 {
			return Class(c), true
		}
	}
	return 0, false
}

// readyAt is when the chat may get a message of the class.
func (l *lane) readyAt(class Class) time.Time {
	if class == ClassCommand {
		return later(l.held, later(l.burst.ready(0), l.minute.ready(0)))
	}
	at := later(l.held, l.minute.ready(groupReserve))
	if l.gap > 0 && !l.last.IsZero() {
		at = later(at, later(l.burst.ready(0), l.last.Add(l.gap)))
	}
	return at
}

func (l *lane) idle(now time.Time) bool {
	_, queued := l.top()
	return !queued && !l.busy && !l.held.After(now) && l.burst.idle(now) && l.minute.idle(now) && !l.last.Add(l.gap).After(now)
}

func sooner(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

// laneHeap is a heap of lanes by due.
type laneHeap []*lane

func (h laneHeap) Len() int           { return len(h) }
func (h laneHeap) Less(i, j int) bool { return h[i].due.Before(h[j].due) }
func (h laneHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

// Push implements heap.Interface.
func (h *laneHeap) Push(x any) {
	l := x.(*lane)
	l.index = len(*h)
	*h = append(*h, l)
}

// Pop implements heap.Interface.
func (h *laneHeap) Pop() any {
	old := *h
	l := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	l.index = -1
	return l
}
