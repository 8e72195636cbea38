import { arnFields } from "../../iam/condition/arn-match";
import { malformation } from "../../iam/condition/evaluate-statement";
import { MANY } from "../../iam/condition/glob";
import type { Glob } from "../../iam/condition/glob";
import {
  resolveVariables,
  valueGlob,
  withoutVariables,
} from "../../iam/condition/policy-variables";
import { completedArn } from "../../iam/condition/resource-match";
import { valuesOf } from "../../iam/policy-document";
import { compileCondition } from "../prove/compile-condition";
import { TRUE, and, ask, not, opaque, or } from "../prove/formula";
import type { Formula } from "../prove/formula";
import { stringAtom } from "../prove/request-space";
import { arnGlob, glob, pattern } from "../prove/solvers/string-pattern";
import { RESOURCE_DIMENSION } from "./permission-space";
import type { PermissionSpace } from "./permission-space";
import type { OwnStatement } from "./statement-set";

/** When a statement of an identity policy applies to a request whose action it names. */
export function compileStatement(
  { statement, variables }: OwnStatement,
  space: PermissionSpace,
): Formula {
  const malformed = malformation("identity", statement);
  if (malformed !== undefined) return opaque(JSON.stringify(statement), malformed);
  const { Resource, NotResource, Condition } = statement;
  const named = or(
    ...valuesOf(Resource ?? NotResource).map((each) => compileResource(each, space, variables)),
  );
  return and(
    Resource === undefined ? not(named) : named,
    compileCondition(Condition, space, variables),
  );
}

/** When a pattern of a Resource element names the resource. */
function compileResource(text: string, space: PermissionSpace, variables: boolean): Formula {
  let open: string | undefined;
  const resolved = variables
    ? resolveVariables(text, (key) => {
        const { fixed } = space.keyState(key);
        if (fixed?.length !== 1) open ??= `\${${key}}`;
        // Whatever it stands for: the pattern then names too much, never too little.
        return fixed?.length === 1 ? fixed[0] : OPEN;
      })
    : withoutVariables(text);
  if ("unresolved" in resolved) {
    return opaque(`resource ${text}`, `${resolved.unresolved} has no single value`);
  }
  const parts = resolved.parts.map((part) =>
    part.inserted && part.text === OPEN ? { text: "*", inserted: false } : part,
  );
  const named = nameResource(valueGlob(parts), text);
  return open === undefined
    ? named
    : and(named, opaque(`resource ${text}`, `the variable ${open} depends on the request`));
}

/** In place of a value that depends on the request: no policy has this character (rule ID-22). */
const OPEN = "\u0000";

/** As an evaluator takes it: field by field, and what matches only across fields cannot be told (rule GR-21). */
function nameResource(parts: Glob, written: string): Formula {
  if (parts.length === 1 && parts[0] === MANY) return TRUE;
  const full = completedArn(parts);
  const strict = ask(stringAtom(RESOURCE_DIMENSION, pattern(arnGlob(full))));
  const spans = arnFields(full)
    ?.slice(0, -1)
    .some((field) => field.some((part) => part < 0));
  const isShort = full.length !== parts.length;
  if (spans !== true && !isShort) return strict;
  const loose = ask(stringAtom(RESOURCE_DIMENSION, pattern(glob(parts))));
  return or(
    strict,
    and(
      loose,
      opaque(
        `across ${written}`,
        `whether \`${written}\` reaches beyond a colon is not documented`,
      ),
    ),
  );
}
