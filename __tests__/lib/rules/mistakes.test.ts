import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../support/project";
import { checkFixture } from "../../support/rules/rule-fixture";

const FOLDER = join(ROOT, "__tests__", "fixtures", "mistakes");

/** The mistakes of the reference, each in a map that is sound but for it, and the rules that find it. */
const MISTAKES: readonly (readonly [id: string, mistake: string, rules: readonly string[]])[] = [
  ["M-01", "a trust names the ARN of a hub's role before the role can exist", ["TR-11"]],
  ["M-02", "a hub's role is renamed while spokes trust it by its ARN", ["TR-10"]],
  [
    "M-03",
    "the hub's policy names roles of all accounts and tests its own organization",
    ["SEED-1", "SEED-2"],
  ],
  ["M-04", "the organization's id is empty", ["ID-02"]],
  [
    "M-05",
    "a session of more than an hour is meant for a role that is reached by chaining",
    ["ID-17"],
  ],
  ["M-06", "multi-factor authentication is asked of a permission set", ["CK-15"]],
  ["M-07", "conditions for people are set for an instance", ["CK-11", "CK-15", "TR-19"]],
  ["M-08", "a role of Identity Center is named with its suffix", ["SSO-02"]],
  ["M-09", "the subject of GitHub lets other owners in", ["OI-05"]],
  [
    "M-10",
    "the quota of trust policies was raised in one account only",
    ["ID-19", "trust-policy-headroom"],
  ],
  ["M-11", "the hub's own list of roles has outgrown a managed policy", ["ID-21"]],
  ["M-12", "a way has one of its halves only", ["TR-06", "TR-22"]],
  [
    "M-13",
    "a caller is to pass a source identity and tags that it cannot pass",
    ["TR-15", "TR-17"],
  ],
  ["M-14", "the hub's boundary leaves out sts:AssumeRole", ["PB-02"]],
  ["M-15", "a policy names a role without its path", ["ID-10"]],
  ["M-16", "an account's id is a number, and another stands twice", ["ID-01"]],
  ["M-17", "the management account is treated like a member", ["BS-01", "PB-06"]],
  ["M-18", "a policy variable in the Terraform is not escaped, or escaped twice", ["GR-23"]],
  ["M-19", "source addresses are private, or everybody's", ["GR-26"]],
  ["M-20", "policies of a tier let it gain permissions", ["N1", "NP-03"]],
];

describe("the mistakes that real setups make", () => {
  test.each(MISTAKES)("%s: %s: is found by %j, and nothing else is", (id, _, rules) => {
    const found = new Set(checkFixture(join(FOLDER, id)).diagnostics.map(({ rule }) => rule));
    expect([...found].sort()).toEqual(rules);
  });

  test("are all in maps of their own, beside one without a mistake", () => {
    expect(readdirSync(FOLDER).sort()).toEqual([...MISTAKES.map(([id]) => id), "clean"]);
    expect(checkFixture(join(FOLDER, "clean")).diagnostics).toEqual([]);
  });
});
