package protection

import (
	"fmt"

	"zhengcheng/internal/measures"
)

// SecretQuote is what the Measures say of state secrets (Article 30).
const SecretQuote = "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行"

// NoSecret is the verdict on the label of the first field that speaks of them, "" for none.
func NoSecret(label string) measures.Verdict {
	if label != "" {
		return measures.Failed("", "“%s”写到涉密内容，不得进入本系统，请立即删去并走线下渠道", label)
	}
	return measures.Passed("没有涉密字样")
}

// LineAt is the place of a field of a line in findings.
func LineAt(seq int64, field string) string { return fmt.Sprintf("line:%d/%s", seq, field) }
