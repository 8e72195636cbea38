import { addTo, groupBy } from "../../../lib/values/group";
import { byKey, byText, byTextOf } from "../../../lib/values/order";

test("texts are ordered by code units, and equal ones keep their order", () => {
  expect(["\u00E4", "b", "Z", "a", ""].sort(byText)).toEqual(["", "Z", "a", "b", "\u00E4"]);
  const things = [
    { name: "b", at: 1 },
    { name: "a", at: 2 },
    { name: "b", at: 3 },
    { name: "a", at: 4 },
  ];
  expect(things.sort(byTextOf(({ name }) => name)).map(({ at }) => at)).toEqual([2, 4, 1, 3]);
  expect(Object.entries({ b: 1, a: 2 }).sort(byKey)).toEqual([
    ["a", 2],
    ["b", 1],
  ]);
});

test("groups and their members keep the order of the things", () => {
  const groups = groupBy([3, 8, 1, 4], (number) => (number % 2 === 0 ? "even" : "odd"));
  addTo(groups, "even", 2);
  addTo(groups, "none", 0);
  expect([...groups]).toEqual([
    ["odd", [3, 1]],
    ["even", [8, 4, 2]],
    ["none", [0]],
  ]);
  expect([...groupBy([], String)]).toEqual([]);
});
