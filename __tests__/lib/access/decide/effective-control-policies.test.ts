import { effectiveControlPolicies } from "../../../../lib/access/decide/effective-control-policies";
import type {
  AttachedControlPolicy,
  ControlPolicySet,
  ControlPolicyTarget,
} from "../../../../lib/account-map/model/control-policy";
import { policyDocument } from "../../../../lib/iam/policy-document";
import type { PolicyDocument } from "../../../../lib/iam/policy-document";
import { planMap } from "../../../support/plans/planned-map";

const { map } = planMap({
  organizations: { one: { id: "o-exampleorg1" }, two: { id: "o-exampleorg2" } },
  defaults: { organization: "one" },
  accounts: {
    top: { id: "111111111111" },
    prod: { id: "222222222222", unit: "/Workloads/Prod" },
    prodder: { id: "333333333333", unit: "/Workloads/Prodder" },
    other: { id: "444444444444", organization: "two", unit: "/Workloads/Prod" },
  },
});

const ROOT: ControlPolicyTarget = { kind: "unit", path: "/" };
const unit = (path: string): ControlPolicyTarget => ({ kind: "unit", path });
const account = (key: string): ControlPolicyTarget => ({ kind: "account", key });
const policy = (
  name: string,
  ...targets: readonly ControlPolicyTarget[]
): AttachedControlPolicy<PolicyDocument> => ({
  name,
  document: policyDocument([{ Effect: "Deny", Action: "s3:*", Resource: "*" }]),
  targets,
});

const NOTHING: ControlPolicySet<PolicyDocument> = {
  service: [],
  resource: [],
  fullAccess: { everywhereBut: [] },
};

/** The names of the service control policies that bind each account, level by level. */
function serviceNames(set: Partial<ControlPolicySet<PolicyDocument>>): Record<string, string[][]> {
  const { service } = effectiveControlPolicies(
    map.accounts.values(),
    new Map([["one", { ...NOTHING, ...set }]]),
  );
  return Object.fromEntries(
    [...service].map(([id, levels]) => [
      id.slice(0, 1),
      levels.map((level) => level.map(({ name }) => name)),
    ]),
  );
}

describe("service control policies (PB-06)", () => {
  test("none bind where none are attached", () => {
    expect(serviceNames({})).toEqual({});
  });

  test("of the root bind every account of the organization, beside the one that allows everything", () => {
    expect(serviceNames({ service: [policy("a", ROOT)] })).toEqual({
      1: [["FullAWSAccess", "a"]],
      2: [["FullAWSAccess", "a"]],
      3: [["FullAWSAccess", "a"]],
    });
  });

  test("of a unit bind those in it and below it, not those whose unit has a longer name", () => {
    expect(serviceNames({ service: [policy("a", unit("/Workloads/Prod"))] })).toEqual({
      2: [["FullAWSAccess", "a"]],
    });
    expect(Object.keys(serviceNames({ service: [policy("a", unit("/Workloads"))] }))).toEqual([
      "2",
      "3",
    ]);
  });

  test("stand on a level for each of root, unit and account", () => {
    const service = [
      policy("a", account("prod"), ROOT),
      policy("b", unit("/Workloads")),
      policy("c", unit("/Workloads")),
    ];
    expect(serviceNames({ service })).toMatchObject({
      2: [
        ["FullAWSAccess", "a"],
        ["FullAWSAccess", "b", "c"],
        ["FullAWSAccess", "a"],
      ],
    });
  });

  test("a level that lost the one that allows everything remains, also with nothing on it", () => {
    const everywhereBut = [unit("/Workloads"), account("top")];
    expect(serviceNames({ fullAccess: { everywhereBut } })).toEqual({ 1: [[]], 2: [[]], 3: [[]] });
    const service = [policy("a", unit("/Workloads"))];
    expect(serviceNames({ service, fullAccess: { everywhereBut } })).toEqual({
      1: [[]],
      2: [["a"]],
      3: [["a"]],
    });
  });

  test("where the one that allows everything is listed, it counts only there", () => {
    const service = [policy("FullAWSAccess", ROOT, unit("/Workloads"), account("prod"))];
    expect(serviceNames({ service, fullAccess: "nowhere" })).toEqual({
      1: [["FullAWSAccess"], []],
      2: [["FullAWSAccess"], ["FullAWSAccess"], [], ["FullAWSAccess"]],
      3: [["FullAWSAccess"], ["FullAWSAccess"], [], []],
    });
  });
});

test("resource control policies of all levels guard an account together (PB-07)", () => {
  const resource = [policy("a", ROOT), policy("b", unit("/Workloads/Prod"), account("prod"))];
  const { service, resource: guards } = effectiveControlPolicies(
    map.accounts.values(),
    new Map([["one", { ...NOTHING, resource }]]),
  );
  expect(service.size).toBe(0);
  expect([...guards].map(([id, own]) => [id, own.map(({ name }) => name)])).toEqual([
    ["222222222222", ["a", "b", "b"]],
    ["333333333333", ["a"]],
    ["111111111111", ["a"]],
  ]);
});
