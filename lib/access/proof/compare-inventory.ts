import {
  instanceProfileArn,
  locationOf,
  oidcProviderArn,
  samlProviderArn,
  userArn,
} from "../../iam/arn";
import type { Path } from "../../source/source";
import type { ResolvedAccess } from "../../plan/resolved-access";
import type { AccessGraph, GroupNode, PolicyNode, Readable } from "../access-graph";
import type { ProofProblem } from "./proof-problem";

/**
 * Compares what the Terraform makes with what the plan declares, by name: roles, users, instance profiles
 * with the role in each, identity providers. One that is missing and one that is too many are both refuted,
 * and so is an identity provider that takes other tokens or assertions than declared.
 */
export function compareInventory(
  plan: ResolvedAccess,
  graph: AccessGraph,
): readonly ProofProblem[] {
  const roles = plan.accounts.flatMap((account) => account.roles);
  const users = plan.accounts.flatMap(({ account, users: made }) =>
    made.map(({ name, path }) => userArn(locationOf(account), path, name)),
  );
  const profiles = plan.accounts.flatMap(({ account, roles: made }) =>
    made.flatMap(({ arn, path, at, instanceProfiles }) =>
      instanceProfiles.map((name) => ({
        key: `${instanceProfileArn(locationOf(account), path, name)} with ${arn}`,
        at,
      })),
    ),
  );
  const providers = plan.accounts.flatMap(({ account, oidcProviders, samlProviders }) => [
    ...oidcProviders.map(({ url }) => oidcProviderArn(locationOf(account), url)),
    ...samlProviders.map(({ name }) => samlProviderArn(locationOf(account), name)),
  ]);
  const unnamed = (keys: readonly string[]): readonly Declared[] => keys.map((key) => ({ key }));
  return [
    ...compare(
      "role",
      roles.map(({ arn, at }) => ({ key: arn, at })),
      [...graph.roles.values()].map((node) => ({ ...node, key: node.arn })),
    ),
    ...compare(
      "user",
      unnamed(users),
      [...graph.users.values()].map((node) => ({ ...node, key: node.arn })),
    ),
    ...compare(
      "instance profile",
      profiles,
      [...graph.instanceProfiles.values()].map((node) => ({
        ...node,
        key: `${node.arn} with ${node.role.known ? node.role.value : "a role that is not known"}`,
      })),
    ),
    ...compare(
      "identity provider",
      unnamed(providers),
      [...graph.providers.values()].map((node) => ({ ...node, key: node.arn })),
    ),
    ...compare(
      "group",
      [],
      [...(graph.groups ?? new Map<string, GroupNode>()).values()].map((node) => ({
        ...node,
        key: node.arn,
      })),
    ),
    ...comparePolicies(plan, graph),
    ...compareProviders(plan, graph),
  ];
}

/** Customer managed policies: whoever has one attached that nobody declared is permitted what it says. */
function comparePolicies(
  plan: ResolvedAccess,
  { policies = new Map<string, PolicyNode>() }: AccessGraph,
): ProofProblem[] {
  const declared = new Set(
    plan.accounts.flatMap(({ boundaries, roles }) => [
      ...boundaries.map(({ arn }) => arn),
      ...roles.flatMap((role) => role.policies.customer.map(({ arn }) => arn)),
    ]),
  );
  return [...policies.values()]
    .filter(({ arn, isUsed }) => !isUsed && !declared.has(arn))
    .map((policy) => refuted(policy.arn, undeclaredPolicy(policy)));
}

function undeclaredPolicy({ address, stack }: PolicyNode): string {
  return `the Terraform makes this policy, which the map does not declare and nothing in the Terraform attaches: whoever has it attached is permitted what it says: ${address} in ${stack}`;
}

/** What the identity providers take: the audiences of tokens, the metadata of a SAML provider. */
function compareProviders(plan: ResolvedAccess, graph: AccessGraph): ProofProblem[] {
  return plan.accounts.flatMap(({ account, oidcProviders, samlProviders }) => [
    ...oidcProviders.flatMap(({ url, audiences }) => {
      const node = graph.providers.get(oidcProviderArn(locationOf(account), url));
      if (node?.kind !== "oidc") return [];
      return [
        ...compareAudiences(node.arn, node.clientIds, audiences),
        ...compareThumbprints(node.arn, node.thumbprints),
      ];
    }),
    ...samlProviders.flatMap(({ name, metadata = "" }): ProofProblem[] => {
      const node = graph.providers.get(samlProviderArn(locationOf(account), name));
      if (node?.kind !== "saml") return [];
      if (!node.metadata.known) return [unknown(node.arn, "its metadata", node.metadata.reason)];
      return node.metadata.value === metadata
        ? []
        : [refuted(node.arn, "it has other metadata than declared")];
    }),
  ]);
}

/** The map declares no thumbprint: each one is a certificate that AWS would not trust by itself. */
function compareThumbprints(
  arn: string,
  pinned: Readable<readonly string[]> = { known: true, value: [] },
): ProofProblem[] {
  if (!pinned.known) return [unknown(arn, "its thumbprints", pinned.reason)];
  return pinned.value.map((thumbprint) =>
    refuted(arn, `it trusts the certificate \`${thumbprint}\`, which the map does not declare`),
  );
}

function compareAudiences(
  arn: string,
  made: Readable<readonly string[]>,
  declared: readonly string[],
): ProofProblem[] {
  if (!made.known) return [unknown(arn, "its audiences", made.reason)];
  return [
    ...made.value
      .filter((audience) => !declared.includes(audience))
      .map((audience) =>
        refuted(arn, `it takes tokens for \`${audience}\`, which the map does not declare`),
      ),
    ...declared
      .filter((audience) => !made.value.includes(audience))
      .map((audience) =>
        refuted(arn, `it takes no tokens for \`${audience}\`, which the map declares`),
      ),
  ];
}

function refuted(roleArn: string, message: string): ProofProblem {
  return { verdict: "refuted", roleArn, message };
}

function unknown(roleArn: string, what: string, reason: string): ProofProblem {
  return { verdict: "unknown", roleArn, message: `${what}: ${reason}` };
}

interface Declared {
  readonly key: string;
  /** @default - no entry of its own */
  readonly at?: Path;
}

interface Made {
  readonly key: string;
  readonly stack: string;
  readonly address: string;
}

function compare(
  what: string,
  declared: readonly Declared[],
  made: readonly Made[],
): ProofProblem[] {
  const wanted = new Set(declared.map(({ key }) => key));
  const found = new Set(made.map(({ key }) => key));
  return [
    ...declared
      .filter(({ key }) => !found.has(key))
      .map(({ key, at }): ProofProblem => ({
        verdict: "refuted",
        roleArn: key,
        message: `the Terraform does not make this ${what}`,
        ...(at === undefined ? {} : { at }),
      })),
    ...made
      .filter(({ key }) => !wanted.has(key))
      .map(({ key, stack, address }): ProofProblem => ({
        verdict: "refuted",
        roleArn: key,
        message: `the Terraform makes this ${what}, which the map does not declare: ${address} in ${stack}`,
      })),
  ];
}
