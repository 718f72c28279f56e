package matter_test

import (
	"strings"
	"testing"

	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
)

func TestValidateRefusesAWrongFlow(t *testing.T) {
	t.Parallel()
	const island, shore matter.State = "island", "shore"
	for _, x := range []struct {
		name   string
		change func(p *matter.Procedure)
		want   string // what the error must say, "" is right
	}{
		{"as declared", func(*matter.Procedure) {}, ""},
		{"no draft", func(p *matter.Procedure) { p.States = p.States[1:] }, "no state draft"},
		{"a state twice", func(p *matter.Procedure) { p.States = append(p.States, p.States[1]) }, "declared twice"},
		{"an act twice", func(p *matter.Procedure) { p.Flow = append(p.Flow, p.Flow[0]) }, "act submit declared twice"},
		{"to nowhere", func(p *matter.Procedure) { p.Flow[0].To = island }, "undeclared state island"},
		{"from nowhere", func(p *matter.Procedure) { p.Flow[0].From = island }, "undeclared state island"},
		{"perhaps to nowhere", func(p *matter.Procedure) { p.Flow[0].Or = []matter.State{island} }, "undeclared state island"},
		{"never reached", func(p *matter.Procedure) {
			p.States = append(p.States, matter.StateDef{State: island, Final: true})
		}, "island is never reached"},
		{"reached by choice", func(p *matter.Procedure) {
			p.States = append(p.States, matter.StateDef{State: island, Final: true})
			p.Flow[0].Or = []matter.State{island}
		}, ""},
		{"two islands that reach each other only", func(p *matter.Procedure) {
			p.States = append(p.States, matter.StateDef{State: island}, matter.StateDef{State: shore})
			p.Flow = append(p.Flow, matter.Step{From: island, Do: "sail", To: shore}, matter.Step{From: shore, Do: "sail", To: island})
		}, "island is never reached"},
		{"never left", func(p *matter.Procedure) {
			p.States = append(p.States, matter.StateDef{State: island})
			p.Flow[0].Or = []matter.State{island}
		}, "island is never left"},
		{"out of the final state", func(p *matter.Procedure) {
			p.Flow = append(p.Flow, matter.Step{From: approved, Do: matter.Return, To: matter.Draft})
		}, "final state approved has a step"},
		{"seats that nothing follows", func(p *matter.Procedure) {
			p.Flow = []matter.Step{p.Flow[0], p.Flow[1], {From: matter.Draft, Do: approve, To: approved}}
		}, "no step of the system follows the seats of state asking"},
		{"seats followed by a person's step", func(p *matter.Procedure) {
			p.Flow[2].By, p.Flow[3].By = identity.BigDataClerk, identity.BigDataHead
		}, "no step of the system follows the seats of state asking"},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			p := cosign()
			x.change(p)
			err := p.Validate()
			if x.want == "" {
				must(t, err)
			} else if err == nil || !strings.Contains(err.Error(), x.want) {
				t.Errorf("got %v, want an error with %q", err, x.want)
			}
		})
	}
	for _, p := range []*matter.Procedure{filing(), panel()} {
		must(t, p.Validate())
	}
	if _, err := matter.New(nil, nil, nil, nil, cosign(), cosign()); err == nil {
		t.Error("the engine takes a procedure twice")
	}
}
