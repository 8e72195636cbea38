import {
  ANY,
  EXTERNAL_ID,
  LOWER_OR_DIGITS,
  NAME,
  NOT_SLASH,
  PRINTABLE,
  UPPER_OR_DIGITS,
} from "./characters";
import type { CharacterClass } from "./characters";
import { many, one, pattern, text } from "./string-pattern";
import type { StringPattern, Token } from "./string-pattern";

/*
 * The values that keys can have. Upper limits of length are left out: a value beyond them would have to
 * be asked for by a pattern as long.
 */

/** Any text, also none. */
export const ANYTHING = pattern([many(ANY)]);
/** `true` and `false`. */
export const BOOLEAN = pattern(text("true"), text("false"));
/** What a flag that is never raised says where it is there. */
export const FALSE = pattern(text("false"));
/** External ids (rule ID-12). */
export const EXTERNAL_IDS = pattern(atLeast(2, EXTERNAL_ID));
/** Names of sessions and source identities (rules ID-13, ID-14). */
export const SESSION_NAMES = pattern(atLeast(2, NAME));

/** Unique ids of users: `aws:userid` of a user. */
export const USER_IDS = pattern([...text("AIDA"), ...atLeast(1, UPPER_OR_DIGITS)]);
/** `aws:userid` of a session: the unique id of its role, a colon and the name of the session. */
export const SESSION_IDS = pattern([
  ...text("AROA"),
  ...atLeast(1, UPPER_OR_DIGITS),
  ...text(":"),
  ...atLeast(2, NAME),
]);

/** ARNs of all users or all roles of an account, with paths (rules ID-05, ID-07). */
export function principalArns(
  partition: string,
  accountId: string,
  kind: "user" | "role-session",
): StringPattern {
  const type = kind === "user" ? "user" : "role";
  const prefix = text(`arn:${partition}:iam::${accountId}:${type}/`);
  const name = [one(NAME), many(NAME)];
  return pattern(
    [...prefix, ...name],
    [...prefix, one(PRINTABLE & NOT_SLASH), many(PRINTABLE), ...text("/"), ...name],
  );
}

/**
 * Paths of organizational units (rule ID-04), which begin with the organization's id: `o-` and at least 10
 * characters, `r-` and at least 4, `ou-` and at least 4, a dash and at least 8.
 *
 * @param organization the id of the one organization to stay in; `undefined` for all
 */
export function organizationPaths(organization: string | undefined): StringPattern {
  const id = (prefix: string, shortest: number): Token[] => [
    ...text(prefix),
    ...atLeast(shortest, LOWER_OR_DIGITS),
  ];
  const root = [
    ...(organization === undefined ? id("o-", 10) : text(organization)),
    ...text("/"),
    ...id("r-", 4),
    ...text("/"),
  ];
  const unit = [...id("ou-", 4), ...id("-", 8)];
  return pattern(root, ...nested(root, [...unit, ...text("/")]));
}

function atLeast(count: number, characters: CharacterClass): Token[] {
  return [...Array.from({ length: count }, () => one(characters)), many(characters)];
}

/** Organizational units nest at most five deep. */
function nested(root: readonly Token[], unit: readonly Token[]): Token[][] {
  return [1, 2, 3, 4, 5].map((depth) => [
    ...root,
    ...Array.from({ length: depth }, () => unit).flat(),
  ]);
}
