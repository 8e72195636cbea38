import type { Path } from "../../source/source";

/** A place of the map that names something else of it. */
export interface Reference {
  readonly path: Path;
  /** Whether the name is the key at the path, and not the value there. */
  readonly atKey: boolean;
  readonly name: string;
}

/** Where the map names accounts: `*` is any key or item, `{}` at the end any key that is itself the name. */
export const ACCOUNT_REFERENCES: readonly string[] = [
  "defaults.deploymentRole.via.*.account",
  "accounts.*.deploymentRole.via.*.account",
  "hubs.*.account",
  "hubs.*.principals.*.*.account",
  "spokes.*.accounts.keys.*",
  "spokes.*.accounts.except.keys.*",
  "spokes.*.externalId.accounts.{}",
  "spokes.*.principals.*.*.account",
  "chains.*.start.*.account",
  "chains.*.steps.*.roles.*.account",
  "pipeline.account",
  "organizations.*.controlPolicies.service.*.targets.*",
  "organizations.*.controlPolicies.resource.*.targets.*",
  "organizations.*.controlPolicies.fullAccessDetached.*",
  "review.rules.*.in.*",
  "review.rules.*.except.*",
];

/** Where the map names hubs and spokes. */
export const ENTRY_REFERENCES: Readonly<Record<"hubs" | "spokes" | "chains", readonly string[]>> = {
  hubs: ["spokes.*.hubs.*", "chains.*.steps.*.hub"],
  spokes: ["chains.*.steps.*.spoke"],
  chains: [],
};

/** Where assertions say whom they are about. */
export const SUBJECT_REFERENCES: readonly string[] = ["never", "only"].flatMap((kind) => [
  `assertions.*.${kind}.from`,
  `assertions.*.${kind}.to`,
]);

/** Where the map names paths of OUs, exactly or in patterns. */
export const UNIT_REFERENCES: readonly string[] = [
  "organizations.*.units.{}",
  "accounts.*.unit",
  "spokes.*.accounts.units.*",
  "spokes.*.accounts.except.units.*",
  "hubs.*.principals.*.organizationalUnit.unit",
  "spokes.*.principals.*.organizationalUnit.unit",
  "chains.*.start.organizationalUnit.unit",
  "organizations.*.controlPolicies.service.*.targets.*",
  "organizations.*.controlPolicies.resource.*.targets.*",
  "organizations.*.controlPolicies.fullAccessDetached.*",
  "review.rules.*.in.*",
  "review.rules.*.except.*",
];

/** Where the map names places of its own by the keys that lead there, joined by dots. */
export const PLACE_REFERENCES: readonly string[] = [
  "acknowledgements.*.at",
  "assertions.*.machines.*.at",
];

/** Everything in a map that is at one of the patterns and is a text. */
export function referencesAt(value: unknown, patterns: readonly string[]): Reference[] {
  return patterns.flatMap((pattern) => [...matches(value, pattern.split("."), [])]);
}

function* matches(value: unknown, steps: readonly string[], path: Path): Generator<Reference> {
  const [step, ...rest] = steps;
  if (step === undefined) {
    if (typeof value === "string") yield { path, atKey: false, name: value };
    return;
  }
  if (typeof value !== "object" || value === null) return;
  if (step === "{}") {
    for (const name of Object.keys(value)) yield { path: [...path, name], atKey: true, name };
  } else if (step === "*") {
    const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
    for (const [key, each] of entries) yield* matches(each, rest, [...path, key]);
  } else if (Object.hasOwn(value, step)) {
    yield* matches((value as Readonly<Record<string, unknown>>)[step], rest, [...path, step]);
  }
}
