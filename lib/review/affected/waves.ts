import { addTo } from "../../values/group";

/** One stack must be carried out before another. */
export interface Order {
  readonly first: string;
  readonly second: string;
  /**
   * Where orders cross, creations are kept: a trust that cannot be saved is an error, one that outlives a role is
   * not. A permission of the pipeline gives way to both: without it nothing is planned, and a second run finds it.
   */
  readonly why: "creation" | "removal" | "permission";
}

/** Stacks in waves, and the orders that could not be kept. */
export interface Waves {
  readonly waves: readonly (readonly string[])[];
  readonly crossed: readonly (readonly [first: string, second: string])[];
}

/** Puts stacks into as few waves as their orders allow. Each wave is in the order of the names given. */
export function wavesOf(names: readonly string[], orders: readonly Order[]): Waves {
  const waves: string[][] = [];
  const crossed = new Map<string, readonly [string, string]>();
  let waiting = [...names];
  let open = [...orders];
  while (waiting.length > 0) {
    const held = new Set(open.map(({ second }) => second));
    const ready = waiting.filter((name) => !held.has(name));
    if (ready.length > 0) {
      const done = new Set(ready);
      waves.push(ready);
      waiting = waiting.filter((name) => !done.has(name));
      open = open.filter(({ first }) => !done.has(first));
      continue;
    }
    // A circle: its orders of permission give way, then those of removal, and where it has none, all of them.
    const circle = open.filter(({ first, second }) => leads(open, second, first));
    const permissions = circle.filter(({ why }) => why === "permission");
    if (permissions.length > 0) {
      open = open.filter((order) => !permissions.includes(order));
      continue;
    }
    const removals = circle.filter(({ why }) => why === "removal");
    const inCircle = removals.length > 0 ? removals : circle;
    for (const { first, second } of inCircle) crossed.set(`${first} ${second}`, [first, second]);
    open = open.filter((order) => !inCircle.includes(order));
  }
  return { waves, crossed: [...crossed.values()] };
}

/** Whether orders lead from one name to another. */
function leads(orders: readonly Order[], from: string, to: string): boolean {
  const next = new Map<string, string[]>();
  for (const { first, second } of orders) addTo(next, first, second);
  const seen = new Set<string>();
  const ahead = [from];
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    if (name === to) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    ahead.push(...(next.get(name) ?? []));
  }
  return false;
}
