import { globOf, matchesGlob } from "../condition/glob";
import { actionAccessLevels } from "../data/tables";
import { valuesOf } from "../policy-document";
import type { PolicyDocument } from "../policy-document";
import { byTextOf } from "../../values/order";

/** What an action does, in the words of AWS's service authorization reference. */
export type AccessLevel = "List" | "Read" | "Write" | "Tagging" | "Permissions management";

/**
 * The actions that a pattern of an Action element names, such as `s3:Get*`, spelled as AWS spells them
 * and sorted; `"unknown"` where none is known: no such service, no such action, or newer than the data.
 * Case is ignored; `*` and `?` are wildcards.
 */
export function expandAction(pattern: string): readonly string[] | "unknown" {
  const actions = matching(pattern).map(({ action }) => action);
  return actions.length === 0 ? "unknown" : actions;
}

/**
 * The access levels of all actions that a pattern names. An action can have several: those that AWS files
 * under tagging or permissions management also write. Holds `"unknown"`, and nothing else, where no
 * action is known.
 */
export function accessLevelsOf(pattern: string): ReadonlySet<AccessLevel | "unknown"> {
  const levels = new Set<AccessLevel | "unknown">(
    matching(pattern).flatMap(({ levels }) => levels),
  );
  return levels.size === 0 ? UNKNOWN : levels;
}

/** Whether a pattern names at least one action that AWS has. */
export function isKnownAction(pattern: string): boolean {
  return matching(pattern).length > 0;
}

/**
 * What an identity document allows beyond listing and reading, in the order of the document: the
 * patterns of its Allow statements as written, and `NotAction a, b` for those that allow all but some.
 * What is not known counts as more than reading. Deny statements and conditions take nothing away: this
 * may name too much, never too little.
 */
export function actionsBeyondReading(document: PolicyDocument): readonly string[] {
  const found = new Set<string>();
  for (const statement of document.Statement) {
    if (statement.Effect !== "Allow") continue;
    for (const pattern of valuesOf(statement.Action)) {
      if (!onlyReads(accessLevelsOf(pattern))) found.add(pattern);
    }
    const excepted = valuesOf(statement.NotAction);
    if (excepted.length > 0) found.add(`NotAction ${excepted.join(", ")}`);
  }
  return [...found];
}

const UNKNOWN: ReadonlySet<"unknown"> = new Set(["unknown"]);

function onlyReads(levels: ReadonlySet<AccessLevel | "unknown">): boolean {
  return [...levels].every((level) => level === "List" || level === "Read");
}

interface KnownAction {
  readonly action: string;
  readonly lowerCaseName: string;
  readonly levels: readonly AccessLevel[];
}

/** Known actions of each service prefix, sorted; filled service by service as they are asked for. */
const knownActions = new Map<string, readonly KnownAction[]>();

function matching(pattern: string): readonly KnownAction[] {
  const { servicePattern, namePattern } = splitPattern(pattern.toLowerCase());
  if (namePattern === "*") return servicesOf(servicePattern).flatMap(actionsOf);
  const name = globOf(namePattern);
  const [start = ""] = namePattern.split(/[*?]/, 1);
  return servicesOf(servicePattern).flatMap((service) =>
    actionsOf(service).filter(
      ({ lowerCaseName }) => lowerCaseName.startsWith(start) && matchesGlob(name, lowerCaseName),
    ),
  );
}

function servicesOf(pattern: string): readonly string[] {
  const { entries } = actionAccessLevels();
  // Nearly all patterns name one service.
  if (!/[*?]/.test(pattern)) return Object.hasOwn(entries, pattern) ? [pattern] : [];
  const service = globOf(pattern);
  return Object.keys(entries).filter((candidate) => matchesGlob(service, candidate));
}

function splitPattern(pattern: string): { servicePattern: string; namePattern: string } {
  if (pattern === "*") return { servicePattern: "*", namePattern: "*" };
  const colon = pattern.indexOf(":");
  if (colon < 0) return { servicePattern: "", namePattern: "" };
  return { servicePattern: pattern.slice(0, colon), namePattern: pattern.slice(colon + 1) };
}

function actionsOf(service: string): readonly KnownAction[] {
  const cached = knownActions.get(service);
  if (cached !== undefined) return cached;
  const actions: KnownAction[] = [];
  for (const [published, names] of Object.entries(actionAccessLevels().entries[service] ?? {})) {
    const levels = published.split(", ") as AccessLevel[];
    for (const name of names.split(" ")) {
      actions.push({ action: `${service}:${name}`, lowerCaseName: name.toLowerCase(), levels });
    }
  }
  actions.sort(byTextOf(({ action }) => action));
  knownActions.set(service, actions);
  return actions;
}
