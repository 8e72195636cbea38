import { PERMISSION_SET_ROLE_PREFIX } from "../../lib/iam/aws-made-roles";
import { sessionOf } from "../../lib/iam/condition/caller";
import { quoteName } from "../../lib/diagnostics/quote";
import { splitArn } from "../../lib/iam/condition/arn-match";
import { builtInProvider } from "../../lib/iam/federation/built-in-provider";
import { NO_ARN, parseArn, roleArn, userArn } from "../../lib/iam/arn";
import { namedCaller } from "./access-names";
import { isProblem } from "../system/usage-problem";
import type { UsageProblem } from "../system/usage-problem";
import { atAccount } from "./asked-account";
import { federatedCallers, githubCallers } from "./asked-federation";
import { permissionSetCallers, reservedRoleCallers } from "./asked-permission-set";
import type { AskedCaller, AskedCallers, AskedScope } from "./asked-scope";
import { serviceCallers } from "./asked-service";

/** How a principal is named on the command line, with examples: for help. */
export const CALLER_FORMS = `PRINCIPAL is one of:
  NAME@ACCOUNT                       a role or user; ACCOUNT is a key of the map
  "role NAME@ACCOUNT", "user NAME@ACCOUNT"
                                     of an account that is not in the map by its ID
  arn:aws:iam::161616161616:role/NAME
                                     a role, user or session by ARN, also of an external account
  "permissionSet NAME@ACCOUNT"       whoever is assigned to a permission set of IAM Identity Center
  repo:OWNER/NAME:ref:refs/heads/main
                                     a run of GitHub Actions, by the subject of its token
  "oidc ISSUER SUBJECT"              a token of another OIDC provider
  "saml PROVIDER SUBJECT"            an assertion of a SAML provider; SAML:KEY=VALUE for other attributes
  "service NAME@ACCOUNT"             an AWS service for a resource in an account; without @ACCOUNT, in any`;

/** Whom a text of the command line names, or why it names nobody. */
export function askedCallers(text: string, scope: AskedScope): AskedCallers | UsageProblem {
  const asked = text.trim();
  const [, kind = "", rest = ""] = /^(\S+)\s+(.+)$/s.exec(asked) ?? [];
  switch (kind.toLowerCase().replaceAll("-", "")) {
    case "":
      return oneWord(asked, scope);
    case "permissionset":
      return permissionSetCallers(rest, scope);
    case "permission":
      return /^sets?\s+/i.test(rest)
        ? permissionSetCallers(rest.replace(/^sets?\s+/i, ""), scope)
        : noForm(asked);
    case "user":
    case "role":
      return entity(kind.toLowerCase() === "user" ? "user" : "role", rest, scope);
    case "service":
      return serviceCallers(rest, scope);
    case "oidc":
    case "saml":
      return federatedCallers(kind.toLowerCase() === "oidc" ? "oidc" : "saml", rest, scope);
    case "github":
      return githubCallers(rest, scope);
    default:
      return /:(?:oidc|saml)-provider\//.test(kind)
        ? federatedCallers(kind.includes(":saml-provider/") ? "saml" : "oidc", asked, scope)
        : noForm(asked);
  }
}

function noForm(text: string): UsageProblem {
  return {
    problem: `${quoteName(text)} names no principal`,
    help: 'write NAME@ACCOUNT, an ARN, "permissionSet NAME@ACCOUNT", repo:OWNER/NAME:..., "oidc ISSUER SUBJECT", "saml PROVIDER SUBJECT" or "service NAME@ACCOUNT"',
  };
}

function oneWord(text: string, scope: AskedScope): AskedCallers | UsageProblem {
  const { map, graph } = scope;
  if (text.startsWith("repo:")) return githubCallers(text, scope);
  const fields = splitArn(text);
  const resource = fields?.[5] ?? "";
  if (fields?.[2] === "sts" && resource.startsWith("assumed-role/")) return session(text, scope);
  if (fields?.[2] === "iam" && resource === "root") {
    return {
      problem: "the root user of an account can assume no role",
      help: "ask about a role or user of the account",
    };
  }
  if (fields?.[2] === "iam" && resource.startsWith("role/aws-reserved/sso.amazonaws.com")) {
    return reservedRoleCallers(text);
  }
  if (fields !== undefined && NO_CALLER.test(resource)) {
    return {
      problem: `${quoteName(text)} is no ARN of a role, user, session or identity provider`,
      help: "only these can assume a role",
    };
  }
  if (fields !== undefined && /^(?:role|user)\/.*[*?]/.test(resource)) return pattern(text);
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(text) && builtInProvider(text) === undefined) {
    return serviceCallers(text, scope);
  }
  const named = namedCaller(text, map, graph);
  return "problem" in named ? named : [[{ caller: named.value }]];
}

/** Resources of IAM and STS that call nobody. */
const NO_CALLER = /^(?:group|policy|instance-profile|mfa|server-certificate|federated-user)\//;

function pattern(text: string): UsageProblem {
  return {
    problem: `${quoteName(text)} is a pattern: a question is about one principal`,
    help: "write its name without `*` and `?`",
  };
}

/** A user or role by its name: one that the Terraform makes, else one without a path. */
function entity(
  kind: "user" | "role",
  text: string,
  { map, graph }: AskedScope,
): AskedCallers | UsageProblem {
  const found = atAccount(text, map);
  if (isProblem(found)) return found;
  const { name, account } = found;
  if (/[*?]/.test(name)) return pattern(text);
  const nodes = kind === "user" ? graph.users : graph.roles;
  const node = [...nodes.values()].find(
    (each) => each.accountId === account.accountId && each.name === name,
  );
  const [path, last] = splitPath(name);
  if (kind === "user") {
    return [[{ caller: { kind, arn: node?.arn ?? userArn(account, path, last) } }]];
  }
  return [[{ caller: sessionOf(node?.arn ?? roleArn(account, path, last)) }]];
}

function splitPath(name: string): readonly [path: string, last: string] {
  const slash = name.lastIndexOf("/");
  return [`/${name.slice(0, slash + 1)}`.replace(/^\/\//, "/"), name.slice(slash + 1)];
}

/** A session by its ARN, which lacks the path of its role. */
function session(arn: string, { graph }: AskedScope): AskedCallers | UsageProblem {
  const { partition = "", accountId = "", resource = "" } = parseArn(arn) ?? NO_ARN;
  const [, name = "", sessionName = ""] = resource.split("/");
  if (name === "" || sessionName === "") {
    return {
      problem: `${quoteName(arn)} names no session`,
      help: "write arn:aws:sts::ACCOUNT_ID:assumed-role/ROLE/SESSION",
    };
  }
  const named = (roleArnOfSession: string): AskedCaller => ({
    caller: { kind: "role-session", roleArn: roleArnOfSession, sessionName },
  });
  const node = [...graph.roles.values()].find(
    (each) => each.accountId === accountId && each.name === name,
  );
  if (node !== undefined) return [[named(node.arn)]];
  if (name.startsWith(PERMISSION_SET_ROLE_PREFIX)) {
    return reservedRoleCallers(
      `arn:${partition}:iam::${accountId}:role/aws-reserved/sso.amazonaws.com/${name}`,
      sessionName,
    );
  }
  return [[named(`arn:${partition}:iam::${accountId}:role/${name}`)]];
}
