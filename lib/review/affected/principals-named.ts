import { valuesOf } from "../../iam/policy-document";
import type { PolicyDocument } from "../../iam/policy-document";

/** Roles and users that a trust policy names. */
export interface NamedPrincipals {
  /** As principals: they must exist when the policy is saved (rule TR-10). */
  readonly byArn: readonly string[];
  /** By a condition on `aws:PrincipalArn`, without wildcards: they need not exist. */
  readonly byCondition: readonly string[];
}

/** The roles and users that the Allow statements of a trust policy name. */
export function principalsNamed({ Statement }: PolicyDocument): NamedPrincipals {
  const allowing = Statement.filter(({ Effect }) => Effect === "Allow");
  return {
    byArn: allowing.flatMap(({ Principal }) =>
      typeof Principal === "object" ? valuesOf(Principal.AWS).filter(isIdentity) : [],
    ),
    byCondition: allowing.flatMap(({ Condition = {} }) =>
      Object.values(Condition).flatMap((keys) =>
        Object.entries(keys)
          .filter(([key]) => key.toLowerCase() === "aws:principalarn")
          .flatMap(([, values]) => valuesOf(values).filter(isIdentity)),
      ),
    ),
  };
}

function isIdentity(text: string): boolean {
  return /^arn:[^:]+:iam::\d{12}:(?:role|user)\/[^*?]+$/.test(text);
}
