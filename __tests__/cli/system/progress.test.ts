import { PassThrough } from "node:stream";
import { withProgress } from "../../../cli/system/progress";
import type { Terminal } from "../../../cli/system/terminal";

/** A terminal whose lines can be drawn anew, and what was drawn. */
function drawable(): { readonly terminal: Terminal; readonly drawn: () => string } {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  let text = "";
  stream.on("data", (chunk: Buffer) => void (text += chunk.toString()));
  return { terminal: { ...piped(), errorStream: stream }, drawn: () => text };
}

function piped(): Terminal {
  const forbidden = (text: string): void => {
    throw new Error(`unexpected output: ${text}`);
  };
  return { stdout: forbidden, stderr: forbidden, color: false, errorColor: false };
}

/** A clock that shows these times, then the last one for ever. */
function clock(...times: readonly number[]): () => number {
  let index = 0;
  return () => times[Math.min(index++, times.length - 1)] ?? 0;
}

/** The line is erased, and nothing is drawn after. */
const CLEARED = "\u001B[2K";

describe("progress", () => {
  test("is silent for a second", () => {
    const { terminal, drawn } = drawable();
    const work = (advance: (done: number, total: number) => void): string => {
      advance(1, 3);
      advance(2, 3);
      return "result";
    };
    expect(withProgress(terminal, "proving", work, clock(0, 500, 999))).toBe("result");
    expect(drawn()).toBe("");
  });

  test("is shown from then on, and gone at the end", () => {
    const { terminal, drawn } = drawable();
    let during = "";
    withProgress(
      terminal,
      "proving",
      (advance) => {
        advance(1, 3);
        advance(2, 3);
        during = drawn();
      },
      clock(0, 500, 1000),
    );
    expect(during).toMatch(/proving \[=+-+\] 2\/3/);
    expect(drawn().endsWith(CLEARED)).toBe(true);
  });

  test("says how much of how much is done", async () => {
    const { terminal, drawn } = drawable();
    await withProgress(
      terminal,
      "reading",
      async (advance) => {
        advance(7, 20);
        await new Promise((resolve) => setTimeout(resolve, 250));
      },
      clock(0, 1000),
    );
    expect(drawn()).toContain("] 7/20");
    expect(drawn().endsWith(CLEARED)).toBe(true);
  });

  test("of work that waits comes by itself", async () => {
    const { terminal, drawn } = drawable();
    const work = (): Promise<string> =>
      new Promise((resolve) =>
        setTimeout(() => {
          resolve(drawn());
        }, 1200),
      );
    expect(await withProgress(terminal, "reading", work)).toContain("reading [");
    expect(drawn().endsWith(CLEARED)).toBe(true);
  });

  test("is gone when the work fails, and the failure is told", async () => {
    const first = drawable();
    const failing = (advance: (done: number, total: number) => void): never => {
      advance(1, 2);
      throw new Error("no");
    };
    expect(() => withProgress(first.terminal, "proving", failing, clock(0, 2000))).toThrow("no");
    expect(first.drawn().endsWith(CLEARED)).toBe(true);
    const second = drawable();
    const rejected = withProgress(
      second.terminal,
      "reading",
      (advance) => {
        advance(1, 2);
        return Promise.reject(new Error("not either"));
      },
      clock(0, 2000),
    );
    await expect(rejected).rejects.toThrow("not either");
    expect(second.drawn().endsWith(CLEARED)).toBe(true);
  });

  test("is never in a pipe", () => {
    const work = (advance: (done: number, total: number) => void): number => {
      advance(1, 2);
      return 5;
    };
    expect(withProgress(piped(), "proving", work, clock(0, 5000))).toBe(5);
  });
});
