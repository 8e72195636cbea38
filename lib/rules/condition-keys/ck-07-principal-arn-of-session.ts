import type { Rule } from "../rule";
import { placeOfKey, writtenConditions } from "../facts/written-condition";

export const principalArnOfSession: Rule = {
  id: "CK-07",
  severity: "error",
  summary: "a test of aws:PrincipalArn names roles, never their sessions",
  why: "For a role session the key has the ARN of the role, with its path: a pattern for sessions never matches.",
  source: "IAM User Guide, reference_policies_condition-keys",
  *inDocuments(context) {
    for (const condition of writtenConditions(
      context.statements,
      (key) => key === "aws:principalarn",
    )) {
      const session = condition.line.values.find((value) => SESSION.test(value));
      if (session === undefined) continue;
      yield {
        ...placeOfKey(condition),
        message: `\`aws:PrincipalArn\` is the ARN of the role and never that of a session, got ${JSON.stringify(session)}`,
        help: `write ${JSON.stringify(roleOf(session))}, with the role's path if it has one`,
      };
    }
  },
};

const SESSION = /^arn:[^:]*:sts:[^:]*:(?<account>[^:]*):assumed-role\/(?<role>[^/]*)/;

function roleOf(session: string): string {
  const { account = "", role = "" } = SESSION.exec(session)?.groups ?? {};
  return `${session.split(":", 2).join(":")}:iam::${account}:role/${role}`;
}
