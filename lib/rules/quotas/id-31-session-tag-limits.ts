import type { PrincipalEntry } from "../../account-map/model/account-map";
import type { Rule } from "../rule";
import type { RuleFinding } from "../rule-finding";

/** Session tags of one session (rule ID-31). */
const MOST_TAGS = 50;
// A value that a trust policy asks for: what STS takes, and wildcards (rule ID-31).
const POSSIBLE_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@*?]{1,256}$/u;

export const sessionTagLimits: Rule = {
  id: "ID-31",
  severity: "error",
  summary:
    "a session has at most 50 tags, with values of 1 to 256 letters, digits, spaces or any of `_.:/=+-@`",
  why: "STS rejects a session with more tags or other values, so nobody could use them.",
  source: "IAM User Guide, id_session-tags",
  *inMap(context) {
    for (const { wayIn } of context.entrances) {
      yield* tooMany(wayIn);
      yield* impossibleValues(wayIn);
    }
  },
};

function* tooMany({ conditions: { sessionTags }, at }: PrincipalEntry): Generator<RuleFinding> {
  if (sessionTags.length <= MOST_TAGS) return;
  yield {
    at: [...at, "sessionTags"],
    atKey: true,
    message: `a session has at most ${MOST_TAGS} tags, got ${sessionTags.length}`,
    help: "remove those that no policy tests",
  };
}

function* impossibleValues({
  conditions: { sessionTags },
  at,
}: PrincipalEntry): Generator<RuleFinding> {
  for (const { key, values } of sessionTags) {
    for (const [index, value] of values.entries()) {
      if (POSSIBLE_VALUE.test(value)) continue;
      yield {
        at: [...at, "sessionTags", key, "values", index],
        message: `no session can have the tag value ${JSON.stringify(value)}, allowed: 1 to 256 letters, digits, spaces or any of \`_.:/=+-@\``,
        help: "write the value as callers pass it; `*` and `?` are wildcards here",
      };
    }
  }
}
