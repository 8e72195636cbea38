import type { RoleNode } from "../../lib/access/access-graph";
import type { AccessModel } from "../../lib/access/decide/access-model";
import { decideCall } from "../../lib/access/decide/decide-call";
import type { RoleCall } from "../../lib/access/decide/decide-call";
import type { Decision } from "../../lib/access/decide/decision";
import { callWith, judgeSaidKeys } from "../../lib/access/questions/said-keys";
import type { SaidKey, SaidKeyProblem } from "../../lib/access/questions/said-keys";
import { takenAudience, wantedClaims } from "../../lib/access/questions/taken-audience";
import { testedKeys } from "../../lib/access/questions/tested-keys";
import type { AskedCaller, AskedCallers } from "./asked-scope";
import { askedTime } from "../options/at-time";

/** A call that was asked about, and what becomes of it. */
export interface AskedDecision {
  readonly call: RoleCall;
  readonly decision: Decision;
  /** Keys that the caller chooses, and that were chosen so that the trust policy's conditions hold. */
  readonly taken: Readonly<Record<string, string>>;
  /** Keys that were said and change nothing. */
  readonly idle: readonly SaidKeyProblem[];
}

/** What was said of the request. */
export interface SaidOfRequest {
  readonly said: readonly SaidKey[];
  /** @default - now */
  readonly at: string | undefined;
}

/** Decides the call of whoever is asked about; where it is not known who that is, all must come to the same. */
export function decideAsked(
  world: AccessModel,
  asked: AskedCallers,
  roleArn: string,
  request: SaidOfRequest,
): AskedDecision | { readonly wrong: readonly SaidKeyProblem[] } {
  const answers = asked.flat().map((caller) => decideOne(world, caller, roleArn, request));
  const wrong = answers.find((each) => "wrong" in each);
  if (wrong !== undefined && "wrong" in wrong) return wrong;
  const decided = answers.flatMap((each) => ("wrong" in each ? [] : [each]));
  const [first, ...others] = decided;
  if (first === undefined) throw new Error("a question is about somebody");
  const differs = others.find(({ decision }) => decision.decision !== first.decision.decision);
  if (differs === undefined) return first;
  const text =
    "whether the path of the permission set's role has a Region, and which, is not known, and it decides (SSO-01)";
  const reasons = [
    { side: "call", effect: "unknown", text } as const,
    ...first.decision.reasons,
    ...differs.decision.reasons,
  ];
  return { ...first, decision: { decision: "unknown", reasons } };
}

function decideOne(
  world: AccessModel,
  { caller, identity = {} }: AskedCaller,
  roleArn: string,
  { said, at }: SaidOfRequest,
): AskedDecision | { readonly wrong: readonly SaidKeyProblem[] } {
  const { time } = askedTime(at);
  const facts = { caller, roleArn, time };
  const tested = testedKeys(world, caller, roleArn);
  const { wrong, idle } = judgeSaidKeys(said, { ...facts, identity }, tested, world.accounts);
  const twice =
    at !== undefined && said.some(({ key }) => /^aws:(?:current|epoch)time$/i.test(key));
  const all = twice
    ? [...wrong, { problem: "the time is said twice", help: "keep `--at`" }]
    : wrong;
  if (all.length > 0) return { wrong: all };
  const role: RoleNode | undefined = world.graph.roles.get(roleArn);
  const named = new Set(said.map(({ key }) => key.toLowerCase()));
  const audience = role === undefined ? {} : takenAudience(role, caller, identity);
  const taken = Object.fromEntries(
    Object.entries(audience).filter(([key]) => !named.has(key.toLowerCase())),
  );
  const call = callWith(facts, { ...taken, ...identity }, said);
  const decision = decideCall(world, call);
  const claims = role === undefined ? {} : unsaid(wantedClaims(role, caller, identity), call);
  const fulfilled = decideCall(world, { ...call, keys: { ...claims, ...call.keys } });
  if (fulfilled.decision === decision.decision) return { call, decision, taken, idle };
  const text = `whether the token has ${Object.entries(claims)
    .map(([key, value]) => `${key} \`${value}\``)
    .join(" and ")} is not said, and it decides: say it by \`--with\``;
  const reasons = [{ side: "call", effect: "unknown", text } as const, ...decision.reasons];
  return { call, decision: { decision: "unknown", reasons }, taken, idle };
}

/** Claims that a call does not say. */
function unsaid(
  claims: Readonly<Record<string, string>>,
  { keys }: RoleCall,
): Readonly<Record<string, string>> {
  const said = new Set(Object.keys(keys).map((key) => key.toLowerCase()));
  return Object.fromEntries(Object.entries(claims).filter(([key]) => !said.has(key.toLowerCase())));
}
