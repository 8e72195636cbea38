import { hasMoto, warnOfMissingMoto } from "../support/emulated-aws/moto";
import { providerOnHand } from "../support/terraform/provider-on-hand";
import type { PlanAction, RealPlan } from "../support/terraform/real-plan";
import { actionsOf } from "../support/terraform/real-plan";
import { TerraformYear } from "../support/terraform/terraform-year";
import { compareWithMap, roleIds } from "../support/terraform/verify-year";

const SUITE = "a year of an organization, planned and applied by the real provider";
const provider = providerOnHand(SUITE);
const emulator = hasMoto();
if (!emulator) warnOfMissingMoto(SUITE);

const MINUTES = 60_000;
jest.setTimeout(10 * MINUTES);

(provider !== undefined && emulator ? describe : describe.skip)(SUITE, () => {
  let year: TerraformYear;

  beforeAll(async () => {
    if (provider !== undefined) year = await TerraformYear.start(provider);
  });

  afterAll(async () => {
    const did = Object.entries(year.counts).map(([action, count]) => `${count} ${action}`);
    process.stderr.write(
      `${year.provider.tool}, provider ${year.provider.version}: ${did.join(", ")}\n`,
    );
    await year.end();
  });

  /** What there is must be what the map declares. */
  async function verify(): Promise<void> {
    const compared = await compareWithMap(year);
    expect(compared.actualRoles).toEqual(compared.wantedRoles);
    expect(compared.problems).toEqual([]);
    expect(Object.keys(compared.declared)).toEqual(["allowed"]);
    expect(Object.keys(compared.undeclared)).toEqual(["denied"]);
  }

  /** Plans all, proves and reviews the plans, applies them, and sees that Terraform comes to rest. */
  async function play(): Promise<{ plans: ReadonlyMap<string, RealPlan>; review: Review }> {
    const plans = await year.plan();
    expect(await year.ofPlans("prove")).toMatchObject({ code: 0 });
    const reviewed = await year.ofPlans("review", "--format", "json");
    await year.apply(plans);
    const changed = [...plans].filter(([, { changes }]) => changes).map(([stack]) => stack);
    const second = await year.planAgain(changed);
    expect(changing(second)).toEqual({});
    await verify();
    return { plans, review: JSON.parse(reviewed.output) as Review };
  }

  test("January: the accounts are prepared, and everything is made", async () => {
    await year.bootstrap("shared", "shop-prod", "shop-test");
    const { plans, review } = await play();
    expect(actionsOf(plans.values())).toEqual(["create"]);
    console.log(JSON.stringify(review).slice(0, 3000));
    console.log(year.gate.refused());
    console.log(await roleIds(year));
  });
});

interface Review {
  readonly changes: readonly unknown[];
}

/** What plans do that do anything, by stack and address. */
function changing(
  plans: ReadonlyMap<string, RealPlan>,
): Record<string, Readonly<Record<string, readonly PlanAction[]>>> {
  return Object.fromEntries(
    [...plans]
      .filter(([, { changes }]) => changes)
      .map(([stack, { actions }]) => [stack, actions] as const),
  );
}
