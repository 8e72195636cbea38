import { sessionOf } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import { awsManagedPolicyName, roleArn, userArn } from "../../iam/arn";
import type { AccountLocation } from "../../iam/arn";
import type { PolicyDocument } from "../../iam/policy-document";
import type { Account } from "../../account-map/model/account-map";
import type { Path } from "../../source/source";
import type { ResolvedAccess, AccountPlan, RolePlan } from "../../plan/resolved-access";
import { boundingDocument } from "../../plan/role/boundary";
import type { AccessGraph, PermissionPolicy, RoleNode } from "../access-graph";
import { describeDifference } from "../permissions/describe";
import type { ProofProblem } from "./proof-problem";

/**
 * Compares what each role and user is permitted with what the plan declares: the same statements, the same
 * managed policies, the same boundary, sessions of the same length, and nothing that is attached by hand to
 * what the Terraform makes.
 */
export function comparePermissions(
  plan: ResolvedAccess,
  graph: AccessGraph,
): readonly ProofProblem[] {
  return [
    ...plan.accounts.flatMap((account) =>
      account.roles.flatMap((role) => {
        const node = graph.roles.get(role.arn);
        return node === undefined ? [] : compareRole(role, { account, plan, node });
      }),
    ),
    ...compareGrants(plan, graph),
  ];
}

/** A role of the Terraform, and where its plan stands. */
interface ComparedRole {
  readonly node: RoleNode;
  readonly account: AccountPlan;
  readonly plan: ResolvedAccess;
}

function compareRole(role: RolePlan, compared: ComparedRole): ProofProblem[] {
  const { node } = compared;
  const { arn, at, policies, maxSessionSeconds } = role;
  const subject: Subject = {
    arn,
    at,
    caller: sessionOf(arn),
  };
  const customer = new Set(policies.customer.map((policy) => policy.arn));
  const attached = node.policies.filter(
    ({ kind, name, document }) =>
      kind === "managed" &&
      !customer.has(name) &&
      (awsManagedPolicyName(name) !== undefined || !document.known),
  );
  const others = node.policies.filter((policy) => !attached.includes(policy));
  const unnamed = attached.find(({ anonymous }) => anonymous);
  return [
    ...(unnamed !== undefined
      ? [notKnown(subject, "which policies it has attached", unnamed)]
      : [
          ...compareManaged(subject, attached, new Set(policies.managed.map(({ arn }) => arn))),
          ...compareDocuments(
            subject,
            "its policies",
            others,
            [...policies.inline, ...policies.customer].map(({ document }) => document),
          ),
        ]),
    ...compareBoundary(subject, role, compared),
    ...(node.maxSessionDuration === maxSessionSeconds
      ? []
      : [
          refuted(
            subject,
            `its sessions last up to ${node.maxSessionDuration} seconds, declared are ${maxSessionSeconds}`,
          ),
        ]),
    ...compareExclusive(subject, node),
  ];
}

function compareExclusive(
  subject: Subject,
  { exclusive: { inline, managed } }: Pick<RoleNode, "exclusive">,
): ProofProblem[] {
  if (inline && managed) return [];
  const open = inline ? "managed" : "inline";
  const text = `what is attached to it by hand would stay: its ${open} policies are not exclusive`;
  return [refuted(subject, text)];
}

function compareManaged(
  subject: Subject,
  attached: readonly PermissionPolicy[],
  declared: ReadonlySet<string>,
): ProofProblem[] {
  const names = new Set(attached.map(({ name }) => name));
  return [
    ...[...names]
      .filter((name) => !declared.has(name))
      .map((name) => refuted(subject, `it has ${name} attached, which the map does not declare`)),
    ...[...declared]
      .filter((name) => !names.has(name))
      .map((name) => refuted(subject, `it has ${name} not attached, which the map declares`)),
  ];
}

function compareBoundary(
  subject: Subject,
  role: RolePlan,
  { node: { boundary }, account, plan }: ComparedRole,
): ProofProblem[] {
  const { permissionsBoundary } = role;
  if (boundary?.anonymous === true) {
    return [notKnown(subject, "its permissions boundary", boundary)];
  }
  if (boundary?.name !== permissionsBoundary?.arn) {
    const found = boundary?.name ?? "none";
    const wanted = permissionsBoundary?.arn ?? "none";
    return [refuted(subject, `its permissions boundary is ${found}, declared is ${wanted}`)];
  }
  const declared = boundingDocument(role, account, plan.boundaryTexts);
  if (boundary === undefined || declared === undefined) return [];
  // What no Terraform makes was read as the map says it.
  if (boundary.document.known && boundary.document.value === declared.document) return [];
  return compareDocuments(subject, "its permissions boundary", [boundary], [declared.document]);
}

/** The policies of users and of roles that the Terraform does not make. */
function compareGrants(plan: ResolvedAccess, graph: AccessGraph): ProofProblem[] {
  const declared = new Map<string, { subject: Subject; documents: PolicyDocument[] }>();
  for (const { account, grants } of plan.accounts) {
    for (const { kind, name, document, at } of grants) {
      const subject = outsider(kind, account, name, at);
      const entry = declared.get(subject.arn) ?? { subject, documents: [] };
      entry.documents.push(document);
      declared.set(subject.arn, entry);
    }
  }
  const made = new Map<string, { subject: Subject; policies: PermissionPolicy[] }>();
  const add = (subject: Subject, policies: readonly PermissionPolicy[]): void => {
    const entry = made.get(subject.arn) ?? { subject, policies: [] };
    entry.policies.push(...policies);
    made.set(subject.arn, entry);
  };
  const users: ProofProblem[] = [];
  for (const { name, policies, boundary, exclusive, ...place } of graph.users.values()) {
    const subject = outsider("user", located(place), name);
    add(subject, policies);
    users.push(...compareExclusive(subject, { exclusive }));
    if (boundary !== undefined) {
      users.push(
        refuted(subject, `its permissions boundary is ${boundary.name}, declared is none`),
      );
    }
  }
  for (const { kind, name, policy, ...place } of graph.grants) {
    add(outsider(kind, located(place), name), [policy]);
  }
  const keys = new Set([...declared.keys(), ...made.keys()]);
  const differing = [...keys].flatMap((key): ProofProblem[] => {
    const wanted = declared.get(key);
    const found = made.get(key);
    const subject = wanted?.subject ?? found?.subject;
    if (subject === undefined) return [];
    return compareDocuments(
      subject,
      "its policies",
      found?.policies ?? [],
      wanted?.documents ?? [],
    );
  });
  return [...users, ...differing];
}

function compareDocuments(
  subject: Subject,
  what: string,
  policies: readonly PermissionPolicy[],
  declared: readonly PolicyDocument[],
): ProofProblem[] {
  const documents: PolicyDocument[] = [];
  for (const { name, document } of policies) {
    if (!document.known) {
      return [problem("unknown", subject, `${what}: ${name}: ${document.reason}`)];
    }
    documents.push(document.value);
  }
  const sides = [{ policies: declared }, { policies: documents }] as const;
  const found = describeDifference(...sides, subject.caller, DIFFERS, "gained");
  if (found === undefined) return [];
  return found.verdict === "differs"
    ? [refuted(subject, `${what} ${found.text}`)]
    : [
        problem(
          "unknown",
          subject,
          `${what} are not written as declared, and whether they permit the same is not known: ${found.text}`,
        ),
      ];
}

const DIFFERS = {
  permits: {
    gained: "permit what the map does not declare",
    lost: "do not permit what the map declares",
  },
  denies: {
    gained: "deny what the map does not declare to be denied",
    lost: "do not deny what the map declares to be denied",
  },
};

/** Whose permissions are compared. */
interface Subject {
  readonly arn: string;
  readonly caller: Caller;
  readonly at?: Path;
}

/** A user, or a role that the Terraform does not make, by name: its path is not known everywhere. */
function outsider(
  kind: "user" | "role",
  account: Pick<Account, "partition"> & { readonly id: string },
  name: string,
  at?: Path,
): Subject {
  const location = { partition: account.partition, accountId: account.id };
  const arn = kind === "user" ? userArn(location, "/", name) : roleArn(location, "/", name);
  const caller: Caller = kind === "user" ? { kind, arn } : sessionOf(arn);
  return { arn, caller, ...(at === undefined ? {} : { at }) };
}

function located({ partition, accountId }: AccountLocation): {
  partition: Account["partition"];
  id: string;
} {
  return { partition, id: accountId };
}

function notKnown(subject: Subject, what: string, { document }: PermissionPolicy): ProofProblem {
  const reason = document.known ? "" : `: ${document.reason}`;
  return problem("unknown", subject, `${what} is not known${reason}`);
}

function refuted(subject: Subject, message: string): ProofProblem {
  return problem("refuted", subject, message);
}

function problem(
  verdict: ProofProblem["verdict"],
  { arn, at }: Subject,
  message: string,
): ProofProblem {
  return { verdict, roleArn: arn, message, ...(at === undefined ? {} : { at }) };
}
