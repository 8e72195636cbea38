import { fulfillingKeys } from "../../../../lib/access/decide/trust-keys";
import type { ConditionBlock } from "../../../../lib/iam/policy-document";

const keysOf = (Condition: ConditionBlock) => fulfillingKeys({ Effect: "Allow", Condition });

describe("what a caller says so that a date or a number is fulfilled", () => {
  test("is a second before or after a date, however that is written", () => {
    const time = (operator: string, value: string) =>
      keysOf({ [operator]: { "aws:CurrentTime": value } }).time;
    expect(time("DateLessThan", "2030-01-01T00:00:00Z")).toBe("2029-12-31T23:59:59Z");
    expect(time("DateLessThan", "1893456000")).toBe("2029-12-31T23:59:59Z");
    expect(time("DateGreaterThan", "1893456000")).toBe("2030-01-01T00:00:01Z");
    expect(time("DateLessThanEquals", "1893456000")).toBe("2029-12-31T23:59:59Z");
    expect(time("DateEquals", "2030-01-01")).toBe("2030-01-01T00:00:00Z");
  });

  test("is what is written, where that is no date and no number", () => {
    expect(keysOf({ DateLessThan: { "aws:CurrentTime": "tomorrow" } }).time).toBe("tomorrow");
    expect(keysOf({ NumericLessThan: { "aws:MultiFactorAuthAge": "ten" } }).keys).toEqual({
      "aws:MultiFactorAuthAge": "ten",
    });
    expect(keysOf({ NumericLessThan: { "aws:MultiFactorAuthAge": "10" } }).keys).toEqual({
      "aws:MultiFactorAuthAge": "9",
    });
  });
});
