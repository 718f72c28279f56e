package page

import "zhengcheng/internal/form"

func labelOf(options []form.Option, id string) string {
	if id == "" {
		return "—"
	}
	return form.Label(options, id)
}
