import { editMap } from "../../../../lib/account-map/edit/edit-map";
import type { AddEntry } from "../../../../lib/account-map/edit/map-edit";

const ACCOUNTS = `accounts:\n  tools: { id: "111111111111" } # ours\n`;
const HUB: AddEntry = {
  kind: "add-entry",
  section: "hubs",
  key: "bots",
  value: { account: "tools", principals: { bot: { user: { name: "bot" } } } },
};
const LINES = `  bots:
    account: tools
    principals:
      bot:
        user: { name: bot }
`;

function edited(text: string, ...edits: readonly AddEntry[]): string {
  const result = editMap(text, edits);
  if ("problems" in result) throw new Error(result.problems.map(({ message }) => message).join());
  return result.text;
}

test.each([
  ["a map without the section", ACCOUNTS, `${ACCOUNTS}hubs:\n${LINES}`],
  ["an empty section", `${ACCOUNTS}hubs: {}\n`, `${ACCOUNTS}hubs:\n${LINES}`],
  ["a section that says nothing", `${ACCOUNTS}hubs:\n`, `${ACCOUNTS}hubs:\n${LINES}`],
  [
    "a section with entries and comments",
    `${ACCOUNTS}hubs: # who goes where\n  people: # them\n    account: tools\n# the end\n`,
    `${ACCOUNTS}hubs: # who goes where\n  people: # them\n    account: tools\n${LINES}# the end\n`,
  ],
  ["a section before others", `${ACCOUNTS}spokes: {}\n`, `${ACCOUNTS}hubs:\n${LINES}spokes: {}\n`],
  [
    "a section in braces",
    `${ACCOUNTS}hubs: { people: { account: tools } }\n`,
    `${ACCOUNTS}hubs: { people: { account: tools }, bots: { account: tools, principals: { bot: { user: { name: bot } } } } }\n`,
  ],
  [
    "Windows lines",
    ACCOUNTS.replaceAll("\n", "\r\n"),
    `${ACCOUNTS}hubs:\n${LINES}`.replaceAll("\n", "\r\n"),
  ],
])("an entry is added to %s", (_, before, after) => {
  expect(edited(before, HUB)).toBe(after);
});

test("entries of several sections are added at once, lists of maps item by item", () => {
  const chain: AddEntry = {
    kind: "add-entry",
    section: "chains",
    key: "way",
    value: {
      start: { instanceProfile: { account: "tools" } },
      steps: [{ roles: { first: { account: "tools", tags: { a: "b" } } } }, { hub: "bots" }],
    },
  };
  const spoke: AddEntry = {
    kind: "add-entry",
    section: "spokes",
    key: "bots",
    value: { accounts: { keys: ["tools"] } },
  };
  expect(edited(ACCOUNTS, HUB, spoke, chain)).toBe(`${ACCOUNTS}hubs:
${LINES}spokes:
  bots:
    accounts: { keys: [tools] }
chains:
  way:
    start:
      instanceProfile: { account: tools }
    steps:
      - roles:
          first:
            account: tools
            tags: { a: b }
      - { hub: bots }
`);
});

test("a key that is taken is refused", () => {
  const result = editMap(`${ACCOUNTS}hubs:\n  bots:\n    account: tools\n`, [HUB]);
  expect("problems" in result && result.problems.map(({ message }) => message)).toEqual([
    "`hubs` has `bots` already",
  ]);
});
