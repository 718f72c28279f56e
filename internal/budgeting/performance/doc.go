// Package performance is the performance management of project money (绩效管理,
// Article 13): 事前绩效评估 once per project, 绩效监控 and 绩效自评 once per project
// and year, and the indicator library they begin with.
//
// The assessment before the project sets its indicator tree, whose weights add to
// 100. Monitoring and self-evaluation take the tree over; how much of the budget
// was spent is added up from the chain. A self-evaluation is filed: the bureau
// acknowledges it with a receipt and the finance bureau takes note. It gives 10
// points for the execution of the budget and 90 for the indicators
// (财预〔2020〕10号).
//
// What the last self-evaluation came to, and who owes one, is read where budgets
// are arranged (Standings).
package performance
