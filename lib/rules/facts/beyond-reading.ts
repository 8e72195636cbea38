import {
  accessLevelsOf,
  actionsBeyondReading,
  expandAction,
} from "../../iam/escalation/action-access";
import type { PolicyDocument } from "../../iam/policy-document";
import { managedDocument, managedName } from "./managed-document";

/**
 * What a document permits beyond reading, as its statements write it. Actions that describe or list, and
 * those that get policies and permissions, only read, though AWS files some of them under writing or
 * permissions management.
 */
export function beyondReading(document: PolicyDocument): readonly string[] {
  return actionsBeyondReading(document).filter((pattern) => !readsByName(pattern));
}

const found = new Map<string, readonly string[] | "unknown">();

/** What an AWS managed policy permits beyond reading; `"unknown"` where its text is not available. */
export function managedBeyondReading(reference: string): readonly string[] | "unknown" {
  const known = found.get(reference);
  if (known !== undefined) return known;
  const judged = judgeManaged(reference);
  found.set(reference, judged);
  return judged;
}

function judgeManaged(reference: string): readonly string[] | "unknown" {
  const document = managedDocument(reference);
  if (document === undefined) return "unknown";
  // AWS's own definition of reading everything, with a few actions that it files under writing.
  if (managedName(reference) === "ReadOnlyAccess") return [];
  // AWS does not mistype: an action that is not known is one of a service that is no more.
  return beyondReading(document).filter(
    (pattern) =>
      expandAction(pattern) !== "unknown" || !/^[^:]+:(?:Describe|Get|List)/.test(pattern),
  );
}

const READS = /:(?:Describe|List)|:Get\w*(?:Policy|Policies|Permissions?)$/;

function readsByName(pattern: string): boolean {
  const actions = expandAction(pattern);
  if (actions === "unknown") return false;
  return !actions.some((action) => !READS.test(action) && !isRead(action));
}

function isRead(action: string): boolean {
  return [...accessLevelsOf(action)].every((level) => level === "List" || level === "Read");
}
