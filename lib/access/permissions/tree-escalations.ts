import { escalationWays } from "../../iam/escalation/escalation-words";
import { administratorBy } from "../../iam/escalation/escalation";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import type { RoleNode } from "../access-graph";
import { escalationsOf, isAdministrator } from "./escalations-of";
import { readPossiblyEmptyGraph } from "../read/read-access-graph";
import { stackPlaces } from "../read/stack-places";

/**
 * The roles of synthesized Terraform that can raise their own permissions (rules N1 to N4), each a warning at its
 * resource, under the rule of its first way. What a role gets by policies that could not be read is not looked at;
 * such policies are findings where access is asked about.
 *
 * @param texts `cdk.tf.json` by file, as the user named it
 */
export function treeEscalations(texts: ReadonlyMap<string, string>): Diagnostic[] {
  const { graph } = readPossiblyEmptyGraph([...texts].map(([stack, text]) => ({ stack, text })));
  return [...graph.roles.values()].flatMap((role): Diagnostic[] => {
    const found = escalationsOf(role, { accounts: new Map() });
    const [first] = found;
    if (first === undefined) return [];
    const { stack: file, address } = role;
    const span = stackPlaces(file, texts.get(file) ?? "")(["resource", ...address.split(".")]);
    const isAll = isAdministrator(role);
    return [
      {
        severity: "warning",
        rule: first.section,
        file,
        ...(span === undefined ? {} : { span }),
        message: `\`${role.name}\` in ${role.accountId} ${isAll ? `is administrator: ${administrators(role)} allows every action on everything` : `can raise its own permissions ${escalationWays(found)}`}`,
        help: isAll
          ? "give it a policy with what it needs, or a permissions boundary"
          : "remove these actions, limit their resources, or deny them in a permissions boundary",
      },
    ];
  });
}

function administrators({ policies }: RoleNode): string {
  const documents = policies.flatMap(({ name, document }) =>
    document.known ? [{ name, document: document.value }] : [],
  );
  return administratorBy({ policies: documents })
    .map((name) => `\`${name}\``)
    .join(" and ");
}
