import { ACCESS_FINDINGS } from "./access-findings";
import { ENTRY_FINDINGS } from "./entry-findings";
import type { LooseFinding } from "./loose-finding";
import { ORGANIZATION_FINDINGS } from "./organization-findings";
import { TEXT_FINDINGS } from "./text-findings";

/** Every finding of `check`, `synth`, `prove`, `sync` and `adopt` that is not in the catalogue of rules. */
export const LOOSE_FINDINGS: readonly LooseFinding[] = [
  ...TEXT_FINDINGS,
  ...ENTRY_FINDINGS,
  ...ACCESS_FINDINGS,
  ...ORGANIZATION_FINDINGS,
];
