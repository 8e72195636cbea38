import type { PrincipalEntry } from "../account-map/model/account-map";

/**
 * What sessions of a role can carry along the chain, and what each further hop must therefore allow on
 * both sides.
 */
export interface SessionContext {
  /** Whether a source identity may be set; it persists down the chain (rule TR-17). */
  readonly sourceIdentity: boolean;
  /** Keys of session tags that are transitive, sorted (rules TR-15b, TR-16). */
  readonly transitiveTags: readonly string[];
}

/** A session that carries nothing. */
export const EMPTY_SESSION: SessionContext = { sourceIdentity: false, transitiveTags: [] };

/** What a session can carry that was obtained in one way or the other. */
export function eitherSession(a: SessionContext, b: SessionContext): SessionContext {
  if (b === EMPTY_SESSION) return a;
  return {
    sourceIdentity: a.sourceIdentity || b.sourceIdentity,
    transitiveTags: [...new Set([...a.transitiveTags, ...b.transitiveTags])].sort(),
  };
}

/** Whether two sessions can carry the same. */
export function sameSession(a: SessionContext, b: SessionContext): boolean {
  return (
    a.sourceIdentity === b.sourceIdentity &&
    a.transitiveTags.join("\n") === b.transitiveTags.join("\n")
  );
}

/** Keys of the session tags that EKS Pod Identity always passes; they are transitive (rule OI-15). */
export const POD_IDENTITY_TAGS: readonly string[] = [
  "eks-cluster-arn",
  "eks-cluster-name",
  "kubernetes-namespace",
  "kubernetes-pod-name",
  "kubernetes-pod-uid",
  "kubernetes-service-account",
];

/** What sessions can carry that were obtained with this principal (rules TR-15b, TR-17). */
export function wayInSession({ principal, conditions }: PrincipalEntry): SessionContext {
  const sourceIdentity =
    conditions.sourceIdentity !== undefined || principal.kind === "rolesAnywhere";
  const declared = conditions.sessionTags.filter((tag) => tag.transitive).map((tag) => tag.key);
  const transitiveTags = principal.kind === "podIdentity" ? POD_IDENTITY_TAGS : declared.sort();
  return { sourceIdentity, transitiveTags };
}

/** What a caller passes on assuming, transitive or not. */
export function passedOnEntering({ conditions }: PrincipalEntry): SessionContext {
  return {
    sourceIdentity: conditions.sourceIdentity !== undefined,
    transitiveTags: conditions.sessionTags.map((tag) => tag.key).sort(),
  };
}

/** The actions that a caller needs for a hop with such a session. */
export function hopActions(session: SessionContext): string[] {
  return [
    "sts:AssumeRole",
    ...(session.sourceIdentity ? ["sts:SetSourceIdentity"] : []),
    ...(session.transitiveTags.length > 0 ? ["sts:TagSession"] : []),
  ];
}
