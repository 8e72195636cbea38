import { LIMITS } from "../../iam/limits";
import { formatAccounts } from "../facts/accounts-in-words";
import { documentSize } from "../../plan/quota-use";
import type { Rule } from "../rule";
import type { RuleFinding } from "../rule-finding";
import type { PlanContext } from "../rule-context";

export const managedPolicySize: Rule = {
  id: "ID-21",
  severity: "error",
  summary: "a customer managed policy has at most 6,144 characters",
  why: "IAM rejects the policy; the limit cannot be raised.",
  source: "IAM User Guide, reference_iam-quotas",
  refused: true,
  *inPlan(context) {
    yield* rolePolicies(context);
    yield* boundaries(context);
  },
};

function* rolePolicies(context: PlanContext): Iterable<RuleFinding> {
  for (const roles of context.roles) {
    const tooLarge = roles.flatMap(({ role, account }) =>
      role.policies.customer
        .map(({ name, document }) => ({ role, account, name, size: documentSize(document) }))
        .filter(({ size }) => size > LIMITS.managedPolicySize),
    );
    for (const name of new Set(tooLarge.map((policy) => policy.name))) {
      const policies = tooLarge.filter((policy) => policy.name === name);
      const [first] = policies;
      if (first === undefined) continue;
      const accounts = formatAccounts(policies.map(({ account }) => account));
      yield {
        at: first.role.at,
        atKey: true,
        message: `a statement of \`${first.role.name}\` makes the managed policy \`${name}\` in ${accounts} ${first.size} characters long; the limit is ${LIMITS.managedPolicySize}`,
        help: "split the statement: trustwheel splits what does not fit only between statements",
      };
    }
  }
}

function* boundaries({ plan }: PlanContext): Iterable<RuleFinding> {
  const reported = new Set<string>();
  const made = plan.accounts.flatMap(({ account, boundaries: own }) =>
    own.map(({ name, document }) => ({ source: name, document, account })),
  );
  for (const { source, document, account } of [...made, ...(plan.boundaryTexts?.values() ?? [])]) {
    const size = documentSize(document);
    if (size <= LIMITS.managedPolicySize || reported.has(source)) continue;
    reported.add(source);
    yield {
      at: [],
      document: source,
      message: `the permissions boundary has ${size} characters in \`${account.key}\`, at most ${LIMITS.managedPolicySize} fit`,
      help: "shorten its lists with wildcards; a boundary is one managed policy and cannot be split",
    };
  }
}
