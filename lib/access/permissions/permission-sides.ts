import type { PolicyDocument } from "../../iam/policy-document";
import { statementSet } from "./statement-set";
import type { OwnStatement, StatementSet } from "./statement-set";

/** All that says what an identity is permitted. */
export interface Permissions {
  readonly policies: readonly PolicyDocument[];
  /** @default - none: its policies alone say it */
  readonly boundary?: PolicyDocument;
}

/** What an identity is permitted, by what a statement does: allowed where one allows, none denies, and the boundary lets it through. */
export interface Rules {
  readonly allows: StatementSet;
  /** Of the policies and of the boundary. */
  readonly denies: StatementSet;
  /** What the boundary lets through. @default - there is no boundary */
  readonly bounds?: StatementSet;
}

/** The rules that permissions come to. */
export function rulesOf({ policies, boundary }: Permissions): Rules {
  const own = statementSet(policies);
  const outer = statementSet(boundary === undefined ? [] : [boundary]);
  return {
    allows: ofEffect(own, "Allow"),
    denies: new Map([...ofEffect(own, "Deny"), ...ofEffect(outer, "Deny")]),
    ...(boundary === undefined ? {} : { bounds: ofEffect(outer, "Allow") }),
  };
}

/** Rules that permit what others deny, whatever else they say: to compare denials as permissions are compared. */
export function denialRules({ denies }: Rules): Rules {
  const allows = new Map(
    [...denies].map(([text, { statement, variables }]): [string, OwnStatement] => [
      text,
      { statement: { ...statement, Effect: "Allow" }, variables },
    ]),
  );
  return { allows, denies: new Map() };
}

/** All statements of rules. */
export function statementsOf({ allows, denies, bounds }: Rules): readonly OwnStatement[] {
  return [...allows.values(), ...denies.values(), ...(bounds?.values() ?? [])];
}

function ofEffect(set: StatementSet, effect: "Allow" | "Deny"): StatementSet {
  return new Map([...set].filter(([, { statement }]) => statement.Effect === effect));
}
