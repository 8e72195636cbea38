/** What a control policy is attached to. */
export type ControlPolicyTarget =
  /** The root, `/`, or an OU by path: what is below inherits. */
  | { readonly kind: "unit"; readonly path: string }
  /** An account by key. */
  | { readonly kind: "account"; readonly key: string };

/** A control policy; `Document` is its text, or in a map the name of the document that holds it. */
export interface AttachedControlPolicy<Document> {
  readonly name: string;
  readonly document: Document;
  readonly targets: readonly ControlPolicyTarget[];
}

/** The control policies of an organization, as far as they were supplied. */
export interface ControlPolicySet<Document> {
  /** Service control policies (rule PB-06). */
  readonly service: readonly AttachedControlPolicy<Document>[];
  /** Resource control policies (rule PB-07), without the one that AWS attaches everywhere and that stays. */
  readonly resource: readonly AttachedControlPolicy<Document>[];
  /**
   * Where the service control policy that allows everything is attached besides what `service` lists: AWS
   * attaches it to the root, every unit and every account, and it can be detached from each.
   */
  readonly fullAccess: "nowhere" | { readonly everywhereBut: readonly ControlPolicyTarget[] };
}

/** Name of the service control policy that allows everything and is attached everywhere at first (rule PB-06). */
export const FULL_ACCESS_POLICY = "FullAWSAccess";

/** What can have control policies that bind an account: the root, each unit on the way, and the account itself. */
export function controlPolicyLevels({
  key,
  unit,
}: {
  readonly key: string;
  readonly unit: string;
}): readonly ControlPolicyTarget[] {
  return [
    ...unitsDownTo(unit).map((path) => ({ kind: "unit" as const, path })),
    { kind: "account", key },
  ];
}

/** The units from the root, `/`, down to a unit. */
export function unitsDownTo(unit: string): readonly string[] {
  const names = unit.split("/").filter((name) => name !== "");
  return ["/", ...names.map((_, index) => `/${names.slice(0, index + 1).join("/")}`)];
}
