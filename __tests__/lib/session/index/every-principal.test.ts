import { stringify } from "yaml";
import {
  accessIndexText,
  buildAccessIndex,
} from "../../../../lib/session/index/build-access-index";
import { readAccessIndex } from "../../../../lib/session/index/read-access-index";
import { PRINCIPAL_WORDS, PROVIDERS, SHOP, TOOLS } from "../../../support/policies/principal-words";
import { checkMap } from "../../../support/project";

test.each(Object.entries(PRINCIPAL_WORDS))(
  "a hub's principal of kind %s is in the index, and reads back",
  (_, words) => {
    const principals = Object.fromEntries(words.map(({ name, entry }) => [name, entry]));
    const map = {
      version: 1,
      organizations: {
        example: {
          id: "o-exampleorg1",
          root: "r-ab12",
          units: { "/Workloads": "ou-ab12-cdefgh34" },
        },
      },
      defaults: { region: "eu-central-1", trustPolicyQuota: 8192 },
      accounts: { tools: { id: TOOLS }, shop: { id: SHOP, unit: "/Workloads" } },
      identityProviders: PROVIDERS,
      hubs: { gate: { account: "tools", principals } },
    };
    const { plan, diagnostics } = checkMap(stringify(map));
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    if (plan === undefined) throw new Error("no plan");
    const index = buildAccessIndex(plan, "0".repeat(64));
    const role = index.roles.find(({ key }) => key === "gate");
    expect(role?.entries.map(({ name }) => name).sort()).toEqual(
      words.map(({ name }) => name).sort(),
    );
    expect(readAccessIndex(accessIndexText(index))).toEqual({
      index: JSON.parse(JSON.stringify(index)) as unknown,
    });
  },
);
