// Package inspection is what the bureau does with the offices of cyberspace affairs, public
// security and secrecy (Article 27): rules on security, published version by version, and
// inspections at regular times, each planned with the three offices and reported to all.
//
// The three offices sign what is published and what is planned (“会同”): one that returns it
// sends it back to the bureau. An inspection reports counts and demands, never details of a
// weakness. The bureau owes one inspection a year [reading].
package inspection
