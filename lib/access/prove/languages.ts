import { ANY, EXTERNAL_ID, LOWER_OR_DIGITS, NAME, NOT_SLASH, PRINTABLE } from "./characters";
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
/** External ids (rule ID-12). */
export const EXTERNAL_IDS = pattern([one(EXTERNAL_ID), one(EXTERNAL_ID), many(EXTERNAL_ID)]);
/** Names of sessions and source identities (rules ID-13, ID-14). */
export const SESSION_NAMES = pattern([one(NAME), one(NAME), many(NAME)]);

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
 * Paths of organizational units (rule ID-04), which begin with the organization's id. The lengths of the
 * ids are not checked: the rules on the map do that.
 *
 * @param organization the id of the one organization to stay in; `undefined` for all
 */
export function organizationPaths(organization: string | undefined): StringPattern {
  const id = (prefix: string): Token[] => [
    ...text(prefix),
    one(LOWER_OR_DIGITS),
    many(LOWER_OR_DIGITS),
  ];
  const root = [
    ...(organization === undefined ? id("o-") : text(organization)),
    ...text("/"),
    ...id("r-"),
    ...text("/"),
  ];
  const unit = [...id("ou-"), ...text("-"), one(LOWER_OR_DIGITS), many(LOWER_OR_DIGITS)];
  return pattern(root, ...nested(root, [...unit, ...text("/")]));
}

/** Organizational units nest at most five deep. */
function nested(root: readonly Token[], unit: readonly Token[]): Token[][] {
  return [1, 2, 3, 4, 5].map((depth) => [
    ...root,
    ...Array.from({ length: depth }, () => unit).flat(),
  ]);
}
