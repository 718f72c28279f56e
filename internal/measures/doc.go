// Package measures is the law as a value: the text of 《六盘水市市级政务信息系统
// 建设管理办法》 sentence by sentence with permanent ids, the obligations it
// puts on people, and rules that judge typed facts and can be replayed.
//
// Each check stands on one of four grounds: the text itself (text), our reading
// where the text is silent (reading, shown as 本市口径), another law or standard
// (other, 依据《…》), or good practice (practice, 系统要求). An article of the
// Measures is cited only for text, in words that stand in it.
package measures
