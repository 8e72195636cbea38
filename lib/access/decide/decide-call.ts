import { valuesOf } from "../../iam/policy-document";
import { assumingAction } from "./sts-action";
import type { StsAction } from "./sts-action";
import type { AccessModel } from "./access-model";
import type { RoleRequest } from "./role-request";
import type { Decision } from "./decision";
import { decideRequest } from "./decide-request";

/** A call for a role with all that it passes, which takes more than one action. */
export interface RoleCall extends Omit<RoleRequest, "action"> {
  /**
   * Session tags that are passed; they need `sts:TagSession` (rule TR-15).
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Keys of tags that are to flow on (rule TR-16).
   *
   * @default - none
   */
  readonly transitiveTagKeys?: readonly string[];
  /**
   * Source identity that is set. One that was set earlier in the chain, as the key `aws:SourceIdentity`
   * says, goes on to the next session and needs `sts:SetSourceIdentity` again (rule TR-17).
   *
   * @default - none
   */
  readonly sourceIdentity?: string;
  /**
   * Length of the session, seconds.
   *
   * @default 3600
   */
  readonly durationSeconds?: number;
}

/** What becomes of a call, and of each action that it takes. */
export interface CallDecision extends Decision {
  readonly actions: ReadonlyMap<StsAction, Decision>;
}

/** Decides a call: each action that it takes must be allowed, and its session must not be too long. */
export function decideCall(world: AccessModel, call: RoleCall): CallDecision {
  const { tags = {}, transitiveTagKeys = [], sourceIdentity } = call;
  const inherited = Object.entries(call.keys).find(
    ([key]) => key.toLowerCase() === "aws:sourceidentity",
  );
  const identity = sourceIdentity ?? (inherited && valuesOf(inherited[1])[0]);
  const tagKeys = Object.keys(tags);
  const needed: StsAction[] = [assumingAction(call.caller.kind)];
  if (tagKeys.length > 0) needed.push("sts:TagSession");
  if (identity !== undefined) needed.push("sts:SetSourceIdentity");
  const keys = {
    ...call.keys,
    ...Object.fromEntries(
      Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value]),
    ),
    "aws:TagKeys": tagKeys,
    "sts:TransitiveTagKeys": transitiveTagKeys,
    ...(identity === undefined ? {} : { "sts:SourceIdentity": identity }),
  };
  const actions = new Map(
    needed.map((action) => [action, decideRequest(world, { ...call, keys, action })]),
  );
  const tooLong = durationProblem(world, call);
  const decisions = [...actions.values()];
  if (tooLong !== undefined) {
    const reason = { side: "call", effect: "implicit-deny", text: tooLong } as const;
    return { decision: "denied", reasons: [reason], actions };
  }
  const decisive =
    decisions.find(({ decision }) => decision === "denied") ??
    decisions.find(({ decision }) => decision === "unknown");
  return {
    decision: decisive?.decision ?? "allowed",
    reasons: decisive?.reasons ?? decisions.flatMap(({ reasons }) => reasons),
    actions,
  };
}

/** Rules ID-16 and ID-17: a call that asks for too much fails, it is not cut. */
function durationProblem({ graph }: AccessModel, call: RoleCall): string | undefined {
  const { durationSeconds = 3600, roleArn, caller } = call;
  const most = graph.roles.get(roleArn)?.maxSessionDuration;
  if (caller.kind === "role-session" && durationSeconds > 3600) {
    return `a session that a role obtains lasts at most 3600 seconds, not ${durationSeconds} (ID-17)`;
  }
  return most !== undefined && durationSeconds > most
    ? `the role's sessions last at most ${most} seconds, not ${durationSeconds} (ID-16)`
    : undefined;
}
