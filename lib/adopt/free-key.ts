/** Longest key that is derived, characters: the schema takes 64, and a number may follow. */
const MAX_LENGTH = 56;

/** A key of the map made of words such as a role's name, with a number behind it where it is taken. */
export function freeKey(words: string, taken: Pick<ReadonlySet<string>, "has">): string {
  const own = words
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, MAX_LENGTH)
    .replace(/-+$/, "");
  const key = own === "" ? "adopted" : own;
  if (!taken.has(key)) return key;
  for (let number = 2; ; number += 1) {
    const numbered = `${key}-${String(number)}`;
    if (!taken.has(numbered)) return numbered;
  }
}
