import fc from "fast-check";
import type { ResolvedAccess } from "../../../lib/plan/resolved-access";
import { refusalOf } from "./support/hop";
import type { Located, Passed } from "./support/hop";
import { planMap } from "./support/planned-map";

const ACCOUNTS = ["tools", "app", "data"] as const;
const TAGS = ["team", "ticket"] as const;

/** Conditions that decide what a session carries. */
const carrying = fc.record(
  {
    sourceIdentity: fc.constant({ values: ["ann"], required: false }),
    sessionTags: fc
      .subarray([...TAGS], { minLength: 1 })
      .chain((tags) =>
        fc
          .tuple(...tags.map(() => fc.boolean()))
          .map((transitive) =>
            Object.fromEntries(
              tags.map((tag, index) => [tag, { transitive: transitive[index] ?? false }]),
            ),
          ),
      ),
  },
  { requiredKeys: [] },
);

const account = fc.constantFrom(...ACCOUNTS);
const externalId = fc.constantFrom(undefined, "one-id");

/** A user, or a role of this map, enters. */
const wayIn = fc.oneof(
  carrying.map((conditions) => ({ user: { account: "tools", name: "ann" }, ...conditions })),
  fc
    .record({
      role: fc.constantFrom(
        { account: "tools", name: "first-hub" },
        { account: "data", name: "second-hub" },
        { account: "app", name: "collector" },
      ),
      conditions: carrying,
    })
    .map(({ role, conditions }) => ({ role, ...conditions })),
);

const maps = fc
  .record({
    organization: fc.constantFrom("main", "none"),
    trustModes: fc.tuple(
      fc.constantFrom("account", "roleArn"),
      fc.constantFrom("account", "roleArn"),
    ),
    hubWays: fc.tuple(carrying, carrying),
    hubToHub: fc.option(carrying),
    spokes: fc.array(
      fc.record({
        hubs: fc.subarray(["first", "second"]),
        accounts: fc.uniqueArray(account, { minLength: 1 }),
        principal: wayIn,
        externalId,
      }),
      { minLength: 1, maxLength: 3 },
    ),
    chain: fc.record({ start: carrying, throughHub: fc.boolean(), externalId }),
  })
  .map(({ organization, trustModes, hubWays, hubToHub, spokes, chain }) => ({
    version: 1,
    organizations: { main: { id: "o-exampleorg1" } },
    accounts: {
      tools: { id: "111111111111" },
      app: { id: "222222222222", organization },
      data: { id: "333333333333" },
    },
    hubs: {
      first: {
        account: "tools",
        role: "first-hub",
        trustMode: trustModes[0],
        principals: { user: { user: { name: "bob" }, ...hubWays[0] } },
      },
      second: {
        account: "data",
        role: "second-hub",
        trustMode: trustModes[1],
        principals: {
          user: { user: { name: "eve" }, ...hubWays[1] },
          ...(hubToHub === null
            ? {}
            : { hub: { role: { account: "tools", name: "first-hub" }, ...hubToHub } }),
        },
      },
    },
    spokes: Object.fromEntries(
      spokes.map(({ hubs, accounts, principal, externalId: id }, index) => [
        `spoke${index}`,
        {
          ...(hubs.length === 0 ? {} : { hubs }),
          accounts: { keys: accounts },
          principals: { caller: principal },
          ...(id === undefined ? {} : { externalId: id }),
        },
      ]),
    ),
    chains: {
      work: {
        start: { user: { account: "tools", name: "joe" }, ...chain.start },
        steps: [
          ...(chain.throughHub ? [{ hub: "first" }] : []),
          {
            roles: {
              collector: {
                account: "app",
                ...(chain.externalId === undefined ? {} : { externalId: chain.externalId }),
              },
            },
          },
          { roles: { archive: { account: "data" } } },
        ],
      },
    },
  }));

interface Hop {
  readonly from: Located;
  readonly to: Located;
  readonly externalIds: readonly string[];
  /** What the way in lets be set on entering. */
  readonly sets: { readonly identity: boolean; readonly tags: readonly string[] };
}

/** Every hop from role to role, also those of ways in that name a role of the map. */
function hopsOf(plan: ResolvedAccess): Hop[] {
  const roles = plan.accounts.flatMap((each) =>
    each.roles.map((role) => ({ role, account: each.account })),
  );
  return plan.edges.flatMap(({ from, to, toAccount, externalIds }): Hop[] => {
    const target = { role: to, account: toAccount };
    if (from.kind === "role") {
      return [{ from, to: target, externalIds, sets: { identity: false, tags: [] } }];
    }
    const { principal, conditions } = from.wayIn;
    if (principal.kind !== "role") return [];
    const home = principal.account ?? toAccount;
    const sets = {
      identity: conditions.sourceIdentity !== undefined,
      tags: conditions.sessionTags.map(({ key }) => key),
    };
    return roles
      .filter((each) => each.account.id === home.id && principal.names.includes(each.role.name))
      .map((each) => ({ from: each, to: target, externalIds, sets }));
  });
}

interface Carried {
  readonly identity: boolean;
  readonly tags: ReadonlySet<string>;
}

/** What sessions of each role may carry, by the role's ARN: the ways in, then hop by hop until nothing is new. */
function carriedBy(plan: ResolvedAccess, hops: readonly Hop[]): Map<string, Carried> {
  const carried = new Map<string, Carried>();
  const add = (arn: string, more: Carried): boolean => {
    const before = carried.get(arn) ?? { identity: false, tags: new Set<string>() };
    const after = {
      identity: before.identity || more.identity,
      tags: new Set([...before.tags, ...more.tags]),
    };
    carried.set(arn, after);
    return after.identity !== before.identity || after.tags.size !== before.tags.size;
  };
  for (const { from, to } of plan.edges) {
    if (from.kind === "role") continue;
    const { sourceIdentity, sessionTags } = from.wayIn.conditions;
    const tags = sessionTags.filter(({ transitive }) => transitive).map(({ key }) => key);
    add(to.arn, { identity: sourceIdentity !== undefined, tags: new Set(tags) });
  }
  let changed = true;
  while (changed) {
    changed = false;
    for (const { from, to } of hops) {
      const session = carried.get(from.role.arn);
      if (session !== undefined && add(to.role.arn, session)) changed = true;
    }
  }
  return carried;
}

function passedWith(
  carried: Carried | undefined,
  { externalIds }: Hop,
): { readonly passed: Passed; readonly tags: string[] } {
  const [externalIdOfHop] = externalIds;
  const tags = [...(carried?.tags ?? [])];
  return {
    tags,
    passed: {
      ...(externalIdOfHop === undefined ? {} : { externalId: externalIdOfHop }),
      ...(carried?.identity === true ? { inheritedIdentity: "ann" } : {}),
      ...(tags.length === 0 ? {} : { tags: Object.fromEntries(tags.map((tag) => [tag, "x"])) }),
    },
  };
}

describe("whatever a map says", () => {
  test("every hop works in both halves with all that the session has inherited", () => {
    fc.assert(
      fc.property(maps, (map) => {
        const { plan } = planMap(JSON.stringify(map));
        const hops = hopsOf(plan);
        const carried = carriedBy(plan, hops);
        for (const hop of hops) {
          const { passed } = passedWith(carried.get(hop.from.role.arn), hop);
          expect([hop.from.role.id, hop.to.role.id, refusalOf(hop.from, hop.to, passed)]).toEqual([
            hop.from.role.id,
            hop.to.role.id,
            "none",
          ]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("every hop lets be set what its way in declares, and no tag that is neither declared nor inherited", () => {
    fc.assert(
      fc.property(maps, (map) => {
        const { plan } = planMap(JSON.stringify(map));
        const hops = hopsOf(plan);
        const carried = carriedBy(plan, hops);
        for (const hop of hops) {
          const [externalIdOfHop] = hop.externalIds;
          const id = externalIdOfHop === undefined ? {} : { externalId: externalIdOfHop };
          if (hop.sets.identity) {
            expect(refusalOf(hop.from, hop.to, { ...id, sourceIdentity: "ann" })).toBe("none");
          }
          const sameCaller = hops.filter(
            (each) => each.from.role === hop.from.role && each.to.role === hop.to.role,
          );
          const allowed = new Set([
            ...sameCaller.flatMap(({ sets }) => sets.tags),
            ...(carried.get(hop.from.role.arn)?.tags ?? []),
          ]);
          for (const tag of [...TAGS, "other"]) {
            const refusal = refusalOf(hop.from, hop.to, { ...id, tags: { [tag]: "x" } });
            expect([tag, refusal === "none"]).toEqual([tag, allowed.has(tag)]);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("no role gets into another without a declared hop", () => {
    fc.assert(
      fc.property(maps, (map) => {
        const { plan } = planMap(JSON.stringify(map));
        const declared = new Set(
          hopsOf(plan).map(({ from, to }) => `${from.role.arn} ${to.role.arn}`),
        );
        const roles = plan.accounts.flatMap(({ account: home, roles: own }) =>
          own.map((role) => ({ role, account: home })),
        );
        for (const from of roles) {
          for (const to of roles) {
            if (declared.has(`${from.role.arn} ${to.role.arn}`)) continue;
            expect(refusalOf(from, to, { externalId: "one-id" })).toBe("both");
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});
