import type { CallOrigin } from "../../../../lib/account-map/model/call-origin";
import { planMap } from "../../../support/plans/planned-map";

const NOTHING = { regions: [], sourceIps: [], vpcs: [], vpcEndpoints: [] };
const DEFAULTS = { regions: ["eu-west-1"], sourceIps: ["203.0.113.7"] };

function originOf(principal: object, defaults?: object): CallOrigin | undefined {
  const { map } = planMap({
    ...(defaults === undefined ? {} : { defaults: { calledFrom: defaults } }),
    organizations: { example: { id: "o-exampleorg1" } },
    accounts: { one: { id: "111111111111" } },
    hubs: { people: { account: "one", principals: { who: principal } } },
  });
  return map.hubs.get("people")?.principals[0]?.origin;
}

const USER = { user: { name: "ann" } };
const TOKEN = { githubActions: { repository: "example-org/shop", branch: "main" } };

test("nothing is known where nothing is said", () => {
  expect(originOf(USER)).toBeUndefined();
  expect(originOf(TOKEN)).toBeUndefined();
});

test("defaults hold for principals of mapped accounts alone", () => {
  expect(originOf(USER, DEFAULTS)).toEqual({ ...NOTHING, ...DEFAULTS });
  expect(originOf(TOKEN, DEFAULTS)).toBeUndefined();
  expect(originOf({ service: { name: "lambda" } }, DEFAULTS)).toBeUndefined();
  expect(originOf({ permissionSet: { name: "Teller" } }, DEFAULTS)).toEqual({
    ...NOTHING,
    ...DEFAULTS,
  });
});

test.each([
  [{ regions: ["us-east-1"] }, { ...NOTHING, ...DEFAULTS, regions: ["us-east-1"] }],
  [{ vpcs: ["vpc-11111111"] }, { ...NOTHING, regions: ["eu-west-1"], vpcs: ["vpc-11111111"] }],
  [
    { vpcEndpoints: ["vpce-11111111"], regions: ["us-east-1"] },
    { ...NOTHING, regions: ["us-east-1"], vpcEndpoints: ["vpce-11111111"] },
  ],
])(
  "a principal's own %j come before the defaults, region and network each",
  (calledFrom, expected) => {
    expect(originOf({ ...USER, calledFrom }, DEFAULTS)).toEqual(expected);
  },
);

test("a token says it for itself", () => {
  expect(originOf({ ...TOKEN, calledFrom: { regions: ["us-east-1"] } }, DEFAULTS)).toEqual({
    ...NOTHING,
    regions: ["us-east-1"],
  });
});
