/** Longest key that is derived, characters: the schema takes 64, and a number may follow. */
const MAX_LENGTH = 56;

/**
 * The key that something gets in the map, from its name: `Shop Prod (EU)` becomes `shop-prod-eu`. Of equal
 * names the second one gets `-2`, and so on; a key that is taken stays with its owner.
 *
 * @param what - what is before a name that no key can begin with: `365 Mail` becomes `account-365-mail`
 */
export function freeKey(
  name: string,
  taken: Pick<ReadonlySet<string>, "has">,
  what: string,
): string {
  const own = keyOfName(name, what);
  if (!taken.has(own)) return own;
  for (let number = 2; ; number += 1) {
    const numbered = `${own}-${String(number)}`;
    if (!taken.has(numbered)) return numbered;
  }
}

/** A name as a key, whether it is taken or not: lower-case letters, digits and single hyphens. */
export function keyOfName(name: string, what: string): string {
  const words = wordsOf(name);
  const started = words === "" || /^[0-9]/.test(words) ? `${what}-${words}` : words;
  return started.slice(0, MAX_LENGTH).replace(/-+$/, "");
}

/** A name as a key without what no key can begin with; empty where nothing is left. */
export function plainKey(name: string): string {
  return wordsOf(name).replace(/^[^a-z]+|-+$/g, "");
}

function wordsOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "");
}
