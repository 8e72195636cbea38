import type { AccessChange } from "./access-change";

/** Orders changes by kind, then what is gained before what is lost, then by what they are about. */
export function sortChanges(changes: readonly AccessChange[]): readonly AccessChange[] {
  return changes
    .map((change) => ({ change, key: keyOf(change) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ change }) => change);
}

const KINDS: Readonly<Record<AccessChange["kind"], string>> = {
  reach: "a",
  edge: "b",
  trust: "c",
  permissions: "d",
  escalation: "e",
  session: "f",
  boundary: "g",
  "external-id": "h",
  existence: "i",
  replacement: "j",
  assertion: "k",
  quota: "l",
  safeguard: "m",
  pipeline: "n",
  provider: "o",
  unknown: "p",
  "instance-profile": "q",
  terraform: "r",
};

function keyOf(change: AccessChange): string {
  const direction = "direction" in change ? change.direction : "";
  return [KINDS[change.kind], direction, ...subjectsOf(change), JSON.stringify(change)].join(" ");
}

function subjectsOf(change: AccessChange): readonly string[] {
  switch (change.kind) {
    case "reach":
    case "edge":
      return [change.to, change.from];
    case "trust":
    case "escalation":
    case "session":
    case "external-id":
    case "pipeline":
      return [change.role];
    case "permissions":
    case "boundary":
      return [change.identity];
    case "existence":
      return [change.what, change.arn];
    case "replacement":
      return [change.before];
    case "assertion":
      return [change.assertion, change.message];
    case "quota":
    case "unknown":
      return [change.subject];
    case "safeguard":
      return [change.what, change.name];
    case "provider":
      return [change.provider];
    case "instance-profile":
      return [change.profile];
    case "terraform":
      return [change.stack, change.address];
  }
}
