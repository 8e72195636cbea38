import { PERMISSION_SET_ROLE_PREFIX } from "../../iam/aws-made-roles";
import type { Path } from "../../source/source";
import type { PrincipalUse } from "../facts/principal-use";
import type { Rule } from "../rule";
import { conditionTexts, resourceTexts } from "../facts/statement-text";
import { placeIn } from "../facts/written-statement";

export const permissionSetSuffix: Rule = {
  id: "SSO-02",
  severity: "error",
  summary: "an Identity Center role is never named with its last 16 characters",
  why: "The characters change when the last assignment of the permission set is removed and added again: the old name then matches nobody.",
  source: "IAM Identity Center User Guide, referencingpermissionsets",
  *inMap(context) {
    for (const entrance of context.entrances) {
      const { name, at, foreign } = reservedName(entrance) ?? {};
      if (name === undefined || at === undefined) continue;
      const [, set] = SUFFIXED.exec(name) ?? [];
      yield {
        at,
        message: `\`${name}\` is an Identity Center role, whose name changes when the permission set is reassigned`,
        help:
          foreign === true
            ? "remove `role:`; the external ID stays"
            : `write \`permissionSet: {name: ${set ?? "..."}}\` instead of \`role:\``,
      };
    }
  },
  *inDocuments(context) {
    for (const written of context.statements) {
      const found = [
        ...resourceTexts(written.statement),
        ...conditionTexts(written.statement),
      ].find(({ text }) => SUFFIXED.test(text));
      if (found === undefined) continue;
      yield {
        ...placeIn(written, ...found.path),
        message: `the last 16 characters change when the permission set is reassigned, got ${JSON.stringify(found.text)}`,
        help: 'write "????????????????" instead of them, with an operator that takes wildcards',
      };
    }
  },
};

const SUFFIXED = /AWSReservedSSO_([\w+=,.@-]+)_[0-9a-f]{16}(?![\w+=,.@-])/;

function reservedName({
  wayIn: { principal, at },
}: PrincipalUse): { name: string; at: Path; foreign: boolean } | undefined {
  if (principal.kind === "role") {
    const name = principal.names.find((each) => each.startsWith(PERMISSION_SET_ROLE_PREFIX));
    return name === undefined ? undefined : { name, at: [...at, "role", "name"], foreign: false };
  }
  if (principal.kind !== "foreignAccount") return undefined;
  const [, name] = /\/(AWSReservedSSO_[^/]*)$/.exec(principal.entity ?? "") ?? [];
  return name === undefined
    ? undefined
    : { name, at: [...at, "foreignAccount", "role"], foreign: true };
}
