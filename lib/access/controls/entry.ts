import type { Edge } from "../../plan/resolved-access";
import { describePrincipal } from "../../plan/principal-description";
import { NO_CONDITIONS } from "../../account-map/model/principal";
import type { CallOrigin } from "../../account-map/model/call-origin";
import type { SessionContext } from "../../plan/session-context";
import { principalArn, sessionOf } from "../../iam/condition/caller";
import { declaredCallers } from "../declared/declared-callers";
import type { AccountDirectory } from "../account-directory";
import { assumingAction } from "../decide/sts-action";
import type { StsAction } from "../decide/sts-action";
import { declaredValues } from "./dimension";
import type { Dimension } from "./dimension";
import { entryCallers } from "./entry-callers";
import type { EntryCaller } from "./entry-callers";
import {
  boundDimensions,
  conditionDimensions,
  originDimensions,
  serviceDimensions,
  sourceDimension,
} from "./entry-dimensions";

/** One caller that a declared entry lets assume a role, with all that its calls can look like. */
export interface Entry extends EntryCaller {
  /** The caller in words. */
  readonly who: string;
  /** The actions that its calls need. */
  readonly actions: readonly StsAction[];
  readonly dimensions: readonly Dimension[];
}

/** What entries are worked out with. */
export interface EntryScope {
  readonly accounts: AccountDirectory;
  /** What the sessions of each role may carry, by its ARN. */
  readonly carried: ReadonlyMap<string, SessionContext>;
  /** Where the calls of roles come from. @default - the map does not say */
  readonly origin?: CallOrigin | undefined;
}

/** The declared callers of an edge. */
export function entriesOf(edge: Edge, scope: EntryScope): readonly Entry[] {
  const { from, externalIds, toAccount } = edge;
  const external = externalIds.length === 0 ? [] : [declaredValues("sts:ExternalId", externalIds)];
  if (from.kind === "role") {
    const { arn } = from.role;
    const carries = scope.carried.get(arn);
    return [
      {
        caller: sessionOf(arn),
        who: arn,
        actions: actionsOf("role-session", false, false, carries),
        dimensions: [
          ...external,
          ...conditionDimensions(NO_CONDITIONS, carries),
          ...originDimensions(NO_CONDITIONS, scope.origin),
        ],
      },
    ];
  }
  const { wayIn } = from;
  const { principal, conditions } = wayIn;
  const { binding } = declaredCallers(wayIn, toAccount);
  const who = describePrincipal(principal, toAccount);
  const isAnywhere = principal.kind === "rolesAnywhere";
  return entryCallers(principal, toAccount, scope.accounts).map((entry): Entry => {
    const { caller, dimensions = [] } = entry;
    const carries = caller.kind === "role-session" ? scope.carried.get(caller.roleArn) : undefined;
    const isService = caller.kind === "service";
    return {
      ...entry,
      who: entry.anyone === undefined ? (principalArn(caller) ?? who) : who,
      actions: actionsOf(
        caller.kind,
        conditions.sessionTags.length > 0 || isAnywhere || principal.kind === "podIdentity",
        conditions.sourceIdentity !== undefined || isAnywhere,
        carries,
      ),
      dimensions: [
        ...dimensions,
        ...external,
        ...boundDimensions(binding),
        ...conditionDimensions(conditions, carries),
        ...(isService
          ? [...sourceDimension(principal, toAccount.id), ...serviceDimensions(principal)]
          : originDimensions(conditions, wayIn.origin)),
      ],
    };
  });
}

function actionsOf(
  kind: EntryCaller["caller"]["kind"],
  passesTags: boolean,
  setsIdentity: boolean,
  carries: SessionContext | undefined,
): readonly StsAction[] {
  const { sourceIdentity = false, transitiveTags = [] } = carries ?? {};
  return [
    assumingAction(kind),
    ...(passesTags || transitiveTags.length > 0 ? (["sts:TagSession"] as const) : []),
    ...(setsIdentity || sourceIdentity ? (["sts:SetSourceIdentity"] as const) : []),
  ];
}
