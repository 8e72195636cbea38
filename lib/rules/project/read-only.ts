import type { Permissions } from "../../account-map/model/account-map";
import { listNames } from "../../diagnostics/nearest";
import { policyDocument } from "../../iam/policy-document";
import type { Statement } from "../../iam/policy-document";
import { beyondReading, managedBeyondReading } from "../facts/beyond-reading";
import { managedName } from "../facts/managed-document";
import { readOnlyRoles } from "../facts/read-only-roles";
import type { Rule } from "../rule";
import type { RuleFinding } from "../rule-finding";
import type { MapContext } from "../rule-context";

/** How many actions a message lists. */
const SHOWN = 6;

export const readOnlySpoke: Rule = {
  id: "read-only",
  severity: "error",
  summary: "a role with `access: read-only` has permissions to list and read, and no others",
  why: "Read-only roles are granted freely, because everyone trusts the label.",
  source: "AWS Service Authorization Reference, access levels",
  *inMap(context) {
    for (const { permissions } of readOnlyRoles(context.map)) {
      yield* documentFindings(permissions, context);
      yield* statementFindings(permissions);
      yield* managedFindings(permissions);
    }
  },
};

const HELP = "remove these actions, or the line `access: read-only`";

function* documentFindings(
  { documents: uses }: Permissions,
  { documents }: MapContext,
): Generator<RuleFinding> {
  for (const { document: name, at } of uses) {
    const statements = documents.get(name)?.document.Statement ?? [];
    const beyond = beyondReading(policyDocument(statements as Statement[])); // its grammar was checked
    if (beyond.length === 0) continue;
    yield {
      at,
      message: `the document \`${name}\` allows more than reading: ${listNames(beyond, SHOWN)}`,
      help: HELP,
    };
  }
}

function* statementFindings({ statements, at }: Permissions): Generator<RuleFinding> {
  for (const [index, statement] of statements.entries()) {
    const beyond = beyondReading(policyDocument([statement]));
    if (beyond.length === 0) continue;
    yield {
      at: [...at, "statements", index],
      message: `this statement allows more than reading: ${listNames(beyond, SHOWN)}`,
      help: HELP,
    };
  }
}

function* managedFindings({ managed }: Permissions): Generator<RuleFinding> {
  for (const { name, at } of managed) {
    const beyond = managedBeyondReading(name);
    if (beyond === "unknown") {
      yield {
        at,
        message: `whether \`${managedName(name)}\` only reads is unknown: its text is not available`,
        help: "write a document with what the role reads, or accept the finding with a reason",
      };
    } else if (beyond.length > 0) {
      yield {
        at,
        message: `the managed policy \`${managedName(name)}\` allows more than reading: ${listNames(beyond, SHOWN)}`,
        help: "use another one, such as `job-function/ViewOnlyAccess`, or remove the line `access: read-only`",
      };
    }
  }
}
