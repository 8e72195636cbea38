import { sessionOf } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import type { AccessGraph } from "../access-graph";
import { callersIn, trustIndex } from "../decide/trust-index";
import { roleSubject, subjectOf } from "./subjects";
import { concerns } from "./with-unread";
import type { Possibility, Unread } from "./unread";

/** Something that was not read, and whether the answer could be another one with it. */
export interface UnreadInAnswer extends Unread {
  readonly matters: boolean;
}

/** Whether what was not read could change the answer to one call. */
export function unreadForCall(
  graph: AccessGraph,
  caller: Caller,
  roleArn: string,
): readonly UnreadInAnswer[] {
  const asking = subjectOf(graph, caller);
  const role = roleSubject(graph, roleArn);
  return judged(graph, (each) =>
    each.what === "trust" ? concerns(each, role) : asking !== undefined && concerns(each, asking),
  );
}

/**
 * Whether what was not read could change which roles a caller reaches: what it or a reached role is permitted,
 * or the trust policy of any role.
 *
 * @param reached ARNs of the roles that it reaches as far as was read
 */
export function unreadForReach(
  graph: AccessGraph,
  start: Caller,
  reached: readonly string[],
): readonly UnreadInAnswer[] {
  const asking = subjectOf(graph, start);
  const subjects = [
    ...(asking === undefined ? [] : [asking]),
    ...reached.map((arn) => roleSubject(graph, arn)),
  ];
  return judged(
    graph,
    (each) =>
      (each.what === "trust" && each.kind !== "user") ||
      subjects.some((subject) => concerns(each, subject)),
  );
}

/**
 * Whether what was not read could change who reaches a role: the trust policy of that role or of one that reaches
 * it, or what those are permitted whom such a trust policy may let in.
 *
 * @param reaching ARNs of the roles that reach it as far as was read
 */
export function unreadForRole(
  graph: AccessGraph,
  roleArn: string,
  reaching: readonly string[],
): readonly UnreadInAnswer[] {
  if ((graph.unread ?? []).length === 0) return [];
  const index = trustIndex(graph);
  const roles = new Set([roleArn, ...reaching]);
  const leading = [...roles].map((arn) => roleSubject(graph, arn));
  const admitted = callersIn(graph)
    .filter((caller) => index.candidates(caller, roles).length > 0)
    .flatMap((caller) => subjectOf(graph, caller) ?? []);
  return judged(graph, (each) => {
    if (each.what === "permissions") return admitted.some((subject) => concerns(each, subject));
    if (leading.some((role) => concerns(each, role))) return true;
    if (each.name !== undefined) return false;
    // A role that is made beside those that were read may be let in where its account is.
    if (each.accountId === undefined) return true;
    const made = `arn:aws:iam::${each.accountId}:role/not-read`;
    const caller = sessionOf(made);
    return index.candidates(caller, roles).length > 0;
  });
}

function judged(
  { unread = [] }: AccessGraph,
  matters: (possibility: Possibility) => boolean,
): readonly UnreadInAnswer[] {
  return unread.map((each) => ({ ...each, matters: each.could.some(matters) }));
}
