import type { StatementRequest } from "../../iam/condition/evaluate-statement";
import type { OneOrMore } from "../../iam/policy-document";
import { valuesOf } from "../../iam/policy-document";
import type { PermissionPolicy } from "../access-graph";
import type { AccessModel } from "../decide/access-model";
import { completeContext } from "../decide/complete-context";
import { openForProof, withOpen } from "../decide/open-keys";
import type { StsAction } from "../decide/sts-action";
import { together } from "./dimension";
import type { Dimension, Facet } from "./dimension";
import type { Entry } from "./entry";
import { objectionTo } from "./objection";
import type { Controls, Objection } from "./objection";

/** Most combinations of declared values that are asked of one entry. */
const MAX_COMBINATIONS = 20_000;

/** When calls are made is open; the context needs some time. */
const ANY_TIME = "2026-01-01T00:00:00Z";

/**
 * Asks control policies about every action and every declared value of an entry.
 *
 * @returns the first objection that refutes it, else the first that leaves it open, else `undefined`
 */
export function askEntry(
  world: AccessModel,
  entry: Entry,
  roleArn: string,
  controls: Controls,
): Objection | undefined {
  const policies = [...controls.binding.flat(), ...controls.guarding];
  const tested = testedText(policies);
  const isTested = ({ keys }: Dimension): boolean => keys.some((key) => tested.includes(key));
  const dimensions = entry.dimensions.map((dimension) =>
    isTested(dimension) ? dimension : { ...dimension, facets: dimension.facets.slice(0, 1) },
  );
  const count = dimensions.reduce((product, { facets }) => product * facets.length, 1);
  if (count > MAX_COMBINATIONS) {
    const why = `its ${count} combinations of declared values are more than the ${MAX_COMBINATIONS} that are asked`;
    return { verdict: "unknown", why };
  }
  const declared = combinations(dimensions.filter((each) => each.declared));
  const possible = combinations(dimensions.filter((each) => !each.declared));
  const unknowns = dimensions
    .filter(({ declared: isDeclared, facets }) => !isDeclared && facets.length > 1)
    .map(({ unknown = "" }) => unknown);
  let doubt: Objection | undefined;
  for (const action of entry.actions) {
    for (const facet of declared) {
      const objections = possible.map((other) => {
        const asked = requestFor(world, entry, action, roleArn, together([facet, other]));
        return asked === undefined ? undefined : objection(asked, entry, controls);
      });
      const found = agreed(objections, unknowns);
      if (found?.verdict === "refuted") return found;
      doubt ??= found;
    }
  }
  if (doubt !== undefined || entry.unbound === undefined) return doubt;
  return world.controls.service.size === 0 ? undefined : { verdict: "unknown", why: entry.unbound };
}

/** What objections to forms come to of which a request has one, and it is not known which. */
function agreed(
  objections: readonly (Objection | undefined)[],
  unknowns: readonly string[],
): Objection | undefined {
  const [first] = objections;
  if (objections.every((each) => each?.verdict === "refuted")) return first;
  const found =
    objections.find((each) => each?.verdict === "unknown") ??
    objections.find((each) => each !== undefined);
  if (found === undefined || found.verdict === "unknown") return found;
  return { verdict: "unknown", why: [found.why, ...unknowns].join("; ") };
}

/** Whoever stands for an account need not be the one whom a policy is against. */
function objection(
  asked: StatementRequest,
  { anyone }: Entry,
  controls: Controls,
): Objection | undefined {
  const found = objectionTo(asked, controls);
  if (found === undefined || anyone === undefined) return found;
  return objectionTo(opened(asked, anyone), controls) ?? found;
}

function requestFor(
  world: AccessModel,
  { caller }: Entry,
  action: StsAction,
  roleArn: string,
  facet: Facet,
): StatementRequest | undefined {
  const keys = { ...facet.keys };
  // An external ID is a key of the call alone that passes it.
  if (action !== "sts:AssumeRole") delete keys["sts:ExternalId"];
  if (action === "sts:SetSourceIdentity" && !setsIdentity(keys, facet)) return undefined;
  const context = new Map(completeContext({ caller, roleArn, time: ANY_TIME, keys }, world));
  for (const key of TIME_KEYS) context.delete(key);
  const asked = { caller, action, resource: roleArn, context };
  return opened({ ...asked, open: openForProof(world, asked) }, facet);
}

const TIME_KEYS = ["aws:currenttime", "aws:epochtime"] as const;

function setsIdentity(keys: Readonly<Record<string, OneOrMore>>, { open }: Facet): boolean {
  return "sts:SourceIdentity" in keys || open?.get("sts:sourceidentity") !== undefined;
}

/** The request with what a facet leaves open of it. */
function opened(asked: StatementRequest, { open = new Map() }: Facet): StatementRequest {
  const context = new Map(asked.context);
  for (const key of open.keys()) context.delete(key);
  return { ...asked, context, open: withOpen(asked.open ?? (() => undefined), open) };
}

function combinations(dimensions: readonly Dimension[]): readonly Facet[] {
  return dimensions.reduce<readonly Facet[]>(
    (found, { facets }) => found.flatMap((one) => facets.map((other) => together([one, other]))),
    [{}],
  );
}

/** Names of all keys that policies test or insert, in lower case, as one text. */
function testedText(policies: readonly PermissionPolicy[]): string {
  return policies.map(textOf).join("\n");
}

/** The same policies bind many accounts. */
const TEXTS = new WeakMap<PermissionPolicy, string>();

function textOf(policy: PermissionPolicy): string {
  const known = TEXTS.get(policy);
  if (known !== undefined) return known;
  const { document } = policy;
  const text = (document.known ? document.value.Statement : [])
    .flatMap(({ Condition = {}, Resource, NotResource }) => [
      JSON.stringify(Condition),
      ...valuesOf(Resource ?? NotResource),
    ])
    .join("\n")
    .toLowerCase();
  TEXTS.set(policy, text);
  return text;
}
