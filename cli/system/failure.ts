import { EXIT } from "./exit-code";
import type { ExitCode } from "./exit-code";
import { reasonOf } from "./read-text";
import type { Terminal } from "./terminal";

/** What a disk says that takes no more, also where it does not say of which file. */
const DISK: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EROFS", "EIO"]);

/**
 * Prints an unexpected exception and returns its exit code: files that cannot be used are not our
 * failure.
 */
export function reportFailure(error: unknown, terminal: Terminal): ExitCode {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (code !== undefined && syscall !== undefined && path !== undefined) {
    terminal.stderr(`${path}: cannot be used (${syscall}): ${reasonOf(error)}\n`);
    return EXIT.usage;
  }
  if (code !== undefined && DISK.has(code)) {
    terminal.stderr(`a file cannot be written: ${reasonOf(error)}\n`);
    return EXIT.usage;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.stderr(`trustwheel failed; this is a bug in trustwheel, not in your files\n${trace}\n`);
  return EXIT.failure;
}
