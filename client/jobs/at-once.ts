/** Does something for each item, at most `most` at a time, and yields the results in the order in which they come. */
export async function* atOnce<Item, Result>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const running = new Map<number, Promise<readonly [number, Result]>>();
  let next = 0;
  while (next < items.length || running.size > 0) {
    while (running.size < most && next < items.length) {
      const index = next;
      next += 1;
      running.set(
        index,
        work(items[index] as Item).then((result) => [index, result] as const),
      );
    }
    const [index, result] = await Promise.race(running.values());
    running.delete(index);
    yield result;
  }
}
