// Package calendar knows days, periods, working days and the one clock.
//
// A day is a day in Asia/Shanghai, written YYYY-MM-DD; China has kept UTC+8
// without daylight saving since 1992, so the zone is a fixed one. Working days
// follow the plain week and the rows of the State Council's yearly notice that
// differ from it; counting into a year without rows is reported, not hidden.
//
// What people type is read by [ParseDate] and [ParsePeriod]; their errors are
// Chinese and fit to show beside the field.
package calendar
