import type { Diagnostic, RelatedPlace } from "../diagnostics/diagnostic";
import type { FindingId } from "../diagnostics/findings/finding-id";
import type { Severity } from "../diagnostics/severity";
import type { Path, Source } from "./source";

/** What a finding says, without its place. */
export interface Finding {
  readonly rule: FindingId;
  readonly message: string;
  /** @default - the message says it all */
  readonly help?: string;
  /** @default "error" */
  readonly severity?: Severity;
  /** Point at the key instead of the value. @default false */
  readonly atKey?: boolean;
  /** A second place in the same file, at its key unless it says otherwise. @default - none */
  readonly related?: { readonly path: Path; readonly message: string; readonly atKey?: boolean };
}

/** Where the values of a file are. */
export type Places = Pick<Source, "file" | "locate" | "locateKey">;

/** A finding about a value of a file. */
export function findingAt(places: Places, path: Path, finding: Finding): Diagnostic {
  const { rule, message, help, severity = "error", atKey = false, related } = finding;
  const { file } = places;
  return {
    severity,
    rule,
    file,
    span: atKey ? places.locateKey(path) : places.locate(path),
    message,
    ...(help === undefined ? {} : { help }),
    ...(related === undefined ? {} : { related: [relatedPlace(places, related)] }),
  };
}

function relatedPlace(
  places: Places,
  { path, message, atKey = true }: NonNullable<Finding["related"]>,
): RelatedPlace {
  const span = atKey ? places.locateKey(path) : places.locate(path);
  return { file: places.file, span, message };
}
