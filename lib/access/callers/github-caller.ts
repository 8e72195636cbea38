import { namePart, partText } from "./name-part";
import type { NamePart } from "./name-part";

/** A run of GitHub Actions, by the subject of its token (rules OI-05 to OI-08). */
export interface GithubCaller {
  readonly kind: "github-actions";
  /** As the policy names it: an ARN. */
  readonly provider: string;
  readonly issuer: string;
  /** As the trust policy tests it. @default - it tests no subject: any run of anybody */
  readonly subject?: NamePart | undefined;
  /** Owner of the repository. @default - any, or the subject is in another form */
  readonly owner?: NamePart;
  /** Name of the repository, without its owner. @default - any, or the subject is in another form */
  readonly repository?: NamePart;
  /** Ids of owner and repository, as immutable subjects have them. @default - the subject has none */
  readonly ids?: { readonly owner: string; readonly repository: string };
  /** Which runs of the repository. @default - any */
  readonly run?: GithubRun;
}

/** Which runs of a repository a subject is of. */
export type GithubRun =
  | { readonly kind: "branch" | "tag" | "environment"; readonly name: NamePart }
  | { readonly kind: "pull-request" }
  /** The rest of a subject in another form. */
  | { readonly kind: "other"; readonly text: NamePart };

const ISSUER = "token.actions.githubusercontent.com";

/** Whether an issuer, without its scheme, is GitHub's: that of all, of an enterprise, or of a server of one's own. */
export function isGithubIssuer(issuer: string): boolean {
  const lower = issuer.toLowerCase();
  return lower === ISSUER || lower.startsWith(`${ISSUER}/`) || lower.endsWith("/_services/token");
}

/** Takes a subject of GitHub apart; one in a form that is not known is kept as it is. */
export function githubCaller(
  provider: string,
  issuer: string,
  subject: NamePart | undefined,
): GithubCaller {
  const caller = { kind: "github-actions", provider, issuer } as const;
  if (subject === undefined) return caller;
  const text = partText(subject);
  const isPattern = "like" in subject;
  // `*` is a character in StringEquals, and no name has it: a subject that no token ever has.
  const isDead = !isPattern && /[*?]/.test(text);
  const { rest } = /^repo:(?<rest>.*)$/s.exec(text)?.groups ?? {};
  if (isDead || rest === undefined) return { ...caller, subject };
  const {
    owner = "",
    name,
    run,
  } = /^(?<owner>[^/:]*)(?:\/(?<name>[^:]*)(?::(?<run>.*))?)?$/s.exec(rest)?.groups ?? {};
  if (owner === "") return { ...caller, subject };
  const ids = idsOf(owner, name);
  const runs = run === undefined ? undefined : runOf(run, isPattern);
  return {
    ...caller,
    subject,
    ...(owner === "*" ? {} : { owner: namePart(ids?.ownerName ?? owner, isPattern) }),
    ...(name === undefined || name === "*"
      ? {}
      : { repository: namePart(ids?.name ?? name, isPattern) }),
    ...(ids === undefined ? {} : { ids: { owner: ids.owner, repository: ids.repository } }),
    ...(runs === undefined ? {} : { run: runs }),
  };
}

interface Ids {
  readonly ownerName: string;
  readonly owner: string;
  readonly name: string;
  readonly repository: string;
}

/** The immutable form: `OWNER@ID/NAME@ID` (rule OI-08). */
function idsOf(owner: string, name: string | undefined): Ids | undefined {
  const { ownerName, owner: ownerId } =
    /^(?<ownerName>[^@]+)@(?<owner>\d+)$/.exec(owner)?.groups ?? {};
  const { short, repository } =
    /^(?<short>[^@]+)@(?<repository>\d+)$/.exec(name ?? "")?.groups ?? {};
  if (ownerName === undefined || ownerId === undefined) return undefined;
  if (short === undefined || repository === undefined) return undefined;
  return { ownerName, owner: ownerId, name: short, repository };
}

/** `undefined` where every run is meant. */
function runOf(run: string, isPattern: boolean): GithubRun | undefined {
  if (isPattern && run === "*") return undefined;
  if (run === "pull_request") return { kind: "pull-request" };
  for (const [prefix, kind] of RUNS) {
    const name = run.slice(prefix.length);
    if (run.startsWith(prefix) && name !== "") return { kind, name: namePart(name, isPattern) };
  }
  return { kind: "other", text: namePart(run, isPattern) };
}

const RUNS = [
  ["ref:refs/heads/", "branch"],
  ["ref:refs/tags/", "tag"],
  ["environment:", "environment"],
] as const;
