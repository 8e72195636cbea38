import { isMap } from "yaml";
import { quoteName } from "../../diagnostics/quote";
import { keyOf } from "../../source/yaml/yaml-value";
import type { Change, EditPlan, NewValue } from "./change";
import { editProblem } from "./edit-problem";
import type { MapText } from "./map-text";
import type { AddAccount, RemoveAccount, SetAccountField } from "./map-edit";
import { accountInsertionPoint } from "./place-account";

/** Fields of accounts, in the order in which they are written where the neighbours show no other. */
const FIELDS = [
  "id",
  "name",
  "unit",
  "organization",
  "management",
  "state",
  "tags",
  "region",
  "partition",
  "deploymentRole",
  "trustPolicyQuota",
  "managedPoliciesQuota",
  "parameters",
];

type RawAccounts = Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;

/** The accounts as the map's text has them, sound or not. */
export function rawAccounts({ value }: MapText): RawAccounts {
  return ((value ?? {}) as { accounts?: RawAccounts | null }).accounts ?? {};
}

/** An account's own values; nothing where the map has none of that key. */
function accountOf(map: MapText, key: string): Readonly<Record<string, unknown>> | undefined {
  const accounts = rawAccounts(map);
  return Object.hasOwn(accounts, key) ? (accounts[key] ?? {}) : undefined;
}

/** What adding an account comes down to. */
export function addAccount(map: MapText, { kind, key, ...fields }: AddAccount): EditPlan {
  const at = ["accounts", key];
  if (accountOf(map, key) !== undefined) {
    const message = `the map has an account ${quoteName(key)} already`;
    return { problems: [editProblem(map, at, message, "choose another key")] };
  }
  const owner = Object.entries(rawAccounts(map)).find(([, account]) => account?.id === fields.id);
  if (owner !== undefined) {
    const message = `the account ID ${fields.id} already belongs to ${quoteName(owner[0])}`;
    return { problems: [editProblem(map, ["accounts", owner[0], "id"], message)] };
  }
  const value = inOrder(map, fields);
  if (map.find(["accounts"]) === undefined) {
    return { changes: [{ kind: "set", path: ["accounts"], value: { [key]: value } }] };
  }
  const after = accountInsertionPoint(map, fields.unit ?? "/");
  return {
    changes: [{ kind: "set", path: at, value, ...(after === undefined ? {} : { after: [after] }) }],
  };
}

/** What removing an account comes down to. */
export function removeAccount(map: MapText, { key }: RemoveAccount): EditPlan {
  return accountOf(map, key) === undefined
    ? { problems: [noAccount(map, key)] }
    : { changes: [{ kind: "remove", path: ["accounts", key] }] };
}

/** What setting or deleting a field comes down to; nothing where it is so already. */
export function setAccountField(map: MapText, { key, field, value }: SetAccountField): EditPlan {
  const account = accountOf(map, key);
  if (account === undefined) return { problems: [noAccount(map, key)] };
  const [name, inner] = field;
  const path = ["accounts", key, name];
  // Edits come from files, too.
  if ((name as string) === "id") {
    const message = `the ID of ${quoteName(key)} cannot change: another ID is another account`;
    return {
      problems: [editProblem(map, [...path], message, "add the other account under its own key")],
    };
  }
  const after = FIELDS.slice(0, FIELDS.indexOf(name));
  if (inner === undefined) {
    if (account[name] === value) return { changes: [] };
    return value === undefined
      ? { changes: [{ kind: "remove", path }] }
      : { changes: [{ kind: "set", path, value, after }] };
  }
  const values = (account[name] ?? undefined) as Readonly<Record<string, unknown>> | undefined;
  if (values?.[inner] === value) return { changes: [] };
  if (value === undefined) {
    const whole = Object.keys(values ?? {}).length === 1;
    return { changes: [{ kind: "remove", path: whole ? path : [...path, inner] }] };
  }
  const change: Change =
    values === undefined && account[name] === undefined
      ? { kind: "set", path, value: { [inner]: value }, after }
      : { kind: "set", path: [...path, inner], value };
  return { changes: [change] };
}

function noAccount(map: MapText, key: string): ReturnType<typeof editProblem> {
  return editProblem(map, ["accounts"], `there is no account ${quoteName(key)}`);
}

/** Fields in the order of a neighbour that has all of them, else in ours. */
function inOrder(
  map: MapText,
  fields: Readonly<Record<string, NewValue | undefined>>,
): Readonly<Record<string, NewValue>> {
  const names = FIELDS.filter((name) => fields[name] !== undefined);
  const accounts = map.find(["accounts"])?.node ?? null;
  const siblings = isMap(accounts) ? accounts.items : [];
  const orders = siblings
    .slice(-50)
    .reverse()
    .map(({ value }) => (isMap(value) ? value.items.map(keyOf) : []));
  const order = orders.find((each) => names.every((name) => each.includes(name))) ?? FIELDS;
  const sorted = [...names].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return Object.fromEntries(sorted.map((name) => [name, fields[name] ?? ""]));
}
