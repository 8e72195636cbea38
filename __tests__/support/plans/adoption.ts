import type { AccountMap } from "../../../lib/account-map/model/account-map";
import { readAccountMap } from "../../../lib/account-map/read/read-account-map";
import type { RawAccountMap } from "../../../lib/account-map/read/raw-account-map";
import { adopt } from "../../../lib/adopt/adopt";
import type { Adoption, CheckedMap } from "../../../lib/adopt/adoption";
import type { ExistingAccess } from "../../../lib/adopt/read/existing-access";
import { readAuthorizationDetails } from "../../../lib/adopt/read/read-authorization-details";
import { hasErrors } from "../../../lib/diagnostics/diagnostic";
import { printDiagnostics } from "../../../lib/diagnostics/print";
import type { PolicyDocument } from "../../../lib/iam/policy-document";
import type { ResolvedAccess } from "../../../lib/plan/resolved-access";
import { buildAccessPlan } from "../../../lib/plan/build-access-plan";

/** A map before and after roles were adopted into it. */
export interface TriedAdoption {
  readonly adoption: Adoption;
  readonly existing: ExistingAccess;
  readonly before: ResolvedAccess;
}

/** Reads documents that must tell of roles without a finding. */
export function existingAccess(
  documents: readonly { file: string; value: unknown }[],
): ExistingAccess {
  const { existing, diagnostics } = readAuthorizationDetails(documents);
  if (existing === undefined)
    throw new Error(printDiagnostics(diagnostics, { texts: new Map(), color: false }));
  return existing;
}

/** Adopts what documents tell of into a map that must take it. Rules are not run. */
export function adoptInto(
  mapText: string,
  documents: readonly { file: string; value: unknown }[],
  options: {
    readonly only?: readonly string[];
    readonly policies?: ReadonlyMap<string, PolicyDocument>;
  } = {},
): TriedAdoption {
  const { only, policies = new Map<string, PolicyDocument>() } = options;
  const existing = existingAccess(documents);
  const start = read(mapText, policies);
  if (start.map === undefined || start.plan === undefined) {
    throw new Error(
      printDiagnostics(start.diagnostics, {
        texts: new Map([["accounts.yaml", mapText]]),
        color: false,
      }),
    );
  }
  const adoption = adopt({
    existing,
    map: start.map,
    raw: start.raw,
    mapFile: "accounts.yaml",
    mapText,
    plan: start.plan,
    documents: policies,
    ...(only === undefined ? {} : { only }),
    check: (text, added) => read(text, new Map([...policies, ...added])),
  });
  if ("problems" in adoption) {
    throw new Error(printDiagnostics(adoption.problems, { texts: new Map(), color: false }));
  }
  return { adoption, existing, before: start.plan };
}

function read(
  text: string,
  documents: ReadonlyMap<string, PolicyDocument>,
): CheckedMap & { readonly map?: AccountMap; readonly raw: RawAccountMap } {
  const input = { file: "accounts.yaml", text, documents, readFile: () => "<metadata/>" };
  const { map, source, diagnostics } = readAccountMap(input);
  const raw = (source?.value ?? {}) as RawAccountMap;
  if (map === undefined || source === undefined) return { diagnostics, raw };
  const planned = buildAccessPlan({ map, documents, source });
  const all = [...diagnostics, ...planned.diagnostics];
  return hasErrors(all)
    ? { diagnostics: all, raw }
    : { diagnostics: all, raw, map, plan: planned.plan };
}
