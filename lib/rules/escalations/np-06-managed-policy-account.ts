import { listNames } from "../../diagnostics/nearest";
import type { Path } from "../../source/source";
import type { ResolvedAccess } from "../../plan/resolved-access";
import type { Rule } from "../rule";

export const managedPolicyAccount: Rule = {
  id: "NP-06",
  severity: "error",
  summary: "a customer managed policy is one of the role's own account",
  why: "IAM attaches policies of AWS and of the role's own account only: the apply fails in every other account.",
  source:
    "IAM user guide, managed policies and inline policies: a customer managed policy is attached to principals of its own account",
  refused: true,
  *inPlan({ plan }) {
    for (const [key, { at, arn, owner, accounts }] of foreignPolicies(plan)) {
      yield {
        at,
        message: `the policy \`${key}\` is in the account ${owner}, and ${listNames(accounts, 4)} can't attach it`,
        help: `write \`${arn}\` for the policy of that name in each account, or put its statements into a document`,
      };
    }
  },
};

interface ForeignPolicy {
  readonly at: Path;
  /** The same policy, named in whatever account the role is in. */
  readonly arn: string;
  readonly owner: string;
  /** Keys of the accounts whose roles name it and that it is not in. */
  readonly accounts: string[];
}

/** Customer managed policies by ARN that roles of other accounts name, once for each place in the map. */
function foreignPolicies({ accounts }: ResolvedAccess): Iterable<readonly [string, ForeignPolicy]> {
  const found = new Map<string, readonly [string, ForeignPolicy]>();
  for (const { account, roles } of accounts) {
    for (const { arn, at } of roles.flatMap(({ policies }) => policies.managed)) {
      const [, owner = "", name = ""] = /^arn:[^:]*:iam::(\d{12}):policy\/(.+)$/.exec(arn) ?? [];
      if (owner === "" || owner === account.id) continue;
      const place = `${at.join(".")} ${arn}`;
      const [, known] = found.get(place) ?? [];
      if (known !== undefined) {
        known.accounts.push(account.key);
        continue;
      }
      const own = `arn:{{partition}}:iam::{{account.id}}:policy/${name}`;
      found.set(place, [arn, { at, arn: own, owner, accounts: [account.key] }]);
    }
  }
  return found.values();
}
