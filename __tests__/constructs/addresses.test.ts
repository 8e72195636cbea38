import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, synthesizeFolder } from "../support/project";

/**
 * Every Terraform address of the example organization, one `account: address` a line. An address that
 * changes destroys and recreates what it stands for, so the list is edited by hand, line by line, and
 * every line that goes needs a `moved` block or a reason. There is no command that writes it.
 */
const PINNED = join(ROOT, "__tests__", "fixtures", "addresses.txt");

describe("the Terraform addresses of the example organization", () => {
  const stacks = synthesizeFolder(ROOT);
  const pinned = readFileSync(PINNED, "utf8").trimEnd().split("\n");
  const actual = [...stacks.tree.stacks.keys()].flatMap((account) =>
    stacks.addresses(account).map((address) => `${account}: ${address}`),
  );

  test("all stand in the list: each that is new has to be written there", () => {
    expect(actual.filter((address) => !pinned.includes(address))).toEqual([]);
  });

  test("are all still there: each that goes has to be taken out of the list, and moved or given up on purpose", () => {
    expect(pinned.filter((address) => !actual.includes(address))).toEqual([]);
  });

  test("stand in the list once, in order", () => {
    expect(pinned).toEqual([...new Set(pinned)].sort());
  });

  test("are made of keys of the map, without an index or a hash", () => {
    const ids = pinned.map((line) => line.slice(line.indexOf(".") + 1));
    expect(
      ids.filter((id) => !/^[a-z][A-Za-z0-9-]*(?:_{1,2}[A-Za-z][A-Za-z0-9-]*)*$/.test(id)),
    ).toEqual([]);
  });
});
