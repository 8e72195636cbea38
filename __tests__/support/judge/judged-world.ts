import { managedPolicyDocument } from "../../../lib/iam/managed-policy";
import { policyDocument } from "../../../lib/iam/policy-document";
import type { PolicyDocument } from "../../../lib/iam/policy-document";

/** A role as AWS would have it after an apply. */
export interface JudgedRole {
  readonly arn: string;
  readonly name: string;
  readonly accountId: string;
  readonly maxSessionSeconds: number;
  readonly trust: PolicyDocument;
  readonly permissions: JudgedPermissions;
  readonly tags: Readonly<Record<string, string>>;
}

/** The identity policies of a role or user. */
export interface JudgedPermissions {
  readonly policies: readonly PolicyDocument[];
  /** @default - none */
  readonly boundary?: PolicyDocument;
}

/** The roles and users of stacks. */
export interface JudgedWorld {
  readonly roles: ReadonlyMap<string, JudgedRole>;
  /** Permissions of users by ARN. */
  readonly users: ReadonlyMap<string, JudgedPermissions>;
}

interface Stack {
  readonly provider: {
    readonly aws: readonly { readonly allowed_account_ids: readonly string[] }[];
  };
  readonly resource?: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>
  >;
}

/**
 * What stacks make, read plainly from their text. It knows what our generator writes and nothing else: any other
 * form is an error.
 */
export function judgedWorld(stacks: Iterable<string>): JudgedWorld {
  const roles = new Map<string, JudgedRole>();
  const users = new Map<string, JudgedPermissions>();
  for (const text of stacks) readStack(JSON.parse(text) as Stack, roles, users);
  return { roles, users };
}

function readStack(
  { provider, resource = {} }: Stack,
  roles: Map<string, JudgedRole>,
  users: Map<string, JudgedPermissions>,
): void {
  const accountId = provider.aws[0]?.allowed_account_ids[0] ?? "";
  const all = (type: string): [string, Readonly<Record<string, unknown>>][] =>
    Object.entries(resource[type] ?? {});
  const customer = new Map(
    all("aws_iam_policy").map(([id, each]) => [id, documentOf(each.policy)]),
  );
  const policyAt = (reference: string): PolicyDocument => {
    const id = /^\$\{aws_iam_policy\.([^.]+)\.arn\}$/.exec(reference)?.[1];
    const found =
      id === undefined
        ? managedPolicyDocument(reference.split(":policy/")[1] ?? "")
        : customer.get(id);
    if (found === undefined) throw new Error(`the judge does not know the policy ${reference}`);
    return found;
  };
  const permissionsOf = (kind: "role" | "user", id: string, name: string): PolicyDocument[] => {
    const isOf = (each: Readonly<Record<string, unknown>>): boolean =>
      [`\${aws_iam_${kind}.${id}.name}`, name].includes(String(each[kind]));
    return [
      ...all(`aws_iam_${kind}_policy`)
        .filter(([, each]) => isOf(each))
        .map(([, each]) => documentOf(each.policy)),
      ...all(`aws_iam_${kind}_policy_attachment`)
        .filter(([, each]) => isOf(each))
        .map(([, each]) => policyAt(String(each.policy_arn))),
    ];
  };
  for (const [id, each] of all("aws_iam_role")) {
    const name = String(each.name);
    const arn = `arn:aws:iam::${accountId}:role${String(each.path)}${name}`;
    const boundary = each.permissions_boundary;
    roles.set(arn, {
      arn,
      name,
      accountId,
      maxSessionSeconds: Number(each.max_session_duration ?? 3600),
      trust: documentOf(each.assume_role_policy),
      permissions: {
        policies: permissionsOf("role", id, name),
        ...(typeof boundary === "string" ? { boundary: policyAt(boundary) } : {}),
      },
      tags: (each.tags ?? {}) as Readonly<Record<string, string>>,
    });
  }
  for (const [id, each] of all("aws_iam_user")) {
    const arn = `arn:aws:iam::${accountId}:user${String(each.path)}${String(each.name)}`;
    users.set(arn, { policies: permissionsOf("user", id, String(each.name)) });
  }
}

/** A policy as AWS gets it: Terraform's own escapes are resolved. */
function documentOf(text: unknown): PolicyDocument {
  const plain = String(text).replaceAll("$${", "${").replaceAll("%%{", "%{");
  const { Statement } = JSON.parse(plain) as PolicyDocument;
  return policyDocument(Statement);
}
