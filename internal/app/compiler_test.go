package app_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"zhengcheng/internal/app"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/annualplan"
	"zhengcheng/internal/problem"
)

// A10.1: the bureau's opinion is given by another person than the compiler,
// also where one person is clerk and head at once.
func TestACompilerWithBothPostsGivesNoOpinion(t *testing.T) {
	t.Parallel()
	ctx, day := context.Background(), calendar.Date("2026-09-20")
	a, err := app.Open(ctx, app.Config{Data: t.TempDir()}, calendar.Offset(day.Time().Add(9*time.Hour)))
	must(t, err)
	t.Cleanup(func() { must(t, a.Close()) })
	must(t, a.Seed(ctx, day))
	who := func(login string) identity.Actor {
		p, err := identity.ActorByLogin(ctx, a.DB, login)
		must(t, err)
		return p
	}
	must(t, a.DB.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO person_role (person_id, role, granted_by, granted_at) VALUES ($1, 'clerk', 'test', 0)`, who("hongmei").ID)
		return err
	}))
	both := who("hongmei")
	opened, err := a.Engine.Open(ctx, both, matter.OpenRequest{Procedure: annualplan.Key, Year: 2027})
	must(t, err)
	id := opened.Matter
	_, err = a.Engine.Act(ctx, both, matter.Request{Matter: id, Action: matter.Submit})
	must(t, err)
	c, err := a.Engine.Load(ctx, both, id)
	must(t, err)
	seats, err := a.Engine.Seats(ctx, both, c)
	must(t, err)
	if len(seats) != 3 || seats[0].UnitID != both.UnitID {
		t.Fatalf("seats %+v, want the bureau's first of three", seats)
	}
	opine := func(login string, seat matter.Seat) error {
		_, err := a.Engine.Opine(ctx, who(login), matter.OpineRequest{Matter: id, Seat: seat.ID, Opinion: annualplan.Agree})
		return err
	}
	refused := func(what string, err error) {
		t.Helper()
		if problem.KindOf(err) != problem.Forbidden || !strings.Contains(problem.Message(err), "须由另一人") {
			t.Errorf("%s by the compiler: %v, want it refused", what, err)
		}
	}
	refused("opinion", opine("hongmei", seats[0]))
	_, err = a.Engine.Act(ctx, both, matter.Request{Matter: id, Action: annualplan.Recall, Reason: "改"})
	refused("recall", err)
	must(t, opine("liufeng", seats[0]))
	must(t, opine("fgw-head", seats[1]))
	must(t, opine("wxb-head", seats[2]))
	report := matter.Request{Matter: id, Action: annualplan.Report, Input: map[string]string{"number": "六盘水数据呈〔2026〕30号"}}
	_, err = a.Engine.Act(ctx, both, report)
	refused("report", err)
	_, err = a.Engine.Act(ctx, who("liufeng"), report)
	must(t, err)
}
