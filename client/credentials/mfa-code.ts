import { closeSync, createReadStream, openSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { AccessProblem } from "../access-refused";

/** Asks for the code of an MFA device. */
export type AskMfa = (serial: string) => Promise<string>;

/** The code that was given beforehand, or one that is asked for on the terminal; standard input and output stay the child's. */
export function mfaAsker(given: string | undefined): AskMfa {
  return async (serial) => {
    if (given !== undefined) return given;
    let terminal: number;
    try {
      terminal = openSync(process.platform === "win32" ? "\\\\.\\CON" : "/dev/tty", "r+");
    } catch (error) {
      throw new AccessProblem(
        `the MFA code of ${serial} is needed, and there is no terminal to ask for it`,
        "run the command on a terminal, or give the code with `--mfa-code`",
        { cause: error },
      );
    }
    try {
      writeSync(terminal, `MFA code of ${serial}: `);
      const lines = createInterface({
        input: createReadStream("", { fd: terminal, autoClose: false }),
      });
      const code = await new Promise<string>((resolve) => {
        lines.once("line", resolve);
        lines.once("close", () => {
          resolve("");
        });
      });
      lines.close();
      return code.trim();
    } finally {
      closeSync(terminal);
    }
  };
}
