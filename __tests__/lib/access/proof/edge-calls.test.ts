import { edgeCalls } from "../../../../lib/access/proof/edge-calls";
import { oneWayIn } from "../../plan/support/one-way-in";
import { planMap } from "../../plan/support/planned-map";

test("an edge is taken with each of its external ids", () => {
  const user = { account: "people", name: "ann", create: true };
  const { plan } = planMap(oneWayIn({ user, externalId: ["current-id", "previous-id"] }));
  const calls = plan.edges.flatMap((edge) => edgeCalls(edge, new Map()));
  expect(calls.map(({ keys }) => keys["sts:ExternalId"])).toEqual(["current-id", "previous-id"]);
});

test("an edge of which the caller's side is somebody else's to give is not taken", () => {
  const foreignAccount = { id: "555555555555", reason: "scanner of a vendor" };
  const { plan } = planMap(oneWayIn({ foreignAccount, externalId: "our-id" }));
  expect(plan.edges).toHaveLength(1);
  expect(plan.edges.flatMap((edge) => edgeCalls(edge, new Map()))).toEqual([]);
});
