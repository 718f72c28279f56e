// Package component is 安全可靠测评 of key parts (Article 29): the list of products as
// announced, which the bureau imports and publishes, and the parts that were really put
// into a new system, with grade and number of the announcement.
//
// The list ships empty. While none is published, what a unit declares stands unchecked
// (未核对清单); once there is one, parts are held against the newest: whatever was
// declared before is checked when it is looked at. A part that does not meet the
// requirement is recorded as it is and marked; it holds up the acceptance, not the record.
package component
