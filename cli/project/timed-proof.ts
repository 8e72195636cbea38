import { counted } from "../../lib/diagnostics/words";
import { accountDirectory } from "../../lib/access/account-directory";
import { provePlan } from "../../lib/access/proof/prove-plan";
import type { Proof, ProofInput } from "../../lib/access/proof/prove-plan";
import type { AccountMap } from "../../lib/account-map/model/account-map";
import type { ResolvedAccess } from "../../lib/plan/resolved-access";
import { verdictText } from "../print/verdict";
import { withProgress } from "../system/progress";
import type { Terminal } from "../system/terminal";

/** A proof and how long it took, milliseconds. */
export interface TimedProof {
  readonly proof: Proof;
  readonly milliseconds: number;
}

/**
 * Proves the stacks of a synthesis against the plan that they were made from.
 *
 * @param terminal where a long proof shows how far it is. @default - nowhere
 */
export function timedProof(
  map: AccountMap,
  plan: ResolvedAccess,
  stacks: ReadonlyMap<string, string>,
  terminal?: Terminal,
): TimedProof {
  const input = {
    plan,
    accounts: accountDirectory(map.accounts.values()),
    stacks: [...stacks].map(([stack, text]) => ({ stack, text })),
    assertions: map.assertions ?? [],
  };
  return timeProof(input, terminal);
}

/** Proves, takes the time, and shows on a terminal how far a long proof is. */
export function timeProof(input: ProofInput, terminal?: Terminal): TimedProof {
  const start = performance.now();
  const proof =
    terminal === undefined
      ? provePlan(input)
      : withProgress(terminal, "proving", (onProgress) => provePlan({ ...input, onProgress }));
  return { proof, milliseconds: performance.now() - start };
}

/** A proof in one line. */
export function proofLine({ proof, milliseconds }: TimedProof, color: boolean): string {
  const { verdict, roles, edges, chains } = proof;
  const time =
    milliseconds < 1000
      ? `${Math.round(milliseconds)} ms`
      : `${(milliseconds / 1000).toFixed(1)} s`;
  const counts = [
    counted(roles, "role"),
    counted(edges, "trust relationship"),
    counted(chains, "chain"),
  ];
  return `${verdictText(verdict, color)}: ${counts.join(", ")}, in ${time}`;
}
