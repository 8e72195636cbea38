import type { Account, AccountMap } from "../../account-map/model/account-map";
import type { Acknowledgement } from "../../account-map/model/acknowledgement";
import type { Assertion } from "../../account-map/model/assertion";
import { describeAssertion } from "../../account-map/model/describe-assertion";
import type { ReviewRule } from "../../account-map/model/review-rule";
import type { Comparison } from "../compare/comparison";
import type { Direction } from "../compare/direction";
import type { ChangedFile, SafeguardFiles } from "../safeguards/changed-files";
import { say, words } from "../words/text";
import type { Sentence } from "../words/text";
import type { ChangeKind } from "./change-kind";
import { addTo } from "../../values/group";

/** A safeguard was changed: what decides about changes. */
export interface SafeguardChange {
  readonly kind: "safeguard";
  readonly what:
    | "gate-rule"
    | "assertion"
    | "acknowledgement"
    | "control-policies"
    | "place"
    /** Files of the program that makes the Terraform, or that run it: what they do is not compared. */
    | "program"
    /** Files that are deployed or proved by, and that no comparison shows: import blocks, control policies. */
    | "data"
    /** Committed files in a folder that only tools write: blocks whatever a rule says. */
    | "tool-files";
  readonly direction: Direction | "edited";
  /** Name of the rule, or the thing in words; of a `place` the account with its key and unit before and after. */
  readonly name: string;
  /** From the top of the repository, sorted. @default - it is not about files */
  readonly files?: readonly string[];
}

/** What decides about changes. */
export const safeguardKind: ChangeKind<SafeguardChange> = {
  kind: "safeguard",
  title: "Safeguards",
  find: safeguardChanges,
  subject: () => undefined,
  order: ({ what, name }) => [what, name],
  triggers: () => ["safeguard-changed"],
  // What a tool is to find there is not what a tool has made.
  breaks: ({ what }) =>
    what === "tool-files" ? "committed files in a folder that only tools write" : undefined,
  finding: () => "review-safeguard-changed",
  sentence: safeguardSentence,
};

/** Changes to safeguards: rules of the review, assertions, acknowledgements, and what the map says of control policies. Order means nothing. */
function safeguardChanges({ base, head, files }: Comparison): readonly SafeguardChange[] {
  return [...mapChanges(base.tree.map, head.tree.map), ...fileSafeguardChanges(files)];
}

function mapChanges(
  before: AccountMap | undefined,
  after: AccountMap | undefined,
): readonly SafeguardChange[] {
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
    addTo(texts, name, JSON.stringify(rest));
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

/** The changes to safeguards that are changes of files: one for each kind of file. */
export function fileSafeguardChanges({
  program,
  unseen,
  tools,
}: SafeguardFiles): SafeguardChange[] {
  return [
    ...changeOf("program", program),
    ...changeOf("data", unseen),
    ...changeOf(
      "tool-files",
      tools.map((path) => ({ path, direction: "gained" })),
    ),
  ];
}

function changeOf(what: SafeguardChange["what"], files: readonly ChangedFile[]): SafeguardChange[] {
  const [first, ...others] = files;
  if (first === undefined) return [];
  const alike = others.every(({ direction }) => direction === first.direction);
  return [
    {
      kind: "safeguard",
      what,
      direction: alike ? first.direction : "edited",
      name: nameOf(files),
      files: files.map(({ path }) => path),
    },
  ];
}

/** Files that are named before the others are counted. */
const NAMED = 3;

function nameOf(files: readonly ChangedFile[]): string {
  const named = files.slice(0, NAMED).map(({ path }) => path);
  const more = files.length - named.length;
  return [...named, ...(more === 0 ? [] : [`${more} more`])].join(", ");
}

const SAFEGUARDS: Readonly<
  Record<Exclude<SafeguardChange["what"], "place" | "program" | "data" | "tool-files">, string>
> = {
  "gate-rule": "gate rule",
  assertion: "assertion",
  acknowledgement: "acknowledgement",
  "control-policies": "record of control policies",
};

/** A safeguard was changed. */
function safeguardSentence({ what, direction, name }: SafeguardChange): Sentence {
  switch (what) {
    case "place":
      return say`an account moves: ${name}; from then on, other gate rules can apply to it`;
    case "program":
      return say`the program that creates or deploys the Terraform changes: ${name}; review the files themselves`;
    case "data":
      return say`files that no comparison covers change: ${name}; review the files themselves`;
    case "tool-files":
      return say`${name}: committed in a folder that only tools write, so nothing there can be trusted; remove them with ${"git rm -r --cached"}`;
    default:
      break;
  }
  const done = { gained: "is added", lost: "is removed", edited: "is edited" }[direction];
  return say`the ${words(SAFEGUARDS[what])} ${name} ${words(done)}; the base's safeguards decide on this change`;
}
