import { checkMap } from "../../support/project";
import type { PolicyTexts } from "../../support/project";

const ALL_BUT_USERS: PolicyTexts = {
  bound: {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "*", Resource: "*" },
      { Effect: "Deny", Action: "iam:CreateUser", Resource: "*" },
    ],
  },
};
const ACCOUNTS = `accounts:
  shop: { id: "111111111111" }
`;
const HUB = `hubs:
  people:
    account: shop
    principals: { engineers: { permissionSet: { name: Engineer } } }
`;

function findings(map: string): string[] {
  return checkMap(map, ALL_BUT_USERS).diagnostics.map(
    ({ rule, file, span, message }) => `${rule} ${file}:${span?.start.line ?? 0}: ${message}`,
  );
}

describe("the boundary of the defaults", () => {
  test.each([
    ["made from a document", "bound"],
    ["made elsewhere with the text of a document", "{ existing: access/bound, document: bound }"],
  ])("%s is a boundary before any role uses it, which grants nothing", (_, boundary) => {
    expect(findings(`defaults: { permissionsBoundary: ${boundary} }\n${ACCOUNTS}`)).toEqual([]);
  });

  test("is judged as permissions where a role has the same document as those, too", () => {
    const permissions = "    permissions: { documents: [bound] }\n";
    const map = `defaults: { permissionsBoundary: bound }\n${ACCOUNTS}${HUB}`;
    expect(findings(map)).toEqual([]);
    expect(findings(map + permissions).map((each) => each.split(" ")[0])).toEqual(["NP-04"]);
  });

  test("is taken for a boundary by its content where nothing uses it", () => {
    expect(findings(ACCOUNTS)).toEqual([]);
  });

  test("must be there, once said, whether roles use it or not", () => {
    const message = "unknown-document accounts.yaml:1: there is no document `bond`, known: `bound`";
    const defaults = "defaults: { permissionsBoundary: bond }\n";
    expect(findings(defaults + ACCOUNTS)).toContain(message);
    expect(
      findings(defaults + ACCOUNTS + HUB).filter((each) => each.includes("`bond`")),
    ).toHaveLength(1);
  });
});
