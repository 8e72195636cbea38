import type { Path } from "../../source/source";
import { IDENTIFIER_RULES } from "../../iam/identifier";
import type { AccountPlan } from "../../plan/resolved-access";
import type { Rule } from "../rule";
import type { PlanContext } from "../rule-context";

export const customerPolicyName: Rule = {
  id: "ID-35",
  severity: "error",
  summary:
    "a customer managed policy has a name of 1 to 128 letters, digits or any of `_+=,.@-`, which no other one of the account has",
  why: "IAM rejects the policy. trustwheel writes no description, because it could never be changed.",
  source: "botocore, iam CreatePolicy",
  refused: true,
  *inPlan({ plan, entries }) {
    const reported = new Set<string>();
    for (const accountPlan of plan.accounts) {
      const first = new Map<string, MadePolicy>();
      for (const policy of madePolicies(accountPlan, entries)) {
        const { name, at, owner, help } = policy;
        const earlier = first.get(name.toLowerCase());
        first.set(name.toLowerCase(), earlier ?? policy);
        const key = [name, ...at].join("\n");
        if (reported.has(key)) continue;
        const { pattern, allowed } = IDENTIFIER_RULES.policyName;
        if (!pattern.test(name)) {
          reported.add(key);
          yield {
            at,
            message: `the managed policy of ${owner} would be called ${JSON.stringify(name)}; its name must be ${allowed}`,
            help,
          };
        } else if (earlier !== undefined) {
          reported.add(key);
          yield {
            at,
            message: `the account \`${accountPlan.account.key}\` gets two managed policies called \`${name}\`, of ${earlier.owner} and of ${owner}`,
            help,
            related: { path: earlier.at, message: "first one here" },
          };
        }
      }
    }
  },
};

type Entries = PlanContext["entries"];

interface MadePolicy {
  readonly name: string;
  readonly at: Path;
  /** Whose it is, in words. */
  readonly owner: string;
  /** What to type for another name. */
  readonly help: string;
}

function madePolicies({ roles, boundaries }: AccountPlan, entries: Entries): MadePolicy[] {
  const bounding = boundaries.map(({ name }): MadePolicy => ({
    name,
    at: placeOfBoundary(entries, name),
    owner: "the boundary",
    help: `rename the document \`policies/${name}.json\``,
  }));
  const own = roles.flatMap((role) =>
    role.policies.customer.map(({ name }): MadePolicy => ({
      name,
      at: role.at,
      owner: `the role \`${role.name}\``,
      help: "write another `role:`, or another `name:` of the document",
    })),
  );
  return [...bounding, ...own];
}

function placeOfBoundary(entries: Entries, document: string): Path {
  for (const { settings } of entries) {
    const boundary = settings.permissionsBoundary;
    if (boundary?.kind === "document" && boundary.document === document) return boundary.at;
  }
  return [];
}
