import { isKnownAction } from "../../../../lib/iam/escalation/action-access";
import { ESCALATION_PATHS, ESCALATION_TARGETS } from "../../../../lib/iam/data/escalation-paths";

const actions = [...new Set(ESCALATION_PATHS.flatMap(({ needs }) => needs.flat()))].sort();

describe("the ways to gain permissions", () => {
  test("are those of the catalogues, by number", () => {
    const count = (section: string): number =>
      ESCALATION_PATHS.filter((path) => path.section === section).length;
    expect(["N1", "N2", "N3", "N4"].map(count)).toEqual([24, 35, 18, 10]);
  });

  test("say what each of their actions acts on, and of no other action", () => {
    expect(Object.keys(ESCALATION_TARGETS).sort()).toEqual(actions);
  });

  test("name actions that AWS has, but for one of a service that is no more", () => {
    const unknown = actions.filter((action) => !isKnownAction(action));
    expect(unknown).toEqual(["codestar:CreateProjectFromTemplate"]);
  });

  test("say to which service a role is passed where one is", () => {
    const wrong = ESCALATION_PATHS.filter(
      ({ needs, passedTo }) => (needs[0]?.[0] === "iam:PassRole") !== (passedTo !== undefined),
    );
    expect(wrong).toEqual([]);
  });
});
