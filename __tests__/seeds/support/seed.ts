import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { PolicyDocument, Statement } from "../../../lib/iam/policy-document";
import { canonicalDocument } from "../../../lib/iam/policy-text";
import { checkMap, ROOT, synthesizeMap } from "../../support/project";
import type { SynthesizedStacks } from "../../support/project";

/** Texts of one variant of a seed: a map and its documents. */
export interface SeedTexts {
  readonly map: string;
  readonly policies: Readonly<Record<string, string>>;
}

/** Reads one variant of a seed. */
export function seedTexts(seed: string, variant: string): SeedTexts {
  const folder = join(ROOT, "__tests__", "fixtures", "seeds", seed, variant);
  const documents = join(folder, "policies");
  const files = existsSync(documents) ? readdirSync(documents) : [];
  return {
    map: readFileSync(join(folder, "accounts.yaml"), "utf8"),
    policies: Object.fromEntries(
      files.map((file) => [
        file.replace(/\.json$/, ""),
        readFileSync(join(documents, file), "utf8"),
      ]),
    ),
  };
}

/** Synthesizes one variant of a seed. */
export function synthesizeSeed(seed: string, variant: string): SynthesizedStacks {
  const { map, policies } = seedTexts(seed, variant);
  return synthesizeMap(map, policies);
}

/** What stops a variant of a seed after a change to its texts. */
export function errorsOfSeed(
  seed: string,
  variant: string,
  change: (texts: SeedTexts) => SeedTexts,
): { readonly rule: string; readonly message: string }[] {
  const { map, policies } = change(seedTexts(seed, variant));
  return checkMap(map, policies)
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ rule, message }) => ({ rule, message }));
}

/** A document as a seed writes it: its only statement may stand alone. */
export interface SeedDocument {
  readonly Version: "2012-10-17";
  readonly Statement: Statement | readonly Statement[];
}

/** The statements of a seed's document, with lists in the order in which ours are written. */
export function statementsOf({ Statement: given }: SeedDocument): readonly Statement[] {
  const statements = Array.isArray(given) ? (given as readonly Statement[]) : [given as Statement];
  return canonicalDocument({ Statement: statements }).Statement;
}

/** The only statement of a seed's document. */
export function statementOf(document: SeedDocument): Statement {
  const [statement, ...more] = statementsOf(document);
  if (statement === undefined || more.length > 0) throw new Error("not one statement");
  return statement;
}

/** A policy document of a resource of a stack, as AWS would get it. */
export function documentAt(
  stacks: SynthesizedStacks,
  account: string,
  address: string,
): PolicyDocument {
  const found = stacks.documents().find(({ at }) => at === `${account}: ${address}`);
  if (found === undefined) throw new Error(`there is no document at ${address} in ${account}`);
  return found.document;
}
