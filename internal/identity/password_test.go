package identity

import (
	"runtime"
	"testing"
	"time"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/problem"
)

// A try that was under way when the account was locked does not get in.
func TestTheLockHoldsForTriesUnderWay(t *testing.T) {
	d, ctx, now := dbtest.SQLite(t), t.Context(), time.Date(2026, 6, 20, 10, 0, 0, 0, time.UTC)
	const password = "Shuiwu-2026"
	write := func(fn func(tx *db.Tx) error) {
		t.Helper()
		if err := d.Write(ctx, fn); err != nil {
			t.Fatal(err)
		}
	}
	write(func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO jurisdiction (id, name, area_code, numbering, measures) VALUES ('city', '试验市', '5202', '试验', 'own')`); err != nil {
			return err
		}
		if _, err := AddUnit(ctx, tx, Unit{ID: "water", Jurisdiction: "city", Name: "市水务局", ShortName: "水务局", Code: "SWJ", Kind: "department"}); err != nil {
			return err
		}
		if _, err := AddPerson(ctx, tx, Person{ID: "p", Jurisdiction: "city", UnitID: "water", Name: "张三", Login: "p", Roles: []string{Clerk}}, 1); err != nil {
			return err
		}
		return SetPassword(ctx, tx, "p", "", password)
	})

	a := Administration{DB: d, Clock: calendar.Fixed(now)}
	if _, err := a.SignIn(ctx, "p", password, now); err != nil {
		t.Fatal(err)
	}
	hashing <- struct{}{} // both places are taken: the try waits with what it has read
	hashing <- struct{}{}
	counted, statements := db.WithCounter(ctx)
	result := make(chan error)
	go func() {
		_, err := a.SignIn(counted, "p", password, now)
		result <- err
	}()
	for statements.Load() == 0 {
		runtime.Gosched()
	}
	write(func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE person SET locked_until = $1 WHERE id = 'p'`, now.Add(time.Minute).UnixMilli())
		return err
	})
	<-hashing
	<-hashing
	if err := <-result; !problem.Is(err, problem.Forbidden) {
		t.Errorf("sign in: %v", err)
	}
}
