import { matchesGlob } from "../../../../lib/iam/condition/glob";
import {
  resolveVariables,
  valueGlob,
  valueText,
  withoutVariables,
} from "../../../../lib/iam/condition/policy-variables";

const lookup = (key: string): string | undefined =>
  ({ "aws:username": "ann", "aws:PrincipalTag/team name": "a*" })[key];

function text(value: string): string | undefined {
  const resolved = resolveVariables(value, lookup);
  return "parts" in resolved ? valueText(resolved.parts) : undefined;
}

function matches(value: string, candidate: string): boolean | undefined {
  const resolved = resolveVariables(value, lookup);
  return "parts" in resolved ? matchesGlob(valueGlob(resolved.parts), candidate) : undefined;
}

describe("policy variables (GR-22)", () => {
  test.each([
    ["plain", "plain"],
    ["", ""],
    ["${aws:username}", "ann"],
    ["home/${aws:username}/x", "home/ann/x"],
    ["${aws:username}${aws:username}", "annann"],
    ["${aws:userid, 'nobody'}", "nobody"],
    ["${aws:username, 'nobody'}", "ann"],
    ["${aws:userid,''}", ""],
    ["${*}${?}${$}", "*?$"],
    ["$aws:username", "$aws:username"],
    ["${$}{aws:username}", "${aws:username}"],
  ])("`%s` becomes `%s`", (value, expected) => {
    expect(text(value)).toBe(expected);
  });

  test.each(["${aws:userid}", "${}", "x${unclosed", "${aws:userid, nobody}"])(
    "`%s` has no value",
    (value) => {
      expect(resolveVariables(value, lookup)).toEqual({
        unresolved: value.slice(value.indexOf("$")),
      });
    },
  );

  test("an inserted wildcard is a plain character, a written one is not", () => {
    expect(matches("${*}*", "*b")).toBe(true);
    expect(matches("${*}*", "ab")).toBe(false);
    expect(matches("${aws:PrincipalTag/team name}", "a*")).toBe(true);
    expect(matches("${aws:PrincipalTag/team name}", "ab")).toBe(false);
    expect(matches("${aws:username}?", "annx")).toBe(true);
  });

  test("an older document has no variables (GR-01)", () => {
    const { parts } = withoutVariables("${aws:username}");
    expect(valueText(parts)).toBe("${aws:username}");
    expect(matchesGlob(valueGlob(withoutVariables("${*}").parts), "${anything}")).toBe(true);
  });
});
