const limitIsBounded =
  "Upstream's pagination guide bounds limit to 1..1000; the recorded application declares no bounds.";
const unknownIsRefused =
  "We infer that an unknown direction, column or cursor is a 400; the recorded application ignores all three.";
const nodeTrims =
  "Node's HTTP parser trims header values before a program sees them; uvicorn's lets trailing blanks through.";

/** Vectors that the double answers otherwise than they were recorded, and why. Checked both ways: none unlisted, none stale. */
export const exceptions: Readonly<Record<string, string>> = {
  "list-limit-046": limitIsBounded,
  "list-limit-069": limitIsBounded,
  "list-limit-150": limitIsBounded,
  "list-limit-151": limitIsBounded,
  "list-limit-152": limitIsBounded,
  "list-limit-156": limitIsBounded,
  "list-limit-157": limitIsBounded,
  "list-limit-158": limitIsBounded,
  "list-limit-160": limitIsBounded,
  "list-limit-161": limitIsBounded,
  "list-multi-010": limitIsBounded,
  "list-query-079": unknownIsRefused,
  "list-string-001": unknownIsRefused,
  "list-string-004": unknownIsRefused,
  "list-string-005": unknownIsRefused,
  "list-string-011": unknownIsRefused,
  "list-string-016": unknownIsRefused,
  "list-string-017": unknownIsRefused,
  "list-string-019": unknownIsRefused,
  "list-string-020": unknownIsRefused,
  "list-string-022": unknownIsRefused,
  "list-string-025": unknownIsRefused,
  "list-string-026": unknownIsRefused,
  "list-string-027": unknownIsRefused,
  "list-string-028": unknownIsRefused,
  "list-string-030": unknownIsRefused,
  "list-string-039": unknownIsRefused,
  "business-header-018": nodeTrims,
};
