import type { Diagnostic } from "../../../lib/diagnostics/diagnostic";
import { hasFindings } from "../../../lib/diagnostics/diagnostic";
import { checkProject } from "../../../lib/check/check-project";

/** A hub that a whole account may enter, which is rule TR-13, and what the map accepts. */
function check(acknowledgements: string, now = "2026-06-01T00:00:00Z"): readonly Diagnostic[] {
  const mapText = `
accounts:
  tools: { id: "111111111111" }
hubs:
  build:
    account: tools
    principals: { everybody: { account: { account: tools }, grant: declared } }
${acknowledgements}`;
  const policies = new Map<string, { file: string; text: string }>();
  const readFile = (): undefined => undefined;
  return checkProject({ mapFile: "accounts.yaml", mapText, policies, readFile, now }).diagnostics;
}

const accept = (rule: string, at: string, until = ""): string =>
  `acknowledgements:\n  - { rule: ${rule}, at: ${at}, reason: until the pipelines have roles${until} }\n`;

describe("an acknowledgement", () => {
  test("is needed here: without one the finding counts", () => {
    const findings = check("");
    expect(findings.map(({ rule, accepted }) => [rule, accepted])).toContainEqual([
      "TR-13",
      undefined,
    ]);
    expect(hasFindings(findings)).toBe(true);
  });

  test("takes the weight from the finding, which stays visible with its reason", () => {
    const findings = check(accept("TR-13", "hubs.build"));
    expect(findings.filter(({ rule }) => rule === "TR-13")).toEqual([
      expect.objectContaining({ accepted: { reason: "until the pipelines have roles" } }),
    ]);
    expect(hasFindings(findings)).toBe(false);
  });

  test("counts before its end, and no longer from its end on", () => {
    const map = accept("TR-13", "hubs.build", ', until: "2026-07-01T00:00:00Z"');
    expect(hasFindings(check(map, "2026-06-30T23:59:59Z"))).toBe(false);
    const ended = check(map, "2026-07-01T00:00:00Z");
    expect(ended.map(({ rule, severity, accepted }) => [rule, severity, accepted])).toEqual(
      expect.arrayContaining([
        ["TR-13", "warning", undefined],
        ["acknowledgement", "warning", undefined],
      ]),
    );
  });

  test("covers its own rule and place only", () => {
    for (const other of [accept("TR-19", "hubs.build"), accept("TR-13", "hubs.other")]) {
      const findings = check(other);
      expect(hasFindings(findings)).toBe(true);
      expect(findings.map(({ rule }) => rule)).toContain("acknowledgement");
    }
  });
});
