import type { Doubt, TerraformResource } from "../terraform-stack";
import { terraformText } from "../terraform-value";
import { attachedNames } from "./attached-names";
import type { PlanEntry } from "./plan-entries";

/**
 * What a plan destroys although it makes, keeps or uses the same thing: a name is taken until it is free, an
 * attachment that is made first and destroyed after is gone
 * (https://github.com/hashicorp/terraform-provider-aws/issues/32529), and AWS deletes no policy that is in
 * use. What there will be is unknown.
 */
export function destroyedObjects(entries: readonly PlanEntry[]): readonly Doubt[] {
  const kept = new Map<string, TerraformResource>();
  const users = new Map<string, TerraformResource>();
  for (const { action, createsFirst, before, after } of entries) {
    if (after === undefined) continue;
    // What is destroyed and then made is in nobody's way.
    const objects = action === "replace" && !createsFirst ? [] : objectNames(after);
    for (const object of objects) kept.set(object, after);
    for (const attribute of ["policy_arn", "permissions_boundary"]) {
      const [used, now] = [before, after].map((side) => terraformText(side?.attributes[attribute]));
      if (used?.kind === "text" && now?.kind === "text" && used.text === now.text) {
        if (action !== "replace") users.set(used.text, after);
      }
    }
  }
  return entries.flatMap(({ action, before }): readonly Doubt[] => {
    if (before === undefined || (action !== "delete" && action !== "replace")) return [];
    const { address, type, attributes } = before;
    const problem = (message: string): Doubt => {
      return { rule: "plan-conflict", resource: before, message };
    };
    const same = objectNames(before).flatMap((object) => kept.get(object) ?? [])[0];
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

/** The attribute by which AWS tells the objects of a type apart, in their account. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["aws_iam_role", "name"],
  ["aws_iam_user", "name"],
  ["aws_iam_group", "name"],
  ["aws_iam_policy", "name"],
  ["aws_iam_instance_profile", "name"],
  ["aws_iam_saml_provider", "name"],
  ["aws_iam_openid_connect_provider", "url"],
]);

/** What a resource is in its account: itself, and what it attaches. */
function objectNames(resource: TerraformResource): readonly string[] {
  const { type, location, attributes } = resource;
  const name = terraformText(attributes[NAMES.get(type) ?? ""]);
  return [
    ...(name.kind === "text"
      ? [JSON.stringify([type, location?.accountId, name.text.toLowerCase()])]
      : []),
    ...attachedNames(resource).map(({ identity, kind, policy }) =>
      JSON.stringify([identity, kind, policy.toLowerCase()]),
    ),
  ];
}
