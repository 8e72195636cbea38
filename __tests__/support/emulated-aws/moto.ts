import { spawn, spawnSync } from "node:child_process";
import { warnOfSkipped } from "../skipped";

const BINARY = process.env.MOTO_SERVER ?? "moto_server";
const INSTALL = "pip install 'moto[server]'";

/** An emulator of AWS that is running. */
export interface Moto {
  /** Such as `http://127.0.0.1:40123`: the value for `AWS_ENDPOINT_URL`. */
  readonly url: string;
  /** Environment of programs and SDK clients that talk to it, with credentials that mean nothing. */
  readonly environment: Readonly<Record<string, string>>;
  /** Forgets everything that was made. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Whether moto is installed here: `pip install 'moto[server]'`. `MOTO_SERVER` names another binary. Throws
 * where it is missing and `TRUSTWHEEL_REQUIRE_MOTO=1` says that no suite may be skipped for that.
 */
export function hasMoto(): boolean {
  const found = spawnSync(BINARY, ["--help"]).status === 0;
  if (!found && process.env.TRUSTWHEEL_REQUIRE_MOTO === "1") {
    throw new Error(
      `TRUSTWHEEL_REQUIRE_MOTO=1, and ${BINARY} is not on the PATH. Install it with: ${INSTALL}`,
    );
  }
  return found;
}

/** Says on standard error that a suite was skipped because moto is missing, and how to get it. */
export function warnOfMissingMoto(suite: string): void {
  warnOfSkipped(suite, `${BINARY} is not on the PATH. Install it with: ${INSTALL}`);
}

/** Starts moto on a free port and waits until it answers. */
export async function startMoto(): Promise<Moto> {
  // For clients in this process: the SDK would say that it soon wants a newer Node.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const server = spawn(BINARY, ["-H", "127.0.0.1", "-p", "0"], {
    stdio: ["ignore", "pipe", "pipe"],
    // Policies that AWS manages can be attached only where they are there.
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: "true" },
  });
  const ended = new Promise<void>((resolve) => {
    server.once("exit", () => {
      resolve();
    });
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => {
      server.kill("SIGKILL");
      reject(new Error(`moto did not start within 60 seconds: ${said}`));
    }, 60_000);
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const address = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    };
    server.stdout.on("data", listen);
    server.stderr.on("data", listen);
    server.once("exit", () => {
      clearTimeout(timer);
      reject(new Error(`moto ended: ${said}`));
    });
    server.once("error", reject);
  });
  return {
    url,
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "testing",
      AWS_SECRET_ACCESS_KEY: "testing",
      AWS_EC2_METADATA_DISABLED: "true",
      // Jest asks for colours where it prints some itself.
      NO_COLOR: "1",
    },
    async reset() {
      await fetch(`${url}/moto-api/reset`, { method: "POST" });
    },
    async stop() {
      server.kill("SIGTERM");
      await ended;
    },
  };
}
