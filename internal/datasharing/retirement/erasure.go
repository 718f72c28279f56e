package retirement

import (
	"zhengcheng/internal/measures"
)

var erased = measures.Rule[Facts]{
	ID: "A26.1-erased", Clause: "A26.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Boundary: true, Title: "数据彻底清除", Quote: "系统停用后,应进行数据彻底清除,防止敏感信息泄露",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var a asked
		a.at(!f.Media, "form/media", "请写明清除了哪些数据库、文件、备份和介质")
		a.at(f.Method == "", "form/method", "请选择清除方法")
		a.at(f.ErasedOn == "" || f.ErasedOn > f.On, "form/erased_on", "请填写清除日期，不晚于今天")
		a.at(f.ErasedOn != "" && f.ErasedOn < f.StoppedOn, "form/erased_on", "%s 清除时系统还在服务（%s 停止），之后产生的数据没有清除", f.ErasedOn, f.StoppedOn)
		a.at(!f.Verified, "form/verified", "请写明怎样核验、是否还能恢复")
		a.at(!f.Record, "file/erasure", "请附数据清除记录")
		if len(a) == 0 {
			return measures.Passed("%s 清除，有记录", f.ErasedOn)
		}
		return measures.FailedWith(a...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "停用后清除，有记录", "“系统停用后,应进行数据彻底清除”", same),
		ex(measures.ExampleFail, measures.Fail, "没有清除", "“应进行数据彻底清除”", func(f *Facts) { f.Method, f.ErasedOn = "", "" }),
		ex(measures.ExampleFail, measures.Fail, "没有清除记录", "没有证据", func(f *Facts) { f.Record = false }),
		ex(measures.ExampleFail, measures.Fail, "没有核验", "看不出是否彻底", func(f *Facts) { f.Verified = false }),
		ex(measures.ExampleBoundary, measures.Pass, "停用当天清除", "“停用后”含当天", func(f *Facts) { f.ErasedOn = "2026-09-01" }),
		ex(measures.ExampleBoundary, measures.Fail, "停用前一天清除", "当天还在产生数据", func(f *Facts) { f.ErasedOn = "2026-08-31" }),
		ex(measures.ExampleBoundary, measures.Pass, "今天清除", "不晚于今天", func(f *Facts) { f.ErasedOn = "2026-10-08" }),
		ex(measures.ExampleBoundary, measures.Fail, "明天清除", "还没有清除", func(f *Facts) { f.ErasedOn = "2026-10-09" })},
}

var witnessed = measures.Rule[Facts]{
	ID: "A26.1-witnessed", Clause: "A26.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Title: "清除由另一人监督", Source: "清除之后无从复查，须两人在场",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var a asked
		a.at(f.By == "", "form/erased_by", "请填写清除人")
		a.at(f.Witness == "", "form/witness", "请填写监督人")
		a.at(f.By != "" && f.By == f.Witness, "form/witness", "清除人%s不能监督自己，请由另一人监督", f.By)
		if len(a) == 0 {
			return measures.Passed("%s清除，%s监督", f.By, f.Witness)
		}
		return measures.FailedWith(a...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "两个人", "一人清除，一人监督", same),
		ex(measures.ExampleFail, measures.Fail, "没有监督人", "只有一人", func(f *Facts) { f.Witness = "" }),
		ex(measures.ExampleFail, measures.Fail, "自己监督自己", "只有一人", func(f *Facts) { f.Witness = f.By })},
}

var released = measures.Rule[Facts]{
	ID: "A26.1-released", Clause: "A26.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Boundary: true, Title: "云资源已释放", Source: "停用后还占着云资源，既花钱又留下数据",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Cloud == "no":
			return measures.NotApplicable("没有部署在云上")
		case f.Cloud == "unknown" && f.Release:
			return measures.Passed("台账没有写明部署位置，已说明")
		case f.Cloud == "unknown":
			return measures.Failed("form/release", "台账没有写明部署位置，请填写释放凭据，没有用云资源的说明情况")
		}
		var a asked
		a.at(f.ReleasedOn == "" || f.ReleasedOn > f.On, "form/released_on", "请填写云资源释放日期，不晚于今天")
		a.at(f.ReleasedOn != "" && f.ReleasedOn < f.ErasedOn, "form/released_on", "%s 释放时还没有清除数据（%s 清除）", f.ReleasedOn, f.ErasedOn)
		a.at(!f.Release, "form/release", "请填写资源释放单号")
		if len(a) == 0 {
			return measures.Passed("%s 释放", f.ReleasedOn)
		}
		return measures.FailedWith(a...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "清除后释放", "有凭据", same),
		ex(measures.ExamplePass, measures.NotApplies, "自建机房", "没有云资源", func(f *Facts) { f.Cloud, f.ReleasedOn, f.Release = "no", "", false }),
		ex(measures.ExampleFail, measures.Fail, "没有释放", "还占着资源", func(f *Facts) { f.ReleasedOn, f.Release = "", false }),
		ex(measures.ExampleFail, measures.Fail, "不知道部署在哪里，没有说明", "无从核对", func(f *Facts) { f.Cloud, f.ReleasedOn, f.Release = "unknown", "", false }),
		ex(measures.ExamplePass, measures.Pass, "不知道部署在哪里，已说明", "有说明", func(f *Facts) { f.Cloud, f.ReleasedOn = "unknown", "" }),
		ex(measures.ExampleBoundary, measures.Pass, "清除当天释放", "先清除后释放", func(f *Facts) { f.ReleasedOn = "2026-09-20" }),
		ex(measures.ExampleBoundary, measures.Fail, "清除前一天释放", "别人可能接手没有清除的盘", func(f *Facts) { f.ReleasedOn = "2026-09-19" }),
		ex(measures.ExampleBoundary, measures.Fail, "明天释放", "还没有释放", func(f *Facts) { f.ReleasedOn = "2026-10-09" })},
}

var unfiled = measures.Rule[Facts]{
	ID: "A26.1-unfiled", Clause: "A26.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Boundary: true, Title: "等保备案已注销", Source: "备案的系统停用后向公安机关注销备案，以免仍列入检查",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Filing == "" {
			return measures.NotApplicable("没有等保备案在案")
		}
		var a asked
		a.at(f.UnfiledOn == "" || f.UnfiledOn > f.On, "form/unfiled_on", "备案 %s 还没有注销：请填写注销日期，不晚于今天", f.Filing)
		a.at(f.UnfiledOn != "" && f.UnfiledOn < f.StoppedOn, "form/unfiled_on", "%s 注销时系统还在服务（%s 停止）", f.UnfiledOn, f.StoppedOn)
		a.at(!f.Unfiling, "form/unfiling", "请填写注销凭据")
		if len(a) == 0 {
			return measures.Passed("%s 注销", f.UnfiledOn)
		}
		return measures.FailedWith(a...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "已注销", "有凭据", same),
		ex(measures.ExamplePass, measures.NotApplies, "没有备案", "没有要注销的", func(f *Facts) { f.Filing, f.UnfiledOn, f.Unfiling = "", "", false }),
		ex(measures.ExampleFail, measures.Fail, "没有注销", "仍列入检查", func(f *Facts) { f.UnfiledOn, f.Unfiling = "", false }),
		ex(measures.ExampleBoundary, measures.Pass, "停用当天注销", "系统已停", func(f *Facts) { f.UnfiledOn = "2026-09-01" }),
		ex(measures.ExampleBoundary, measures.Fail, "停用前一天注销", "系统还在服务", func(f *Facts) { f.UnfiledOn = "2026-08-31" }),
		ex(measures.ExampleBoundary, measures.Fail, "明天注销", "还没有注销", func(f *Facts) { f.UnfiledOn = "2026-10-09" })},
}

var disposed = measures.Rule[Facts]{
	ID: "A26.1-disposed", Clause: "A26.1", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: inForce, Boundary: true, Title: "有资产处置文件", Params: []measures.Param{AssetPapers},
	Source: "第二十六条“按照《省人民政府关于印发贵州省行政事业性国有资产管理办法的通知》(黔府发〔2022〕18号)要求”：停用的系统作为资产处置，附处置文件；没有账面资产的说明",
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		if !AssetPapers.Bool(v) {
			return measures.NotApplicable("不要求资产处置文件")
		}
		var a asked
		switch f.Asset {
		case "":
			a.at(true, "form/asset", "请选择资产处置方式")
		case Unbooked:
			a.at(!f.AssetNote, "form/asset_note", "没有账面资产的，请说明理由")
		default:
			a.at(!f.AssetDoc, "form/asset_doc", "请填写处置文件文号")
			a.at(f.AssetOn == "" || f.AssetOn > f.On, "form/asset_on", "请填写文件日期，不晚于今天")
			a.at(!f.AssetFile, "file/asset", "请附资产处置文件")
		}
		if len(a) == 0 {
			return measures.Passed("有处置文件或者说明")
		}
		return measures.FailedWith(a...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "报废，有文件", "有处置文件", same),
		ex(measures.ExamplePass, measures.Pass, "没有账面资产，有说明", "没有要处置的", func(f *Facts) {
			f.Asset, f.AssetDoc, f.AssetOn, f.AssetFile, f.AssetNote = Unbooked, false, "", false, true
		}),
		ex(measures.ExampleFail, measures.Fail, "没有账面资产，没有说明", "无从核对", func(f *Facts) { f.Asset = Unbooked }),
		ex(measures.ExampleFail, measures.Fail, "报废，没有附文件", "没有证据", func(f *Facts) { f.AssetFile = false }),
		{Name: "参数为不要求", Kind: measures.ExamplePass, Want: measures.NotApplies, Why: "本市口径不要求", Params: map[string]string{"retirement.asset_document": "no"}, Facts: Facts{On: "2026-10-08"}},
		ex(measures.ExampleBoundary, measures.Pass, "今天的文件", "不晚于今天", func(f *Facts) { f.AssetOn = "2026-10-08" }),
		ex(measures.ExampleBoundary, measures.Fail, "明天的文件", "还没有", func(f *Facts) { f.AssetOn = "2026-10-09" })},
}
