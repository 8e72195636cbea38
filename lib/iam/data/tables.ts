import type { Statement } from "../policy-document";

/** A generated table: what it was made from, and its entries. `generate.mjs` writes them. */
export interface Table<Entry> {
  /** Package and version of the source. */
  readonly source: string;
  readonly entries: Readonly<Record<string, Entry>>;
}

/** A managed policy as AWS publishes it; some have a single statement instead of a list. */
export interface PublishedPolicy {
  /** Version of the document, such as `v12`. */
  readonly version: string;
  readonly document: {
    readonly Version: "2012-10-17";
    readonly Statement: Statement | readonly Statement[];
  };
}

/* eslint-disable @typescript-eslint/no-require-imports --
   Loaded on first use: most runs need none of the tables, and an import would read them all. */

/** Names of the attachable AWS managed policies by path, separated by spaces. 41 KB, read on first use. */
export function managedPolicyNames(): Table<string> {
  return require("./aws-managed-policies.json") as Table<string>;
}

/** Documents of the AWS managed policies that rules name. 165 KB, read on first use. */
export function managedPolicyDocuments(): Table<PublishedPolicy> {
  return require("./aws-managed-policy-documents.json") as Table<PublishedPolicy>;
}

/** Service prefix, then access levels as AWS publishes them, then names of actions, separated by spaces. 500 KB, read on first use. */
export function actionAccessLevels(): Table<Readonly<Record<string, string>>> {
  return require("./action-access-levels.json") as Table<Readonly<Record<string, string>>>;
}
