import { listNames } from "../../diagnostics/nearest";
import { globOf, matchesGlob } from "../../iam/condition/glob";
import type { PrincipalUse } from "../facts/principal-use";
import type { Rule } from "../rule";

export const permissionSetOverlap: Rule = {
  id: "SSO-04",
  severity: "warning",
  summary: "a pattern of permission sets matches no other permission set in the map",
  why: "A pattern that ends with `*` also matches every longer name: `Admin*` also allows `Admin-ReadOnly`.",
  source: "IAM Identity Center User Guide, referencingpermissionsets",
  *inMap(context) {
    const all = context.entrancesOf("permissionSet");
    const names = [...new Set(all.map(({ wayIn }) => wayIn.principal.pattern))].filter(
      (name) => !WILDCARD.test(name),
    );
    for (const { wayIn, accounts } of all) {
      const { pattern } = wayIn.principal;
      if (!WILDCARD.test(pattern)) continue;
      const place = { at: [...wayIn.at, "permissionSet", "namePattern"] };
      if (/^[*?]*$/.test(pattern)) {
        yield {
          ...place,
          message: `\`${pattern}\` matches every permission set in the account, now and later`,
          help: "list the permission sets by name, one principal each",
        };
        continue;
      }
      const roleOf = ({ at }: PrincipalUse["wayIn"]): string => at.slice(0, -1).join(".");
      const beside = new Set(
        all
          .filter((other) => roleOf(other.wayIn) === roleOf(wayIn))
          .map((other) => other.wayIn.principal.pattern),
      );
      const glob = globOf(pattern);
      const others = names.filter((name) => !beside.has(name) && matchesGlob(glob, name));
      if (others.length === 0 || accounts.length === 0) continue;
      yield {
        ...place,
        message: `\`${pattern}\` also allows ${listNames(others)}, which the map names for other roles`,
        help: "list the permission sets by name, one principal each",
      };
    }
  },
};

const WILDCARD = /[*?]/;
