import { BUILT_IN_PROVIDERS } from "../federation/built-in-provider";
import { listNames } from "../../diagnostics/nearest";
import { PARTITIONS } from "../partition";
import { valuesOf } from "../policy-document";
import type { PolicyPath, StatementShape } from "../policy-shape";
import { didYouMean, named, quoted } from "./finding";
import type { GrammarFinding } from "./finding";
import { holdsParameter, withoutParameters } from "./parameters";
import type { PolicyKind } from "./policy-kind";

const BUILT_IN_HOSTS = BUILT_IN_PROVIDERS.map(({ host }) => host);

/** The principals of a trust policy: their kinds and what each may look like (rules GR-06 to GR-08, TR-20). */
export function* principals(
  { Principal, Effect }: StatementShape,
  at: PolicyPath,
  kind: PolicyKind,
): Iterable<GrammarFinding> {
  if (kind !== "trust" || Principal === undefined) return;
  const place = [...at, "Principal"];
  if (typeof Principal === "string") {
    yield Principal === "*" ? bareStar(place, Effect) : bareString(place, Principal);
    return;
  }
  for (const [name, values] of Object.entries(Principal)) {
    const check = CHECKS.get(name);
    if (check === undefined) {
      yield {
        rule: "GR-08",
        at: [...place, name],
        atKey: true,
        message: `unknown kind of principal ${named(name)}, allowed: ${listNames(CHECKS.keys())}`,
        ...didYouMean(name, CHECKS.keys()),
      };
      continue;
    }
    for (const [index, value] of valuesOf(values).entries()) {
      const problem = value.includes("${") ? undefined : check(value); // variables: rule GR-22
      if (problem !== undefined) yield { at: [...place, name, index], ...problem };
    }
  }
}

function bareStar(at: PolicyPath, effect: string | undefined): GrammarFinding {
  const instead = 'write {"AWS": "*"}';
  return {
    rule: "GR-06",
    at,
    message: '`Principal` must be an object in a trust policy, got "*"',
    help:
      effect === "Deny"
        ? instead
        : `name who can assume the role; for everyone in an organization, ${instead} with a condition on \`aws:PrincipalOrgID\``,
  };
}

function bareString(at: PolicyPath, value: string): GrammarFinding {
  return {
    rule: "GR-08",
    at,
    message: `\`Principal\` must be an object with \`AWS\`, \`Federated\` or \`Service\`, got ${quoted(value)}`,
    ...(value.startsWith("arn:") ? { help: `write {"AWS": ${quoted(value)}}` } : {}),
  };
}

type Problem = Omit<GrammarFinding, "at">;

const CHECKS: ReadonlyMap<string, (value: string) => Problem | undefined> = new Map([
  ["AWS", checkAws],
  ["Federated", checkFederated],
  ["Service", checkService],
]);

const PARTITION = PARTITIONS.join("|");
// Paths may hold every printable character; wildcards are reported before.
const PATH_AND_NAME = "[!-~]+";
const NAME = "[A-Za-z0-9_+=,.@-]+";
const AWS_PRINCIPAL = new RegExp(
  `^(?:\\d{12}|arn:(?:${PARTITION}):(?:iam::\\d{12}:(?:root|(?:role|user)/${PATH_AND_NAME})` +
    `|sts::\\d{12}:(?:assumed-role/${NAME}/${NAME}|federated-user/${NAME})))$`,
);
const UNIQUE_ID = /^A[A-Z]{3}[A-Z0-9]{12,}$/;

function checkAws(value: string): Problem | undefined {
  if (value === "*") return undefined; // what is next to it decides: everybody.ts
  if (/[*?]/.test(withoutParameters(value))) return wildcard(value);
  if (holdsParameter(value) || AWS_PRINCIPAL.test(value)) return undefined;
  if (UNIQUE_ID.test(value)) {
    return {
      rule: "TR-20",
      message: `a principal must be named by its ARN, got the unique ID ${quoted(value)}`,
      help: "write the ARN; IAM shows such an ID if the role or user was deleted",
    };
  }
  if (/^arn:[^:]*:iam::\d{12}:group\//.test(value)) {
    return {
      rule: "GR-08",
      message: `a group cannot be a principal, got ${quoted(value)}`,
      help: "name its users, or a role that they assume",
    };
  }
  return {
    rule: "GR-08",
    message: `a principal under \`AWS\` must be an account ID of 12 digits or the ARN of an account's root, a role, a user or a session, got ${quoted(value)}`,
    ...(HOST.test(value) ? { help: `write it under \`Service\`` } : {}),
  };
}

function wildcard(value: string): Problem {
  const [, , service, , account = "", resource = ""] = value.split(":");
  const byCondition = service === "iam" && /^\d{12}$/.test(account) && resource.includes("/");
  return {
    rule: "GR-07",
    message: `a principal must not contain wildcards, got ${quoted(value)}`,
    help: byCondition
      ? `write "${account}" and the condition {"ArnLike": {"aws:PrincipalArn": ${quoted(value)}}}`
      : "name each principal, or the account with a condition on `aws:PrincipalArn`",
  };
}

const HOST = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

function checkService(value: string): Problem | undefined {
  if (holdsParameter(value) || HOST.test(value)) return undefined;
  return {
    rule: "GR-08",
    message: `a principal under \`Service\` must be the name of one service, such as \`ec2.amazonaws.com\`, got ${quoted(value)}`,
    ...(/^[a-z0-9-]+$/.test(value) ? { help: `write "${value}.amazonaws.com"` } : {}),
  };
}

const PROVIDER_ARN = new RegExp(
  `^arn:(?:${PARTITION}):iam::\\d{12}:(?:saml-provider/[A-Za-z0-9_.-]{1,128}|oidc-provider/[A-Za-z0-9._~/-]{1,255})$`,
);

function checkFederated(value: string): Problem | undefined {
  if (/[*?]/.test(withoutParameters(value))) {
    return {
      rule: "GR-07",
      message: `a principal must not contain wildcards, got ${quoted(value)}`,
      help: "name each provider in its own statement",
    };
  }
  if (holdsParameter(value) || BUILT_IN_HOSTS.includes(value) || PROVIDER_ARN.test(value)) {
    return undefined;
  }
  const host = value.replace(/^https:\/\//, "");
  return {
    rule: "GR-08",
    message: `a principal under \`Federated\` must be the ARN of an OIDC or SAML provider or one of ${listNames(BUILT_IN_HOSTS)}, got ${quoted(value)}`,
    ...(HOST.test(host.split("/")[0] ?? "")
      ? {
          help: `write the provider's ARN, such as "arn:aws:iam::111111111111:oidc-provider/${host}"`,
        }
      : {}),
  };
}
