import type { AccountIdentity, Principal } from "../account-map/principal";
import type { Edge } from "../plan/access-plan";
import type { Rule } from "./rule";

export const samePartition: Rule = {
  id: "PT-03",
  severity: "error",
  summary: "no role is assumed, and no trust given, across partitions",
  why: "Nobody could ever use it: IAM and STS of one partition do not know the other.",
  source: "AWS whitepaper AWS Fault Isolation Boundaries, Partitions",
  refused: true,
  *check({ plan }) {
    for (const edge of plan.edges) {
      const from = callerAccount(edge);
      if (from === undefined || from.partition === edge.toAccount.partition) continue;
      yield {
        at: edge.at,
        atKey: true,
        message: `the account ${from.id} of the partition \`${from.partition}\` can never enter \`${edge.to.name}\` in \`${edge.toAccount.key}\` of \`${edge.toAccount.partition}\``,
        help: "give each partition a hub of its own",
      };
    }
  },
};

function callerAccount({
  from,
  toAccount,
}: Edge): Pick<AccountIdentity, "id" | "partition"> | undefined {
  if (from.kind === "role") return from.account;
  const principal: Principal = from.wayIn.principal;
  if (principal.kind === "foreignAccount") {
    return { id: principal.accountId, partition: principal.partition ?? toAccount.partition };
  }
  return "account" in principal ? principal.account : undefined;
}
