import type { AccountMap, RoleSettings } from "../../account-map/model/account-map";

/** The spokes and the roles of chains that are declared to read only. */
export function readOnlyRoles(map: AccountMap): readonly RoleSettings[] {
  const spokes = [...map.spokes.values()].filter(({ readOnly }) => readOnly);
  const chained = [...map.chains.values()].flatMap(({ steps }) =>
    steps.flatMap((step) =>
      step.kind === "roles" ? step.roles.filter(({ readOnly }) => readOnly) : [],
    ),
  );
  return [...spokes, ...chained];
}
