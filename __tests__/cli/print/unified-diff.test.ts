import fc from "fast-check";
import { unifiedDiff } from "../../../cli/print/unified-diff";

/** The text that a difference makes of another, as `patch` would. */
function patched(before: string, diff: string): string {
  const old = before === "" ? [] : before.replace(/\n$/, "").split("\n");
  const lines: string[] = [];
  let at = 0;
  for (const line of diff.split("\n").slice(2, -1)) {
    const [, start, length = "1"] = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@$/.exec(line) ?? [];
    if (start !== undefined) {
      const first = length === "0" ? Number(start) : Number(start) - 1;
      lines.push(...old.slice(at, first));
      at = first;
    } else if (line.startsWith("+")) lines.push(line.slice(1));
    else {
      expect(old[at]).toBe(line.slice(1));
      at += 1;
      if (line.startsWith(" ")) lines.push(line.slice(1));
    }
  }
  lines.push(...old.slice(at));
  return lines.map((line) => `${line}\n`).join("");
}

describe("a unified difference", () => {
  test("of equal texts is empty", () => {
    expect(unifiedDiff("a", "x\n", "x\n", false)).toBe("");
  });

  test("shows three lines around a change", () => {
    expect(
      unifiedDiff("map", "1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nfive\n6\n7\n8\n", false),
    ).toBe("--- a/map\n+++ b/map\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
  });

  test("keeps changes apart that are far from each other", () => {
    const before = Array.from({ length: 30 }, (_, line) => `${line}\n`).join("");
    const diff = unifiedDiff(
      "map",
      before,
      before.replace("\n3\n", "\n").replace("\n20\n", "\n20\nnew\n"),
      false,
    );
    expect(diff.match(/^@@.*$/gm)).toEqual(["@@ -1,7 +1,6 @@", "@@ -19,6 +18,7 @@"]);
  });

  test("shows no carriage returns", () => {
    expect(unifiedDiff("map", "1\r\n", "1\r\n2\r\n", false)).not.toContain("\r");
  });

  test("is coloured on a terminal", () => {
    expect(unifiedDiff("map", "1\n", "2\n", true)).toContain(
      "\u001b[31m-1\u001b[39m\n\u001b[32m+2\u001b[39m",
    );
  });

  test("shows a final newline that is gained or lost", () => {
    expect(unifiedDiff("map", "1\n2", "1\n2\n", false)).toBe(
      "--- a/map\n+++ b/map\n@@ -1,2 +1,2 @@\n 1\n-2\n\\ No newline at end of file\n+2\n",
    );
    expect(unifiedDiff("map", "1\n2\n", "1\n2", false)).toBe(
      "--- a/map\n+++ b/map\n@@ -1,2 +1,2 @@\n 1\n-2\n+2\n\\ No newline at end of file\n",
    );
  });

  test("shows an end without a newline that stays", () => {
    expect(unifiedDiff("map", "1\n2", "one\n2", false)).toBe(
      "--- a/map\n+++ b/map\n@@ -1,2 +1,2 @@\n-1\n+one\n 2\n\\ No newline at end of file\n",
    );
  });

  test("of a text and nothing", () => {
    expect(unifiedDiff("map", "", "1\n2\n", false)).toBe(
      "--- a/map\n+++ b/map\n@@ -0,0 +1,2 @@\n+1\n+2\n",
    );
    expect(unifiedDiff("map", "1\n", "", false)).toBe("--- a/map\n+++ b/map\n@@ -1 +0,0 @@\n-1\n");
  });

  test("shows a block of any length as what it is, and nothing after it", () => {
    const lines = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, line) => `${from + line}\n`).join("");
    const diff = unifiedDiff(
      "map",
      lines(0, 100) + lines(9000, 9100),
      lines(0, 100) + lines(1000, 6000) + lines(9000, 9100),
      false,
    );
    expect(diff.match(/^@@.*$/gm)).toEqual(["@@ -98,6 +98,5006 @@"]);
    expect(diff.match(/^[+-](?![+-]).*$/gm)).toHaveLength(5000);
  });

  test("makes of the one text the other", () => {
    const texts = fc
      .array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 25 })
      .map((lines) => lines.map((line) => `${line}\n`).join(""));
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        fc.pre(before !== after);
        expect(patched(before, unifiedDiff("map", before, after, false))).toBe(after);
      }),
    );
  });
});
