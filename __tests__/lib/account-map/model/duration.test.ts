import fc from "fast-check";
import { durationSeconds, formatDuration } from "../../../../lib/account-map/model/duration";

describe("a duration", () => {
  test.each([
    ["900s", 900],
    ["90m", 5400],
    ["12h", 43_200],
    ["999999h", 3_599_996_400],
  ])("%s is %i seconds", (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });

  test.each([
    [3600, "1h"],
    [5400, "90m"],
    [3601, "3601s"],
    [60, "1m"],
    [0, "0h"],
  ])("of %i seconds is written %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  test("comes back as it was written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seconds) => {
        expect(durationSeconds(formatDuration(seconds))).toBe(seconds);
      }),
    );
  });
});
