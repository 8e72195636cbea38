import fc from "fast-check";
import type { AccountIdentity } from "../../../lib/account-map/model/principal";
import { roleArn } from "../../../lib/iam/arn";
import { decide, evaluatePolicy } from "../../../lib/iam/condition/evaluate-policy";
import { requestContext } from "../../../lib/iam/condition/request-context";
import type { OrganizationId } from "../../../lib/iam/identifier";
import { LIMITS } from "../../../lib/iam/limits";
import { policyDocument } from "../../../lib/iam/policy-document";
import type { PolicyDocument } from "../../../lib/iam/policy-document";
import { policySize } from "../../../lib/iam/policy-text";
import { assumePermission } from "../../../lib/plan/role/assume-permission";
import type { AssumePermission, TargetRole } from "../../../lib/plan/role/assume-permission";
import { EMPTY_SESSION } from "../../../lib/plan/session-context";

const ORGANIZATIONS = ["o-exampleorg1", "o-exampleorg2", undefined] as const;
const PARTITIONS = ["aws", "aws-cn"] as const;
const ROLES = [
  { name: "reader", path: "/" },
  { name: "reader", path: "/access/" },
  { name: "deployer", path: "/access/" },
] as const;

/** Some accounts of two partitions and two organizations, or of none. */
const WORLD: readonly AccountIdentity[] = PARTITIONS.flatMap((partition, p) =>
  ORGANIZATIONS.flatMap((organization, o) =>
    [0, 1, 2, 3, 4, 5].map((number) =>
      identity(100 * p + 10 * o + number, organization, partition),
    ),
  ),
);

function identity(
  number: number,
  organization: string | undefined,
  partition: AccountIdentity["partition"] = "aws",
): AccountIdentity {
  return {
    id: String(number).padStart(12, "0"),
    partition,
    ...(organization === undefined ? {} : { organization: { id: organization as OrganizationId } }),
  };
}

/** Targets in the world: each role in some accounts. */
const targetsOfWorld: fc.Arbitrary<TargetRole[]> = fc
  .tuple(...ROLES.map(() => fc.subarray([...WORLD])))
  .map((lists) =>
    ROLES.map((role, index) => ({ ...role, accounts: lists[index] ?? [] })).filter(
      ({ accounts }) => accounts.length > 0,
    ),
  )
  .filter((targets) => targets.length > 0);

function reachable(documents: readonly PolicyDocument[]): string[] {
  return WORLD.flatMap((account) =>
    ROLES.flatMap(({ path, name }) => {
      const resource = roleArn({ partition: account.partition, accountId: account.id }, path, name);
      const context = requestContext({
        "aws:ResourceAccount": account.id,
        ...(account.organization === undefined
          ? {}
          : { "aws:ResourceOrgID": account.organization.id }),
      });
      const hub = `arn:${account.partition}:iam::999999999999:role/hub`;
      const caller = { kind: "role-session", roleArn: hub, sessionName: "test" } as const;
      const request = { caller, action: "sts:AssumeRole", resource, context };
      const applied = documents.flatMap(
        (document) => evaluatePolicy("identity", document, request).applied,
      );
      return decide(applied) === "allow" ? [resource] : [];
    }),
  ).sort();
}

function declared(targets: readonly TargetRole[]): string[] {
  return targets
    .flatMap(({ accounts, path, name }) =>
      accounts.map(({ partition, id }) => roleArn({ partition, accountId: id }, path, name)),
    )
    .sort();
}

function allOf({ inline, managed }: AssumePermission): PolicyDocument[] {
  return [inline, ...managed];
}

/** Targets together with a room that makes the permission take each of its forms. */
const FORMS = [
  { form: "listed ARNs", room: fc.constant(Number.MAX_SAFE_INTEGER) },
  { form: "what fits into little room", room: fc.integer({ min: 500, max: 3000 }) },
  { form: "managed policies", room: fc.constant(0) },
] as const;

describe.each(FORMS)("the permission to assume roles as $form", ({ room }) => {
  test("reaches exactly the declared roles in the declared accounts", () => {
    fc.assert(
      fc.property(targetsOfWorld, room, (targets, inlineRoom) => {
        const permission = assumePermission(targets, EMPTY_SESSION, "spokes", inlineRoom);
        expect(reachable(allOf(permission))).toEqual(declared(targets));
      }),
      { numRuns: 25 },
    );
  });

  test("keeps targets outside away even where some other policy lets the role assume anything", () => {
    const everything = policyDocument([
      { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" },
    ]);
    fc.assert(
      fc.property(targetsOfWorld, room, (targets, inlineRoom) => {
        const permission = assumePermission(targets, EMPTY_SESSION, "spokes", inlineRoom);
        const accounts = targets.flatMap((each) => each.accounts);
        const organizations = new Set(accounts.map(({ organization }) => organization?.id));
        const inside = WORLD.filter(({ organization, id }) =>
          organization === undefined
            ? accounts.some((account) => account.id === id)
            : organizations.has(organization.id),
        ).map(({ id }) => id);
        const reached = reachable([...allOf(permission), everything]);
        expect(reached).toEqual(expect.arrayContaining(declared(targets)));
        expect(inside).toEqual(
          expect.arrayContaining(reached.map((arn) => arn.split(":")[4] ?? "")),
        );
      }),
      { numRuns: 25 },
    );
  });
});

test("the permission takes each of its forms as the room shrinks", () => {
  const accounts = Array.from({ length: 40 }, (_, number) => identity(number, "o-exampleorg1"));
  const one = [{ name: "reader", path: "/", accounts }];
  const forms = [10_240, 1200, 0].map((room) => {
    const { inline, managed } = assumePermission(one, EMPTY_SESSION, "spokes", room);
    return [inline.Statement.map(({ Sid }) => Sid), managed.length];
  });
  expect(forms).toEqual([
    [["AssumeDeclaredRoles", "DenyOutsideTargets"], 0],
    [[undefined, "DenyOutsideTargets"], 0],
    [["DenyOutsideTargets"], 1],
  ]);
});

test("the permission for the organization reaches each role in the organizations of its accounts, and no account without one that is not declared", () => {
  fc.assert(
    fc.property(targetsOfWorld, (targets) => {
      const permission = assumePermission(targets, EMPTY_SESSION, "organization");
      const expected = targets.flatMap(({ name, path, accounts }) =>
        WORLD.filter((account) =>
          account.organization === undefined
            ? accounts.includes(account)
            : accounts.some(
                ({ organization, partition }) =>
                  organization?.id === account.organization?.id && partition === account.partition,
              ),
        ).map(({ partition, id }) => roleArn({ partition, accountId: id }, path, name)),
      );
      expect(reachable(allOf(permission))).toEqual(expected.sort());
    }),
    { numRuns: 25 },
  );
});

describe("every document of a permission stays within its quota", () => {
  const manyTargets = fc
    .array(
      fc.record({
        count: fc.integer({ min: 1, max: 1500 }),
        organization: fc.constantFrom(...ORGANIZATIONS),
        name: fc.integer({ min: 1, max: 64 }),
      }),
      { minLength: 1, maxLength: 12 },
    )
    .map((groups) =>
      groups.map(({ count, organization, name }, group): TargetRole => ({
        name: `${group}`.padEnd(name, "r"),
        path: "/access/",
        accounts: Array.from({ length: count }, (_, index) =>
          identity(group * 10_000 + index, organization),
        ),
      })),
    );
  const session = { sourceIdentity: true, transitiveTags: ["team"] };

  test.each(["spokes", "organization"] as const)("when it reaches `%s`", (reach) => {
    fc.assert(
      fc.property(manyTargets, fc.integer({ min: 0, max: 10_240 }), (targets, room) => {
        const { inline, managed } = assumePermission(targets, session, reach, room);
        expect(policySize(inline)).toBeLessThanOrEqual(LIMITS.inlinePolicySize);
        for (const document of managed) {
          expect(policySize(document)).toBeLessThanOrEqual(LIMITS.managedPolicySize);
        }
      }),
      { numRuns: 15 },
    );
  });
});
