import type { Diagnostic } from "../../../diagnostics/diagnostic";
import type { TerraformResource } from "../terraform-stack";
import { terraformText } from "../terraform-value";
import type { PlanEntry } from "./plan-entries";

/**
 * What a plan destroys although it makes, keeps or uses the same thing: a name is taken until it is free, an
 * attachment that is made first and destroyed after is gone
 * (https://github.com/hashicorp/terraform-provider-aws/issues/32529), and AWS deletes no policy that is in
 * use. What there will be is unknown.
 */
export function destroyedObjects(entries: readonly PlanEntry[]): readonly Diagnostic[] {
  const kept = new Map<string, TerraformResource>();
  const users = new Map<string, TerraformResource>();
  for (const { action, createsFirst, before, after } of entries) {
    if (after === undefined) continue;
    // What is destroyed and then made is in nobody's way.
    const object = action === "replace" && !createsFirst ? undefined : objectName(after);
    if (object !== undefined) kept.set(object, after);
    for (const attribute of ["policy_arn", "permissions_boundary"]) {
      const [used, now] = [before, after].map((side) => terraformText(side?.attributes[attribute]));
      if (used?.kind === "text" && now?.kind === "text" && used.text === now.text) {
        if (action !== "replace") users.set(used.text, after);
      }
    }
  }
  return entries.flatMap(({ action, before }): readonly Diagnostic[] => {
    if (before === undefined || (action !== "delete" && action !== "replace")) return [];
    const { file, address, type, attributes } = before;
    const problem = (message: string): Diagnostic => {
      return { severity: "error", rule: "plan-conflict", file, message: `${address} ${message}` };
    };
    const same = kept.get(objectName(before) ?? "");
    const user = type === "aws_iam_policy" ? users.get(String(attributes.arn)) : undefined;
    const what =
      same?.address === address
        ? "destroys what it makes before under the same name"
        : `destroys what ${same?.address ?? ""} keeps or makes`;
    return [
      ...(same === undefined ? [] : [problem(`${what}: what there will be is unknown`)]),
      ...(user === undefined
        ? []
        : [
            problem(
              `is destroyed while ${user.address} uses it, which AWS refuses: what there will be is unknown`,
            ),
          ]),
    ];
  });
}

/** The attributes by which AWS tells the objects of a type apart, in their account. */
const NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ["aws_iam_role", ["name"]],
  ["aws_iam_user", ["name"]],
  ["aws_iam_group", ["name"]],
  ["aws_iam_policy", ["name"]],
  ["aws_iam_instance_profile", ["name"]],
  ["aws_iam_saml_provider", ["name"]],
  ["aws_iam_openid_connect_provider", ["url"]],
  ["aws_iam_role_policy", ["role", "name"]],
  ["aws_iam_user_policy", ["user", "name"]],
  ["aws_iam_group_policy", ["group", "name"]],
  ["aws_iam_role_policy_attachment", ["role", "policy_arn"]],
  ["aws_iam_user_policy_attachment", ["user", "policy_arn"]],
  ["aws_iam_group_policy_attachment", ["group", "policy_arn"]],
]);

function objectName({ type, location, attributes }: TerraformResource): string | undefined {
  const names = NAMES.get(type);
  const texts = (names ?? []).map((name) => terraformText(attributes[name]));
  if (names === undefined || texts.some(({ kind }) => kind !== "text")) return undefined;
  return JSON.stringify([
    type,
    location?.accountId,
    ...texts.map((text) => (text.kind === "text" ? text.text.toLowerCase() : "")),
  ]);
}
