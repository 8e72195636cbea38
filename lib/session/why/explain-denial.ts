import type { HopCall } from "../calls/plan-calls";
import type { Reason, Refusal } from "../refusal";
import { nameOf } from "../ways/find-role";
import { causeOf } from "./causes";
import type { AwsAnswer } from "./causes";

/** What became of a call that AWS did not grant. */
export type Explanation =
  | { readonly kind: "denied"; readonly refusal: Refusal }
  | { readonly kind: "failed"; readonly id: string; readonly text: string; readonly help: string };

/**
 * Explains an answer of AWS to a call. What AWS says about policies comes first, then what the index leaves open about
 * the call: those are the places to look.
 */
export function explainDenial(answer: AwsAnswer, call: HopCall): Explanation {
  const cause = causeOf(answer);
  if (cause === undefined) {
    return {
      kind: "failed",
      id: "unknown",
      text: `${answer.code === undefined ? "" : `${answer.code}: `}${answer.message}`,
      help: "see `trustwheel why --help`; this answer of AWS is not known",
    };
  }
  if (cause.side === undefined)
    return {
      kind: "failed",
      id: cause.id,
      text: `${cause.text} (${answer.message.trim()})`,
      help: cause.help,
    };
  const said: Reason = { side: cause.side, text: cause.text, certain: true };
  // Where both sides are of the map, they differ from the index only if they were not applied.
  const open = cause.id === "denied" && call.entry.permission === undefined;
  const missing = open ? firstSuspects(call) : call.doubts;
  return {
    kind: "denied",
    refusal: { hop: nameOf(call.role), reasons: [said, ...missing], help: cause.help },
  };
}

function firstSuspects({ doubts, role, entry }: HopCall): readonly Reason[] {
  const [statement] = entry.statements;
  return [
    ...doubts,
    {
      side: "trust policy",
      certain: false,
      text: `the map allows this hop: the applied trust policy of ${role.arn} or the caller's permission differs from it`,
      ...(statement === undefined ? {} : { statement }),
    },
  ];
}
