import { locationOf, roleArn } from "../../iam/arn";
import type { Connections } from "../draft/connect-roles";
import type { RoleDraft } from "../draft/role-draft";
import type { SessionOf } from "../draft/sessions";
import type { PlanScope } from "../plan-scope";
import type { RolePlan } from "../resolved-access";
import { roleBoundary } from "./boundary";
import { draftPolicies } from "./policies";
import { roleTrust } from "./trust";
import type { Trust } from "./trust";

/** A planned role, with what it was planned from. */
export interface PlannedRole {
  readonly draft: RoleDraft;
  readonly plan: RolePlan;
  readonly trust: Trust;
}

/** Works out a role in full: its trust policy, its policies and its boundary. */
export function planRole(
  draft: RoleDraft,
  connections: Connections,
  sessionOf: SessionOf,
  scope: PlanScope,
): PlannedRole {
  const { settings, account } = draft;
  const connected = connections.of(draft);
  const trust = roleTrust(draft, connected, sessionOf, scope);
  const boundary = roleBoundary(draft, scope);
  const session = sessionOf(draft);
  const plan: RolePlan = {
    id: draft.id,
    ...(draft.formerId === undefined ? {} : { formerId: draft.formerId }),
    kind: draft.kind,
    name: settings.roleName,
    path: settings.path,
    arn: roleArn(locationOf(account), settings.path, settings.roleName),
    description: settings.description ?? defaultDescription(draft),
    maxSessionSeconds: settings.maxSessionSeconds,
    ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
    tags: settings.tags,
    session,
    trust: trust.document,
    policies: draftPolicies(draft, connected, session, scope),
    instanceProfiles: profileNames(draft),
    dependsOn: connected.callers
      .filter(({ caller }) => caller.trustMode === "roleArn" && caller.account === account)
      .map(({ caller }) => caller.id)
      .sort(),
    readOnly: draft.readOnly,
    at: settings.at,
  };
  return { draft, plan, trust };
}

/** Several principals may go through one profile, such as at different times. */
function profileNames({ waysIn, settings }: RoleDraft): readonly string[] {
  const names = waysIn.flatMap(({ principal }) =>
    principal.kind === "instanceProfile" ? [principal.profileName ?? settings.roleName] : [],
  );
  return [...new Set(names)];
}

function defaultDescription({ kind, settings, id }: RoleDraft): string {
  switch (kind) {
    case "hub":
      return `Hub ${settings.key} of the account map`;
    case "spoke":
      return `Spoke ${settings.key} of the account map`;
    case "pipeline":
      return `Role ${settings.key} of the pipeline of the account map`;
    case "chain":
      return `Role of the chain ${id.replace(/^chain-/, "").replace("__", ", ")} of the account map`;
  }
}
