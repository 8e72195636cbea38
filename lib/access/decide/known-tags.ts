import type { Caller } from "../../iam/condition/caller";
import { evaluateAction } from "../../iam/condition/evaluate-statement";
import { valuesOf } from "../../iam/policy-document";
import type { Statement } from "../../iam/policy-document";
import { shortServiceName } from "../../iam/services/service-principal";
import type { AccessGraph, RoleNode, UserNode } from "../access-graph";

/** Keys by which a policy tests the tags of a role that is assumed. */
const RESOURCE_TAGS = ["aws:ResourceTag/", "iam:ResourceTag/"] as const;

/** The keys of a role's tags, as far as the Terraform says them. */
export function resourceTagKeys(
  { roles }: AccessGraph,
  roleArn: string,
): Readonly<Record<string, string>> {
  const tags = roles.get(roleArn)?.tags;
  if (tags?.known !== true) return {};
  return Object.fromEntries(
    Object.entries(tags.value).flatMap(([key, value]) =>
      RESOURCE_TAGS.map((prefix) => [`${prefix}${key}`, value] as const),
    ),
  );
}

/**
 * The keys of a caller's own tags, as far as the Terraform says them: those of the user or role, without such
 * as a session can replace (rule CK-26).
 */
export function principalTags(
  graph: AccessGraph,
  caller: Caller,
): Readonly<Record<string, string>> {
  const node = nodeOf(graph, caller);
  if (node?.tags?.known !== true) return {};
  const replaced = (tag: string): boolean => "trust" in node && takesTag(node, tag.toLowerCase());
  return Object.fromEntries(
    Object.entries(node.tags.value)
      .filter(([key]) => !replaced(key))
      .map(([key, value]) => [`aws:PrincipalTag/${key}`, value]),
  );
}

/**
 * Whether a key of a tag may have a value that the Terraform does not say: the tags of users and roles that it
 * does not make, and such as can be passed with a session.
 *
 * @param name of the key, in lower case
 */
export function isOpenTag(
  graph: AccessGraph,
  caller: Caller,
  roleArn: string,
  name: string,
): boolean {
  if (RESOURCE_TAGS.some((prefix) => name.startsWith(prefix.toLowerCase()))) {
    return graph.roles.get(roleArn)?.tags?.known !== true;
  }
  if (!name.startsWith(PRINCIPAL_TAG)) return false;
  if (caller.kind !== "user" && caller.kind !== "role-session") return caller.kind !== "service";
  const node = nodeOf(graph, caller);
  if (node?.tags?.known !== true) return true;
  return "trust" in node && takesTag(node, name.slice(PRINCIPAL_TAG.length));
}

const PRINCIPAL_TAG = "aws:principaltag/";

function nodeOf({ roles, users }: AccessGraph, caller: Caller): RoleNode | UserNode | undefined {
  if (caller.kind === "role-session") return roles.get(caller.roleArn);
  return caller.kind === "user" ? users.get(caller.arn) : undefined;
}

/** Whether sessions of a role can have a tag that was passed: then its value is not that of the role's own tag. */
function takesTag({ trust }: RoleNode, tag: string): boolean {
  if (!trust.known) return true;
  return trust.value.Statement.some(
    (statement) =>
      statement.Effect === "Allow" &&
      evaluateAction(statement, "sts:TagSession").outcome === "match" &&
      passesTag(statement, tag) &&
      allowsTag(statement, tag),
  );
}

/** Tags that a service passes of its own, by the service's name (rule OI-15; IAM Roles Anywhere User Guide). */
const SERVICE_TAGS: Readonly<Record<string, RegExp>> = {
  "pods.eks":
    /^(?:eks-cluster-(?:arn|name)|kubernetes-(?:namespace|pod-name|pod-uid|service-account))$/,
  rolesanywhere: /^x509/,
};

function passesTag({ Principal }: Statement, tag: string): boolean {
  if (typeof Principal !== "object" || Object.keys(Principal).some((kind) => kind !== "Service")) {
    return true;
  }
  return valuesOf(Principal.Service).some(
    (service) => SERVICE_TAGS[shortServiceName(service)]?.test(tag) ?? true,
  );
}

function allowsTag({ Condition = {} }: Statement, tag: string): boolean {
  const lists = Object.entries(Condition).flatMap(([operator, keys]) =>
    operator === "ForAllValues:StringEquals"
      ? Object.entries(keys)
          .filter(([key]) => key.toLowerCase() === "aws:tagkeys")
          .map(([, values]) => valuesOf(values))
      : [],
  );
  // AWS compares the keys of tags in any case.
  return lists.every((keys) => keys.some((key) => key.toLowerCase() === tag));
}
