// Package annualplan is the annual plan of the city (年度计划, Articles 9 and 10).
//
// The bureau's clerk compiles it from the reserve, with what projects already
// approved continue to need (A09.1), on a board. Freezing a version sends it to
// the joint review of three offices: 大数据, 发展改革, 网信 (A10.1). Each says 同意
// or 退回 about the version and 同意, 剔除 or 退回 about single items, open to each
// other. Anything but agreement by all three goes back to the compiler, whose
// next version shows the differences; an office then confirms changed items only,
// for what it said about an item holds while the item stands unchanged. The
// bureau's own opinion is given by another person than the compiler: whoever
// opened, refreshed or froze a version.
//
// A version that all three agreed to goes to the government; its decision is
// recorded, item by item if need be, and confirmed by a second person. The
// approved plan is frozen (A10.2): it changes only by a supplement (Article 11),
// by an adjustment (Article 17), or by the authority that approved it.
package annualplan
