import type { Account, AccountMap } from "../../account-map/model/account-map";
import type { Acknowledgement } from "../../account-map/model/acknowledgement";
import type { Assertion } from "../../account-map/model/assertion";
import { describeAssertion } from "../../account-map/model/describe-assertion";
import type { ReviewRule } from "../../account-map/model/review-rule";
import type { SafeguardChange } from "./access-change";
import type { CompareContext } from "../compare/compare-context";

/** Changes to safeguards: rules of the review, assertions, acknowledgements, and what the map says of control policies. Order means nothing. */
export function safeguardChanges({ base, head }: CompareContext): readonly SafeguardChange[] {
  const [before, after] = [base.tree.map, head.tree.map];
  if (before === undefined || after === undefined) return [];
  return [
    ...compare("gate-rule", before, after, gateRules),
    ...compare("assertion", before, after, assertions),
    ...compare("acknowledgement", before, after, acknowledgements),
    ...compare("control-policies", before, after, controlPolicies),
    ...placeChanges(before, after),
  ];
}

/** Texts by name; several of one name are told apart by their number. */
type Named = ReadonlyMap<string, string>;

function gateRules({ reviewRules = [] }: AccountMap): Named {
  return named(reviewRules, ({ name }: ReviewRule) => name);
}

function assertions({ assertions: all = [] }: AccountMap): Named {
  return named(all, (assertion: Assertion) => describeAssertion(assertion));
}

function acknowledgements({ acknowledgements: all }: AccountMap): Named {
  return named(all, ({ rule, place }: Acknowledgement) => `${rule} at ${place.join(".")}`);
}

/** What the map says of them, and of calls and accounts for their sake, takes part in the proof; it makes nothing. */
function controlPolicies(map: AccountMap): Named {
  const { controlPolicies: sets = new Map() } = map;
  const facts = said(map);
  return new Map([
    ...[...sets].map(([key, set]) => [`of ${key}`, JSON.stringify(set)] as const),
    ...(facts.length === 0
      ? []
      : [["(`calledFrom`, organizations of external accounts)", facts.sort().join("\n")] as const]),
  ]);
}

/** Facts that nobody can check here, and that control policies are proved with. */
function said({ origin, hubs, spokes, chains }: AccountMap): string[] {
  const waysIn = [
    ...[...hubs.values(), ...spokes.values()].flatMap(({ principals }) => principals),
    ...[...chains.values()].flatMap(({ start }) =>
      start.kind === "principal" ? [start.wayIn] : [],
    ),
  ];
  return [
    ...(origin === undefined ? [] : [JSON.stringify(origin)]),
    ...waysIn.flatMap(({ at, origin: own, principal }) => {
      const organization = "organization" in principal ? principal.organization : undefined;
      const fact = principal.kind === "foreignAccount" ? organization : undefined;
      return own === undefined && fact === undefined ? [] : [JSON.stringify([at, own, fact])];
    }),
  ];
}

/** Accounts with another key or unit, where rules hold in some accounts alone: other rules hold for them from then on. */
function placeChanges(before: AccountMap, after: AccountMap): SafeguardChange[] {
  const rules = [...(before.reviewRules ?? []), ...(after.reviewRules ?? [])];
  if (!rules.some((rule) => rule.in !== undefined || rule.except.length > 0)) return [];
  const placeOf = ({ key, unit }: Account): string => `${key} in ${unit}`;
  const now = new Map([...after.accounts.values()].map((each) => [each.id as string, each]));
  return [...before.accounts.values()].flatMap((old): SafeguardChange[] => {
    const moved = now.get(old.id);
    if (moved === undefined || placeOf(old) === placeOf(moved)) return [];
    const name = `${placeOf(old)} -> ${placeOf(moved)}`;
    return [{ kind: "safeguard", what: "place", direction: "edited", name }];
  });
}

function named<T extends { readonly at: unknown }>(
  items: readonly T[],
  nameOf: (item: T) => string,
): Named {
  const texts = new Map<string, string[]>();
  for (const item of items) {
    const { at: _, ...rest } = item;
    const name = nameOf(item);
    texts.set(name, [...(texts.get(name) ?? []), JSON.stringify(rest)]);
  }
  return new Map([...texts].map(([name, list]) => [name, list.sort().join("\n")]));
}

function compare(
  what: SafeguardChange["what"],
  base: AccountMap,
  head: AccountMap,
  of: (map: AccountMap) => Named,
): SafeguardChange[] {
  const [before, after] = [of(base), of(head)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name): SafeguardChange[] => {
    const [old, now] = [before.get(name), after.get(name)];
    if (old === now) return [];
    const direction = old === undefined ? "gained" : now === undefined ? "lost" : "edited";
    return [{ kind: "safeguard", what, direction, name }];
  });
}
