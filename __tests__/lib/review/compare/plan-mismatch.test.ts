import { planMismatches } from "../../../../lib/review/compare/plan-mismatch";
import { treeOf } from "./support/compared-maps";

test("two plans of one account are no state that there will be", () => {
  const { graph } = treeOf('accounts: { shop: { id: "222222222222" } }');
  const plan = (file: string) => ({
    file,
    accounts: [{ partition: "aws" as const, accountId: "222222222222" }],
  });
  expect(planMismatches([plan("a.json")], graph, graph)).toEqual([]);
  expect(planMismatches([plan("a.json"), plan("b.json")], graph, graph)).toEqual([
    "account 222222222222 has 2 plans: a.json, b.json",
  ]);
});
