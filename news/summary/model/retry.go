package model

import (
	"context"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/sashabaranov/go-openai"

	"herald/news"
	"herald/news/fetch"
)

// tries are the requests made for one answer at most.
const tries = 3

// retrier asks again where the server has no time or fails, no sooner than it wants.
type retrier struct {
	openai.HTTPDoer
	wait  time.Duration       // before the second try; doubles, and up to half more so that many do not come back in step
	leave func(time.Duration) // told how long the server asks to be left alone, where that is too long to wait
}

// Do is http.Client's. What can't be waited for within the request's time is the answer.
func (r *retrier) Do(req *http.Request) (*http.Response, error) {
	wait := r.wait
	for try := 1; ; try++ {
		res, err := r.HTTPDoer.Do(req)
		if err == nil && !passing(res.StatusCode) || try == tries || req.GetBody == nil {
			return res, err
		}
		pause, asked := wait+rand.N(wait/2+1), time.Duration(0)
		if err == nil {
			asked = fetch.RetryAfter(res.Header.Get("Retry-After"), time.Now())
			pause = max(pause, asked)
		}
		if !fits(req.Context(), pause) {
			r.leave(asked)
			return res, err
		}
		if err == nil {
			res.Body.Close()
		}
		if err := news.Sleep(req.Context(), pause); err != nil {
			return nil, err
		}
		if req.Body, err = req.GetBody(); err != nil {
			return nil, err
		}
		wait *= 2
	}
}

// passing tells the answers that another try may change.
func passing(status int) bool {
	return status == http.StatusTooManyRequests || status >= http.StatusInternalServerError
}

// fits tells whether there is time for a pause.
func fits(ctx context.Context, pause time.Duration) bool {
	end, limited := ctx.Deadline()
	return !limited || time.Until(end) > pause
}
