import { readdirSync } from "node:fs";
import { join } from "node:path";
import { checkMap, ROOT } from "../support/project";
import { seedTexts } from "./support/seed";

const FOLDER = join(ROOT, "__tests__", "fixtures", "seeds");
const VARIANTS = readdirSync(FOLDER).flatMap((seed) =>
  readdirSync(join(FOLDER, seed)).map((variant) => [seed, variant] as const),
);

/** Variants that hold what a rule warns of, because the seed asks for it, with the rules accepted there. */
const ACCEPTED: Readonly<Record<string, readonly string[]>> = {
  "role-assumption-guide/trusted-account": ["TR-13"],
  "role-vending-machine/tiers": ["N1", "TR-19"],
};

describe.each(VARIANTS)("the fixture of %s, %s", (seed, variant) => {
  const { map, policies } = seedTexts(seed, variant);
  const { diagnostics } = checkMap(map, policies);

  test("has no finding that is not accepted", () => {
    const open = diagnostics.filter(({ accepted }) => accepted === undefined);
    expect(open.map(({ rule, message }) => [rule, message])).toEqual([]);
  });

  test("has only the accepted findings that its seed asks for", () => {
    const rules = new Set(diagnostics.map(({ rule }) => rule));
    expect([...rules].sort()).toEqual(ACCEPTED[`${seed}/${variant}`] ?? []);
  });
});
