import { parseArn } from "../../iam/arn";
import type { Account } from "../../account-map/model/account-map";
import type { Path } from "../../source/source";
import { conditionLines } from "../../iam/grammar/condition-line";
import { valuesOf } from "../../iam/policy-document";
import type { Statement } from "../../iam/policy-document";
import { formatAccounts } from "../facts/accounts-in-words";
import type { Rule } from "../rule";
import type { RuleFinding } from "../rule-finding";
import { heldStatements, placeIn, resourcePath } from "../facts/written-statement";
import type { WrittenStatement } from "../facts/written-statement";

export const passRoleAccount: Rule = {
  id: "EC-06",
  severity: "error",
  summary: "a role passes only roles in its own account, selected by name, not by tag",
  why: "iam:PassRole never works across accounts, and conditions on the tags of the role that is passed are not reliable.",
  source: "IAM User Guide, id_roles_use_passrole",
  *inDocuments(context) {
    for (const written of context.statements) {
      if (!passesRoles(written.statement)) continue;
      const foreign = foreignRoles(written);
      if (foreign !== undefined) yield foreign;
      const tag = byTag(written);
      if (tag !== undefined) yield tag;
    }
  },
};

function passesRoles({ Effect, Action }: Statement): boolean {
  // Broader permissions mean more than PassRole, and are judged by what they let one gain.
  return Effect === "Allow" && valuesOf(Action).some((action) => /^iam:PassR/i.test(action));
}

function foreignRoles(written: WrittenStatement): RuleFinding | undefined {
  let found:
    { readonly arn: string; readonly path: Path; readonly accounts: Account[] } | undefined;
  for (const { account, statement } of heldStatements(written, "permissions")) {
    const arns = valuesOf(statement.Resource);
    const index = arns.findIndex((each) => {
      const home = parseArn(each)?.accountId ?? "";
      return /^\d{12}$/.test(home) && home !== account.id;
    });
    const arn = arns[index];
    if (arn === undefined) continue;
    found ??= { arn, path: resourcePath(written, index, arns.length), accounts: [] };
    found.accounts.push(account);
  }
  if (found === undefined) return undefined;
  return {
    ...placeIn(written, ...found.path),
    message: `roles can be passed only within an account: ${found.arn} cannot be passed from ${formatAccounts(found.accounts)}`,
    help: "write `{{account.id}}` in the ARN",
  };
}

function byTag(written: WrittenStatement): RuleFinding | undefined {
  const { Condition } = written.statement;
  if (Condition === undefined) return undefined;
  const line = [...conditionLines({ Condition }, [])].find(({ key }) =>
    /^(?:iam|aws):ResourceTag\//i.test(key),
  );
  if (line === undefined) return undefined;
  return {
    ...placeIn(written, ...line.at),
    atKey: true,
    message: "tags do not reliably limit which roles can be passed",
    help: "name the roles, or a path that only they have, in `Resource`",
  };
}
