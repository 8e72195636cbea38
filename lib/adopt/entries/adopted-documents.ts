import { policyDocument } from "../../iam/policy-document";
import type { PolicyDocument } from "../../iam/policy-document";
import { policyText } from "../../iam/policy-text";
import { freeKey } from "../../account-map/model/free-key";

/** The documents of `policies/` that adopted roles use: those that are there, and those that are added. */
export class AdoptedDocuments {
  /** Documents that are added, by name. */
  readonly added = new Map<string, PolicyDocument>();
  readonly #names = new Map<string, string>();
  readonly #taken: Set<string>;

  constructor(known: ReadonlyMap<string, PolicyDocument>) {
    this.#taken = new Set(known.keys());
    for (const [name, document] of known) this.#names.set(contentOf(document), name);
  }

  /** The name of a document with this content; a new one is named after the policy. */
  nameOf(policyName: string, document: PolicyDocument): string {
    const content = contentOf(document);
    const found = this.#names.get(content);
    if (found !== undefined) return found;
    const name = freeKey(policyName, this.#taken, "adopted");
    this.#taken.add(name);
    this.#names.set(content, name);
    this.added.set(name, document);
    return name;
  }
}

function contentOf({ Statement }: PolicyDocument): string {
  return policyText(policyDocument(Statement));
}
