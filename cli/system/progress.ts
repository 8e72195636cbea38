import type { SingleBar } from "cli-progress";
import type { Terminal } from "./terminal";

/** Says how much of the work is done. */
export type Advance = (done: number, total: number) => void;

/** How long work stays silent, milliseconds: what ends sooner needs no bar. */
const SILENT_MS = 1000;

/**
 * Does something, synchronous or not, and shows how far it is: on standard error where that is a terminal,
 * from the second second on, and gone when the work ends, also by an exception. Synchronous work is seen to
 * advance only when it says so.
 *
 * @param title what is being done, in few words
 * @param now a clock in milliseconds. @default - that of the process
 */
export function withProgress<T>(
  terminal: Terminal,
  title: string,
  work: (advance: Advance) => T,
  now: () => number = () => performance.now(),
): T {
  const { errorStream: stream } = terminal;
  if (stream === undefined) return work(() => undefined);
  const start = now();
  let bar: SingleBar | undefined;
  let said: Said = [0, 0];
  const show = (): void => {
    if (bar === undefined) {
      bar = startBar(stream, title, said);
      return;
    }
    const [done, total] = said;
    bar.setTotal(total);
    bar.update(done);
  };
  const timer = setTimeout(show, SILENT_MS);
  const stop = (): void => {
    clearTimeout(timer);
    bar?.stop();
  };
  try {
    const result = work((done, total) => {
      said = [done, total];
      if (bar !== undefined || now() - start >= SILENT_MS) show();
    });
    if (result instanceof Promise) return result.finally(stop) as T;
    stop();
    return result;
  } catch (error) {
    stop();
    throw error;
  }
}

type Said = readonly [done: number, total: number];

function startBar(stream: NodeJS.WritableStream, title: string, [done, total]: Said): SingleBar {
  // Loaded here, so that whatever is quick does not pay for it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const progress = require("cli-progress") as typeof import("cli-progress");
  const bar = new progress.SingleBar({
    stream,
    format: `${title} [{bar}] {value}/{total}`,
    clearOnComplete: true,
    emptyOnZero: true,
    gracefulExit: false,
    // After an interrupt, the terminal still wraps lines.
    linewrap: true,
  });
  bar.start(total, done);
  return bar;
}
