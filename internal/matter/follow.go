package matter

import (
	"context"

	"zhengcheng/internal/identity"
)

// Follow takes an act on another case within the act that is running, as the
// system: news travels to the case it concerns and both stand or fall together.
func (d *Doing) Follow(ctx context.Context, matterID string, action Action, reason string) (Result, error) {
	system := identity.System(d.Case.Jurisdiction)
	c, err := d.Engine.load(ctx, d.Tx, system, matterID)
	if err != nil {
		return Result{}, err
	}
	return d.Engine.act(ctx, &Doing{Tx: d.Tx, Engine: d.Engine, Case: c, Actor: system, EventID: NewID(),
		Act: Request{Matter: matterID, Action: action, Reason: reason}})
}
