import type { Diagnostic } from "../diagnostics/diagnostic";
import type { AdoptedRole, Adoption, AdoptionInput } from "./adoption";
import { attempts } from "./attempt";
import type { Attempted, Settled } from "./attempt";
import { readCandidates } from "./candidates";
import type { Candidates } from "./candidates";
import { byTextOf } from "../values/order";

/**
 * Takes roles that exist into the map. Entries are drafted, the map with them is planned, and what is planned
 * is held against what exists: only a role that is proved to grant the same is adopted. The others are named
 * with the difference, and nothing is approximated.
 */
export function adopt(
  input: AdoptionInput,
): Adoption | { readonly problems: readonly Diagnostic[] } {
  const candidates = readCandidates(input);
  const attempt = attempts(input, candidates.providers);
  let reached: Attempted = { next: candidates.forms };
  while ("next" in reached) reached = attempt(reached.next);
  return "problems" in reached ? reached : adoptionOf(input, candidates, reached);
}

function adoptionOf(
  { existing }: AdoptionInput,
  { leftAlone }: Candidates,
  { forms, draft, edits, mapText, plan, changes }: Settled,
): Adoption {
  const adopted = draft.entries.flatMap(({ section, key, roles }) =>
    roles.flatMap((arn): AdoptedRole[] => {
      const node = forms.nodes.get(arn);
      if (node === undefined) return [];
      const { role, account } = node;
      return [
        {
          arn,
          account: account.key,
          name: role.name,
          section,
          key,
          changes: changes.get(arn) ?? [],
          declared: forms.declared.has(arn),
        },
      ];
    }),
  );
  const byArn = byTextOf(({ arn }: { arn: string }) => arn);
  return {
    adopted: adopted.sort(byArn),
    refused: [...forms.refused].map(([arn, reason]) => ({ arn, reason })).sort(byArn),
    leftAlone: { ...leftAlone, ...existing.leftOut },
    edits,
    documents: draft.documents,
    mapText,
    plan,
  };
}
