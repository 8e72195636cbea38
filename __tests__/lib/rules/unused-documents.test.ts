import { checkMap } from "../../support/project";

const MAP = `accounts:
  shop: { id: "111111111111" }
hubs:
  people:
    account: shop
    principals: { engineers: { permissionSet: { name: Engineer } } }
`;
/** Limits and grants nothing in particular. */
const BOUNDARY = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "*", Resource: "*" },
    { Effect: "Deny", Action: "iam:*", Resource: "*" },
  ],
};
/** Lets whoever has it assume every role of the world. */
const ANYWHERE = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }],
};

function findings(map: string, document: object): string[] {
  return checkMap(map, { spare: document }).diagnostics.map(
    ({ severity, rule, file, message }) => `${severity} ${rule} ${file} ${message}`,
  );
}

describe("a document of policies/ that nothing in the map uses", () => {
  test("is taken for a boundary where it reads like one, and says nothing", () => {
    expect(findings(MAP, BOUNDARY)).toEqual([]);
  });

  test("is information where a user would have an error, and says that it has none", () => {
    expect(findings(MAP, ANYWHERE)).toEqual([
      "info SEED-1 policies/spare.json `*` matches a role in every AWS account: the caller can " +
        "assume any of them that trusts it; nothing in the map uses this document",
    ]);
  });

  test("is an error as soon as a role has it", () => {
    const used = `${MAP}    permissions: { documents: [spare] }\n`;
    const rules = findings(used, ANYWHERE).map((each) => each.split(" ").slice(0, 2).join(" "));
    expect(rules).toEqual(["error NP-04"]);
  });

  test("stays an error where it is no policy document at all", () => {
    const broken = { Version: "2012-10-17", Statement: [{ Effect: "Perhaps" }] };
    expect(findings(MAP, broken).every((each) => each.startsWith("error "))).toBe(true);
    expect(findings(MAP, broken).length).toBeGreaterThan(0);
  });
});
