import fc from "fast-check";
import type { Order } from "../../../../lib/review/affected/waves";
import { wavesOf } from "../../../../lib/review/affected/waves";

function creation(first: string, second: string): Order {
  return { first, second, why: "creation" };
}

function removal(first: string, second: string): Order {
  return { first, second, why: "removal" };
}

describe("waves", () => {
  test("without orders there is one", () => {
    expect(wavesOf(["a", "b"], [])).toEqual({ waves: [["a", "b"]], crossed: [] });
  });

  test("without stacks there is none", () => {
    expect(wavesOf([], [])).toEqual({ waves: [], crossed: [] });
  });

  test("what comes before goes first, each as early as it can", () => {
    const orders = [creation("hub", "spoke"), removal("spoke", "old"), creation("hub", "other")];
    expect(wavesOf(["hub", "old", "other", "spoke"], orders)).toEqual({
      waves: [["hub"], ["other", "spoke"], ["old"]],
      crossed: [],
    });
  });

  test("where orders cross, a removal gives way and is named", () => {
    const orders = [creation("hub", "spoke"), removal("spoke", "hub"), creation("spoke", "last")];
    expect(wavesOf(["hub", "last", "spoke"], orders)).toEqual({
      waves: [["hub"], ["spoke"], ["last"]],
      crossed: [["spoke", "hub"]],
    });
  });

  test("a removal outside of the circle is kept", () => {
    const orders = [creation("a", "b"), creation("b", "a"), removal("b", "c")];
    const { waves, crossed } = wavesOf(["a", "b", "c"], orders);
    expect(waves).toEqual([["a", "b"], ["c"]]);
    expect(crossed).toEqual([
      ["a", "b"],
      ["b", "a"],
    ]);
  });

  test("every stack is in exactly one wave, and every order is kept or named as crossed", () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const order = fc
      .record({
        first: fc.constantFrom(...names),
        second: fc.constantFrom(...names),
        why: fc.constantFrom("creation" as const, "removal" as const),
      })
      .filter(({ first, second }) => first !== second);
    fc.assert(
      fc.property(fc.array(order, { maxLength: 12 }), (orders) => {
        const { waves, crossed } = wavesOf(names, orders);
        expect(waves.flat().sort()).toEqual(names);
        const place = (name: string): number => waves.findIndex((wave) => wave.includes(name));
        const broken = orders.filter(({ first, second }) => place(first) >= place(second));
        const named = crossed.map(([first, second]) => `${first} ${second}`);
        expect(broken.filter(({ first, second }) => !named.includes(`${first} ${second}`))).toEqual(
          [],
        );
      }),
    );
  });
});
