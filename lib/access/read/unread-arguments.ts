import { blocks } from "./terraform-stack";
import type { TerraformObject } from "./terraform-stack";

/** What Terraform makes of a resource beside what its attributes say, as in 'has dynamic blocks, which are not read'. */
export function unreadArguments(type: string, attributes: TerraformObject): readonly string[] {
  const { provisioner, dynamic, lifecycle } = attributes;
  const found: string[] = [];
  if (provisioner !== undefined) found.push("runs commands of a provisioner, which are not read");
  if (!type.startsWith("aws_iam_")) return found;
  if (dynamic !== undefined) found.push("has dynamic blocks, which are not read");
  const ignored = blocks(lifecycle).flatMap(({ ignore_changes: changes }): readonly unknown[] =>
    Array.isArray(changes) ? changes : changes === undefined ? [] : [changes],
  );
  const kept = ignored.filter((each) => typeof each !== "string" || !HARMLESS.test(each));
  if (kept.length > 0) {
    const names = kept.map((each) => `\`${String(each)}\``).join(", ");
    found.push(`ignores changes of ${names}: what is in the account may differ`);
  }
  return found;
}

/** Attributes that permit nothing. */
const HARMLESS = /^(?:description|force_destroy|force_detach_policies)$/;
