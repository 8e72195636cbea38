import { NO_ARN, parseArn } from "../../iam/arn";
import { formatAccounts } from "../facts/accounts-in-words";
import type { Rule } from "../rule";

export const podIdentityRole: Rule = {
  id: "OI-15",
  severity: "error",
  summary:
    "a role for EKS Pod Identity is declared as one, so pods can tag their sessions, and is in the cluster's own account",
  why: "Pod Identity always passes tags: without sts:TagSession the whole call fails. Roles in other accounts are reached with a further hop.",
  source: "EKS User Guide, pod-id-role and pod-id-assign-target-role",
  *inMap(context) {
    for (const { wayIn } of context.entrancesOf("service")) {
      if (!/^pods\.eks(?:\.|$)/.test(wayIn.principal.service)) continue;
      yield {
        at: [...wayIn.at, "service", "name"],
        message:
          "as a plain service, EKS Pod Identity cannot tag its sessions, and every call fails",
        help: "write `podIdentity: {}` instead of `service:`",
      };
    }
    for (const { wayIn, accounts } of context.entrancesOf("podIdentity")) {
      const { clusterArn } = wayIn.principal;
      if (clusterArn === undefined) continue;
      const { service, accountId: home, resource = "" } = parseArn(clusterArn) ?? NO_ARN;
      const at = [...wayIn.at, "podIdentity", "cluster"];
      if (service !== "eks" || !resource.startsWith("cluster/")) {
        yield {
          at,
          message: `a cluster is named by its ARN, got ${JSON.stringify(clusterArn)}`,
          help: "write `arn:aws:eks:REGION:ACCOUNT:cluster/NAME`",
        };
        continue;
      }
      const elsewhere = accounts.filter(({ id }) => id !== home);
      if (elsewhere.length === 0 || /[*?]/.test(home ?? "")) continue;
      yield {
        at,
        message: `the cluster is in ${home ?? ""}, the role in ${formatAccounts(elsewhere)}: Pod Identity uses only roles in the cluster's own account`,
        help: "let the pods assume a role in the cluster's account, and continue from there with a `chains:` entry",
      };
    }
  },
};
