import { listNames } from "../../diagnostics/nearest";
import type { Chain, ChainRole, ChainStart, ChainStep, Hub, Spoke } from "../model/account-map";
import type { RawChain, RawChainStep } from "./raw-account-map";
import { readConditions } from "./read-conditions";
import { readWayIn } from "./read-principal";
import type { PrincipalScope } from "./principal-scope";
import { readRole } from "./read-role";
import type { RoleScope } from "./read-role";
import { checkIdentifier, listOf, lookUp } from "./reading";
import type { Reporter } from "../../source/reporter";
import type { Path } from "../../source/source";
import { byTextOf } from "../../values/order";

/** What chains refer to. */
export interface ChainScope extends PrincipalScope, RoleScope {
  readonly hubs: ReadonlyMap<string, Hub>;
  readonly spokes: ReadonlyMap<string, Spoke>;
}

/** Reads a chain; `undefined` where its start is unknown, with the finding that says why. */
export function readChain(
  key: string,
  raw: RawChain,
  scope: ChainScope,
  reporter: Reporter,
): Chain | undefined {
  const path = ["chains", key];
  const start = readStart(raw, path, scope, reporter);
  const steps: ChainStep[] = [];
  for (const [index, rawStep] of raw.steps.entries()) {
    const step = readStep(rawStep, [...path, "steps", index], scope, reporter);
    if (step !== undefined) steps.push(step);
  }
  const { formerly } = raw;
  if (start === undefined) return undefined;
  return { key, start, steps, at: path, ...(formerly === undefined ? {} : { formerly }) };
}

function readStart(
  raw: RawChain,
  path: Path,
  scope: ChainScope,
  reporter: Reporter,
): ChainStart | undefined {
  const at = [...path, "start"];
  const { instanceProfile, ...beside } = raw.start;
  if (instanceProfile === undefined) {
    const wayIn = readWayIn("start", beside, undefined, at, scope, reporter);
    return wayIn === undefined ? undefined : { kind: "principal", wayIn };
  }
  for (const key of Object.keys(beside)) reportBeside(key, [...at, key], reporter);
  const rolePath = [...at, "instanceProfile"];
  const { account: name, profile, notBefore, notAfter, ...rawRole } = instanceProfile;
  const account = lookUp(reporter, [...rolePath, "account"], "account", name, scope.accounts);
  const settings = readRole(
    "start",
    { role: path.at(-1) as string, ...rawRole },
    rolePath,
    scope,
    reporter,
  );
  const profileName = profile ?? settings.roleName;
  checkIdentifier(reporter, rolePath, "instanceProfileName", "a profile name", profileName);
  const window = {
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(notAfter === undefined ? {} : { notAfter }),
  };
  const conditions = readConditions(window, "instanceProfile", rolePath, reporter);
  if (account === undefined) return undefined;
  return { kind: "instanceProfile", role: { ...settings, account, profileName, conditions } };
}

/** A start with an instance profile makes its role, so nothing else can be next to it. */
function reportBeside(key: string, path: Path, reporter: Reporter): void {
  const within = key === "notBefore" || key === "notAfter";
  reporter.report(path, {
    rule: "chain-start",
    atKey: true,
    message: `\`${key}\` cannot be combined with \`instanceProfile\``,
    help: within
      ? `write \`${key}:\` below \`instanceProfile:\``
      : "remove it, or give the other start its own chain",
  });
}

function readStep(
  raw: RawChainStep,
  path: Path,
  scope: ChainScope,
  reporter: Reporter,
): ChainStep | undefined {
  const { roles, hub, spoke } = raw;
  if (Object.keys(raw).length !== 1) {
    reporter.report(path, {
      rule: "chain-step",
      message: `a step of a chain has exactly one of \`hub\`, \`roles\` and \`spoke\`, got ${listNames(Object.keys(raw))}`,
      help: "write one step after the other, each with its own `-`",
    });
    return undefined;
  }
  if (hub !== undefined) {
    const found = lookUp(reporter, [...path, "hub"], "hub", hub, scope.hubs);
    return found === undefined ? undefined : { kind: "hub", hub: found, at: path };
  }
  if (spoke !== undefined) {
    const found = lookUp(reporter, [...path, "spoke"], "spoke", spoke, scope.spokes);
    return found === undefined ? undefined : { kind: "spoke", spoke: found, at: path };
  }
  const read: ChainRole[] = [];
  for (const [key, rawRole] of Object.entries(roles ?? {})) {
    const at = [...path, "roles", key];
    const { account: name, externalId, access, ...settings } = rawRole;
    const account = lookUp(reporter, [...at, "account"], "account", name, scope.accounts);
    const role = readRole(key, settings, at, scope, reporter);
    if (account === undefined) continue;
    read.push({
      ...role,
      account,
      externalIds: listOf(externalId),
      readOnly: access === "read-only",
    });
  }
  return { kind: "roles", roles: read.sort(byTextOf(({ key }) => key)), at: path };
}
