// Package review is the expert review of schemes (项目评审, Article 8): the pool
// of experts, the draw, the panel and its scoring sheet, the group opinion and
// the conclusion.
//
// The bureau organises experts or a third party (A08.1). Experts are drawn at
// random with a recorded seed, so that anyone can repeat the draw; who works for
// the unit, has declared ties with the supplier or took part in the scheme is
// left out. The panel is blind: experts see neither each other nor each other's
// marks, the organiser sees who has handed in, never what, until all have.
//
// The review is part of the case of the scheme: package reserve declares the flow
// that contains it. Here are the parts that belong to the review alone.
package review
