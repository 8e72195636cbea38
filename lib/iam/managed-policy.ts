import { distance } from "fastest-levenshtein";
import { managedPolicyDocuments, managedPolicyNames } from "./data/tables";
import type { PublishedPolicy } from "./data/tables";
import type { PolicyDocument } from "./policy-document";
import { byText } from "../values/order";

/**
 * The path of an AWS managed policy (rule NP-01): `/`, `/job-function/` or `/service-role/`; `undefined`
 * for a name that no attachable policy has, or that is written with a path that is not its own.
 *
 * @param name the exact name, such as `ViewOnlyAccess` or, with its path, `job-function/ViewOnlyAccess`
 */
export function managedPolicyPath(name: string): string | undefined {
  const { path, bareName } = splitName(name);
  const found = pathsByName().get(bareName);
  return path === undefined || path === found ? found : undefined;
}

/**
 * AWS managed policies whose names are near a mistyped one, the nearest first: at most three, or none.
 * A name that differs by case only is the only one; `Access` at the end may be missing.
 */
export function nearestManagedPolicies(name: string): readonly string[] {
  const wanted = splitName(name).bareName.toLowerCase();
  if (wanted.length > LONGEST_NAME) return [];
  const farthest = Math.max(2, Math.floor(wanted.length / 4));
  const near = [...pathsByName().keys()]
    .map((candidate) => ({ candidate, steps: stepsTo(candidate.toLowerCase(), wanted) }))
    .filter(({ steps }) => steps <= farthest)
    .sort((a, b) => a.steps - b.steps || byText(a.candidate, b.candidate));
  const most = near[0]?.steps === 0 ? 1 : 3;
  return near.slice(0, most).map(({ candidate }) => candidate);
}

/**
 * The document of an AWS managed policy, or `undefined` where this copy does not hold it: it has the
 * policies that rule N5 names and the usual ones for reading and administering.
 *
 * @param name as for {@link managedPolicyPath}
 */
export function managedPolicyDocument(name: string): PolicyDocument | undefined {
  const published = publishedPolicy(name)?.document;
  if (published === undefined) return undefined;
  return { Version: published.Version, Statement: [published.Statement].flat() };
}

/** The version of the document that {@link managedPolicyDocument} gives, such as `v12`: AWS may have a later one. */
export function managedPolicyVersion(name: string): string | undefined {
  return publishedPolicy(name)?.version;
}

// IAM's limit for names of managed policies (rule ID-35); also keeps the comparison with all names short.
const LONGEST_NAME = 128;

function stepsTo(candidate: string, wanted: string): number {
  const steps = distance(wanted, candidate);
  return candidate.endsWith("access")
    ? Math.min(steps, distance(wanted, candidate.slice(0, -"access".length)) + 1)
    : steps;
}

function publishedPolicy(name: string): PublishedPolicy | undefined {
  if (managedPolicyPath(name) === undefined) return undefined;
  return managedPolicyDocuments().entries[splitName(name).bareName];
}

function splitName(name: string): { readonly path: string | undefined; readonly bareName: string } {
  const slash = name.lastIndexOf("/");
  if (slash < 0) return { path: undefined, bareName: name };
  const path = name.slice(0, slash + 1);
  return { path: path.startsWith("/") ? path : `/${path}`, bareName: name.slice(slash + 1) };
}

let paths: ReadonlyMap<string, string> | undefined;

function pathsByName(): ReadonlyMap<string, string> {
  paths ??= new Map(
    Object.entries(managedPolicyNames().entries).flatMap(([path, names]) =>
      names.split(" ").map((name): [string, string] => [name, path]),
    ),
  );
  return paths;
}
