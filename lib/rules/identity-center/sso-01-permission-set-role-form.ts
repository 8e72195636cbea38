import { PERMISSION_SET_ROLE_PREFIX } from "../../iam/aws-made-roles";
import type { Rule } from "../rule";
import { placeIn } from "../facts/written-statement";
import { conditionTexts, resourceTexts } from "../facts/statement-text";

export const permissionSetRoleForm: Rule = {
  id: "SSO-01",
  severity: "error",
  summary:
    "a permission set is named without the prefix of its roles, and a pattern of its roles matches with and without a region",
  why: "The role path has a segment for the region, unless the identity source is in us-east-1: a pattern that requires one matches nothing there.",
  source: "IAM Identity Center User Guide, referencingpermissionsets",
  *inMap(context) {
    for (const { wayIn } of context.entrancesOf("permissionSet")) {
      const { pattern } = wayIn.principal;
      if (!pattern.startsWith(PERMISSION_SET_ROLE_PREFIX)) continue;
      yield {
        at: [...wayIn.at, "permissionSet"],
        message: `\`${pattern}\` is the name of a role, not of a permission set: the prefix is added to it once more`,
        help: `write \`${pattern.slice(PERMISSION_SET_ROLE_PREFIX.length)}\``,
      };
    }
  },
  *inDocuments(context) {
    for (const written of context.statements) {
      const found = [
        ...resourceTexts(written.statement),
        ...conditionTexts(written.statement),
      ].find(({ text }) => text.includes(ONE_SEGMENT));
      if (found === undefined) continue;
      yield {
        ...placeIn(written, ...found.path),
        message: `the path requires a region, which Identity Center roles in us-east-1 do not have, got ${JSON.stringify(found.text)}`,
        help: `write ${JSON.stringify(found.text.replace(ONE_SEGMENT, ANY_SEGMENT))}`,
      };
    }
  },
};

const ONE_SEGMENT = `/aws-reserved/sso.amazonaws.com/*/${PERMISSION_SET_ROLE_PREFIX}`;
const ANY_SEGMENT = `/aws-reserved/sso.amazonaws.com*/${PERMISSION_SET_ROLE_PREFIX}`;
