package measures

import "testing"

func TestSecretWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"(涉密项目, 线下办理)": true, "涉及国家秘密": true, "部署在非涉密网络": false, "本系统不涉密": false, "智慧养老服务平台": false, "非涉密网，另有涉密终端": true,
		"机密★10年": true, "不得处理国家秘密": false, "是否涉密：否": false, "是否涉密：是": true,
	} {
		if got := SpeaksOfSecrets(text); got != want {
			t.Errorf("SpeaksOfSecrets(%q) = %v, want %v", text, got, want)
		}
	}
}
