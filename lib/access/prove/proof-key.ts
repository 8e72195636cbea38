import { policyText } from "../../iam/policy-text";
import { splitArn } from "../../iam/condition/arn-match";
import { accountDistinctions } from "./account-distinctions";
import type { ContainmentQuestion } from "./prove-contained";

/** Stands for the role's own account: no policy has this character (rule ID-22). */
const OWN = "\u0000";

/**
 * A text that is equal for questions with equal verdicts: the same two documents, up to the order of what
 * IAM treats as sets and up to the account of the role. Of a thousand spokes whose trust policies differ in
 * nothing but their own account id, one has to be proved.
 *
 * Only for questions with the same accounts and limits, and only a `proved` verdict may be reused: a
 * counterexample is about one account.
 */
export function proofKey(question: ContainmentQuestion): string {
  const { roleArn, granted, declared, accounts, assumePermission = false } = question;
  const [, partition = "", , , accountId = ""] = splitArn(roleArn) ?? [];
  const facts = accounts.get(accountId);
  const organization = [facts?.organizationId ?? "", facts?.organizationPath ?? ""];
  const texts = [granted, declared].map(policyText);
  const { arnPatterns, idPatterns, problem } = accountDistinctions([granted, declared]);
  // A pattern of account ids may tell the role's account from others: then it is kept.
  if (arnPatterns.length > 0 || idPatterns.length > 0 || problem !== undefined) {
    return JSON.stringify([assumePermission, roleArn, ...texts]);
  }
  const inMap = facts !== undefined;
  return JSON.stringify([
    assumePermission,
    partition,
    inMap,
    ...organization,
    ...texts.map((text) => mask(text)),
  ]);

  function mask(text: string): string {
    return accountId === ""
      ? text
      : text.replace(new RegExp(`(?<!\\d)${accountId}(?!\\d)`, "g"), OWN);
  }
}
