import fc from "fast-check";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { stringify, parse } from "yaml";
import { accountDirectory } from "../../../lib/access/account-directory";
import { compareRole } from "../../../lib/adopt/compare/compare-role";
import { importBlocks } from "../../../lib/adopt/imports/import-blocks";
import type { ResolvedAccess } from "../../../lib/plan/resolved-access";
import { synthesize } from "../../../constructs/synthesize";
import { findingsOf } from "../../../lib/rules/rule";
import { PlanContext } from "../../../lib/rules/rule-context";
import { adoptInto } from "../../support/plans/adoption";
import { accountMaps } from "../../support/arbitrary/arbitrary-map";
import { authorizationDetailsOf } from "../../support/policies/authorization-details";
import { stackOrder } from "../../../lib/rules/trust/tr-11-stack-order";
import { planMap } from "../../support/plans/planned-map";
import { ROOT, checkMap } from "../../support/project";

/** Adopts all that a plan makes into its map without hubs, spokes and chains, and tells what does not hold. */
function adoptBack(
  map: Readonly<Record<string, unknown>>,
  plan: ResolvedAccess,
): {
  adopted: number;
  refused: readonly { arn: string; reason: string }[];
} {
  const {
    hubs: _hubs,
    spokes: _spokes,
    chains: _chains,
    acknowledgements: _a,
    assertions: _b,
    ...rest
  } = map;
  const { adoption, existing, before } = adoptInto(stringify(rest), authorizationDetailsOf(plan));
  const accounts = adoption.plan.accounts.map(({ account }) => account);
  const scope = { existing, directory: accountDirectory(accounts), tags: plan.tags };
  for (const account of adoption.plan.accounts) {
    for (const role of account.roles) {
      const found = existing.roles.get(role.arn);
      if (found === undefined) throw new Error(`${role.arn} is made, and does not exist`);
      expect(compareRole(found, role, account, scope)).toMatchObject({ same: true });
    }
  }
  const made = adoption.plan.accounts.flatMap(({ roles }) => roles.map(({ arn }) => arn)).sort();
  expect(made).toEqual(adoption.adopted.map(({ arn }) => arn).sort());
  expectAddresses(before, adoption.plan, importBlocks(before, adoption.plan, existing));
  const { adopted, refused, leftAlone } = adoption;
  const all = plan.accounts.flatMap(({ roles }) => roles).length;
  expect(adopted.length + refused.length + leftAlone.servicesOnly).toBe(all);
  return { adopted: adopted.length, refused };
}

/** Every import block is for a resource that is made. */
function expectAddresses(
  before: ResolvedAccess,
  after: ResolvedAccess,
  blocks: ReturnType<typeof importBlocks>,
): void {
  const { stacks } = synthesize(after);
  for (const { account } of after.accounts) {
    const { resource = {} } = JSON.parse(stacks.get(account.key) ?? "{}") as {
      resource?: Record<string, Record<string, unknown>>;
    };
    const addresses = Object.entries(resource).flatMap(([type, each]) =>
      Object.keys(each).map((name) => `${type}.${name}`),
    );
    const own = (blocks.get(account.id) ?? []).map(({ to }) => to);
    expect(addresses).toEqual(expect.arrayContaining(own));
    expect(new Set(own).size).toBe(own.length);
  }
  expect(before.accounts.length).toBe(after.accounts.length);
}

describe("what is adopted grants the same", () => {
  test("of arbitrary maps", () => {
    let adopted = 0;
    fc.assert(
      fc.property(accountMaps, (map) => {
        const planned = planMap(map);
        // What no order of stacks can apply is refused by a rule before anything is synthesized.
        fc.pre(
          [...findingsOf(stackOrder, new PlanContext({ ...planned, documents: new Map() }))]
            .length === 0,
        );
        adopted += adoptBack(map as Record<string, unknown>, planned.plan).adopted;
      }),
      { numRuns: 25 },
    );
    expect(adopted).toBeGreaterThan(25);
  });

  const seeds = join(ROOT, "__tests__", "fixtures", "seeds");
  const variants = readdirSync(seeds).flatMap((seed) =>
    readdirSync(join(seeds, seed)).map((variant) => [seed, variant] as const),
  );
  test.each(variants)("of %s, %s, with a word for every role", (seed, variant) => {
    const folder = join(seeds, seed, variant);
    const map = readFileSync(join(folder, "accounts.yaml"), "utf8");
    const policies = policiesOf(folder);
    const { plan } = checkMap(map, policies);
    if (plan === undefined) throw new Error(`${seed} ${variant} is not sound`);
    const value = parse(map, { merge: true }) as Record<string, unknown>;
    // The document of a boundary is no longer there once only the roles are read.
    const { permissionsBoundary: _, ...defaults } = (value.defaults ?? {}) as Record<
      string,
      unknown
    >;
    const back = adoptBack({ ...value, defaults }, plan);
    expect(back.refused).toEqual([]);
  });
});

function policiesOf(folder: string): Record<string, string> {
  const documents = join(folder, "policies");
  try {
    return Object.fromEntries(
      readdirSync(documents).map((file) => [
        file.replace(/\.json$/, ""),
        readFileSync(join(documents, file), "utf8"),
      ]),
    );
  } catch {
    return {};
  }
}
