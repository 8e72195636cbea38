import type { CheckedFile } from "../print/check-output";

/** What a check of files on their own does not look at, by what they were taken for. */
const NOT_CHECKED: Readonly<Record<CheckedFile["kind"], string | undefined>> = {
  "account map": undefined,
  trust: "what the role can do, and whether its callers are allowed to assume it",
  identity: "the other policies, the boundary and the account of whoever has the policy",
  boundary: "the policies of the roles with the boundary",
  "service-control": "the accounts with the policy, and what it denies there",
  "resource-control": "the accounts with the policy, and what it denies there",
  stack: "who can assume the roles: `trustwheel reach` and `who-can` tell",
};

/** What was not looked at, each once; nothing for a map, which has everything. */
export function notChecked(checked: readonly CheckedFile[]): readonly string[] {
  return [...new Set(checked.flatMap(({ kind }) => NOT_CHECKED[kind] ?? []))];
}
