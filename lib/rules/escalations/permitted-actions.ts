import type { Permissions } from "../../account-map/model/account-map";
import { expandAction } from "../../iam/escalation/action-access";
import { valuesOf } from "../../iam/policy-document";
import type { PolicyDocument, Statement } from "../../iam/policy-document";
import { managedDocument } from "../facts/managed-document";
import type { MapContext } from "../rule-context";

/** The actions that permissions allow on anything at all; where none of their resources are looked at. */
export interface PermittedActions {
  readonly actions: ReadonlySet<string>;
  /** What the statements say, as they write it, with the actions that it stands for. */
  readonly written: readonly (readonly [pattern: string, actions: readonly string[]])[];
}

/** What permissions allow, or `"unknown"` where a managed policy is one whose text is not available. */
export function permittedActions(
  { managed, documents: uses, statements }: Permissions,
  { documents }: Pick<MapContext, "documents">,
): PermittedActions | "unknown" {
  const texts: (PolicyDocument | undefined)[] = managed.map(({ name }) => managedDocument(name));
  if (texts.includes(undefined)) return "unknown";
  const all = [
    ...texts.flatMap((text) => text?.Statement ?? []),
    ...uses.flatMap(({ document }) => documents.get(document)?.document.Statement ?? []),
    ...statements,
  ] as readonly Statement[]; // their grammar was checked
  const denied = new Set(all.filter(deniesEverywhere).flatMap(namedActions));
  const written = all
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(writtenActions)
    .map(([pattern, actions]) => [pattern, actions.filter((each) => !denied.has(each))] as const);
  return { actions: new Set(written.flatMap(([, actions]) => actions)), written };
}

function deniesEverywhere({ Effect, Resource, Condition }: Statement): boolean {
  return Effect === "Deny" && Condition === undefined && valuesOf(Resource).includes("*");
}

function namedActions(statement: Statement): readonly string[] {
  return writtenActions(statement).flatMap(([, actions]) => actions);
}

function writtenActions({ Action, NotAction }: Statement): readonly [string, readonly string[]][] {
  if (NotAction === undefined) return valuesOf(Action).map((each) => [each, expand(each)]);
  const patterns = valuesOf(NotAction);
  const excepted = new Set(patterns.flatMap(expand));
  return [[`NotAction ${patterns.join(", ")}`, expand("*").filter((each) => !excepted.has(each))]];
}

function expand(pattern: string): readonly string[] {
  const actions = expandAction(pattern);
  return actions === "unknown" ? [pattern] : actions;
}
