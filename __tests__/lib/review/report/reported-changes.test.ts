import type { AccessChange } from "../../../../lib/review/kinds/kinds";
import { reportedChanges } from "../../../../lib/review/report/reported-changes";
import { called } from "../../../support/reviews/called";

const [CI, HUB] = ["arn:aws:iam::111111111111:role/ci", "arn:aws:iam::111111111111:role/hub"];
const SHOP = "arn:aws:iam::222222222222:role/deployer";

function reach(direction: "gained" | "lost", to: string, via: readonly string[]): AccessChange {
  return called({ kind: "reach", direction, from: CI, to, via, certain: true });
}
const EDGE: AccessChange = called({
  kind: "edge",
  direction: "gained",
  from: CI,
  to: HUB,
  action: "sts:AssumeRole",
  certain: true,
  foreign: false,
});

test("a direct way in is told once, as such", () => {
  expect(reportedChanges([reach("gained", HUB, []), reach("gained", SHOP, [HUB]), EDGE])).toEqual([
    reach("gained", SHOP, [HUB]),
    EDGE,
  ]);
});

test("a direct way of which there is no other word is told", () => {
  const changes = [reach("gained", SHOP, []), reach("lost", HUB, []), EDGE];
  expect(reportedChanges(changes)).toEqual(changes);
});

test("a way over other roles is told beside a direct one", () => {
  const changes = [reach("gained", HUB, [SHOP]), EDGE];
  expect(reportedChanges(changes)).toEqual(changes);
});

test("a role of an account that was dropped is not said to go: it stays", () => {
  const lost = (arn: string): AccessChange => ({
    kind: "existence",
    what: "role",
    direction: "lost",
    arn,
  });
  const dropped: AccessChange = {
    kind: "existence",
    what: "account",
    direction: "lost",
    arn: "222222222222",
    abandonedRoles: 1,
  };
  expect(reportedChanges([dropped, lost(SHOP), lost(HUB)])).toEqual([dropped, lost(HUB)]);
});
