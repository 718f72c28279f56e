package catalogue

import (
	"context"

	"zhengcheng/internal/db"
	"zhengcheng/internal/matter"
)

// Lapse is the act by which the opening of a resource ends by itself.
const Lapse matter.Action = "lapse"

// bears has the opening of a resource lapse when the catalogue, as it has just been
// changed, does not bear it any more: not to be opened, core or important, withdrawn,
// or with sensitive data that were not de-identified.
func bears(ctx context.Context, d *matter.Doing) error {
	opening, err := db.Value[string](ctx, d.Tx, `SELECT r.opening_id FROM resource r WHERE r.id = $1 AND r.opening_id <> '' AND (r.open_type = 'none' OR r.data_level IN ('core','important') OR r.state = 'withdrawn'
		OR r.personal = 1 AND NOT EXISTS (SELECT 1 FROM opening_mask m WHERE m.matter_id = r.opening_id)
		OR EXISTS (SELECT 1 FROM resource_item i WHERE i.resource_id = r.id AND i.sensitive = 1 AND NOT EXISTS (SELECT 1 FROM opening_mask m WHERE m.matter_id = r.opening_id AND m.item = i.name)))`, d.Case.ID)
	if db.None(err) {
		return nil
	}
	if err == nil {
		_, err = d.Follow(ctx, opening, Lapse, "目录变更后，开放的内容和脱敏记录不再相符")
	}
	return err
}
