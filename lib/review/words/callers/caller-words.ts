import { nameInArn, parseArn } from "../../../iam/arn";
import type { GithubCaller, GithubRun } from "../../../access/callers/github-caller";
import type { NamedCaller } from "../../../access/callers/named-caller";
import { partText } from "../../../access/callers/name-part";
import type { NamePart } from "../../../access/callers/name-part";
import { listed, say, words } from "../text";
import type { Sentence } from "../text";

/** How names are written where a caller is told. */
export interface CallerNames {
  /** An account by its id: its key where it has one. */
  account(accountId: string): Sentence;
  /** A value of a policy, in a group of accounts without what is the account's own. */
  value(text: string): string;
}

/**
 * A caller in words, as a person would name it: `branch main of GitHub repository o/r`. What a policy does not test
 * is said to be any; names that come from outside are code.
 */
export function callerWords(caller: NamedCaller, names: CallerNames): Sentence {
  const value = (text: string): Sentence => say`${names.value(text)}`;
  const like = (part: NamePart): Sentence => partWords(part, names);
  switch (caller.kind) {
    case "anyone":
      return words("anyone");
    case "organization":
      return say`anyone in organization ${like(caller.organization)}`;
    case "organizational-unit":
      return say`anyone in ${unitWords(caller.path, names)}`;
    case "account":
      return say`any caller that account ${names.account(caller.accountId)} allows`;
    case "user":
      return say`user ${like(caller.name)} in ${names.account(caller.accountId)}`;
    case "role":
      return say`role ${like(caller.name)} in ${names.account(caller.accountId)}`;
    case "permission-set":
      return say`permission set ${like(caller.name)} in ${names.account(caller.accountId)}`;
    case "arn-pattern":
      return say`users and roles like ${value(caller.pattern)}`;
    case "role-session":
      return say`session ${value(caller.session)} of role ${value(caller.role)} in ${names.account(caller.accountId)}`;
    case "service":
      return say`service ${value(caller.service)}${sourceWords(caller, names)}`;
    case "ec2-instances":
      return say`EC2 instances with the role's instance profile (service ${value(caller.service)})${sourceWords(caller, names)}`;
    case "pods":
      return say`pods with ${anyOr("service account", caller.serviceAccount, names)} in ${anyOr("namespace", caller.namespace, names)} of ${anyOr("cluster", caller.clusterArn, names)}`;
    case "roles-anywhere": {
      const fields = Object.entries(caller.certificate);
      const subject =
        fields.length === 0
          ? words("any certificate")
          : say`certificates with ${listed(fields.map(([field, part]) => say`${names.value(field)} ${like(part)}`))}`;
      return say`${subject} of ${anyOr("trust anchor", caller.trustAnchorArn, names)}`;
    }
    case "github-actions":
      return githubWords(caller, names);
    case "oidc": {
      const subject =
        caller.subject === undefined
          ? words("any subject")
          : "like" in caller.subject
            ? say`any subject ${like(caller.subject)}`
            : say`subject ${like(caller.subject)}`;
      return say`${subject} of identity provider ${value(caller.issuer)}${providerPlace(caller.provider, names)}`;
    }
    case "saml": {
      const attributes = Object.entries(caller.attributes);
      const provider = say`SAML provider ${value(lastSegment(caller.provider))}${providerPlace(caller.provider, names)}`;
      if (attributes.length === 0) return say`anyone of ${provider}`;
      return say`${listed(attributes.map(([key, part]) => say`${names.value(key)} ${like(part)}`))} of ${provider}`;
    }
    case "other":
      return say`callers that the trust policy names as ${value(caller.text)}`;
  }
}

/** A value, or `like` and a pattern. */
export function partWords(part: NamePart, names: CallerNames): Sentence {
  const text = names.value(partText(part));
  return "like" in part ? say`like ${text}` : say`${text}`;
}

/** An OU by its path, and whether OUs below it count, too. */
export function unitWords(path: NamePart, names: CallerNames): Sentence {
  const text = partText(path);
  if ("like" in path && /^[^*?]+\*$/.test(text)) {
    return say`OU ${names.value(text.slice(0, -1))} and below`;
  }
  return say`OU ${partWords(path, names)}`;
}

function anyOr(noun: string, part: NamePart | undefined, names: CallerNames): Sentence {
  if (part === undefined || ("like" in part && part.like === "*")) return words(`any ${noun}`);
  const any = "like" in part ? "any " : "";
  return say`${words(`${any}${noun} `)}${partWords(part, names)}`;
}

function sourceWords(
  {
    sourceArn,
    sourceAccount,
  }: { readonly sourceArn?: NamePart; readonly sourceAccount?: NamePart },
  names: CallerNames,
): Sentence {
  const account =
    sourceAccount === undefined
      ? []
      : "equals" in sourceAccount
        ? [say`source account ${names.account(sourceAccount.equals)}`]
        : [say`source account ${partWords(sourceAccount, names)}`];
  const parts = [
    ...(sourceArn === undefined ? [] : [say`source ${partWords(sourceArn, names)}`]),
    ...account,
  ];
  return parts.length === 0 ? [] : say` with ${listed(parts)}`;
}

function providerPlace(provider: string, names: CallerNames): Sentence {
  const account = parseArn(provider)?.accountId ?? "";
  return /^\d{12}$/.test(account) ? say` in ${names.account(account)}` : [];
}

function lastSegment(arn: string): string {
  return nameInArn(arn);
}

function githubWords(caller: GithubCaller, names: CallerNames): Sentence {
  const { subject, owner, run } = caller;
  if (subject === undefined) return words("any run of any GitHub repository");
  if (owner === undefined && caller.repository === undefined && run === undefined) {
    return "like" in subject && (subject.like === "*" || subject.like === "repo:*")
      ? words("any run of any GitHub repository")
      : say`GitHub runs with ${words("like" in subject ? "any subject" : "subject")} ${partWords(subject, names)}`;
  }
  return say`${runWords(run, names)} of ${repositoryWords(caller, names)}`;
}

/** A repository, or which of them. */
export function repositoryWords(
  { subject, owner, repository, ids }: GithubCaller,
  names: CallerNames,
): Sentence {
  if (
    repository !== undefined &&
    "equals" in repository &&
    owner !== undefined &&
    "equals" in owner
  ) {
    const known =
      ids === undefined
        ? []
        : say` (IDs ${names.value(ids.owner)} and ${names.value(ids.repository)})`;
    return say`GitHub repository ${names.value(`${owner.equals}/${repository.equals}`)}${known}`;
  }
  // A wildcard also matches what stands behind the repository in a subject: that is shown as it is.
  const whole = subject === undefined ? [] : say` (subject ${partWords(subject, names)})`;
  if (owner === undefined && repository === undefined) return words("any GitHub repository");
  if (repository === undefined && owner !== undefined && "equals" in owner) {
    return say`any GitHub repository of owner ${names.value(owner.equals)}`;
  }
  const pattern = [owner, repository].map((part) => (part === undefined ? "*" : partText(part)));
  return say`any GitHub repository like ${names.value(pattern.join("/"))}${whole}`;
}

/** Which runs of a repository. */
export function runWords(run: GithubRun | undefined, names: CallerNames): Sentence {
  if (run === undefined) return words("any branch, tag, environment or pull request");
  switch (run.kind) {
    case "branch":
    case "tag":
    case "environment":
      return anyOr(run.kind, run.name, names);
    case "pull-request":
      return words("any pull request");
    case "other":
      return say`runs ${partWords(run.text, names)}`;
  }
}
