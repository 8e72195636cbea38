import type { Path } from "../../source/source";
import type { YamlSource } from "../../source/yaml/yaml-source";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import type { ReviewFindingId } from "../../diagnostics/findings/finding-id";
import type { Severity } from "../../diagnostics/severity";
import { sortDiagnostics } from "../../diagnostics/diagnostic";
import type { ResolvedAccess } from "../../plan/resolved-access";
import { changeSubject, kindOf } from "../kinds/kinds";
import type { AccessChange } from "../kinds/kinds";
import type { GateOutcome, GateResult } from "../gate/gate-result";
import type { Review } from "../review";
import { groupChanges } from "./change-group";
import type { ChangeGroup } from "./change-group";
import type { Tone } from "./change-tone";
import { gateRuleSentence } from "./gate-text";
import { sentence } from "./sentence";
import { plainText } from "../words/text";

/** Where a finding is shown that no entry of the map makes. */
const MAP_FILE = "accounts.yaml";

/**
 * What a review says, as findings: each group of changes once for each entry of the map that makes its roles
 * (87 accounts of one entry are one finding), at that entry where the map of the head is at hand, and each
 * rule of the gate that does not let its changes through.
 *
 * @param source the map of the head. @default - findings name no line
 * @param plan the plan of the head. @default - findings name no line
 */
export function reviewFindings(
  review: Review,
  gate?: GateResult,
  source?: YamlSource,
  plan?: ResolvedAccess,
): Diagnostic[] {
  const file = source?.file ?? MAP_FILE;
  const places = plan === undefined ? new Map<string, Path>() : placesOf(plan);
  const findings = groupChanges(review).flatMap((group) =>
    byPlace(group, places).map(({ part, at }): Diagnostic => ({
      severity: SEVERITIES[group.tone],
      rule: ruleOf(group.example, group.tone),
      file,
      ...(at === undefined || source === undefined ? {} : { span: source.locateKey(at) }),
      message: plainText(sentence(part, review)),
    })),
  );
  const judged = (gate?.rules ?? []).flatMap((rule): Diagnostic[] => {
    const severity = GATE_SEVERITIES[rule.outcome];
    if (severity === undefined) return [];
    return [{ severity, rule: "review-gate", file, message: plainText(gateRuleSentence(rule)) }];
  });
  return sortDiagnostics([...findings, ...judged]);
}

const SEVERITIES: Readonly<Record<Tone, Severity>> = {
  blocking: "error",
  unknown: "error",
  safeguard: "warning",
  widened: "warning",
  changed: "warning",
  narrowed: "info",
  notice: "info",
};

const GATE_SEVERITIES: Readonly<Record<GateOutcome, Severity | undefined>> = {
  block: "error",
  approval: "warning",
  merge: undefined,
};

const OF_TONES: Readonly<Record<Tone, ReviewFindingId>> = {
  blocking: "review-notice",
  unknown: "review-unknown",
  safeguard: "review-safeguard-changed",
  widened: "review-widened",
  changed: "review-changed",
  narrowed: "review-narrowed",
  notice: "review-notice",
};

/** Id of the rule of a finding: what happened where that has a name, else which way access goes. */
function ruleOf(change: AccessChange, tone: Tone): ReviewFindingId {
  return kindOf(change).finding?.(change) ?? OF_TONES[tone];
}

/** The parts of a group by the entries of the map that make their roles. */
function byPlace(
  group: ChangeGroup,
  places: ReadonlyMap<string, Path>,
): readonly { part: ChangeGroup; at: Path | undefined }[] {
  const parts = new Map<string, { at: Path | undefined; changes: AccessChange[]; ids: string[] }>();
  group.changes.forEach((change, index) => {
    const at = places.get(changeSubject(change) ?? "");
    const key = JSON.stringify(at ?? null);
    const part = parts.get(key) ?? { at, changes: [], ids: [] };
    const id = group.accountIds[index];
    part.changes.push(change);
    if (id !== undefined) part.ids.push(id);
    parts.set(key, part);
  });
  return [...parts.values()].map(({ at, changes, ids }) => ({
    at,
    part: { ...group, example: changes[0] ?? group.example, changes, accountIds: ids },
  }));
}

/** The entries of the map that make roles, by ARN. */
function placesOf({ accounts }: ResolvedAccess): ReadonlyMap<string, Path> {
  return new Map(accounts.flatMap(({ roles }) => roles.map(({ arn, at }) => [arn, at] as const)));
}
