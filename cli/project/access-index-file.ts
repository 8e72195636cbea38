import { join } from "node:path";
import type { ResolvedAccess } from "../../lib/plan/resolved-access";
import { INDEX_FILE } from "../../lib/session/index/access-index";
import { accessIndexText, buildAccessIndex } from "../../lib/session/index/build-access-index";
import { textDigest } from "../system/text-digest";
import { writeIfDifferent } from "../system/write-if-different";

/** Writes the access index of a proved plan next to its stacks, complete or not at all. */
export function writeAccessIndex(outdir: string, plan: ResolvedAccess, mapText: string): void {
  const index = buildAccessIndex(plan, textDigest(mapText));
  writeIfDifferent(join(outdir, INDEX_FILE), accessIndexText(index));
}
