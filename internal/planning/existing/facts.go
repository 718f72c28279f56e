package existing

import (
	"context"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// Facts are what the rules of a registration judge, kept with the event.
type Facts struct {
	On         calendar.Date `json:"on"` // day of handing in
	BuildKind  string        `json:"build_kind"`
	Stage      string        `json:"stage"`
	Start      calendar.Date `json:"start"`
	ApprovedOn calendar.Date `json:"approved_on"`
	Issuer     bool          `json:"issuer"`
	Title      bool          `json:"title"`
	Number     bool          `json:"number"`
	Approved   money.Fen     `json:"approved"`
	Paid       money.Fen     `json:"paid"`
	System     bool          `json:"system"`           // the built system is named
	Known      string        `json:"known,omitempty"`  // code of the unit's project of this name in the register
	Secret     string        `json:"secret,omitempty"` // label of the field that speaks of state secrets
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	x := matter.FormOf[Existing](c)
	f := Facts{On: c.Today, BuildKind: x.BuildKind, Stage: x.Stage, Start: x.Start, ApprovedOn: x.ApprovedOn, Issuer: given(x.Issuer), Title: given(x.Title), Number: given(x.Number),
		Approved: x.Approved, Paid: x.Paid, System: given(x.System), Secret: measures.SecretField(existingForm, x)}
	p, _, err := registry.Named(ctx, q, c.UnitID, x.Name)
	f.Known = p.Code
	return f, err
}

// given reports whether a field says something; 无、略、待定 and the like do not.
func given(s string) bool { return strings.TrimSpace(s) != "" && hanzi.Filler(s) == "" }

// StartOf is the day on which a registered project was begun.
func StartOf(ctx context.Context, q db.Querier, matterID string) (calendar.Date, error) {
	x, err := matter.StoredForm[Existing](ctx, q, existingForm, matterID)
	if err != nil {
		return "", err
	}
	return x.Start, nil
}
