import { readPlannedAccess } from "../../../../../support/plans/read-planned-access";
import { DEPLOYER, INLINE, edited, make } from "../../../../../support/mutations/edited-plans";
import type { Edit } from "../../../../../support/mutations/edited-plans";
import { remake, untarget } from "../../../../../support/plans/standing-plan";

describe("a review of plans", () => {
  const read = (edit: Edit) => readPlannedAccess(edited(edit));
  const policiesOf = (edit: Edit, side: "before" | "after"): string[] => {
    const roles = [...read(edit)[side].roles.values()];
    return (roles.find(({ name }) => name === "deployer")?.policies ?? []).map(({ name }) => name);
  };

  test("takes away what is lost with a role", () => {
    const edit: Edit = (shop) => {
      remake(shop, DEPLOYER);
    };
    const view = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess";
    expect(policiesOf(edit, "before")).toEqual(["deploy", view]);
    expect(policiesOf(edit, "after")).toEqual([]);
  });

  test("does not hide before what was attached by hand, and a resource takes over", () => {
    const edit: Edit = (shop) => {
      make(shop, INLINE);
    };
    expect(policiesOf(edit, "before")).toContain("deploy");
    expect(policiesOf(edit, "after").filter((name) => name === "deploy")).toEqual(["deploy"]);
  });

  test("is not unknown because a plan is of a part", () => {
    const { diagnostics } = read((shop) => {
      untarget(shop, INLINE);
    });
    expect(diagnostics.map(({ severity, rule }) => [severity, rule])).toEqual([
      ["warning", "plan-partial"],
    ]);
  });
});
