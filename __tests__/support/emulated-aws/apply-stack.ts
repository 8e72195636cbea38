import type { IAMClient } from "@aws-sdk/client-iam";
import { join } from "node:path";
import { terraformText } from "../../../lib/access/read/terraform-value";
import type { EmulatedAccounts, Hop } from "./emulated-accounts";
import { ACCOUNT_KINDS } from "./emulated-terraform/account-kinds";
import {
  configuredResources,
  inOrder,
  readConfiguration,
  triggers,
} from "./emulated-terraform/configuration";
import type { Configuration } from "./emulated-terraform/configuration";
import type { Attributes, ResourceKind } from "./emulated-terraform/resource-kind";
import { ROLE_KINDS } from "./emulated-terraform/role-kinds";
import { differences } from "./emulated-terraform/same-attributes";
import { StateFile } from "./emulated-terraform/state-file";
import { USER_KINDS } from "./emulated-terraform/user-kinds";

/** What one apply did to one resource; what stayed as it was is not among the changes. */
export interface AppliedChange {
  readonly address: string;
  readonly action: "move" | "import" | "create" | "update" | "replace" | "delete";
  /** Attributes that differed. @default - none, the resource is new or gone */
  readonly attributes?: readonly string[];
}

const KINDS: Readonly<Record<string, ResourceKind>> = {
  ...ROLE_KINDS,
  ...USER_KINDS,
  ...ACCOUNT_KINDS,
};

/** What goes first where resources are removed: whatever needs another one, before that one. */
const REMOVAL: readonly RegExp[] = [
  /_exclusive\./,
  /_attachment\./,
  /^aws_iam_(?:role|user)_policy\./,
  /^aws_iam_instance_profile\./,
  /^aws_iam_(?:role|user)\./,
  /./,
];

/**
 * Applies the stack in a folder through the API of IAM as Terraform with its AWS provider would: signs in by
 * the provider's roles, refuses another account, follows `moved` and `import` blocks, refreshes what the
 * state knows, then makes, changes, replaces and removes what differs. The state is written to the file that
 * the backend names, after each change. What Terraform would refuse is an exception.
 */
export async function applyStack(
  folder: string,
  accounts: EmulatedAccounts,
): Promise<readonly AppliedChange[]> {
  const configuration = readConfiguration(folder);
  const iam = await signIn(configuration, accounts);
  const state = new StateFile(join(folder, configuration.terraform.backend.local.path));
  const bodies = configuredResources(configuration);
  const changes: AppliedChange[] = [
    ...followMoves(configuration, bodies, state),
    ...(await takeImports(configuration, bodies, state, iam)),
  ];
  const refreshed = new Map<string, Attributes>();
  for (const [address, id] of state.entries()) {
    const actual = await kindOf(address).read(iam, id);
    if (actual === undefined) state.remove(address);
    else refreshed.set(address, actual);
  }
  const applied = new Map<string, Attributes>();
  for (const [address, body] of inOrder(bodies)) {
    const kind = kindOf(address);
    const wanted = wantedAttributes(kind, body, configuration, applied);
    const actual = refreshed.get(address);
    const triggered = triggers(body).some((trigger) =>
      changes.some((change) => change.action === "replace" && change.address === trigger),
    );
    const change = await bringAbout(iam, { address, kind, wanted, actual, state, triggered });
    if (change !== undefined) changes.push(change);
    const now = change === undefined ? actual : await kind.read(iam, state.idOf(address));
    if (now === undefined) throw new Error(`${address} was made and is not there`);
    applied.set(address, now);
  }
  for (const address of inOrderOfRemoval(state, bodies)) {
    await kindOf(address).remove(iam, state.idOf(address));
    state.remove(address);
    changes.push({ address, action: "delete" });
  }
  state.save();
  return changes;
}

/** The session that the provider works with: in no account but the one that is allowed. */
async function signIn(
  { provider, variable = {} }: Configuration,
  accounts: EmulatedAccounts,
): Promise<IAMClient> {
  const [aws] = provider.aws;
  const hops = (aws.assume_role ?? []).map(({ role_arn: arn, external_id: externalId }): Hop => {
    const name = /^\$\{var\.(?<name>\w+)\}$/.exec(arn)?.groups?.name;
    const roleArn = name === undefined ? arn : variable[name]?.default;
    if (roleArn === undefined) throw new Error(`the variable ${arn} has no default`);
    return { roleArn, ...(externalId === undefined ? {} : { externalId }) };
  });
  const { iam, accountId } = await accounts.assuming(hops);
  if (!aws.allowed_account_ids.includes(accountId)) {
    throw new Error(`AWS account ID not allowed: ${accountId}`);
  }
  return iam;
}

function followMoves(
  { moved = [] }: Configuration,
  bodies: ReadonlyMap<string, Attributes>,
  state: StateFile,
): AppliedChange[] {
  return moved.flatMap(({ from, to }): AppliedChange[] => {
    if (bodies.has(from)) throw new Error(`Moved object still exists: ${from}`);
    if (!state.has(from) || state.has(to)) return [];
    state.move(from, to);
    return [{ address: to, action: "move" }];
  });
}

async function takeImports(
  { import: imports = [] }: Configuration,
  bodies: ReadonlyMap<string, Attributes>,
  state: StateFile,
  iam: IAMClient,
): Promise<AppliedChange[]> {
  const changes: AppliedChange[] = [];
  for (const { to: address, id } of imports) {
    if (!bodies.has(address)) {
      throw new Error(`Configuration for import target does not exist: ${address}`);
    }
    if (state.has(address)) continue;
    if ((await kindOf(address).read(iam, id)) === undefined) {
      throw new Error(`Cannot import non-existent remote object: ${id} to ${address}`);
    }
    state.set(address, id);
    changes.push({ address, action: "import" });
  }
  return changes;
}

function inOrderOfRemoval(state: StateFile, bodies: ReadonlyMap<string, Attributes>): string[] {
  const rank = (address: string): number => REMOVAL.findIndex((type) => type.test(address));
  return state
    .entries()
    .flatMap(([address]) => (bodies.has(address) ? [] : [address]))
    .sort((a, b) => rank(a) - rank(b));
}

/** Attributes as they are to be: references resolved, escapes undone, the provider's tags added. */
function wantedAttributes(
  kind: ResourceKind,
  body: Attributes,
  { provider }: Configuration,
  applied: ReadonlyMap<string, Attributes>,
): Attributes {
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== "string") return value;
    const read = terraformText(value);
    if (read.kind === "text") return read.text;
    if (read.kind !== "reference") throw new Error(`${value} cannot be resolved here`);
    return applied.get(read.address)?.[read.attribute];
  };
  const resolveTags = (tags: unknown = {}): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      Object.entries(tags as object).map(([key, value]) => [String(resolve(key)), resolve(value)]),
    );
  const { tags, ...rest } = body;
  const common = kind.tagged ? resolveTags(provider.aws[0].default_tags?.[0]?.tags) : {};
  const resolved = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, resolve(value)]),
  );
  return kind.configured({ ...resolved, tags: { ...common, ...resolveTags(tags) } });
}

interface Resource {
  readonly address: string;
  readonly kind: ResourceKind;
  readonly wanted: Attributes;
  readonly actual: Attributes | undefined;
  readonly state: StateFile;
  /** Whether it is replaced because another one was. */
  readonly triggered: boolean;
}

async function bringAbout(
  iam: IAMClient,
  { address, kind, wanted, actual, state, triggered }: Resource,
): Promise<AppliedChange | undefined> {
  if (actual === undefined) {
    state.set(address, await kind.create(iam, wanted));
    return { address, action: "create" };
  }
  const attributes = differences(wanted, actual);
  if (attributes.length === 0 && !triggered) return undefined;
  if (triggered || attributes.some((name) => kind.replacing.includes(name))) {
    await kind.remove(iam, state.idOf(address));
    state.remove(address);
    state.set(address, await kind.create(iam, wanted));
    return { address, action: "replace", attributes };
  }
  await kind.update(iam, state.idOf(address), wanted, actual);
  return { address, action: "update", attributes };
}

function kindOf(address: string): ResourceKind {
  const type = address.slice(0, address.indexOf("."));
  const kind = KINDS[type];
  if (kind === undefined) throw new Error(`resources of the type ${type} cannot be applied here`);
  return kind;
}
