import type { PermissionPolicy } from "../../access/access-graph";
import type { Caller } from "../../iam/condition/caller";
import { globOf, matchesGlob } from "../../iam/condition/glob";
import { valuesOf } from "../../iam/policy-document";
import type { CompareContext, ComparedSide } from "./compare-context";
import { sessionOf } from "../../iam/condition/caller";
import { samePolicies } from "../../access/permissions/same-policies";

/** A user or role whose permissions are others than before. */
export interface ChangedCaller {
  readonly caller: Caller;
  /** Whether the change can decide whether it can assume a role. */
  readonly concerns: (roleArn: string) => boolean;
}

/** The users and roles of either side that are new, gone, or permitted something else. */
export function changedCallers({ base, head }: CompareContext): readonly ChangedCaller[] {
  const of = (kind: "users" | "roles", toCaller: (arn: string) => Caller): ChangedCaller[] => {
    const arns = new Set([...nodes(base, kind).keys(), ...nodes(head, kind).keys()]);
    return [...arns].flatMap((arn): ChangedCaller[] => {
      const [before, after] = [nodes(base, kind).get(arn), nodes(head, kind).get(arn)];
      if (before === undefined || after === undefined) {
        return [{ caller: toCaller(arn), concerns: () => true }];
      }
      const [old, now] = [policiesOf(before), policiesOf(after)];
      if (samePolicies(old, now)) return [];
      return [{ caller: toCaller(arn), concerns: concernedRoles(old, now) }];
    });
  };
  return [...of("users", (arn) => ({ kind: "user", arn })), ...of("roles", sessionOf)];
}

interface Permitted {
  readonly policies: readonly PermissionPolicy[];
  readonly boundary?: PermissionPolicy;
}

function nodes({ world }: ComparedSide, kind: "users" | "roles"): ReadonlyMap<string, Permitted> {
  return world.graph[kind];
}

function policiesOf({ policies, boundary }: Permitted): readonly PermissionPolicy[] {
  // A boundary that comes or goes concerns every role, also where its text is one of the policies.
  return [...policies, ...(boundary === undefined ? [] : [{ ...boundary, name: "boundary" }])];
}

/** Which roles the difference of two lists of policies can concern: those that its resources may name. */
function concernedRoles(
  before: readonly PermissionPolicy[],
  after: readonly PermissionPolicy[],
): (roleArn: string) => boolean {
  const [old, now] = [pieces(before), pieces(after)];
  const patterns = new Set<string>();
  for (const [key, pattern] of [...old, ...now]) {
    if (!old.has(key) || !now.has(key)) patterns.add(pattern);
  }
  const literals = new Set([...patterns].filter((pattern) => !/[*?]|\$\{/.test(pattern)));
  const globs = [...patterns]
    .filter((pattern) => !literals.has(pattern))
    // What a variable stands for is not known here.
    .map((pattern) => globOf(pattern.replace(/\$\{[^}]*\}/g, "*")));
  return (arn) => literals.has(arn) || globs.some((glob) => matchesGlob(glob, arn));
}

/** Each resource of each statement with all that the statement says of it. */
function pieces(policies: readonly PermissionPolicy[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name, document } of policies) {
    for (const { Resource, ...rest } of document.known ? document.value.Statement : []) {
      const text = JSON.stringify([
        name === "boundary",
        document.known && document.value.Version,
        rest,
      ]);
      if (Resource === undefined) found.set(text, "*");
      for (const resource of valuesOf(Resource)) found.set(`${text} ${resource}`, resource);
    }
  }
  return found;
}
