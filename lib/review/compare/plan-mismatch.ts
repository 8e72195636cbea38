import type { AccessGraph, RoleNode } from "../../access/access-graph";
import type { AccountLocation } from "../../iam/arn";
import { canonicalDocument } from "../../iam/policy-text";
import { addTo } from "../../values/group";

/** A plan, and the accounts that it makes something in. */
export interface PlannedAccounts {
  readonly file: string;
  readonly accounts: readonly AccountLocation[];
}

/**
 * Why plans do not belong to a synthesized tree, one sentence each: two plans of one account, a role that
 * the output does not create or creates differently. Plans of different revisions, mixed, would show a change that
 * nobody proposed. What is known only after apply is not compared.
 *
 * @param graph what there will be once the plans are applied
 * @param synthesized the tree that they should have been made from
 */
export function planMismatches(
  plans: readonly PlannedAccounts[],
  graph: AccessGraph,
  synthesized: AccessGraph,
): readonly string[] {
  const inPlans = (role: RoleNode): boolean => graph.accounts.has(role.accountId);
  const expected = [...synthesized.roles.values()].filter(inPlans);
  return [
    ...severalPlans(plans),
    ...expected
      .filter(({ arn }) => !graph.roles.has(arn))
      .map(({ arn }) => `${arn} is synthesized, but no plan of its account creates it`),
    ...[...graph.roles.values()].flatMap((role): string[] => {
      const wanted = synthesized.roles.get(role.arn);
      if (wanted === undefined) return [`${role.arn} is planned but not synthesized`];
      return sameTrust(role, wanted)
        ? []
        : [`the planned trust policy of ${role.arn} differs from the synthesized one`];
    }),
  ];
}

function severalPlans(plans: readonly PlannedAccounts[]): string[] {
  const files = new Map<string, string[]>();
  for (const { file, accounts } of plans) {
    for (const id of new Set(accounts.map(({ accountId }) => accountId))) {
      addTo(files, id, file);
    }
  }
  return [...files]
    .filter(([, those]) => those.length > 1)
    .map(([id, those]) => `account ${id} has ${those.length} plans: ${those.join(", ")}`);
}

function sameTrust({ trust: planned }: RoleNode, { trust: synthesized }: RoleNode): boolean {
  if (!planned.known || !synthesized.known) return true;
  const [first, second] = [planned.value, synthesized.value].map((document) =>
    JSON.stringify(canonicalDocument(document)),
  );
  return first === second;
}
