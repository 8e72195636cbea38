import {
  instanceProfileArn,
  locationOf,
  oidcProviderArn,
  samlProviderArn,
  userArn,
} from "../iam/arn";
import type { Path } from "../account-map/yaml-source";
import type { AccessPlan } from "../plan/access-plan";
import type { AccessGraph, Readable } from "./access-graph";
import type { ProofProblem } from "./proof-problem";

/**
 * Compares what the Terraform makes with what the plan declares, by name: roles, users, instance profiles
 * with the role in each, identity providers. One that is missing and one that is too many are both refuted,
 * and so is an identity provider that takes other tokens or assertions than declared.
 */
export function compareInventory(plan: AccessPlan, graph: AccessGraph): readonly ProofProblem[] {
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
    ...compareProviders(plan, graph),
  ];
}

/** What the identity providers take: the audiences of tokens, the metadata of a SAML provider. */
function compareProviders(plan: AccessPlan, graph: AccessGraph): ProofProblem[] {
  return plan.accounts.flatMap(({ account, oidcProviders, samlProviders }) => [
    ...oidcProviders.flatMap(({ url, audiences }) => {
      const node = graph.providers.get(oidcProviderArn(locationOf(account), url));
      return node?.kind === "oidc" ? compareAudiences(node.arn, node.clientIds, audiences) : [];
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
