package model

import (
	"context"
	"fmt"
)

// spentKey is the key under which is kept how many summaries were asked for on a day: "2026-05-04 17".
const spentKey = "model.spent"

// spend counts a summary that is asked for, with all its tries, so that a restart does not begin the day anew. Where it can't be counted it is not made.
func (m *Model) spend(ctx context.Context) error {
	if m.Budget <= 0 {
		return nil
	}
	m.spending.Lock()
	defer m.spending.Unlock()
	kept, err := m.Memory.Get(ctx, spentKey)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFailed, err)
	}
	day, spent := "", 0
	if _, err := fmt.Sscanf(kept, "%s %d", &day, &spent); err != nil || day != m.today() {
		day, spent = m.today(), 0
	}
	if spent >= m.Budget {
		return ErrBudget
	}
	if err := m.Memory.Set(ctx, spentKey, fmt.Sprintf("%s %d", day, spent+1)); err != nil {
		return fmt.Errorf("%w: %w", ErrFailed, err)
	}
	return nil
}

func (m *Model) today() string { return m.Now().UTC().Format("2006-01-02") }
