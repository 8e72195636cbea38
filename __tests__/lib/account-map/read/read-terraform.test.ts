import { readAccountMap } from "../../../../lib/account-map/read/read-account-map";
import type { AccountMapResult } from "../../../../lib/account-map/read/read-account-map";

function read(terraform: string): AccountMapResult {
  return readAccountMap({
    file: "accounts.yaml",
    text: `${terraform}\naccounts: { tools: { id: "111111111111" } }\n`,
    documents: new Map(),
    readFile: () => undefined,
  });
}

describe("the range of provider versions", () => {
  test.each([
    ">= 5.100, < 7",
    "~> 6.25",
    "6.25.0",
    "= 5.100",
    ">=5.100.0,<7.0.0",
    "> 5.100, <= 6.99.1",
  ])("%s is read as it is written", (range) => {
    const { map, diagnostics } = read(`terraform: { providerVersion: "${range}" }`);
    expect(diagnostics).toEqual([]);
    expect(map?.providerVersion).toBe(range);
  });

  test("is left to the bindings without the key", () => {
    expect(read("")).toMatchObject({ diagnostics: [] });
    expect(read("").map).not.toHaveProperty("providerVersion");
  });

  test.each([
    ["~> 5.0", "`~> 5.0` admits versions below 5.100.0, which trustwheel does not know"],
    [
      ">= 4",
      "`>= 4` admits versions below 5.100.0 and version 7.0.0 or later, which trustwheel does not know",
    ],
    ["!= 6.1, < 7", "`!= 6.1, < 7` admits versions below 5.100.0, which trustwheel does not know"],
    [">= 6", "`>= 6` admits version 7.0.0 or later, which trustwheel does not know"],
    ["> 6, <= 7", "`> 6, <= 7` admits version 7.0.0 or later, which trustwheel does not know"],
    ["~> 7.1", "`~> 7.1` admits version 7.0.0 or later, which trustwheel does not know"],
    ["> 6.1, < 6.1", "no version fulfils `> 6.1, < 6.1`"],
  ])("%s is refused", (range, message) => {
    const { map, diagnostics } = read(`terraform: { providerVersion: "${range}" }`);
    expect(map).toBeUndefined();
    expect(diagnostics.map((each) => [each.rule, each.message])).toEqual([
      ["provider-version", message],
    ]);
  });

  test.each([
    "",
    "latest",
    ">= 6.0.0-beta1",
    "v6.25",
    ">= 5.100 < 7",
    ">= 5.100, < 7,",
    "=> 6",
    "6.x",
    "06.1",
  ])("%p is no constraint", (range) => {
    const { diagnostics } = read(`terraform: { providerVersion: "${range}" }`);
    expect(diagnostics.map(({ rule }) => rule)).toEqual(["value"]);
  });
});
