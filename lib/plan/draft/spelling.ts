import type { PrincipalEntry } from "../../account-map/model/account-map";
import type { Path } from "../../source/source";
import type { ReportFinding } from "../parameters";

/** A user or role by name and path. */
export interface NamedEntity {
  readonly kind: "user" | "role";
  readonly name: string;
  readonly path: string;
}

/** One that is known: a role that the map makes, or one that a principal named before. */
export interface KnownEntity extends Omit<NamedEntity, "kind"> {
  /** The principal that named it first. @default - the map makes it */
  readonly at?: Path;
}

/**
 * Reports a caller that a principal spells or places otherwise than it is known. Trust policies and
 * permissions find it by its ARN, which has the path and is case-sensitive.
 */
export function checkSpelling(
  wayIn: PrincipalEntry,
  { kind, name, path }: NamedEntity,
  known: KnownEntity,
  report: ReportFinding,
): void {
  const at = [...wayIn.at, kind];
  const made = known.at === undefined;
  const related = made
    ? {}
    : { related: { path: [...known.at, kind], message: "first named here" } };
  if (name !== known.name) {
    report([...at, "name"], {
      rule: "ID-06",
      message: made
        ? `the ${kind} \`${name}\` is spelled \`${known.name}\` in this map; IAM ignores case, but ARNs do not`
        : `the ${kind}s \`${known.name}\` and \`${name}\` differ only by case, which IAM ignores`,
      ...(made ? { help: `write \`${known.name}\`` } : related),
    });
  } else if (path !== known.path) {
    report(at, {
      rule: "ID-10",
      message: made
        ? `the ${kind} \`${name}\` in this map has the path \`${known.path}\`, not \`${path}\``
        : `the ${kind} \`${name}\` has the path \`${known.path}\` elsewhere, not \`${path}\``,
      help: made
        ? `add \`path: ${known.path}\``
        : "a user or role has one path; write the same in both places",
      ...related,
    });
  }
}
