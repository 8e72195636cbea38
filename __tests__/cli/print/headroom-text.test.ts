import { headroomLines, printHeadroom } from "../../../cli/print/headroom-text";
import type { Headroom } from "../../../lib/plan/quota-use";

function room(size: number, fits = 3): Headroom {
  const what = "trust policy" as const;
  return { what, role: "hub", account: "tools", size, quota: 1000, fits, unit: "principals" };
}

describe("the use of quotas", () => {
  test("is shown from 70 percent on, and not before", () => {
    expect(printHeadroom([room(700), room(699)])).toBe(
      "quota use, highest first:\n  trust policy of hub in tools: 700 of 1000 characters (70%), room for about 3 principals\n",
    );
    expect(printHeadroom([room(699), room(0)])).toBe("");
  });

  test("counts one principal as one", () => {
    expect(headroomLines([room(900, 1)], 1)[0]).toMatch(/room for about 1 principal$/);
    expect(headroomLines([room(900, 0)], 1)[0]).toMatch(/room for about 0 principals$/);
  });

  test("counts only what is worth showing among the rest", () => {
    expect(headroomLines([room(900), room(800), room(100)], 1)[1]).toBe("  and 1 more");
  });
});
