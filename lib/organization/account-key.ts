/** Longest key that is derived, characters: the schema takes 64, and a number may follow. */
const MAX_LENGTH = 56;

/**
 * The key that an account gets in the map, from its name: `Shop Prod (EU)` becomes `shop-prod-eu`. Of
 * accounts with equal names, the second one gets `-2`, and so on; a key that is taken stays with its owner.
 */
export function accountKey(name: string, taken: Pick<ReadonlySet<string>, "has">): string {
  const own = keyOfName(name);
  if (!taken.has(own)) return own;
  for (let number = 2; ; number += 1) {
    const numbered = `${own}-${String(number)}`;
    if (!taken.has(numbered)) return numbered;
  }
}

/** A name as a key, whether it is taken or not: lower-case letters, digits and single hyphens. */
export function keyOfName(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "");
  const started = words === "" || /^[0-9]/.test(words) ? `account-${words}` : words;
  return started.slice(0, MAX_LENGTH).replace(/-+$/, "");
}
