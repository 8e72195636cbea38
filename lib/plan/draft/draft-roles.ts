import type { Account, Chain, Hub, Spoke } from "../../account-map/model/account-map";
import type { PlanScope } from "../plan-scope";
import { chainStarts } from "./chain-starts";
import type { ChainStarts } from "./chain-starts";
import { fillPrincipal } from "./fill-principal";
import { draftPipeline } from "./pipeline-drafts";
import { newDraft } from "./role-draft";
import type { RoleDraft } from "./role-draft";

/** One draft for every role of a map: hubs, spokes in each of their accounts, the roles of chains and of the pipeline. */
export function draftRoles({ map, report }: PlanScope): RoleDraft[] {
  const starts = chainStarts(map.chains.values(), report);
  const drafts = [
    ...[...map.hubs.values()].map((hub) => draftHub(hub, starts)),
    ...[...map.spokes.values()].flatMap((spoke) =>
      spoke.accounts.map((account) => draftSpoke(spoke, account, starts)),
    ),
    ...[...map.chains.values()].flatMap((chain) => draftChain(chain, starts)),
    ...draftPipeline(map),
  ];
  return drafts.map((draft) => {
    const scope = { account: draft.account, declared: map.parameters, report };
    return { ...draft, waysIn: draft.waysIn.map((wayIn) => fillPrincipal(wayIn, scope)) };
  });
}

function draftHub(hub: Hub, starts: ChainStarts): RoleDraft {
  return newDraft({
    id: `hub-${hub.key}`,
    ...(hub.formerly === undefined ? {} : { formerId: `hub-${hub.formerly}` }),
    kind: "hub",
    words: ["hub", hub.key],
    settings: hub,
    account: hub.account,
    trustMode: hub.trustMode,
    reach: hub.reach,
    waysIn: [...hub.principals, ...(starts.get(hub) ?? [])],
  });
}

function draftSpoke(spoke: Spoke, account: Account, starts: ChainStarts): RoleDraft {
  return newDraft({
    id: `spoke-${spoke.key}`,
    ...(spoke.formerly === undefined ? {} : { formerId: `spoke-${spoke.formerly}` }),
    kind: "spoke",
    words: ["spoke", spoke.key],
    settings: spoke,
    account,
    readOnly: spoke.readOnly,
    waysIn: [...spoke.principals, ...(starts.get(spoke) ?? [])],
  });
}

/** The roles that a chain makes: those of its steps, and the one of the instance profile that it starts with. */
function draftChain({ key, formerly, start, steps }: Chain, starts: ChainStarts): RoleDraft[] {
  const formerId = (suffix: string): Pick<RoleDraft, "formerId"> =>
    formerly === undefined ? {} : { formerId: `chain-${formerly}${suffix}` };
  const drafts = steps
    .flatMap((step) => (step.kind === "roles" ? step.roles : []))
    .map((role) =>
      newDraft({
        id: `chain-${key}__${role.key}`,
        ...formerId(`__${role.key}`),
        kind: "chain",
        words: ["chain", key, role.key],
        settings: role,
        account: role.account,
        readOnly: role.readOnly,
        waysIn: starts.get(role) ?? [],
      }),
    );
  if (start.kind === "principal") return drafts;
  const { role } = start;
  const profile = newDraft({
    id: `chain-${key}`,
    ...formerId(""),
    kind: "chain",
    words: ["chain", key],
    settings: role,
    account: role.account,
    waysIn: [
      {
        key: "instance-profile",
        principal: { kind: "instanceProfile", profileName: role.profileName },
        conditions: role.conditions,
        grant: "none",
        at: role.at,
      },
    ],
  });
  return [...drafts, profile];
}
