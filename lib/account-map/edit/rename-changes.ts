import { quoteName } from "../../diagnostics/quote";
import type { Path } from "../../source/source";
import type { Change, EditPlan } from "./change";
import { editProblem } from "./edit-problem";
import type { RenameAccount, RenameEntry, RenameUnit } from "./map-edit";
import type { MapText } from "./map-text";
import {
  ACCOUNT_REFERENCES,
  ENTRY_REFERENCES,
  PLACE_REFERENCES,
  SUBJECT_REFERENCES,
  UNIT_REFERENCES,
  referencesAt,
} from "./references";
import type { Reference } from "./references";

/** What giving an account another key comes down to. */
export function renameAccount(map: MapText, { from, to }: RenameAccount): EditPlan {
  const problem = keyProblem(map, "accounts", "account", from, to);
  if (problem !== undefined) return problem;
  const named = referencesAt(map.value, ACCOUNT_REFERENCES).filter(({ name }) => name === from);
  const subjects = referencesAt(map.value, SUBJECT_REFERENCES).filter(({ name }) =>
    name.startsWith(`${from}/`),
  );
  return {
    changes: [
      ...named.map((reference) => renamed(reference, to)),
      ...subjects.map((reference) => renamed(reference, to + reference.name.slice(from.length))),
      ...placeChanges(map, [
        { place: ["accounts", from], name: to },
        ...named.flatMap(({ path, atKey }) => (atKey ? [{ place: path, name: to }] : [])),
      ]),
      { kind: "rename-key", path: ["accounts", from], to },
    ],
  };
}

/** What giving a hub, a spoke or a chain another key comes down to. */
export function renameEntry(
  map: MapText,
  { section, from, to, keepRoleName = false }: RenameEntry,
): EditPlan {
  const word = section.slice(0, -1);
  const problem = keyProblem(map, section, word, from, to);
  if (problem !== undefined) return problem;
  const at = [section, from];
  const entries = (map.value as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[
    section
  ];
  const { formerly, role } = (entries?.[from] ?? {}) as {
    formerly?: string;
    role?: unknown;
  };
  const back = formerly === to;
  if (formerly !== undefined && !back) {
    const message = `${quoteName(from)} was called ${quoteName(formerly)} and Terraform state may still use that name`;
    const help = `apply every account that has it, remove \`formerly: ${formerly}\`, then rename it`;
    return { problems: [editProblem(map, [...at, "formerly"], message, help)] };
  }
  const named = referencesAt(map.value, ENTRY_REFERENCES[section]);
  const subjects = referencesAt(map.value, SUBJECT_REFERENCES);
  const keep = keepRoleName && section !== "chains" && role === undefined && !back;
  return {
    changes: [
      ...named.filter(({ name }) => name === from).map((each) => renamed(each, to)),
      ...subjects
        .filter(({ name }) => name === `${word} ${from}`)
        .map((each) => renamed(each, `${word} ${to}`)),
      ...placeChanges(map, [{ place: at, name: to }]),
      ...(keep ? [set([...at, "role"], from)] : []),
      back ? { kind: "remove", path: [...at, "formerly"] } : set([...at, "formerly"], from),
      { kind: "rename-key", path: at, to },
    ],
  };
}

/** What giving an OU another path comes down to. */
export function renameUnit(map: MapText, { from, to }: RenameUnit): EditPlan {
  const changes = referencesAt(map.value, UNIT_REFERENCES)
    .filter(({ name }) => name === from || name.startsWith(`${from}/`))
    .map((reference) => renamed(reference, to + reference.name.slice(from.length)));
  if (changes.length > 0 && from !== "/") return { changes };
  const message =
    from === "/"
      ? "the root has no other path"
      : `nothing in the map names the OU ${quoteName(from)}`;
  return { problems: [editProblem(map, ["accounts"], message)] };
}

function set(path: Path, value: string): Change {
  return { kind: "set", path, value };
}

function renamed({ path, atKey }: Reference, name: string): Change {
  return atKey ? { kind: "rename-key", path, to: name } : { kind: "set", path, value: name };
}

/** Places of accepted findings lead through keys: those that get another name change with it. */
function placeChanges(
  map: MapText,
  renames: readonly { readonly place: Path; readonly name: string }[],
): Change[] {
  return referencesAt(map.value, PLACE_REFERENCES).flatMap(({ path, name }) => {
    const steps = name.split(".");
    for (const { place, name: to } of renames) {
      if (place.every((step, index) => String(step) === steps[index])) steps[place.length - 1] = to;
    }
    const changed = steps.join(".");
    return changed === name ? [] : [set(path, changed)];
  });
}

function keyProblem(
  map: MapText,
  section: string,
  word: string,
  from: string,
  to: string,
): EditPlan | undefined {
  const entries = ((map.value ?? {}) as Readonly<Record<string, unknown>>)[section] ?? {};
  if (!Object.hasOwn(entries, from)) {
    const message = `there is no ${word} ${quoteName(from)}`;
    return { problems: [editProblem(map, [section], message)] };
  }
  if (!Object.hasOwn(entries, to)) return undefined;
  const message = `the map has ${word === "account" ? "an" : "a"} ${word} ${quoteName(to)} already`;
  return { problems: [editProblem(map, [section, to], message, "choose another key")] };
}
