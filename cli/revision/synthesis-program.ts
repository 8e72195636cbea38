import { realpathSync } from "node:fs";
import { join } from "node:path";
import { reasonOf } from "../system/read-text";
import type { UsageProblem } from "../system/usage-problem";
import { packageRoot, SCRIPT } from "../system/package-root";

/** What makes the Terraform of a project. */
export interface SynthesisProgram {
  /** Line for a shell. */
  readonly command: string;
  /**
   * `trustwheel`: the command `synth`, which this process can do itself. `checkout`: the `main.ts` of a checkout.
   * `other`: a program of the user's.
   */
  readonly kind: "trustwheel" | "checkout" | "other";
}

const DEFAULT: SynthesisProgram = {
  command: "npx --no-install trustwheel synth",
  kind: "trustwheel",
};
/** The program of a checkout of trustwheel itself. */
const CHECKOUT_COMMAND = "node -r ./cli/typescript.js main.ts";

/**
 * Returns what synthesizes a project: the `app` of its `cdktf.json`, else trustwheel.
 *
 * @param settings text of `cdktf.json`.
 *
 * @default - there is none
 * @param file its name, for messages
 */
export function synthesisProgram(
  settings: string | undefined,
  file: string,
): SynthesisProgram | UsageProblem {
  if (settings === undefined) return DEFAULT;
  const help = 'it is JSON like `{ "app": "npx trustwheel synth" }`';
  let value: unknown;
  try {
    value = JSON.parse(settings);
  } catch (error) {
    return { problem: `${file} cannot be read: ${reasonOf(error)}`, help };
  }
  const app: unknown =
    typeof value === "object" && value !== null ? Reflect.get(value, "app") : undefined;
  if (app === undefined) return DEFAULT;
  if (typeof app !== "string" || app.trim() === "") {
    return { problem: `${file}: \`app\` must be a command, got ${JSON.stringify(app)}`, help };
  }
  const command = app.trim();
  if (isOwnCommand(command)) return { command, kind: "trustwheel" };
  return { command, kind: command === CHECKOUT_COMMAND ? "checkout" : "other" };
}

/** Whether a command does what this process can do itself. What a shell would interpret is never taken for it. */
function isOwnCommand(command: string): boolean {
  if (!/^[\w./@: "\\-]+$/.test(command)) return false;
  const words = [...command.matchAll(/"([^"\\]*)"|([^\s"]+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? "",
  );
  const text = words.join(" ");
  if (/^(?:npx (?:--no-install |--no |--offline )?)?trustwheel synth$/.test(text)) return true;
  if (/^(?:\.\/)?node_modules\/\.bin\/trustwheel synth$/.test(text)) return true;
  const [node = "", script = "", ...rest] = words;
  const isNode = node === "node" || node === process.execPath;
  return isNode && rest.join(" ") === "synth" && isOwnScript(script);
}

/** Whether a file is the script of the trustwheel that runs. */
function isOwnScript(script: string): boolean {
  if (/^(?:\.\/)?node_modules\/trustwheel\/cli\/trustwheel\.js$/.test(script)) return true;
  try {
    return realpathSync(script) === join(packageRoot(), SCRIPT);
  } catch {
    return false;
  }
}
