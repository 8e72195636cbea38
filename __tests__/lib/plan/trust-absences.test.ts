import { MISFITS } from "../../../lib/account-map/model/condition-fit";
import type { ConditionKey } from "../../../lib/account-map/model/condition-fit";
import type { PrincipalKind } from "../../../lib/account-map/model/principal";
import type { Statement } from "../../../lib/iam/policy-document";
import { ALL_CONDITIONS, trustOfWayIn } from "./support/one-way-in";

const KINDS: Readonly<Record<PrincipalKind, object>> = {
  user: { account: "people", name: "bot" },
  role: { account: "people", name: "jump" },
  account: { account: "people" },
  permissionSet: { account: "people", name: "Admin" },
  githubActions: { repository: "example-org/app", branch: "main" },
  oidc: { provider: "gitlab", subject: "project_path:group/app" },
  saml: { provider: "corporate" },
  instanceProfile: {},
  podIdentity: { namespace: "shop" },
  service: { name: "lambda" },
  rolesAnywhere: {
    trustAnchor: "arn:aws:rolesanywhere:eu-central-1:111111111111:trust-anchor/anchor",
  },
  organizationalUnit: { unit: "/Workloads" },
  foreignAccount: { id: "555555555555", reason: "scanner of a vendor" },
};
const ENTRIES = Object.entries(KINDS) as [PrincipalKind, object][];
/** Kinds whose callers are IAM users or role sessions of a mapped account: the others carry no organization. */
const WITH_ORGANIZATION: readonly PrincipalKind[] = [
  "user",
  "role",
  "account",
  "permissionSet",
  "organizationalUnit",
];

function entered(kind: PrincipalKind, without: readonly ConditionKey[] = []): readonly Statement[] {
  const fitting = Object.entries(ALL_CONDITIONS).filter(
    ([key]) =>
      MISFITS[kind][key as ConditionKey] === undefined && !without.includes(key as ConditionKey),
  );
  const needed = kind === "foreignAccount" ? { externalId: "our-id" } : {};
  return trustOfWayIn({ [kind]: KINDS[kind], ...needed, ...Object.fromEntries(fitting) });
}

function conditionKeys({ Condition }: Statement): string[] {
  return Object.values(Condition ?? {}).flatMap((keys) => Object.keys(keys));
}

describe.each(ENTRIES)("a trust policy for a principal of kind %s", (kind) => {
  const statements = entered(kind);

  test("asks for the organization in every statement where callers have one, and nowhere else", () => {
    const bound = statements.map((each) => conditionKeys(each).includes("aws:PrincipalOrgID"));
    expect([...new Set(bound)]).toEqual([WITH_ORGANIZATION.includes(kind)]);
  });

  test("asks for the external id on assuming alone", () => {
    const asking = statements.filter((each) => conditionKeys(each).includes("sts:ExternalId"));
    const actions = [...new Set(asking.map(({ Action }) => Action))];
    expect(actions).toEqual(MISFITS[kind].externalId === undefined ? ["sts:AssumeRole"] : []);
  });

  test("has one kind of principal and one action in every statement", () => {
    for (const { Principal, Action, Resource, NotPrincipal } of statements) {
      expect(Object.keys(Principal ?? {})).toHaveLength(1);
      expect(typeof Action).toBe("string");
      expect([Resource, NotPrincipal]).toEqual([undefined, undefined]);
    }
  });

  test("has no wildcard as a principal, except for everybody of a unit", () => {
    const principals = new Set(statements.map(({ Principal }) => JSON.stringify(Principal)));
    expect([...principals].filter((each) => each.includes("*"))).toEqual(
      kind === "organizationalUnit" ? ['{"AWS":"*"}'] : [],
    );
  });
});

describe("without declared tags or source identity", () => {
  test.each(ENTRIES)("a principal of kind %s gets no more than it always needs", (kind) => {
    const actions = entered(kind, ["sessionTags", "sourceIdentity"]).map(({ Action }) => Action);
    const always: Partial<Record<PrincipalKind, string[]>> = {
      podIdentity: ["sts:TagSession"],
      rolesAnywhere: ["sts:SetSourceIdentity", "sts:TagSession"],
    };
    expect(actions.filter((action) => !String(action).startsWith("sts:AssumeRole"))).toEqual(
      always[kind] ?? [],
    );
  });

  test("a source identity that is not required is not asked for on assuming", () => {
    const sourceIdentity = { values: ["ann"], required: false };
    const user = { account: "people", name: "bot" };
    const [assume, set] = trustOfWayIn({ user, sourceIdentity });
    expect(assume?.Condition).toEqual({
      ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::222222222222:user/bot" },
      StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
    });
    expect([set?.Action, set?.Condition?.StringEquals?.["sts:SourceIdentity"]]).toEqual([
      "sts:SetSourceIdentity",
      "ann",
    ]);
  });
});
