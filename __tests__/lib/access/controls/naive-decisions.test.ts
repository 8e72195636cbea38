import fc from "fast-check";
import { requestContext } from "../../../../lib/iam/condition/request-context";
import type { ConditionBlock, OneOrMore, Statement } from "../../../../lib/iam/policy-document";
import { proveUnder } from "../../../support/rules/control-proof";
import { conditionsHold } from "../../../support/naive/naive-evaluator";

const MAP = `
organizations: { example: { id: o-exampleorg1 } }
accounts:
  desk: { id: "111111111111" }
  bank: { id: "222222222222" }
spokes:
  vault:
    accounts: { keys: [bank] }
    permissions: { managed: [job-function/ViewOnlyAccess] }
    principals:
      ann:
        user: { account: desk, name: ann }
        externalId: [one, two]
        sourceIdentity: { values: [ann, "team-*"] }
        calledFrom: { regions: [eu-west-1, us-east-1] }
        grant: declared
`;

type Keys = Readonly<Record<string, OneOrMore>>;

/** What the map declares of a call, each of which must be allowed. */
const DECLARED: readonly Keys[] = ["eu-west-1", "us-east-1"].flatMap((region) =>
  ["one", "two"].flatMap((external) =>
    ["ann", "team-a", "team-b"].map((identity) => ({
      "aws:RequestedRegion": region,
      "sts:ExternalId": external,
      "sts:SourceIdentity": identity,
    })),
  ),
);

const endpoint = (vpc: string): Keys => ({
  "aws:SourceVpc": vpc,
  "aws:SourceVpce": "vpce-11111111",
  "aws:VpcSourceIp": "10.0.0.7",
});

/** What the map says nothing of: a call has any of these. */
const POSSIBLE: readonly Keys[] = [
  { "aws:SourceIp": "203.0.113.7" },
  { "aws:SourceIp": "198.51.100.7" },
  endpoint("vpc-11111111"),
  endpoint("vpc-22222222"),
].flatMap((network) =>
  [{}, { "aws:PrincipalTag/team": "a" }, { "aws:PrincipalTag/team": "b" }].flatMap((tag) =>
    [{}, { "aws:MultiFactorAuthPresent": "true" }].map((mfa) => ({ ...network, ...tag, ...mfa })),
  ),
);

/** What follows from who calls. */
const KNOWN: Keys = {
  "aws:PrincipalArn": "arn:aws:iam::111111111111:user/ann",
  "aws:PrincipalAccount": "111111111111",
  "aws:PrincipalOrgID": "o-exampleorg1",
  "aws:ResourceOrgID": "o-exampleorg1",
  "aws:PrincipalIsAWSService": "false",
  "aws:ViaAWSService": "false",
  "aws:SecureTransport": "true",
};

const one = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const text = (key: string, ...values: readonly string[]): fc.Arbitrary<ConditionBlock> =>
  fc
    .tuple(
      one("StringEquals", "StringNotEquals", "StringLike", "StringNotLike"),
      one("", "IfExists"),
      fc.uniqueArray(one(...values), { minLength: 1, maxLength: 2 }),
    )
    .map(([name, suffix, tested]) => ({ [`${name}${suffix}`]: { [key]: tested } }));
const bool = (key: string): fc.Arbitrary<ConditionBlock> =>
  fc
    .tuple(one("Bool", "BoolIfExists", "Null"), one("true", "false"))
    .map(([name, value]) => ({ [name]: { [key]: value } }));

const condition: fc.Arbitrary<ConditionBlock> = fc.oneof(
  text("aws:RequestedRegion", "eu-west-1", "us-east-1", "eu-*", "*"),
  text("sts:ExternalId", "one", "two", "t*", "three"),
  text("sts:SourceIdentity", "ann", "team-*", "team-a", "bob"),
  text("aws:PrincipalTag/team", "a", "b", "*"),
  text("aws:SourceVpc", "vpc-11111111", "vpc-*"),
  text("aws:PrincipalOrgID", "o-exampleorg1", "o-elsewhere1"),
  text("aws:PrincipalArn", "arn:aws:iam::*:user/ann", "arn:aws:iam::*:role/*"),
  bool("aws:MultiFactorAuthPresent"),
  bool("aws:ViaAWSService"),
  bool("aws:PrincipalIsAWSService"),
  bool("aws:SourceIp").filter((block) => "Null" in block),
  fc
    .tuple(
      one("IpAddress", "NotIpAddress"),
      one("", "IfExists"),
      one("203.0.113.0/24", "0.0.0.0/0"),
    )
    .map(([name, suffix, range]) => ({ [`${name}${suffix}`]: { "aws:SourceIp": range } })),
);

const statement: fc.Arbitrary<Statement> = fc
  .tuple(
    fc.array(condition, { minLength: 1, maxLength: 3 }),
    one<string | string[]>(
      "sts:*",
      "sts:AssumeRole",
      ["s3:*", "sts:Assume*"],
      "sts:SetSourceIdentity",
    ),
    one("*", "arn:aws:iam::222222222222:role/vault", "arn:aws:iam::*:role/other"),
  )
  .map(([blocks, Action, Resource]) => {
    // Of two tests of one operator, the later one counts.
    const Condition: ConditionBlock = Object.assign({}, ...blocks) as ConditionBlock;
    return { Effect: "Deny", Principal: "*", Action, Resource, Condition };
  });

const ACTIONS = ["sts:AssumeRole", "sts:SetSourceIdentity"] as const;

/** Whether a statement denies a call, as it is read plainly; `undefined` where that is not known. */
function naivelyDenied(
  { Action, Resource, Condition = {} }: Statement,
  action: string,
  keys: Keys,
): boolean | undefined {
  const actions = typeof Action === "string" ? [Action] : (Action ?? []);
  const named = actions.some((each) => new RegExp(`^${each.replace("*", ".*")}$`).test(action));
  if (!named || Resource === "arn:aws:iam::*:role/other") return false;
  const { "sts:ExternalId": _, ...without } = keys;
  const carried = action === "sts:AssumeRole" ? keys : without;
  return conditionsHold(Condition, { context: requestContext({ ...KNOWN, ...carried }) });
}

test("what is proved is denied in no call, what is refuted in every call of some declared value", () => {
  const seen = { proved: 0, refuted: 0, unknown: 0 };
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 2 }), (resource) => {
      const { verdict } = proveUnder(MAP, { resource });
      seen[verdict]++;
      const denied = DECLARED.map((declared) =>
        POSSIBLE.map((possible) =>
          ACTIONS.some((action) =>
            resource.some(
              (each) => naivelyDenied(each, action, { ...declared, ...possible }) === true,
            ),
          ),
        ),
      );
      if (verdict === "proved") expect(denied.flat()).not.toContain(true);
      if (verdict === "refuted") expect(denied.some((calls) => calls.every(Boolean))).toBe(true);
      // Where some declared value is denied in every call, nothing is proved; in no call, nothing refuted.
      if (denied.some((calls) => calls.every(Boolean))) expect(verdict).not.toBe("proved");
    }),
    { numRuns: 300 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
});
