package measures

import (
	"regexp"
	"strings"

	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
)

var (
	// phrases with 涉密 that deny it, and words that only contain its characters
	harmless = regexp.MustCompile(`非涉密|涉密码|是否(为)?涉密(项目|信息|系统)?[::]?(否|无|不是)|(不|未|无|不得|禁止|严禁|没有|杜绝)(涉及|包含|含有|含|处理|存储|传输|产生|采集|使用|录入|上传|发布|存在)?(任何|有)?(涉密|国家秘密)`)
	secrets  = regexp.MustCompile(`涉密|国家秘密|绝密|机密级|秘密级|(机密|秘密)★`)
)

// SpeaksOfSecrets reports whether a text speaks of state secrets (Article 30)
// other than to deny it: such a thing must not enter the program.
func SpeaksOfSecrets(text string) bool {
	if !strings.ContainsRune(text, '密') { // in every one of the words
		return false
	}
	squeezed := strings.Join(strings.Fields(hanzi.Fold(hanzi.Tidy(text))), "")
	return secrets.MatchString(harmless.ReplaceAllString(squeezed, ""))
}

// SecretField is the label of the first field that speaks of state secrets, "" when none does.
func SecretField(s form.Spec, v any) string {
	for _, f := range s.Fields() {
		if SpeaksOfSecrets(f.Input(v)) {
			return f.Label
		}
	}
	return ""
}
