package matter

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/money"
	"zhengcheng/internal/problem"
)

// OpinionDef is one opinion a seat may give.
type OpinionDef struct {
	Key, Title string
	Reason     bool // must say why
	Bare       bool // needs nothing filled in, such as a declared conflict
	Mark       Mark
}

// SeatSpec asks for one seat: a post of a unit, or a person.
type SeatSpec struct {
	UnitID, Post, PersonID, Title string
	Due                           calendar.Date
	Aside                         bool // asked for an opinion (征求意见); holds nothing up
}

// Seating makes a state a countersignature (seats of offices) or a panel
// (seats of persons). When the last open seat has given its opinion, Resolve
// names the act that follows by itself.
type Seating struct {
	Seats    func(ctx context.Context, d *Doing) ([]SeatSpec, error)
	Opinions []OpinionDef
	Advice   []OpinionDef // what a seat aside may say; added seats are aside when there is any
	Lines    []OpinionDef // what a seat may say about single lines
	Cuts     string       // table of the lines a seat may propose to cut
	Form     *form.Spec   // what a seat fills in beside its opinion
	Blind    bool         // others learn nothing until the step is over
	// Sheet is how Form reads for one case, when titles, limits or order come from
	// a version it keeps; nil: as declared. What is kept has the keys of Form.
	Sheet func(ctx context.Context, q db.Querier, c *Case) (form.Spec, error)
	// Known says whether a conclusion has been reached about a blind step, from
	// when on the unit judged and those who sat may know of it; nil: once it is over.
	Known   func(c *Case) bool
	AddBy   identity.Party
	Resolve func(c *Case, seats []Seat) Action
	Given   func(ctx context.Context, d *Doing, s Seat, lines []LineOpinion) error // effect of one opinion
	Left    func(ctx context.Context, d *Doing, s Seat) error                      // whoever sat there has left: seat a substitute, or go on without
}

// sheet is what a seat of the case fills in.
func (s *Seating) sheet(ctx context.Context, q db.Querier, c *Case) (form.Spec, error) {
	if s.Sheet == nil {
		return *s.Form, nil
	}
	return s.Sheet(ctx, q, c)
}

// LineOpinion is what a seat says about one line, as the line stands.
type LineOpinion struct {
	Line    string    `json:"line"`
	Rev     int64     `json:"-"`
	Opinion string    `json:"opinion,omitempty"`
	Amount  money.Fen `json:"-"`
	Cut     string    `json:"cut,omitempty"` // 万元 proposed to cut
	Reason  string    `json:"reason,omitempty"`
}

// Seat is one place in a countersignature or panel, with its own revision.
type Seat struct {
	ID        string        `json:"id"`
	MatterID  string        `json:"matter_id"`
	State     string        `json:"state"`
	Round     int64         `json:"round"`
	UnitID    string        `json:"unit_id"`
	Post      string        `json:"post"`
	PersonID  string        `json:"person_id"`
	Title     string        `json:"title"`
	Rev       int64         `json:"rev"`
	Status    string        `json:"status"` // open, given, void
	Opinion   string        `json:"opinion"`
	Body      string        `json:"body"`
	Reason    string        `json:"reason"`
	GivenBy   string        `json:"given_by"`
	GivenName string        `json:"given_name"`
	GivenAt   int64         `json:"given_at"`
	Due       calendar.Date `json:"due"`
	AddedBy   string        `json:"added_by"`
	Aside     bool          `json:"aside"`
}

const seatColumns = `id, matter_id, state, round, unit_id, post, person_id, title, rev, status, opinion, body, reason, given_by, given_name, given_at, due, added_by, aside`

func scanSeat(s db.Scanner) (Seat, error) {
	var t Seat
	var aside int64
	err := s.Scan(&t.ID, &t.MatterID, &t.State, &t.Round, &t.UnitID, &t.Post, &t.PersonID, &t.Title, &t.Rev, &t.Status, &t.Opinion, &t.Body, &t.Reason,
		&t.GivenBy, &t.GivenName, &t.GivenAt, &t.Due, &t.AddedBy, &aside)
	t.Aside = aside == 1
	return t, err
}

// Taken reports whether the seat is the actor's.
func (t Seat) Taken(actor identity.Actor) bool {
	if t.PersonID != "" {
		return t.PersonID == actor.ID
	}
	return t.UnitID == actor.UnitID && actor.Is(t.Post)
}

// Remarks reports whether the seat may still speak when its step is over: what a
// procedure tells a seat aside holds nothing up, so the case may end before it is read.
// Whoever was asked on the way was asked for a step that is over.
func (t Seat) Remarks(c *Case) bool {
	return t.Aside && t.AddedBy == "" && t.Status == "open" && c.StateDef().Final
}

func seatsOf(ctx context.Context, q db.Querier, matterID string) ([]Seat, error) {
	return db.All(ctx, q, scanSeat, `SELECT `+seatColumns+` FROM seat WHERE matter_id = $1 ORDER BY round, id`, matterID)
}

func (e *Engine) openSeats(ctx context.Context, d *Doing, def StateDef) error {
	specs, err := def.Seats.Seats(ctx, d)
	if err != nil {
		return err
	}
	if len(specs) == 0 {
		return problem.New(problem.Conflict, "还没有可以出具意见的单位或人员，不能送“%s”", def.Title)
	}
	last, err := db.Value[int64](ctx, d.Tx, `SELECT COALESCE(MAX(round), 0) FROM seat WHERE matter_id = $1`, d.Case.ID)
	if err != nil {
		return err
	}
	if err := d.Tx.Later(ctx, `UPDATE seat SET status = 'void' WHERE matter_id = $1 AND status = 'open'`, d.Case.ID); err != nil {
		return err
	}
	for _, s := range specs {
		if _, err := e.addSeat(ctx, d, last+1, s, def.Task, ""); err != nil {
			return err
		}
	}
	return nil
}

func (e *Engine) addSeat(ctx context.Context, d *Doing, round int64, s SeatSpec, title, addedBy string) (string, error) {
	id := NewID()
	err := d.Tx.Later(ctx, `INSERT INTO seat (id, matter_id, state, round, unit_id, post, person_id, title, status, due, added_by, aside)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10, $11)`,
		id, d.Case.ID, string(d.Case.State), round, s.UnitID, s.Post, s.PersonID, s.Title, string(s.Due), addedBy, db.Flag(s.Aside))
	if err != nil {
		return "", err
	}
	t := task{unit: s.UnitID, post: s.Post, title: title, seat: id, due: s.Due}
	if s.PersonID != "" {
		// A task opens the case to its unit; a person's seat opens it to the person alone.
		t.unit, t.post, t.person = "", "", s.PersonID
	}
	return id, insertTask(ctx, d, t)
}

// OpineRequest gives the opinion of one seat.
type OpineRequest struct {
	Matter  string            `json:"-"`
	Seat    string            `json:"seat"`
	Rev     int64             `json:"rev,omitempty"` // of the seat; the case's own does not matter here
	Opinion string            `json:"opinion"`
	Reason  string            `json:"reason,omitempty"`
	Input   map[string]string `json:"input,omitempty"`
	Lines   []LineOpinion     `json:"lines,omitempty"`
	Idem    string            `json:"idem,omitempty"`
}

// Opine gives the opinion of a seat. The case moves only when the last open
// seat of the round has spoken.
func (e *Engine) Opine(ctx context.Context, actor identity.Actor, r OpineRequest) (Result, error) {
	var res Result
	err := e.DB.Write(ctx, func(tx *db.Tx) error {
		if done, err := e.replayed(ctx, tx, actor, Request{Matter: r.Matter, Action: Opinion, Idem: r.Idem}, "", &res); done || err != nil {
			return err
		}
		c, err := e.load(ctx, tx, actor, r.Matter)
		if err != nil {
			return err
		}
		d := &Doing{Tx: tx, Engine: e, Case: c, Actor: actor, EventID: NewID(),
			Act: Request{Matter: r.Matter, Action: Opinion, Idem: r.Idem, Reason: r.Reason, Input: r.Input}}
		res, err = e.opine(ctx, d, r)
		return err
	})
	return res, err
}

func (e *Engine) opine(ctx context.Context, d *Doing, r OpineRequest) (Result, error) {
	c := d.Case
	seats, err := seatsOf(ctx, d.Tx, c.ID)
	if err != nil {
		return Result{}, err
	}
	var seat *Seat
	for i := range seats {
		if seats[i].ID == r.Seat && (seats[i].Taken(d.Actor)) {
			seat = &seats[i]
		}
	}
	if seat == nil {
		return Result{}, problem.Missing("您的席位")
	}
	def := c.StateDef()
	if seat.Status == "void" && seat.Opinion != "" {
		return Result{}, problem.New(problem.Conflict, "本席意见已由%s交出，不能再改", seat.GivenName)
	}
	if seat.Remarks(c) {
		def = c.Procedure.state(State(seat.State))
	} else if def.Seats == nil || string(c.State) != seat.State || seat.Status == "void" {
		return Result{}, problem.New(problem.Conflict, "这一轮已经结束（现在是“%s”），不能再出具意见", def.Title)
	}
	if seat.Status == "given" || (r.Rev != 0 && r.Rev != seat.Rev) {
		return Result{}, problem.New(problem.Conflict, "本席意见已由%s交出，不能再改", seat.GivenName)
	}
	if err := e.fillSeat(ctx, d, def.Seats, seat, &r); err != nil {
		return Result{}, err
	}
	if seat.PersonID == "" && seat.UnitID == c.UnitID {
		if err := e.ownReview(ctx, d, "出具意见"); err != nil {
			return Result{}, err
		}
		if err := d.Tx.Later(ctx, `UPDATE matter SET own_review = 1 WHERE id = $1`, c.ID); err != nil {
			return Result{}, err
		}
	}
	upd, err := d.Tx.Exec(ctx, `UPDATE seat SET status = 'given', rev = rev + 1, opinion = $1, body = $2, reason = $3, given_by = $4, given_name = $5, given_at = $6
		WHERE id = $7 AND status = 'open' AND rev = $8`, seat.Opinion, seat.Body, seat.Reason, d.Actor.ID, d.Actor.Name, c.Now.UnixMilli(), seat.ID, seat.Rev)
	if err := db.OneRow(upd, err, problem.New(problem.Conflict, "本席意见刚刚交出，不能再改")); err != nil {
		return Result{}, err
	}
	if err := d.Tx.Later(ctx, `UPDATE task SET closed_at = $1, closed_by = $2 WHERE seat_id = $3 AND closed_at = 0`, c.Now.UnixMilli(), d.Actor.ID, seat.ID); err != nil {
		return Result{}, err
	}
	if err := keepLineOpinions(ctx, d, seat.ID, r.Lines); err != nil {
		return Result{}, err
	}
	if def.Seats.Given != nil {
		if err := def.Seats.Given(ctx, d, *seat, r.Lines); err != nil {
			return Result{}, err
		}
	}
	if err := e.recordAside(ctx, d, "seat", seat.ID); err != nil {
		return Result{}, err
	}
	if seats, err = seatsOf(ctx, d.Tx, c.ID); err != nil {
		return Result{}, err
	}
	for _, t := range seats {
		if seat.Aside || t.Status == "open" && !t.Aside {
			return Result{Matter: c.ID, State: c.State, Rev: c.Rev, Event: d.EventID}, nil
		}
	}
	return e.resolve(ctx, d, seats, seat.Round)
}

func (e *Engine) fillSeat(ctx context.Context, d *Doing, s *Seating, seat *Seat, r *OpineRequest) error {
	allowed := s.Opinions
	if seat.Aside {
		allowed = s.Advice
	}
	op := pickOpinion(allowed, r.Opinion)
	if op == nil {
		return problem.Field("opinion", "请选择意见")
	}
	wrong := map[string]string{} // everything at once, so that nobody corrects one by one
	gather := func(err error) error {
		var bad *problem.Error
		if !errors.As(err, &bad) || len(bad.Fields) == 0 {
			return err
		}
		maps.Copy(wrong, bad.Fields)
		return nil
	}
	if err := gather(d.readReason()); err != nil {
		return err
	}
	if op.Reason && d.Act.Reason == "" {
		wrong["reason"] = fmt.Sprintf("意见为“%s”的，请写明理由", op.Title)
	}
	seat.Opinion, seat.Reason, seat.Body = op.Key, d.Act.Reason, "{}"
	seat.GivenBy, seat.GivenName = d.Actor.ID, d.Actor.Name
	payload := map[string]any{"opinion": op.Key}
	if err := gather(d.Case.readLineOpinions(s, seat, r.Lines)); err != nil {
		return err
	}
	if len(r.Lines) > 0 {
		payload["lines"] = r.Lines
	}
	if s.Form != nil && !seat.Aside && !op.Bare {
		sheet, err := s.sheet(ctx, d.Tx, d.Case)
		if err != nil {
			return err
		}
		v := sheet.New()
		if err := gather(sheet.Apply(v, r.Input, "input/")); err != nil {
			return err
		}
		if len(wrong) == 0 {
			maps.Copy(wrong, sheet.Missing(v, "input/"))
		}
		seat.Body = string(sheet.Encode(v))
		payload["body"] = json.RawMessage(seat.Body)
	}
	if err := problem.Fields(wrong); err != nil {
		return err
	}
	raw, err := json.Marshal(payload)
	d.inputRaw = raw
	return err
}

func pickOpinion(list []OpinionDef, key string) *OpinionDef {
	for i := range list {
		if list[i].Key == key {
			return &list[i]
		}
	}
	return nil
}

// resolve takes the act that follows when everybody has spoken, as the system.
func (e *Engine) resolve(ctx context.Context, d *Doing, seats []Seat, round int64) (Result, error) {
	var now []Seat
	for _, t := range seats {
		if t.Round == round && t.Status == "given" && !t.Aside {
			now = append(now, t)
		}
	}
	next := &Doing{Tx: d.Tx, Engine: e, Case: d.Case, Actor: identity.System(d.Case.Jurisdiction), EventID: NewID(),
		Act: Request{Matter: d.Case.ID, Action: d.Case.StateDef().Seats.Resolve(d.Case, now), Idem: d.EventID}} // replayed finds it by this key
	res, err := e.act(ctx, next)
	res.Event = d.EventID
	return res, err
}

// AddSeat asks one more office or person within a running step.
func (e *Engine) AddSeat(ctx context.Context, actor identity.Actor, matterID string, spec SeatSpec) error {
	return e.DB.Write(ctx, func(tx *db.Tx) error {
		c, err := e.load(ctx, tx, actor, matterID)
		if err != nil {
			return err
		}
		def := c.StateDef()
		if def.Seats == nil || def.Seats.AddBy.Side == "" {
			return problem.New(problem.Conflict, "现在是“%s”，不能增加会签", def.Title)
		}
		if !c.Procedure.holds(actor, c, def.Seats.AddBy) {
			return problem.New(problem.Forbidden, "增加会签由%s办理", def.Seats.AddBy.Title())
		}
		if err := e.seatable(ctx, tx, c, spec); err != nil {
			return err
		}
		if spec.Due != "" && spec.Due < c.Today {
			return problem.Field("due", "截止日期 %s 已经过了", spec.Due)
		}
		seats, err := seatsOf(ctx, tx, c.ID)
		if err != nil {
			return err
		}
		round := int64(1)
		for _, t := range seats {
			round = max(round, t.Round)
			if t.Status == "open" && t.UnitID == spec.UnitID && t.PersonID == spec.PersonID {
				return problem.New(problem.Conflict, "%s已在会签名单中", t.Title)
			}
		}
		d := &Doing{Tx: tx, Engine: e, Case: c, Actor: actor, Act: Request{Action: AddSigner, Reason: spec.Title}, EventID: NewID()}
		task := def.Task
		if len(def.Seats.Advice) > 0 {
			spec.Aside, task = true, "出具意见"
		}
		if _, err := e.addSeat(ctx, d, round, spec, task, actor.ID); err != nil {
			return err
		}
		return e.recordAside(ctx, d, "office", "")
	})
}

// seatable refuses a seat that nobody could ever take: the step would not end.
func (e *Engine) seatable(ctx context.Context, q db.Querier, c *Case, s SeatSpec) error {
	if s.PersonID != "" {
		n, err := db.Value[int64](ctx, q, `SELECT COUNT(*) FROM person p JOIN person_role r ON r.person_id = p.id
			WHERE p.id = $1 AND p.jurisdiction = $2 AND p.active = 1 AND r.role IN ('clerk', 'head', 'expert')`, s.PersonID, c.Jurisdiction)
		if err == nil && n == 0 {
			return problem.Missing("这个人")
		}
		return err
	}
	if u, ok := e.Units.ByID(s.UnitID); !ok || !u.Active || u.Jurisdiction != c.Jurisdiction {
		return problem.Missing("这个单位")
	}
	if s.Post != identity.Clerk && s.Post != identity.Head {
		return problem.Field("post", "请选择由经办人还是负责人会签")
	}
	return nil
}
