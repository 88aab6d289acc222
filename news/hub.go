package news

import "time"

// Hub is where the news of a feed is announced (WebSub), and how Herald stands with it.
type Hub struct {
	FeedID int64
	URL    string
	Topic  string // the feed's name there
	Token  string // in the address to which the hub announces; nobody else knows it
	Secret string // with which the hub signs

	Until    time.Time // end of what the hub has confirmed; zero: nothing
	NextAsk  time.Time // when to ask it (again)
	Failures int       // times that it was asked in a row without confirming
}
