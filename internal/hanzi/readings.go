package hanzi

import (
	"strings"
	"unicode/utf8"
)

// wordReadings are words whose reading is not that of their characters one by
// one, as "word syllable syllable". Single characters change the default.
const wordReadings = `
曾 zeng|曾经 ceng jing|未曾 wei ceng|翟 zhai|覃 qin|缪 miao|都 du|都是 dou shi
长 chang|市长 shi zhang|县长 xian zhang|区长 qu zhang|省长 sheng zhang|镇长 zhen zhang|乡长 xiang zhang|部长 bu zhang
局长 ju zhang|厅长 ting zhang|处长 chu zhang|科长 ke zhang|所长 suo zhang|院长 yuan zhang|校长 xiao zhang|园长 yuan zhang
组长 zu zhang|队长 dui zhang|站长 zhan zhang|秘书长 mi shu zhang|董事长 dong shi zhang|会长 hui zhang|家长 jia zhang
河长 he zhang|林长 lin zhang|田长 tian zhang|链长 lian zhang|行长 hang zhang|成长 cheng zhang|增长 zeng zhang|生长 sheng zhang
重庆 chong qing|重复 chong fu|重新 chong xin|重建 chong jian|重组 chong zu|重构 chong gou|重庆市 chong qing shi
银行 yin hang|行业 hang ye|央行 yang hang|分行 fen hang|支行 zhi hang|商行 shang hang|同行 tong hang
调解 tiao jie|调整 tiao zheng|协调 xie tiao|调节 tiao jie|调试 tiao shi|调控 tiao kong|空调 kong tiao|调休 tiao xiu
会计 kuai ji|校验 jiao yan|校对 jiao dui|校准 jiao zhun|西藏 xi zang|宝藏 bao zang|传记 zhuan ji|音乐 yin yue
更新 geng xin|还款 huan kuan|偿还 chang huan|归还 gui huan|还原 huan yuan|供给 gong ji|给水 ji shui|给排水 ji pai shui
的确 di que|目的 mu di|土地 tu di|处理 chu li|朝阳 chao yang|血压 xue ya|率先 shuai xian|相机 xiang ji|角色 jue se
教师 jiao shi|降水 jiang shui|投降 tou xiang|着力 zhuo li|着重 zhuo zhong|沉着 chen zhuo|弹性 tan xing|看似 kan si
大夫 dai fu|差旅 chai lv|出差 chu chai|参差 cen ci|畜牧 xu mu|畜禽 chu qin|兴趣 xing qu|模样 mu yang|的士 di shi
仇姓 qiu xing|单于 chan yu|尉迟 yu chi|万俟 mo qi|区块 qu kuai|解放 jie fang|没收 mo shou|淹没 yan mo
长沙 chang sha|长春 chang chun|长顺 chang shun|厦门 xia men|六安 lu an|六合 lu he|台州 tai zhou|丽水 li shui|蚌埠 beng bu
番禺 pan yu|铅山 yan shan|黄陂 huang pi|浚县 xun xian|乐亭 lao ting|乐清 yue qing|蔚县 yu xian|洪洞 hong tong|单县 shan xian
尉犁 yu li|荥阳 xing yang|涡阳 guo yang|枞阳 zong yang|歙县 she xian|犍为 qian wei|筠连 jun lian|阆中 lang zhong|盘州 pan zhou
泌阳 bi yang|大埔 da bu|百色 bo se|都匀 du yun|成都 cheng du|曲靖 qu jing|石家庄 shi jia zhuang|行政 xing zheng|重点 zhong dian
`

// nameReadings are the readings of characters as a surname; they apply to the
// first character of a text of two or three that is not a word in nameWords.
var nameReadings = map[rune]string{
	'单': "shan", '仇': "qiu", '解': "xie", '查': "zha", '盖': "ge", '朴': "piao", '尉': "yu", '冼': "xian", '员': "yun",
}

// nameWords begin like a surname but are ordinary words.
var nameWords = []string{
	"单位", "单元", "单一", "单独", "单据", "单价", "单项", "单点", "单向", "单机", "单证", "单号", "单次", "单人", "单双",
	"解放", "解决", "解除", "解读", "解释", "解析", "解聘", "解冻", "解约", "解密", "查询", "查看", "查验", "查处", "查阅", "查找", "查档", "查重",
	"盖章", "盖板", "盖印", "仇恨", "朴素", "朴实", "员工", "员额",
}

// readings maps words to syllables; longestWord is in characters.
var readings, longestWord = func() (map[string][]string, int) {
	table, longest := map[string][]string{}, 0
	for _, line := range strings.Split(strings.TrimSpace(wordReadings), "\n") {
		for _, entry := range strings.Split(line, "|") {
			parts := strings.Fields(entry)
			table[parts[0]] = parts[1:]
			longest = max(longest, utf8.RuneCountInString(parts[0]))
		}
	}
	return table, longest
}()
