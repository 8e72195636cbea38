import { NO_ARN, parseArn } from "../../iam/arn";
import type { NamedCaller } from "../../access/callers/named-caller";
import { permissionSetName } from "../../access/callers/named-caller";
import type { ReviewedAccount } from "../compare/reviewed-accounts";
import { callerWords } from "./callers/caller-words";
import type { CallerNames } from "./callers/caller-words";
import { withPlaceholders } from "./likeness";
import { listedNames, say, words } from "./text";
import { counted } from "../../diagnostics/words";
import type { Sentence } from "./text";
import type { ToldGroup, ToldReview } from "./told";
import { byKey } from "../../values/order";

/** How many accounts a sentence names; the others are counted. */
const NAMED = 5;

/** What is no account: nothing, `aws`, a wildcard. */
const ACCOUNT = /^\d{12}$/;

/** What an ARN or another name of a principal or role says, for people. */
export interface EntityName {
  /** Name without path, such as `deployer`; the whole where it is none of ours. */
  readonly name: string;
  /** @default - it is in no account */
  readonly accountId?: string;
  readonly what:
    "role" | "permission-set" | "user" | "account" | "provider" | "service" | "anybody" | "other";
}

/** Takes an ARN, a service or another name of a principal apart. */
export function entityName(name: string): EntityName {
  if (name === "*") return { name, what: "anybody" };
  const { service, accountId, resource } = parseArn(name) ?? NO_ARN;
  if (
    accountId === undefined ||
    resource === undefined ||
    service !== "iam" ||
    !ACCOUNT.test(accountId)
  ) {
    return { name, what: /\.amazonaws\.com(?:\.cn)?$/.test(name) ? "service" : "other" };
  }
  if (resource === "root") return { name: accountId, accountId, what: "account" };
  const [type, ...path] = resource.split("/");
  if (path.length === 0) return { name: resource, accountId, what: "other" };
  if (type === "oidc-provider") return { name: path.join("/"), accountId, what: "provider" };
  const last = path.at(-1) ?? resource;
  if (type === "saml-provider") return { name: last, accountId, what: "provider" };
  const set = type === "role" ? permissionSetName(last) : undefined;
  if (set !== undefined) return { name: set, accountId, what: "permission-set" };
  return {
    name: last,
    accountId,
    what: type === "role" ? "role" : type === "user" ? "user" : "other",
  };
}

/** A managed policy without path, such as `ViewOnlyAccess`. */
export function policyName(arn: string): string {
  return parseArn(arn)?.resource.split("/").at(-1) ?? arn;
}

/** How an account is called: by its key, else by its id. */
export function accountName(accountId: string, { accounts }: ToldReview): string {
  return own(accounts, accountId)?.key ?? accountId;
}

/** A role, user or other principal with its account: `deployer` in `shop-prod`. */
export function entity(name: string, review: ToldReview): Sentence {
  const { what, accountId, name: short } = entityName(name);
  switch (what) {
    case "anybody":
      return words("anyone");
    case "service":
      return say`service ${short}`;
    case "account":
      return say`any caller that account ${accountName(short, review)} allows`;
    case "permission-set":
      return say`permission set ${short} in ${accountName(accountId ?? "", review)}${words(unmappedAccountNote(accountId ?? "", review))}`;
    case "provider":
      return say`identity provider ${short} in ${accountName(accountId ?? "", review)}`;
    default:
      if (accountId === undefined) return say`${short}`;
      return say`${short} in ${accountName(accountId, review)}${words(unmappedAccountNote(accountId, review))}`;
  }
}

/** How the names of callers are written in a group: values without what is the account's own. */
export function callerNames({ accountIds }: ToldGroup, review: ToldReview): CallerNames {
  const [account] = accountIds;
  const isMany = accountIds.length > 1 && account !== undefined;
  return {
    account(accountId) {
      if (isMany && accountId === account) return words("the same account");
      return /^\d{12}$/.test(accountId)
        ? say`${accountName(accountId, review)}${words(unmappedAccountNote(accountId, review))}`
        : say`${accountId}`;
    },
    value: (text) => (isMany ? withPlaceholders(text, account, review) : text),
  };
}

/** How the names of callers are written for themselves, in no group. */
export function namesIn(review: ToldReview): CallerNames {
  return {
    account: (accountId) => say`${accountName(accountId, review)}`,
    value: (text) => text,
  };
}

/**
 * A caller of a change: a principal by its ARN, another by what tells it from others of its provider or service.
 *
 * @param from as a policy names it
 */
export function callerEntity(
  from: string,
  caller: NamedCaller | undefined,
  group: ToldGroup,
  review: ToldReview,
): Sentence {
  return caller === undefined || isSaidByArn(caller)
    ? entity(from, review)
    : callerWords(caller, callerNames(group, review));
}

/** Whether the ARN of a caller says all of its name. */
export function isSaidByArn({ kind }: NamedCaller): boolean {
  return BY_ARN.has(kind);
}

const BY_ARN: ReadonlySet<NamedCaller["kind"]> = new Set([
  "user",
  "role",
  "permission-set",
  "account",
  "arn-pattern",
]);

/** The role or identity that a group is about, with all its accounts: `deployer` in 12 accounts of `/Workloads/Prod` (...). */
export function groupEntity(name: string, group: ToldGroup, review: ToldReview): Sentence {
  if (group.accountIds.length < 2) return entity(name, review);
  const { what, name: short } = entityName(name);
  const noun = words(
    what === "provider" ? "identity provider " : what === "permission-set" ? "permission set " : "",
  );
  return say`${noun}${short} in ${accountsOf(group, review)}`;
}

/** The accounts of a group: how many, what they have in common, and the keys of the first. */
export function accountsOf({ accountIds }: ToldGroup, review: ToldReview): Sentence {
  const names = accountIds.map((id) => accountName(id, review)).sort();
  const shared = common(accountIds, review);
  return say`${words(counted(names.length, "account"))}${shared} (${listedNames(names, NAMED)})`;
}

/** The unit that accounts share, else a tag, else nothing. Others may be there too: it is not said that these are all. */
function common(accountIds: readonly string[], { accounts }: ToldReview): Sentence {
  const known = accountIds.map((id) => own(accounts, id));
  const [first, ...others] = known;
  if (first === undefined) return words("");
  const { unit } = first;
  if (unit !== undefined && others.every((each) => each?.unit === unit)) return say` of ${unit}`;
  const above = sharedUnit(known.map((each) => each?.unit));
  if (above !== undefined) return say` below ${above}`;
  const tag = Object.entries(first.tags)
    .sort(byKey)
    .find(([key, value]) => others.every((each) => own(each?.tags ?? {}, key) === value));
  return tag === undefined ? words("") : say` tagged ${`${tag[0]}: ${tag[1]}`}`;
}

/** The deepest unit that all of some units are below; the root says nothing. */
function sharedUnit(units: readonly (string | undefined)[]): string | undefined {
  const [first, ...others] = units.map((unit) => unit?.split("/").slice(1));
  if (first === undefined) return undefined;
  const end = first.findIndex((step, index) => others.some((steps) => steps?.[index] !== step));
  const shared = end < 0 ? first : first.slice(0, end);
  return shared.length === 0 || shared[0] === "" ? undefined : `/${shared.join("/")}`;
}

/** Follows a principal whose account is not in the map. */
export const NOT_IN_MAP = " (not in the map)";

/** Where no account has a key, there is no map that one could be missing from. */
function unmappedAccountNote(accountId: string, { accounts }: ToldReview): string {
  const account: ReviewedAccount | undefined = own(accounts, accountId);
  if (account?.key !== undefined) return "";
  return Object.values(accounts).some(({ key }) => key !== undefined) ? NOT_IN_MAP : "";
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
