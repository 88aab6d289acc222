package schedule

import "time"

const (
	pagesTimeout = 2 * time.Minute  // for all pages of one reading of a feed
	slowPage     = 10 * time.Second // a page that takes longer hangs
	slowPages    = 2                // of them in a row end the patience
)

// patience is the time that one reading of a feed may yet spend on the pages of its entries, so that a site that hangs does not keep
// a worker from other feeds. It ends early with a second page in a row that hangs.
type patience struct {
	left time.Duration
	slow int // pages in a row that hung
}

func newPatience() *patience { return &patience{left: pagesTimeout} }

// next is how long the next page may take; 0: it is not to be fetched.
func (p *patience) next() time.Duration {
	if p.slow >= slowPages {
		return 0
	}
	return max(0, min(p.left, entryTimeout))
}

// spend takes the time of one page off.
func (p *patience) spend(d time.Duration) {
	p.left -= d
	if p.slow++; d < slowPage {
		p.slow = 0
	}
}
