import type { Command } from "commander";
import type { SessionCaller } from "../../lib/session/caller";
import { planCalls } from "../../lib/session/calls/plan-calls";
import type { PlannedCalls } from "../../lib/session/calls/plan-calls";
import type { SessionWishes } from "../../lib/session/calls/hop-state";
import { INDEX_FORMAT, INDEX_VERSION } from "../../lib/session/index/access-index";
import type { AccessIndex, IndexEntry, IndexRole } from "../../lib/session/index/access-index";
import { readAccessIndex } from "../../lib/session/index/read-access-index";
import { AccessProblem } from "../access-refused";
import { said } from "../user-folders";
import type { Environment } from "../user-folders";

/** A hub and a spoke that no map describes. */
export interface UnmappedOptions {
  readonly hubAccount?: string;
  readonly hubRole?: string;
  readonly spokeAccount?: string;
  readonly spokeRole?: string;
  readonly externalId?: string;
}

/** Adds the options that name a hub and a spoke by themselves. */
export function addUnmappedOptions(command: Command): Command {
  return command
    .option("--hub-account <id>", "without a map: account of the hub (ASSUME_ROLE_HUB_ACCOUNT)")
    .option("--hub-role <name>", "without a map: role of the hub (ASSUME_ROLE_HUB_ROLE)")
    .option(
      "--spoke-account <id>",
      "without a map: account of the spoke (ASSUME_ROLE_SPOKE_ACCOUNT)",
    )
    .option("--spoke-role <name>", "without a map: role of the spoke (ASSUME_ROLE_SPOKE_ROLE)")
    .option(
      "--external-id <id>",
      "without a map: external ID of both roles (ASSUME_ROLE_EXTERNAL_ID)",
    );
}

/** The options, with what is missing taken from the variables; an empty variable says nothing. */
export function unmappedOptions(
  options: UnmappedOptions,
  environment: Environment,
): UnmappedOptions {
  const value = (given: string | undefined, variable: string): string | undefined =>
    given ?? said(environment, variable);
  const all = {
    hubAccount: value(options.hubAccount, "ASSUME_ROLE_HUB_ACCOUNT"),
    hubRole: value(options.hubRole, "ASSUME_ROLE_HUB_ROLE"),
    spokeAccount: value(options.spokeAccount, "ASSUME_ROLE_SPOKE_ACCOUNT"),
    spokeRole: value(options.spokeRole, "ASSUME_ROLE_SPOKE_ROLE"),
    externalId: value(options.externalId, "ASSUME_ROLE_EXTERNAL_ID"),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** An index of exactly one path, and the role at its end. */
export function unmappedIndex(
  options: UnmappedOptions,
  caller: SessionCaller,
): { readonly index: AccessIndex; readonly role: IndexRole; readonly hub: IndexRole } {
  const missing = (["hubAccount", "hubRole", "spokeAccount", "spokeRole"] as const).filter(
    (key) => options[key] === undefined,
  );
  if (missing.length > 0) {
    const flags = missing.map(
      (key) => `--${key.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)}`,
    );
    throw new AccessProblem(
      `without a map, these are needed, too: ${flags.join(", ")}`,
      "name a role of the map as ROLE@ACCOUNT, or give hub and spoke with their accounts",
    );
  }
  const { hubAccount = "", hubRole = "", spokeAccount = "", spokeRole = "", externalId } = options;
  const partition =
    caller.kind === "web-identity" ? "aws" : (/^arn:([\w-]+):/.exec(caller.arn)?.[1] ?? "aws");
  const ids = externalId === undefined ? {} : { externalIds: [externalId] };
  const role = (account: string, name: string, entry: Pick<IndexEntry, "from">): IndexRole => ({
    account,
    name: name.split("/").at(-1) ?? name,
    key: name,
    kind: "hub",
    arn: `arn:${partition}:iam::${account}:role/${name.replace(/^\//, "")}`,
    maxSessionSeconds: 3600,
    entries: [{ name: "caller", statements: [], ...ids, ...entry, permission: "owner" }],
  });
  const callerAccount = caller.kind === "web-identity" ? "" : caller.accountId;
  const hub = role(hubAccount, hubRole, { from: { kind: "account", id: callerAccount } });
  const spoke = role(spokeAccount, spokeRole, { from: { kind: "role", arns: [hub.arn] } });
  const region =
    partition === "aws-cn"
      ? "cn-north-1"
      : partition === "aws-us-gov"
        ? "us-gov-west-1"
        : "us-east-1";
  const account = (id: string): unknown => ({ id, partition, region, unit: "/", tags: {} });
  const reading = readAccessIndex(
    JSON.stringify({
      format: INDEX_FORMAT,
      version: INDEX_VERSION,
      map: "0".repeat(64),
      accounts: { [hubAccount]: account(hubAccount), [spokeAccount]: account(spokeAccount) },
      roles: [hub, spoke],
    }),
  );
  if ("problems" in reading) {
    throw new AccessProblem(
      `hub and spoke cannot be used: ${reading.problems.join("; ")}`,
      "accounts are 12 digits, roles are names, with a path where they have one",
    );
  }
  return { index: reading.index, role: spoke, hub };
}

/** The two calls: who the caller is decides nothing here, AWS does. */
export function unmappedCalls(
  { role, hub }: { readonly role: IndexRole; readonly hub: IndexRole },
  caller: SessionCaller,
  wishes: SessionWishes,
  time: number,
): PlannedCalls {
  const way = [hub, role].map((each) => ({ role: each, entries: each.entries }));
  return planCalls(way, caller, wishes, time);
}
