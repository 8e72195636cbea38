import { NO_ARN, parseArn } from "../../iam/arn";
import { policyText } from "../../iam/policy-text";
import { documentKey } from "./document-key";
import type { DocumentKey } from "./document-key";
import type { ContainmentQuestion } from "./prove-contained";

/** Stands for the role's own account: no policy has this character (rule ID-22). */
const OWN = "\u0000";

/**
 * A text that is equal for questions with equal verdicts: the same two documents, up to the order of what
 * IAM treats as sets, up to the account of the role, and up to external ids that are compared for equality
 * alone. Of a thousand spokes whose trust policies differ in nothing but their own account id and external
 * id, one has to be proved.
 *
 * Only for questions with the same accounts and limits, and only a `proved` verdict may be reused: a
 * counterexample is about one account.
 *
 * @param granted the key of the granted document, where it is asked about more than once
 * @param declared likewise of the declared one
 */
export function proofKey(
  question: ContainmentQuestion,
  granted = documentKey(question.granted),
  declared = documentKey(question.declared),
): string {
  const { roleArn, accounts, assumePermission = false } = question;
  const { partition = "", accountId = "" } = parseArn(roleArn) ?? NO_ARN;
  const documents = documentTexts(question, granted, declared);
  // A pattern of account ids may tell the role's account from others: then it is kept.
  if (granted.tellsAccounts || declared.tellsAccounts) {
    return JSON.stringify([assumePermission, roleArn, ...documents]);
  }
  const facts = accounts.get(accountId);
  return JSON.stringify([
    assumePermission,
    partition,
    facts !== undefined,
    facts?.organizationId ?? "",
    facts?.organizationPath ?? "",
    ...documents.map((text) => mask(text, accountId)),
  ]);
}

/** Both documents, and which external ids they share. */
function documentTexts(
  question: ContainmentQuestion,
  granted: DocumentKey,
  declared: DocumentKey,
): readonly string[] {
  const own = granted.externalIds;
  const wanted = declared.externalIds;
  if (own === undefined || wanted === undefined) {
    return [policyText(question.granted), policyText(question.declared)];
  }
  return [granted.text, declared.text, wanted.map((id) => own.indexOf(id)).join()];
}

function mask(text: string, accountId: string): string {
  return accountId === "" || !text.includes(accountId)
    ? text
    : text.replace(new RegExp(`(?<!\\d)${accountId}(?!\\d)`, "g"), OWN);
}
