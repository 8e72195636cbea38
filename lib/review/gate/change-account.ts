import { splitArn } from "../../iam/condition/arn-match";
import type { AccessChange } from "../kinds/access-change";

/** Id of the account whose access changes: that of the role that is reached, or of the identity that is permitted. */
export function changeAccount(change: AccessChange): string | undefined {
  const subject = changeSubject(change);
  if (subject === undefined) return undefined;
  return /^\d{12}$/.test(subject) ? subject : accountOf(subject);
}

/** What a change is about: mostly an ARN. A safeguard is in no account. */
export function changeSubject(change: AccessChange): string | undefined {
  switch (change.kind) {
    case "reach":
    case "edge":
      return change.to;
    case "trust":
    case "escalation":
    case "session":
    case "external-id":
    case "pipeline":
      return change.role;
    case "permissions":
    case "boundary":
      return change.identity;
    case "provider":
      return change.provider;
    case "instance-profile":
      return change.profile;
    case "terraform":
      return change.account;
    case "existence":
      return change.arn;
    case "replacement":
      return change.before;
    case "quota":
    case "unknown":
      return change.subject;
    case "assertion":
    case "safeguard":
      return undefined;
  }
}

function accountOf(arn: string): string | undefined {
  const account = splitArn(arn)?.[4];
  return account === "" ? undefined : account;
}
