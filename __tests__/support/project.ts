import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { synthesize } from "../../constructs/synthesize";
import type { SynthesizedTree } from "../../constructs/synthesize";
import { printDiagnostics } from "../../lib/diagnostics/print";
import type { PolicyDocument } from "../../lib/iam/policy-document";
import { unescapeTerraform } from "../../lib/iam/policy-text";
import { checkProject } from "../../lib/check/check-project";
import type { CheckedProject } from "../../lib/check/check-project";

/** The top of the checkout. */
export const ROOT = join(__dirname, "..", "..");

/** Documents by name, as texts. */
export type PolicyTexts = Readonly<Record<string, unknown>>;

/** Checks a map given as text, with documents given as values. */
export function checkMap(mapText: string, policies: PolicyTexts = {}): CheckedProject {
  const files = Object.entries(policies).map(
    ([name, value]) =>
      [
        name,
        {
          file: `policies/${name}.json`,
          text: typeof value === "string" ? value : JSON.stringify(value),
        },
      ] as const,
  );
  return checkProject({
    mapFile: "accounts.yaml",
    mapText,
    policies: new Map(files),
    readFile: () => undefined,
  });
}

/** The findings of a map as a person sees them, without colours. */
export function findingsOf(mapText: string, policies: PolicyTexts = {}): string {
  const { diagnostics, texts } = checkMap(mapText, policies);
  return printDiagnostics(diagnostics, { texts, color: false });
}

/** Synthesizes a map that must be free of errors. */
export function synthesizeMap(mapText: string, policies: PolicyTexts = {}): SynthesizedStacks {
  const { plan, diagnostics, texts } = checkMap(mapText, policies);
  if (plan === undefined) throw new Error(printDiagnostics(diagnostics, { texts, color: false }));
  return new SynthesizedStacks(synthesize(plan));
}

/** Synthesizes the project in a folder, which must be free of errors. */
export function synthesizeFolder(folder: string): SynthesizedStacks {
  const policies: Record<string, string> = {};
  const documents = join(folder, "policies");
  for (const file of existsSync(documents) ? readdirSync(documents) : []) {
    policies[file.replace(/\.json$/, "")] = readFileSync(join(documents, file), "utf8");
  }
  return synthesizeMap(readFileSync(join(folder, "accounts.yaml"), "utf8"), policies);
}

type Resources = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>
>;

/** A synthesized stack, parsed. */
export interface ParsedStack {
  readonly resource?: Resources;
  readonly provider: { readonly aws: readonly Readonly<Record<string, unknown>>[] };
  readonly terraform: Readonly<Record<string, unknown>>;
  readonly variable?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly output?: Readonly<Record<string, { readonly value: string }>>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
}

/** Synthesized stacks, to ask about documents and addresses. */
export class SynthesizedStacks {
  readonly tree: SynthesizedTree;

  constructor(tree: SynthesizedTree) {
    this.tree = tree;
  }

  /** A stack, parsed from the text that would be written. */
  stack(account: string): ParsedStack {
    const text = this.tree.stacks.get(account);
    if (text === undefined) throw new Error(`there is no stack ${account}`);
    return JSON.parse(text) as ParsedStack;
  }

  /** A resource of a stack. */
  resource(account: string, type: string, id: string): Readonly<Record<string, unknown>> {
    const resource = this.stack(account).resource?.[type]?.[id];
    if (resource === undefined) throw new Error(`there is no ${type}.${id} in ${account}`);
    return resource;
  }

  /** Addresses of all resources of a stack, sorted. */
  addresses(account: string): string[] {
    return Object.entries(this.stack(account).resource ?? {})
      .flatMap(([type, resources]) => Object.keys(resources).map((id) => `${type}.${id}`))
      .sort();
  }

  /** The trust policy of a role, as AWS would get it. */
  trust(account: string, id: string): PolicyDocument {
    return asDocument(this.resource(account, "aws_iam_role", id).assume_role_policy);
  }

  /** An inline policy of a role, as AWS would get it. */
  inlinePolicy(account: string, id: string, name: string): PolicyDocument {
    return asDocument(this.resource(account, "aws_iam_role_policy", `${id}_policy-${name}`).policy);
  }

  /** Every policy document of all stacks, with the address and the attribute that holds it. */
  documents(): {
    readonly at: string;
    readonly kind: "trust" | "identity";
    readonly document: PolicyDocument;
  }[] {
    return [...this.tree.stacks.keys()].flatMap((account) =>
      Object.entries(this.stack(account).resource ?? {}).flatMap(([type, resources]) =>
        Object.entries(resources).flatMap(([id, resource]) =>
          (["assume_role_policy", "policy"] as const).flatMap((attribute) =>
            typeof resource[attribute] === "string"
              ? [
                  {
                    at: `${account}: ${type}.${id}`,
                    kind: attribute === "policy" ? ("identity" as const) : ("trust" as const),
                    document: asDocument(resource[attribute]),
                  },
                ]
              : [],
          ),
        ),
      ),
    );
  }
}

function asDocument(text: unknown): PolicyDocument {
  return JSON.parse(unescapeTerraform(String(text))) as PolicyDocument;
}
